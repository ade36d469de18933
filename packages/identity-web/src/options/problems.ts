// The error about wrong options, and the command with the development provider.
import { configurationError, type IdentityError } from '../errors.ts'
import type { AppEnvironment } from '../host-traits.ts'
import { quoteArgument } from '../text.ts'

/** A problem in the configuration, for example a missing option. @public */
export interface ConfigurationProblem {
  /** The option, such as `session.secret`. */
  readonly option: string
  /**
   * The environment variable that sets the option.
   *
   * @defaultValue `undefined`, if the option does not have a variable
   */
  readonly variable?: string | undefined
  /** The problem, and the change that solves it. */
  readonly message: string
  /** A valid value. @defaultValue `undefined`, if an example does not help */
  readonly example?: string | undefined
  /** `true` if the option is required and not set. @defaultValue `false` */
  readonly isMissing?: boolean | undefined
}

/** A failed check: the option, and the message about it. */
export type FailedCheck = Pick<ConfigurationProblem, 'option' | 'message' | 'isMissing'>

/** The results from checking all options. */
export interface CheckResults {
  readonly problems: readonly ConfigurationProblem[]
  readonly warnings: readonly string[]
  readonly environment: AppEnvironment
}

/** Returns the error that contains all problems. */
export function problemsError(problems: readonly ConfigurationProblem[]): IdentityError {
  const [first, ...others] = problems.map(({ message }) => message)
  const message =
    others.length === 0
      ? (first ?? '')
      : `The configuration has ${problems.length} problems.${['', first, ...others].join('\n- ')}`
  return configurationError(message)
}

/** Returns whether the settings do not contain an identity provider, as in the first example of the README. */
export function isUnset(problems: readonly ConfigurationProblem[]): boolean {
  const missing = new Set(problems.filter(({ isMissing }) => isMissing).map(({ option }) => option))
  return missing.has('authority') && missing.has('clientId')
}

/** Returns the message for a list of settings, in which a missing setting needs only its names. */
export function shortMessage({
  option,
  variable = '',
  message,
  isMissing,
}: ConfigurationProblem): string {
  return isMissing ? `${variable} is missing (in the code: ${option})` : message
}

export const REDIRECT_URI_EXAMPLE = 'http://localhost:3000/redirect'

/**
 * Returns the command that starts an application with the development provider. The provider knows the default redirect URI,
 * and passes another port of this machine to the application.
 */
export function commandWithProvider(
  app: string,
  redirectUri: string = REDIRECT_URI_EXAMPLE,
  provider = 'npx --no-install identity-web-dev',
): string {
  const { hostname, pathname, port } = new URL(redirectUri)
  const path = hostname === 'localhost' && port !== '3000' ? redirectUri : pathname
  const option = path === '/redirect' ? '' : ` --redirect-uri ${quoteArgument(path)}`
  return `${provider}${option} -- ${app}`
}

/** Returns the advice to start an application with the installed development provider, an empty line, and the command. */
export function runWithProvider(redirectUri?: string, app = 'npm run dev'): string {
  return `Run:\n\n  ${commandWithProvider(app, redirectUri)}`
}

/** The remedy if the option `signIn` cannot be used. */
export const USE_REDIRECT_URI: string = `Remove Auth({ signIn }), and set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example ${REDIRECT_URI_EXAMPLE}.`
