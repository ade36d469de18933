// Passes events to the log and to `onEvent`.
import { sha256 } from './base64.ts'
import { withoutReference } from './carried-errors.ts'
import { isThenable } from './maybe-promise.ts'
import type { IdentityError, IdentityErrorCode } from './errors.ts'
import type {
  EventBase,
  EventDetails,
  EventFailure,
  EventLevel,
  EventType,
  EventUser,
  IdentityEvent,
  MissingRequirement,
} from './events.ts'

export interface EventListener {
  /** The lowest level of the events that the listener receives. */
  readonly level: EventLevel
  receive(event: IdentityEvent): unknown
  /** Stops the timers of the listener. */
  close?(): void
}

/** The properties of an event that the caller of `emit` sets. */
export type NewEvent<Type extends EventType> = EventDetails[Type] &
  Pick<EventBase, 'level' | 'message'> &
  Partial<Pick<EventBase, 'clientId' | 'durationMs' | 'issuer'>>

export interface EventEmitter {
  /**
   * `true` if a listener receives events of the level `info`. Callers check this before they compute expensive
   * properties.
   */
  readonly hearsInfo: boolean
  emit<Type extends EventType>(type: Type, event: NewEvent<Type>): void
  readonly includesPersonalData: boolean
  close(): void
}

const RANKS: Readonly<Record<EventLevel, number>> = { error: 3, warn: 2, info: 1 }

interface EmitterSettings {
  readonly clientId: string
  readonly includesPersonalData: boolean
}

/** Creates an emitter. A listener that throws, rejects or never responds has no effect on requests. */
export function createEventEmitter(
  listeners: readonly EventListener[],
  { clientId, includesPersonalData }: EmitterSettings,
): EventEmitter {
  const lowest = Math.min(Infinity, ...listeners.map(({ level }) => RANKS[level]))

  return {
    includesPersonalData,

    hearsInfo: lowest <= RANKS.info,

    emit(type, given) {
      const rank = RANKS[given.level]
      // Most events of a busy application have no listener. They must not be copied.
      if (rank < lowest) return
      const { level, message, ...details } = given
      const event = Object.freeze({
        type,
        level,
        time: new Date().toISOString(),
        message: includesPersonalData ? message : withoutAddresses(message),
        clientId,
        ...withoutUndefined(details),
      }) as unknown as IdentityEvent
      for (const listener of listeners) {
        if (rank >= RANKS[listener.level]) deliver(listener, event)
      }
    },

    close() {
      for (const listener of listeners) listener.close?.()
    },
  }
}

/** Returns an emitter for the events about one issuer of an API. */
export function eventsAbout(
  issuer: Pick<EventBase, 'clientId' | 'issuer'>,
  events: EventEmitter,
): EventEmitter {
  return { ...events, emit: (type, event) => events.emit(type, { ...event, ...issuer }) }
}

function deliver(listener: EventListener, event: IdentityEvent): void {
  try {
    const result = listener.receive(event)
    // The result is not awaited, so a listener that never responds does not delay the request.
    if (isThenable<unknown>(result)) result.then(undefined, ignore)
  } catch {
    // A listener must not break the request that it reports.
  }
}

function ignore(): void {
  // The listener is responsible for its errors.
}

// A match starts only where a run of its characters starts. Otherwise, the time would grow with the square of the run.
const EMAIL_ADDRESS = /(?<![\w.%+#-])[\w.%+#-]+(?:@|%40)([\w-]+(?:\.[\w-]+)+)/gi

/** Removes e-mail addresses. Providers write them into their error messages, and applications into their paths. */
function withoutAddresses(text: string): string {
  return text.replaceAll(EMAIL_ADDRESS, (found, domain: string) =>
    VERSION.test(domain) ? found : '[e-mail address]',
  )
}

// The paths of pnpm contain packages with their versions, such as `express@4.1.0` or `next@16.0.0-canary.3`.
const VERSION = /^\d+\.\d+\.\d+(?:[-_][\w-]+(?:\.\d+(?:_[\w-]+)?)*)?$/

function withoutUndefined(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
}

/** Returns the properties of an event about an error. */
export function failureOf(error: IdentityError): EventFailure & { readonly message: string } {
  const { code, message, hint, oauthError, suberror, microsoftCodes = [], correlationId } = error
  return {
    message: withoutReference(message),
    code,
    reason: error.reason ?? code,
    hint,
    oauthError,
    suberror,
    microsoftCodes: microsoftCodes.length > 0 ? microsoftCodes : undefined,
    correlationId,
  }
}

/** The codes of errors that the provider can end without a change of the application. */
const OF_PROVIDER: ReadonlySet<string> = new Set(
  'provider_error provider_unavailable invalid_response'.split(' '),
)

/** The error codes which say that the application, its registration or its credential is wrong. */
const SETUP_ERRORS =
  /^(?:invalid_(?:client|scope|target|resource)|unauthorized_client|unsupported_(?:grant|response)_type)$/

/** Returns whether the provider says that the application or its registration is wrong. Another sign-in would not help. */
export function isSetupError({ oauthError = '', microsoftCodes = [] }: IdentityError): boolean {
  return (
    SETUP_ERRORS.test(oauthError) || (oauthError === 'invalid_request' && microsoftCodes.length > 0)
  )
}

/** The network, the authority or the clock of this server is wrong, so every user is affected. */
const FOR_ALL = /^(?:dns|connection_refused|tls|proxy|wrong_tenant|clock)$/

/** Returns the level of an error: whether the operator must act, and how urgently. */
export function levelOf(error: IdentityError): EventLevel {
  const { code, reason, status } = error
  if (reason !== undefined && FOR_ALL.test(reason)) return 'error'
  if (code === 'provider_error' && isSetupError(error)) return 'error'
  if (OF_PROVIDER.has(code)) return 'warn'
  return status < 500 ? 'info' : 'error'
}

/**
 * Returns the level of an error of a sign-in. The tokens come from the provider, so a wrong token is not a mistake of
 * the user.
 */
export function signInLevelOf(error: IdentityError): EventLevel {
  const level = levelOf(error)
  return level === 'info' && NOT_THE_USER.has(error.code) ? 'warn' : level
}

const NOT_THE_USER: ReadonlySet<IdentityErrorCode> = new Set([
  'interaction_required',
  'insufficient_scope',
  'invalid_token',
  // The page asks the user to send its ID, so the log must contain it.
  'invalid_request',
])

/** The claims that identify a user, or describe them. */
export type UserClaims = Readonly<Record<string, unknown>>

/** The length of the hash, in characters. It is long enough to tell sessions apart. */
const HASH_LENGTH = 22

/**
 * Returns the identifiers of a user for an event. The ID of the session at the provider is hashed. It adds the personal
 * data if `includePersonalData` is set.
 *
 * @param claims - Verified claims, because anybody can write the others.
 */
export async function eventUserOf(
  { includesPersonalData }: EventEmitter,
  claims: UserClaims | undefined,
): Promise<EventUser> {
  if (claims === undefined) return {}
  const { sub, oid, tid, sid } = claims
  const sidHash = typeof sid === 'string' ? (await sha256(sid)).slice(0, HASH_LENGTH) : undefined
  return {
    sub: textOf(sub),
    oid: textOf(oid),
    tid: textOf(tid),
    sidHash,
    ...(includesPersonalData && {
      personalData: {
        name: textOf(claims['name']),
        username: textOf(claims['preferred_username']),
        email: textOf(claims['email']),
        claims,
      },
    }),
  }
}

// Only events and the application's page need it. As a field of the error, applications would depend on it.
export const requirementsOfErrors: WeakMap<IdentityError, MissingRequirement> = new WeakMap()

/** The maximum length of a path in an event, in characters. */
const MAX_PATH = 200

/**
 * Returns the properties of an event about an error of a request. The query of its URL can contain anything, and only
 * verified claims say who sent it.
 */
export async function failureAt(
  events: EventEmitter,
  error: IdentityError,
  { url, claims }: { readonly url: string; readonly claims: UserClaims | undefined },
): Promise<Omit<NewEvent<'access.denied'>, 'level'>> {
  const [, path = ''] = /^(?:\w+:\/\/[^/?#]*)?([^?#]*)/.exec(url) ?? []
  const shown = events.includesPersonalData ? path : withoutAddresses(path)
  return {
    ...failureOf(error),
    ...(await eventUserOf(events, claims)),
    path: shown.slice(0, MAX_PATH) || undefined,
    requirement: requirementsOfErrors.get(error),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
