// The error of a request if a store fails.
import { IdentityError, type ErrorReason } from './errors.ts'
import { secondsOf } from './text.ts'

/** The time in seconds after which the client of a rejected request may try again. */
const RETRY_PAUSE_SECONDS = 2

/** A cause of a store failure, with the errors of node-redis, ioredis and Node.js that identify it. */
interface KnownCause {
  readonly reason: ErrorReason
  readonly pattern: RegExp
  /** Says what has failed. */
  readonly message: (store: string) => string
  readonly hint: string
}

/** The words about a store in errors, from the option that the store belongs to. */
export interface StoreWords {
  /** The store's name, such as `session store`. */
  readonly name: string
  /** Says what to check if the store fails. */
  readonly hint: string
  /** Says what to check if the store is too slow. @defaultValue `hint` */
  readonly timeoutHint?: string
}

const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    reason: 'store_failed',
    // A bundler shortens the name of StoreRejection.
    pattern: /^(set|delete) returned false, /,
    message: (store) => `The ${store} did not complete a request.`,
    hint: 'The store returns false and hides the cause. If it is a Keyv, use version 5.4 or later and create it with throwOnErrors, for example new Keyv({ store, throwOnErrors: true }). If it is another store, its methods must throw an error when they fail.',
  },
  {
    reason: 'store_not_connected',
    pattern: /ClientClosedError|The client is closed|client is not open/i,
    message: (store) => `The client of the ${store} is not connected.`,
    hint: 'Connect the Redis client before you pass it: redisStore(await client.connect()). Do not close it while the application runs.',
  },
  {
    reason: 'store_timeout',
    pattern: /timeout exceeded when trying to connect|due to connection timeout/,
    message: (store) => `The ${store} did not give a connection in time.`,
    hint: 'Check that PostgreSQL is running and that this server can reach it. If other queries use all connections of the pool, give the sessions a separate pool, or more connections: new Pool({ max }).',
  },
  {
    reason: 'store_timeout',
    pattern: /Query read timeout/,
    message: (store) => `The ${store} did not respond in time.`,
    hint: 'Check that PostgreSQL is running and not overloaded, and that another transaction does not lock the table.',
  },
  {
    reason: 'store_refused',
    pattern:
      /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ClientOfflineError|client is offline|Socket closed|SocketClosed|Connection is closed|isn't writeable|Connection terminated|MaxRetriesPerRequest/i,
    message: (store) => `The ${store} cannot be reached.`,
    hint: 'Start the store. Check the URL of its client, and check that this server can reach the store.',
  },
]

export class StoreTimeout extends Error {
  /** @param seconds - The time in which the store had to respond. */
  constructor(name: string, seconds: number) {
    super(`The ${name} did not respond within ${secondsOf(seconds)}.`)
  }
}

/** Returns the error for a request that a store did not complete. The message contains the cause and the remedy. */
export function storeFailure(store: StoreWords, cause: unknown): IdentityError {
  if (cause instanceof StoreTimeout) {
    const { hint, timeoutHint = hint } = store
    return storeUnavailable(cause.message, { cause, reason: 'store_timeout', hint: timeoutHint })
  }
  const text = textOf(cause)
  const known = KNOWN_CAUSES.find(({ pattern }) => pattern.test(text))
  return known === undefined
    ? storeUnavailable(`The ${store.name} failed${text === '' ? '' : ` (${text})`}.`, {
        cause,
        reason: 'store_failed',
        hint: store.hint,
      })
    : storeUnavailable(`${known.message(store.name)} (${text})`, { cause, ...known })
}

interface StoreErrorDetails {
  readonly cause?: unknown
  readonly reason?: ErrorReason
  readonly hint: string
}

export function storeUnavailable(
  message: string,
  { cause, reason, hint }: StoreErrorDetails,
): IdentityError {
  return new IdentityError('store_unavailable', message, {
    cause,
    reason,
    hint,
    retryAfterSeconds: RETRY_PAUSE_SECONDS,
  })
}

/** Returns an error's name (unless a bundler removed it), code and message, without the credentials in a URL. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: unknown }
  const name = error.constructor.name
  const inner: unknown = Array.isArray(errors) ? errors[0] : undefined
  const parts = [
    ...(/.Error$/.test(name) && name !== 'AggregateError' ? [name] : []),
    ...(typeof code === 'string' && !error.message.includes(code) ? [code] : []),
    ...(error.message === '' ? [] : [error.message]),
    ...(inner === undefined ? [] : [textOf(inner)]),
  ]
  return parts.join(': ').replaceAll(/:\/\/[^@\s/]*@/g, '://')
}
