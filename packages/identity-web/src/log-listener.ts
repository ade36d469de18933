// Writes events to the log or the application's logger, and counts repetitions.
import { docsBaseOf, docsUrlOf, type DocumentedError } from './docs-url.ts'
import type { EventListener } from './event-emitter.ts'
import type { EventFailure, EventLevel, EventType, IdentityEvent } from './events.ts'
import type { AppEnvironment, Environment } from './host-traits.ts'

/**
 * Receives log messages. They do not contain tokens or secrets. You can pass `console`, a logger of pino such as `app.log`
 * in Fastify, or a logger of Winston.
 * @public
 */
export interface Logger {
  /**
   * Logs details that help during development.
   *
   * @param message - A sentence without secrets.
   * @param details - Additional values by name.
   */
  debug?(message: string, details?: object): void
  /**
   * Logs normal events, such as sign-ins, and sign-ins that users cancelled.
   *
   * @param message - A sentence without secrets.
   * @param details - Additional values by name.
   */
  info?(message: string, details?: object): void
  /**
   * Logs events that an operator should investigate.
   *
   * @param message - A sentence without secrets.
   * @param details - Additional values by name, such as code, hint and correlation ID.
   */
  warn?(message: string, details?: object): void
  /**
   * Logs errors in the configuration and in functions of the application.
   *
   * @param message - A sentence without secrets.
   * @param details - Additional values by name.
   */
  error?(message: string, details?: object): void
}

/** The settings of the log. */
export interface LogSettings {
  readonly logger: Logger | false | undefined
  readonly environment: AppEnvironment
  readonly variables: Environment
}

/** The time in milliseconds during which repetitions of an event are counted. */
const WINDOW = 60_000
/** The highest number of different events that are counted at the same time. */
const MAX_KEYS = 1000

// Each of these events is logged. They do not repeat because of one cause.
const UNCOUNTED: ReadonlySet<EventType> = new Set([
  'configuration.invalid',
  'configuration.warning',
  'credential.expiring',
  'sign_in.completed',
  'sign_out.completed',
  'session.revoked',
  'tokens.refreshed',
  'store.available',
])

/**
 * Creates the listener that logs. The first event of a cause is logged at once. Its repetitions are counted and logged
 * once a minute, so that an outage does not fill the log.
 *
 * @returns `undefined` if nothing is logged.
 */
export function createLogListener(settings: LogSettings): EventListener | undefined {
  const { logger, environment, variables } = settings
  if (logger === false) return undefined
  const isConsole = logger === undefined || logger === console
  const docsBase = docsBaseOf(variables)
  const write = isConsole ? consoleWriter(environment, docsBase) : loggerWriter(logger, docsBase)
  return counted(safely(write), logger === undefined ? defaultLevel(variables) : 'info')
}

// A test that provokes an error need not read about it, but an unexpected problem must be visible.
function defaultLevel(variables: LogSettings['variables']): EventLevel {
  const { NODE_ENV, VITEST, JEST_WORKER_ID, NODE_TEST_CONTEXT } = variables
  const isTest =
    NODE_ENV === 'test' || [VITEST, JEST_WORKER_ID, NODE_TEST_CONTEXT].some((name) => Boolean(name))
  return isTest ? 'error' : 'warn'
}

/** Writes an event, and the number of its repetitions since the last time. */
type Write = (event: IdentityEvent, repeated: number) => unknown

/**
 * Returns a function that ignores the errors of a logger. The log is also written from a timer, where an error would
 * end the process.
 */
function safely(write: Write): Write {
  return (event, repeated) => {
    try {
      // Functions of a logger can be asynchronous, and their promises can be of another class.
      Promise.resolve(write(event, repeated)).catch(ignore)
    } catch {
      // A logger that throws must not stop the count of the repetitions.
    }
  }
}

function ignore(): void {
  // The logger is responsible for its errors.
}

/** The link to the page about the error of an event, as a property of the log entry. */
function docsOf(base: string | undefined, event: IdentityEvent): { readonly docs?: string } {
  const docs = docsUrlOf(
    base,
    event.type === 'configuration.invalid' ? CONFIGURATION : (event as DocumentedError),
  )
  return docs === undefined ? {} : { docs }
}

const CONFIGURATION: DocumentedError = { code: 'configuration' }

function consoleWriter(environment: AppEnvironment, docsBase: string | undefined): Write {
  const target: Logger = console
  if (environment === 'production') {
    return (event, repeated) => {
      const { time, level, type, message, ...details } = event
      target[level]?.(
        JSON.stringify({
          time,
          level,
          source: 'identity-web',
          event: type,
          message,
          ...details,
          ...docsOf(docsBase, event),
          ...(repeated > 0 && { repeated }),
        }),
      )
    }
  }
  return (event, repeated) => {
    const { hint, issuer, correlationId } = event as IdentityEvent & {
      readonly hint?: string
      readonly correlationId?: string
    }
    const { docs } = docsOf(docsBase, event)
    const parts = [
      `identity-web: ${withRepetitions(event.message, repeated)}`,
      ...(hint === undefined ? [] : [hint]),
      ...(issuer === undefined ? [] : [`(issuer ${issuer})`]),
      ...(correlationId === undefined ? [] : [`(correlation ID ${correlationId})`]),
      ...(docs === undefined ? [] : [`See ${docs}`]),
    ]
    target[event.level]?.(parts.join(' '))
  }
}

/** A public symbol of pino, which each of its loggers has on Node.js, and which is the same in all versions. */
const PINO = Symbol.for('pino.serializers')

/** The loggers of pino, such as `app.log` of Fastify, take the details first. */
type PinoLogger = Partial<Record<EventLevel, (details: object, message: string) => void>>

function loggerWriter(logger: Logger, docsBase: string | undefined): Write {
  const pino = PINO in logger ? (logger as object as PinoLogger) : undefined
  return (event, repeated) => {
    const { level, message, type, time, ...more } = event
    const text = withRepetitions(message, repeated)
    const details = {
      event: type,
      ...more,
      ...docsOf(docsBase, event),
      ...(repeated > 0 && { repeated }),
    }
    // pino adds the time to each entry.
    if (pino !== undefined) return pino[level]?.(details, text)
    return logger[level]?.(text, { time, ...details })
  }
}

function withRepetitions(message: string, repeated: number): string {
  return repeated > 0 ? `${message} (${repeated} more in the last minute)` : message
}

/** The repetitions of an event. */
interface Repetitions {
  event: IdentityEvent
  count: number
  /** The IDs that the error pages showed, so that each of them is in the log. */
  readonly correlationIds: string[]
}

/** The highest number of IDs in a log entry. */
const MAX_IDS = 20

function counted(write: Write, level: EventLevel): EventListener {
  const repetitions = new Map<string, Repetitions>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let endsAt = 0

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const ended = [...repetitions]
    repetitions.clear()
    for (const [key, { event, count, correlationIds }] of ended) {
      if (count === 0) continue
      write({ ...event, ...(correlationIds.length > 1 && { correlationIds }) }, count)
      // The cause continues, so its next event is a repetition too.
      open(key, event)
    }
  }

  function open(key: string, event: IdentityEvent): void {
    if (repetitions.size < MAX_KEYS) repetitions.set(key, { event, count: 0, correlationIds: [] })
    if (timer !== undefined) return
    endsAt = Date.now() + WINDOW
    timer = setTimeout(flush, WINDOW)
    // The timer must not keep a process alive. Only Node.js has `unref`.
    ;(timer as { unref?(): void }).unref?.()
  }

  return {
    level,
    receive(event) {
      if (UNCOUNTED.has(event.type)) {
        write(event, 0)
        return
      }
      // Some runtimes stop timers after a response.
      if (timer !== undefined && Date.now() >= endsAt) flush()
      const key = keyOf(event)
      const known = repetitions.get(key)
      if (known === undefined) {
        write(event, 0)
        open(key, event)
      } else {
        known.count += 1
        known.event = event
        const { correlationId } = event as Partial<EventFailure>
        if (correlationId !== undefined && known.correlationIds.length < MAX_IDS)
          known.correlationIds.push(correlationId)
      }
    },
    close() {
      flush()
      clearTimeout(timer)
      timer = undefined
      // The next event of a cause is a first one, because no timer would log its repetitions.
      repetitions.clear()
    },
  }
}

function keyOf(event: IdentityEvent): string {
  const {
    reason = '',
    issuer = '',
    microsoftCodes = [],
  } = event as IdentityEvent & {
    readonly reason?: string
    readonly microsoftCodes?: readonly string[]
  }
  // Expired tokens must not hide tokens of a wrong issuer, and both are `invalid_token`. The first words of the message name the
  // check. The values of the token, which a client chooses, come later.
  const check = event.type === 'bearer.rejected' ? event.message.split(' ', WORDS_OF_CHECK) : []
  return [event.type, event.level, reason, issuer, ...microsoftCodes, ...check].join(' ')
}

/**
 * The number of words of a message that identify a failed check, for example "The access token was rejected: its issuer
 * is".
 */
const WORDS_OF_CHECK = 8
