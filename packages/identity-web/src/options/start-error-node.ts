// The error that stops a start, with advice for the terminal.
import { nodeProcess, type NodeProcess } from '../fetch-api.ts'
import { configurationError, IdentityError } from '../errors.ts'
import {
  commandWithProvider,
  isUnset,
  problemsError,
  runWithProvider,
  shortMessage,
  type ConfigurationProblem,
} from './problems.ts'
import { quoteArgument } from '../text.ts'

interface NodePath {
  dirname(path: string): string
  join(...parts: string[]): string
  relative(from: string, to: string): string
}

interface NodeModule {
  createRequire(path: string): { resolve(name: string): string }
}

/** The error that ends the start of an application in production. */
export function startError(problems: readonly ConfigurationProblem[]): IdentityError {
  const first = isUnset(problems) ? firstStartError(problems) : undefined
  if (first !== undefined) return first
  const error = configurationError(problemsError(problems).message, {
    hint: 'This process runs in production, so it does not start with a wrong configuration. On your own machine, set NODE_ENV=development. In a script that must load the application without its settings, set strictStart: false.',
  })
  // Node.js prints the line of the code before the message, and in a bundle this line can have 40 kB. It has no line if the stack was set.
  return Object.assign(error, { stack: error.stack })
}

/**
 * The error for a developer who starts an application for the first time. Node.js prints the stack of an error and then its
 * enumerable properties, so the command is the last line only if it follows the frames of the stack.
 *
 * @returns `undefined` if the environment is configured.
 */
function firstStartError(all: readonly ConfigurationProblem[]): IdentityError | undefined {
  const process = nodeProcess()
  if (!isNode(process) || process.env['NODE_ENV']) return undefined
  const list = all.map(shortMessage).join('\n✗ ')
  const problems = `Almost done: configure sign-in\n✗ ${list}`
  const advice = `\n\nThis process counts as production, because NODE_ENV is not set and no URL of this machine is configured. With NODE_ENV=development, the pages of the application show the settings for each kind of tenant.\n\nTo try the application now without an account, start it with the development provider, because this provider sets the variables. ${howToTry()}`
  const error = new IdentityError('configuration', problems + advice)
  for (const name of Object.keys(error)) Object.defineProperty(error, name, { enumerable: false })
  const frames = (error.stack?.split(advice, 2)[1] ?? '').split('\n')
  const callers = frames.filter((frame) => !/identity-web[\\/]dist[\\/]/.test(frame))
  error.stack = `${error.name}: ${problems}${callers.join('\n')}${advice}`
  return error
}

/**
 * Returns how to start the application with the development provider: advice, an empty line, and the command. If
 * necessary, the command installs the provider first.
 * @param redirectUri - The redirect URI, without a user name and a password.
 */
export function howToTry(redirectUri?: string): string {
  const process = nodeProcess()
  if (!isNode(process)) return runWithProvider(redirectUri)
  const path = process.getBuiltinModule('node:path') as NodePath
  const { createRequire } = process.getBuiltinModule('node:module') as NodeModule
  const folderOf = (name: string, from: string): string | undefined => {
    try {
      const resolved = createRequire(path.join(from, 'package.json'))
      return path.dirname(resolved.resolve(`${name}/package.json`))
    } catch {
      return undefined
    }
  }
  const app = startCommand(process, path)
  if (folderOf('identity-web-dev', process.cwd())) return runWithProvider(redirectUri, app)
  // In a clone of the repository, the development provider is next to this package. An installation would remove linked packages.
  const own = folderOf('identity-web', process.cwd())
  const folder = own && folderOf('identity-web-dev', own)
  if (folder === undefined) {
    return `The development provider is not installed yet. In a clone of the repository of identity-web, run npm ci and npm run build. Then install the development provider from this clone, and start your application:\n\n  npm install --save-dev ../identity-web/packages/dev-provider && ${commandWithProvider(app, redirectUri)}`
  }
  return `To add the development provider to your application, run npm install --save-dev ${quoteArgument(folder)}. To start the development provider without an installation:\n\n  ${commandWithProvider(app, redirectUri, `node ${quoteArgument(path.join(folder, 'bin/identity-web-dev.mjs'))}`)}`
}

/** Returns the command that started this process, or an example if the command is not known. */
function startCommand({ env, argv, execArgv, cwd }: NodeProcess, path: NodePath): string {
  // npm sets it for scripts of package.json, and to `npx` for programs.
  const script = env['npm_lifecycle_event']
  if (script !== undefined && script !== 'npx') return `npm run ${quoteArgument(script)}`
  const [, file] = argv
  // A tool of node_modules has arguments. They are not repeated here, because they can contain a secret.
  if (file === undefined || file.includes('node_modules')) return 'node app.mjs'
  const program = execArgv.some((arg) => arg.includes('tsx')) ? ['tsx'] : ['node', ...execArgv]
  return [...program, path.relative(cwd(), file)].map(quoteArgument).join(' ')
}

function isNode(process: Partial<NodeProcess>): process is NodeProcess {
  return process.getBuiltinModule !== undefined
}
