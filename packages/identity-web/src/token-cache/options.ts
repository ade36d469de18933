// The options of `sharedTokens`.
import type { ResolvedTokenCache, TokenCacheNeeds } from '../client/index.ts'
import { SESSION_STORE, secretFault } from '../options/checks.ts'
import { unknownNameMessages, type Fault } from '../options/rows.ts'
import { refusedKind } from '../own.ts'
import { STORE_PROBLEM, STORE_TIMEOUT_SECONDS, type SessionStore } from '../store.ts'

/**
 * The options of `sharedTokens`.
 *
 * @example
 * ```ts
 * const options: SharedTokensOptions = { store: redisStore(redis) }
 * ```
 * @public
 */
export interface SharedTokensOptions {
  /**
   * The store for the tokens, which are encrypted. All your application's servers must share it. If the store has a
   * `lock`, only one server requests a token that several servers need.
   *
   * @defaultValue the `session.store` of the `Auth`. `ApiAuth` and `McpAuth` require it
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   * import { sharedTokens } from 'identity-web/token-cache'
   *
   * new ApiAuth({ tokenCache: sharedTokens({ store: redisStore(redis) }) })
   * ```
   */
  readonly store?: SessionStore | undefined
  /**
   * The secret that encrypts the tokens. All servers must have the same secret. It has at least 32 characters: use the
   * output of `openssl rand -base64 32`. To replace the secret, pass an array. The first secret encrypts new values,
   * but every secret in the array can decrypt values.
   *
   * @defaultValue the `session.secret` of the `Auth`. Otherwise `IDENTITY_SESSION_SECRET`
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   * import { sharedTokens } from 'identity-web/token-cache'
   *
   * const tokenCache = sharedTokens({ store: redisStore(redis), secret: process.env.TOKENS_SECRET })
   * ```
   */
  readonly secret?: string | readonly (string | undefined)[] | undefined
}

/** The store for the tokens, and the secrets that encrypt them. */
export interface SharedTokensSettings {
  readonly store: SessionStore
  readonly secrets: readonly string[]
}

/** The settings, and the problems with the options. */
interface Resolution extends Pick<ResolvedTokenCache, 'problems'> {
  /** The resolved options, or `undefined` if there are problems. */
  readonly settings: SharedTokensSettings | undefined
}

const OPTIONS: Record<keyof SharedTokensOptions, true> = { store: true, secret: true }
const SECRET_PLACE =
  'sharedTokens({ secret }) or IDENTITY_SESSION_SECRET to the output of `openssl rand -base64 32`, with the same value on all servers'

/** Checks the options, whose defaults are the store and secrets that an `Auth` uses for sessions. */
export function resolveSharedTokens(
  options: SharedTokensOptions,
  { session, variables }: TokenCacheNeeds,
): Resolution {
  const store = options.store ?? session?.store
  const usesSession = options.secret === undefined && session !== undefined
  const given = options.secret ?? (variables['IDENTITY_SESSION_SECRET'] || undefined)
  const secrets = usesSession
    ? session.secrets
    : [given].flat().filter((one): one is string => one !== undefined)
  const kind = refusedKind(options)
  const problems = [
    ...(kind === undefined
      ? []
      : [`The options of sharedTokens() must be an object, but received ${kind}.`]),
    ...unknownNameMessages(OPTIONS, { owner: 'sharedTokens()', given: options }),
    ...storeProblems(store),
    // The problems with session.secret are reported as such.
    ...(usesSession ? [] : secretProblems(secrets)),
  ]
  const settings = problems.length > 0 || store === undefined ? undefined : { store, secrets }
  return { problems, settings }
}

function storeProblems(store: unknown): string[] {
  if (store === undefined) {
    return [
      'The store of sharedTokens() is not configured. Set sharedTokens({ store }), for example sharedTokens({ store: redisStore(client) }). Only an Auth with session.store has a default.',
    ]
  }
  const fault = storeFault(store)
  if (fault === undefined) return [STORE_PROBLEM.of(store)?.(STORE_TIMEOUT_SECONDS) ?? []].flat()
  const { fault: what, remedy } = typeof fault === 'object' ? fault : { fault, remedy: '' }
  return [`The store of sharedTokens() ${what}. ${remedy}`.trim()]
}

function storeFault(store: unknown): Fault | undefined {
  // Its data centers cache values for a minute or more, including the fact that a key is not stored.
  if (typeof Object(store).getWithMetadata === 'function') {
    return {
      fault:
        'is a Workers KV namespace. After one server stores a new token, other servers may not find it for a minute or more, so each server would request its own token',
      remedy:
        'Use sharedTokens({ store: durableObjectStore(env.SESSIONS) }) with durableObjectStore of identity-web/durable-object.',
    }
  }
  const code = (value?: string): string =>
    value === undefined ? 'sharedTokens({ store })' : `sharedTokens({ store: ${value} })`
  return [SESSION_STORE(store, code) ?? []].flat()[0]
}

function secretProblems(secrets: readonly string[]): string[] {
  if (secrets.length === 0)
    return [`The secret of sharedTokens() is not configured. Set ${SECRET_PLACE}.`]
  const fault = secretFault(secrets)
  return fault === undefined ? [] : [`The secret of sharedTokens() ${fault}. Set ${SECRET_PLACE}.`]
}
