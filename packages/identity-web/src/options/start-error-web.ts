// The same without advice, for other runtimes.
// Other runtimes than Node.js do not have a start at which an application fails, so their bundles do not contain the advice.
export { problemsError as startError, runWithProvider as howToTry } from './problems.ts'
