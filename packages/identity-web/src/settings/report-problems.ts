import type { OAuthClient } from '../client/index.ts'
import type { IdentityError } from '../errors.ts'
import { failureOf, type EventEmitter } from '../event-emitter.ts'
import type { ConfigurationProblem } from './problems.ts'

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
