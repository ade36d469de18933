import { IdentityError } from '../errors.ts'

/** A problem of the configuration, for example a missing option. @public */
export interface ConfigurationProblem {
  /** The option, such as `session.secret`. */
  readonly option: string
  /** The environment variable that sets the option. @defaultValue `undefined`, if there is none */
  readonly variable?: string | undefined
  /** The problem, and the change that solves it. */
  readonly message: string
  /** A valid value. @defaultValue `undefined`, if an example does not help */
  readonly example?: string | undefined
}

/** The facts about an option that the checks and the messages use. */
export interface OptionInfo {
  /** The environment variable that sets the option. */
  readonly variable?: string
  /** A valid value, as it is written in code. */
  readonly example: string
  /**
   * Whether the option only restricts who may sign in or call. For other options, `undefined` means that the option is not
   * given. A restriction must not vanish because of a variable that is not set, so its key must hold a value.
   */
  readonly restricts?: true
}

/** A failed check: the option, and the message about it. */
export interface FailedCheck {
  readonly option: string
  readonly message: string
}

/** Adds the variable and the example of each option. */
export function toProblems(
  failed: readonly FailedCheck[],
  options: Readonly<Record<string, OptionInfo>>,
): readonly ConfigurationProblem[] {
  const known = new Map(Object.entries(options))
  return Object.freeze(
    failed.map(({ option, message }) => {
      const { variable, example } = known.get(option) ?? {}
      return Object.freeze({
        option,
        ...(variable !== undefined && { variable }),
        message,
        ...(example !== undefined && { example }),
      })
    }),
  )
}

/** Returns the error that contains all problems. */
export function configurationError(problems: readonly ConfigurationProblem[]): IdentityError {
  const [first, ...others] = problems.map(({ message }) => message)
  const message =
    others.length === 0
      ? (first ?? '')
      : `The configuration has ${problems.length} problems.${['', first, ...others].join('\n- ')}`
  return new IdentityError('configuration', message)
}
