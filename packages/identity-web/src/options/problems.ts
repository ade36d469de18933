import { configurationError, type IdentityError } from '../errors.ts'
import type { AppEnvironment } from '../host-traits.ts'

/** A problem of the configuration, for example a missing option. @public */
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
}

/** A failed check: the option, and the message about it. */
export interface FailedCheck {
  readonly option: string
  readonly message: string
}

/** The results of the checks of all options. */
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

function isMissing({ option, message }: ConfigurationProblem): boolean {
  return message.startsWith(`${option} is not configured.`)
}

/** Returns whether the settings do not contain an identity provider, as in the first example of the README. */
export function isUnset(problems: readonly ConfigurationProblem[]): boolean {
  const missing = new Set(problems.filter(isMissing).map(({ option }) => option))
  return missing.has('authority') && missing.has('clientId')
}

/** Returns the message for a list of settings, in which a missing setting needs only its names. */
export function shortMessage(problem: ConfigurationProblem): string {
  const { option, variable = '', message } = problem
  return isMissing(problem) ? `${variable} is missing (in the code: ${option})` : message
}

export const REDIRECT_URI_EXAMPLE = 'http://localhost:3000/redirect'

/** The remedy if the option `signIn` cannot be used. */
export const USE_REDIRECT_URI: string = `Remove Auth({ signIn }), and set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example ${REDIRECT_URI_EXAMPLE}.`
