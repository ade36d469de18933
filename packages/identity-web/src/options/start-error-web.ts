import type { IdentityError } from '../errors.ts'
import { problemsError, type ConfigurationProblem } from './problems.ts'

// Other runtimes than Node.js do not have a start at which an application fails, so their bundles do not contain the advice.

/** The error that ends the start of an application in production. */
export function startError(problems: readonly ConfigurationProblem[]): IdentityError {
  return problemsError(problems)
}

/** Returns how to start the application with the development provider: advice, an empty line, and the command. */
export function howToTry(): string {
  return 'Run:\n\n  npx --no-install identity-web-dev -- npm run dev'
}
