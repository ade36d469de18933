import { createEventEmitter, type EventEmitter, type EventListener } from '../event-emitter.ts'
import { isLogger } from './check-values.ts'
import { createLogListener, type LogSettings } from './log-listener.ts'
import type { Environment, ProviderOptions } from './provider-options.ts'

/** Creates the emitter of an application, with its log and its `onEvent` as listeners. */
export function createEvents(
  given: ProviderOptions,
  {
    environment,
    variables,
  }: Pick<LogSettings, 'environment'> & { readonly variables: Environment },
): EventEmitter {
  const { clientId, includePersonalData, onEvent } = given
  // An invalid logger cannot report the problems of the options, and the logger is one of them.
  const logger = isLogger(given.logger) ? given.logger : undefined
  const log = createLogListener({ logger, environment, variables })
  const own: EventListener | undefined =
    typeof onEvent === 'function' ? { level: 'info', receive: onEvent } : undefined
  return createEventEmitter(
    [log, own].filter((listener) => listener !== undefined),
    {
      clientId: clientId ?? variables['IDENTITY_CLIENT_ID'] ?? '',
      includesPersonalData: includePersonalData === true,
    },
  )
}

/** An emitter without listeners, for applications that are only being built. */
export const SILENT: EventEmitter = createEventEmitter([], {
  clientId: '',
  includesPersonalData: false,
})
