import { toBase64Url } from '../base64.ts'
import { IdentityError } from '../errors.ts'
import type { SessionStore, StoreLock } from '../store.ts'
import type { StoreCall, StoreResults } from './durable-object/identity-sessions.ts'
import type { SessionObjectNamespace } from './durable-object/cloudflare.ts'

export { IdentityError, type ErrorReason, type IdentityErrorCode } from '../errors.ts'
export type * from '../register.ts'
export type { SessionStore, StoreLock } from '../store.ts'
export { IdentitySessions } from './durable-object/identity-sessions.ts'
export type { SessionObjectNamespace, SessionObjectState } from './durable-object/cloudflare.ts'

/**
 * Options of `durableObjectStore`.
 *
 * @public
 */
export interface DurableObjectStoreOptions {
  /**
   * The name of the object. Set it when several applications share one namespace. If you change it, your users sign in
   * again.
   *
   * @defaultValue `'sessions'`
   * @example
   * ```ts
   * import { durableObjectStore } from 'identity-web/durable-object'
   *
   * const store = durableObjectStore(env.SESSIONS, { name: 'shop' })
   * ```
   */
  readonly name?: string | undefined
  /**
   * The region where Cloudflare creates the object, such as `'weur'` or `'enam'`. Choose the region of most of your users,
   * because each guarded request travels to the object. An object that exists does not move.
   *
   * @defaultValue a data center near the first request
   * @example
   * ```ts
   * import { durableObjectStore } from 'identity-web/durable-object'
   *
   * const store = durableObjectStore(env.SESSIONS, { locationHint: 'weur' })
   * ```
   */
  readonly locationHint?: string | undefined
}

/** A URL that the runtime accepts. The object ignores it. */
const URL_OF_OBJECT = 'https://sessions.invalid/'

/**
 * Creates a session store in a Durable Object of Cloudflare Workers. It supports everything that a store can do: several
 * values in one request, and a lock, so that only one instance of your worker refreshes the tokens of a session.
 *
 * One object contains all sessions. Each guarded request sends one request to it, and each read sees the last write.
 *
 * @param namespace - The binding of the class `IdentitySessions`, which your worker exports.
 * @param options - The name and the region of the object.
 * @returns The store for the option `session.store`.
 * @throws IdentityError `configuration` if the value is not a Durable Object namespace.
 *
 * @example
 * ```ts
 * export { IdentitySessions } from 'identity-web/durable-object'
 *
 * const auth = new Auth(app, (env: Bindings) => ({
 *   session: { store: durableObjectStore(env.SESSIONS) },
 * }))
 * ```
 * @public
 */
export function durableObjectStore(
  namespace: SessionObjectNamespace,
  options: DurableObjectStoreOptions = {},
): Required<SessionStore> {
  const { name = 'sessions', locationHint } = options
  // The type excludes other values, but a binding that wrangler does not know is undefined.
  if (typeof (Object(namespace) as SessionObjectNamespace).idFromName !== 'function') {
    throw new IdentityError(
      'configuration',
      'durableObjectStore() requires a Durable Object namespace, for example durableObjectStore(env.SESSIONS). Export IdentitySessions from your worker, and add its binding to durable_objects and its class to new_sqlite_classes in wrangler.jsonc.',
    )
  }

  async function send<const Call extends StoreCall>(
    call: Call,
  ): Promise<StoreResults[Call['method']]> {
    // A stub that failed once fails always, so each call gets its own.
    const stub = namespace.get(
      namespace.idFromName(name) as never,
      (locationHint === undefined ? undefined : { locationHint }) as never,
    )
    const response = await stub.fetch(URL_OF_OBJECT, {
      method: 'POST',
      body: JSON.stringify(call),
    })
    return (await response.json()) as StoreResults[Call['method']]
  }

  const getMany = (keys: readonly string[]): Promise<readonly (string | null)[]> =>
    send({ method: 'getMany', keys })

  return {
    async get(key) {
      const [value] = await getMany([key])
      return value
    },
    getMany,
    set: (key, value, ttlMs) => send({ method: 'set', key, value, ttlMs }),
    delete: (key) => send({ method: 'delete', key }),
    touch: (key, ttlMs) => send({ method: 'touch', key, ttlMs }),

    async lock(key, ttlMs): Promise<StoreLock | undefined> {
      const owner = toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
      if (!(await send({ method: 'lock', key, ttlMs, owner }))) return undefined
      return {
        set: (name_, value, lifetime) =>
          send({ method: 'set', key: name_, value, ttlMs: lifetime, owner }),
        async release() {
          await send({ method: 'release', key, owner })
        },
      }
    },
  }
}
