import type { OAuthClient } from '../client/index.ts'
import type { IdentityError } from '../errors.ts'
import {
  createEventEmitter,
  failureOf,
  type EventEmitter,
  type EventListener,
} from '../event-emitter.ts'
import type { Environment } from '../host-traits.ts'
import { createLogListener, type LogSettings } from '../log-listener.ts'
import { isLogger } from './checks.ts'
import type { ConfigurationProblem } from './problems.ts'
import type { ProviderOptions } from './provider-options.ts'

/** Creates the emitter of an application, with its log and its `onEvent` as listeners. */
export function createEvents(
  given: ProviderOptions,
  {
    environment,
    variables,
  }: Pick<LogSettings, 'environment'> & { readonly variables: Environment },
): EventEmitter {
  const { clientId, includePersonalData, onEvent } = given
  // Each of several issuers has its own client ID, and none comes from the variable.
  const ofVariable = 'issuers' in given ? '' : variables['IDENTITY_CLIENT_ID']
  // An invalid logger cannot report the problems of the options, and the logger is one of them.
  const logger = isLogger(given.logger) ? given.logger : undefined
  const log = createLogListener({ logger, environment, variables })
  const own: EventListener | undefined =
    typeof onEvent === 'function' ? { level: 'info', receive: onEvent } : undefined
  return createEventEmitter(
    [log, own].filter((listener) => listener !== undefined),
    {
      clientId: clientId ?? ofVariable ?? '',
      includesPersonalData: includePersonalData === true,
    },
  )
}

/** An emitter without listeners, for applications that are only being built. */
export const SILENT: EventEmitter = createEventEmitter([], {
  clientId: '',
  includesPersonalData: false,
})

/** The results of the checks of the options. */
interface Findings {
  readonly problems: readonly ConfigurationProblem[]
  readonly warnings?: readonly string[]
}

/** Reports the problems and the warnings of the configuration once, when the application starts. */
export function reportProblems(events: EventEmitter, { problems, warnings = [] }: Findings): void {
  for (const message of warnings) events.emit('configuration.warning', { level: 'warn', message })
  for (const { option, variable, message } of problems) {
    events.emit('configuration.invalid', { level: 'error', message, option, variable })
  }
}

/**
 * Returns a function that reports problems at its first call only. Problems that end the start are not reported at the
 * start, but an application that does not use routes or guards starts in spite of them.
 */
export function createLateReport(
  events: EventEmitter,
  { problems, isFatal }: Pick<Findings, 'problems'> & { readonly isFatal: boolean },
): () => void {
  let isReported = !isFatal
  return () => {
    if (isReported) return
    isReported = true
    reportProblems(events, { problems })
  }
}

/** Loads the client credential, so that errors such as a missing certificate file are reported at start. */
export function prepareCredential({ authentication }: OAuthClient, events: EventEmitter): void {
  authentication?.prepare().catch((error: unknown) => {
    events.emit('credential.failed', { level: 'error', ...failureOf(error as IdentityError) })
  })
}
