// Starts log and events, and reports problems of options.
import type { OAuthClient } from '../client/index.ts'
import type { IdentityError } from '../errors.ts'
import {
  createEventEmitter,
  failureOf,
  type EventEmitter,
  type EventListener,
} from '../event-emitter.ts'
import { isAngularBuild, type Environment, type HostTraits } from '../host-traits.ts'
import { createLogListener, type LogSettings } from '../log-listener.ts'
import { isLogger } from './checks.ts'
import { howToTry } from '#start-error'
import { isUnset, problemsError, type CheckResults, type ConfigurationProblem } from './problems.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Creates the emitter of an application, with its log and its `onEvent` as listeners. */
function createEvents(given: ProviderOptions, settings: Omit<LogSettings, 'logger'>): EventEmitter {
  const { clientId, includePersonalData, logger, onEvent } = given
  // Each of several issuers has its own client ID, and none comes from the variable.
  const ofVariable = 'issuers' in given ? '' : settings.variables['IDENTITY_CLIENT_ID']
  // An invalid logger cannot report the problems of the options, and the logger is one of them.
  const log = createLogListener({ ...settings, logger: isLogger(logger) ? logger : undefined })
  const own: EventListener[] =
    typeof onEvent === 'function' ? [{ level: 'info', receive: onEvent }] : []
  return createEventEmitter(log === undefined ? own : [log, ...own], {
    clientId: clientId ?? ofVariable ?? '',
    includesPersonalData: includePersonalData === true,
  })
}

/** An emitter without listeners, for applications that are only being built. */
export const SILENT: EventEmitter = createEventEmitter([], {
  clientId: '',
  includesPersonalData: false,
})

interface Surroundings {
  readonly variables: Environment
  readonly host: HostTraits | undefined
}

/** The events of an application, and how the application reacts to problems of its options. */
export interface Start extends Omit<CheckResults, 'warnings'> {
  readonly events: EventEmitter
  /** `true` if the application must not start. */
  readonly isFatal: boolean
  /** As in `HostTraits`. */
  readonly isUnsettled: boolean
}

/** Creates the events of an application, and reports the problems and the warnings of its options. */
export function startEvents(
  given: ProviderOptions,
  { problems, warnings, environment }: CheckResults,
  { variables, host = {} }: Surroundings,
): Start {
  const { hasStart = false, isUnsettled = isAngularBuild(), redirectUriExample } = host
  // An application that is only being built may not have its settings yet.
  if (isUnsettled) return { events: SILENT, problems: [], environment, isFatal: false, isUnsettled }
  const events = createEvents(given, { environment, variables })
  const isFatal = hasStart && environment === 'production' && given.strictStart !== false
  for (const message of warnings) events.emit('configuration.warning', { level: 'warn', message })
  // An error that ends the start is not logged as well.
  if (!isFatal) reportProblems(events, problems)
  if (environment === 'development' && isUnset(problems)) {
    const message = `To try the application now without an account, start it with the development provider, which sets the variables. ${howToTry(redirectUriExample).replaceAll(/\s+/g, ' ')}`
    events.emit('configuration.warning', { level: 'warn', message })
  }
  return { events, problems, environment, isFatal, isUnsettled }
}

function reportProblems(events: EventEmitter, problems: readonly ConfigurationProblem[]): void {
  for (const { option, variable, message } of problems) {
    events.emit('configuration.invalid', { level: 'error', message, option, variable })
  }
}

/** The members that an `Auth` and an `ApiAuth` with problems have in common. */
interface Failing {
  /**
   * Reports the problems if they were not reported at the start. An application that does not use routes or guards starts
   * in spite of problems.
   */
  report(): void
  fail(): never
  failLater(): Promise<never>
}

export function failWith({ events, problems, isFatal }: Start): Failing {
  let isReported = !isFatal
  function report(): void {
    if (!isReported) reportProblems(events, problems)
    isReported = true
  }
  function fail(): never {
    report()
    throw problemsError(problems)
  }
  return { report, fail, failLater: async () => fail() }
}

/** Loads the client credential, so that errors such as a missing certificate file are reported at start. */
export function prepareCredential({ authentication }: OAuthClient, events: EventEmitter): void {
  authentication?.prepare().catch((error: unknown) => {
    events.emit('credential.failed', { level: 'error', ...failureOf(error as IdentityError) })
  })
}
