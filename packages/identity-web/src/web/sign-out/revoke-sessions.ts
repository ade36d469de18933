import { IdentityError } from '../../errors.ts'
import { idOf, type SessionsOf } from '../../session/index.ts'
import { NO_SUBJECT } from '../../tokens.ts'
import type { WebRuntime } from '../runtime/runtime.ts'

/**
 * Whose sessions to end: one of the fields.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export type RevokedSessions<User> =
  | {
      /** All of a user, by the claim `sub`. */
      readonly sub: string
    }
  | {
      /** Those that began by one session at the provider, by the claim `sid`. */
      readonly sid: string
    }
  | {
      /** Entra ID: all of a user, by the claim `oid`, which is the user's object id in the tenant. */
      readonly oid: string
    }
  | {
      /** All of a user, as `context.user` has them; where `onLogin` returns users with an `id`, that `id` does, too. */
      readonly user: User | string | number
    }

export const MISSING_STORE =
  'Sessions that end elsewhere need a store. Set Auth({ session: { store } }), for example redisStore(client) of identity-web/redis, or Auth({ session: { denyList } }) where sessions live in cookies.'

const KINDS = ['sub', 'sid', 'oid'] as const

/** Ends all sessions that belong to a user, or to one session at the provider; those that begin later are not meant. */
export async function revokeSessions<User>(
  { logouts, options }: WebRuntime<User>,
  of: RevokedSessions<User>,
): Promise<void> {
  if (logouts === undefined) throw new IdentityError('configuration', MISSING_STORE)
  const named = toSessionsOf(of)
  await logouts.endAll(named)
  options.logger.info?.('Sessions were revoked.', { by: named.kind })
}

function toSessionsOf<User>(of: RevokedSessions<User>): SessionsOf {
  const given = of as Readonly<Record<string, unknown>>
  const names = Object.keys(given).filter((name) => given[name] !== undefined)
  const [name] = names
  const kind = KINDS.find((one) => one === name)
  const value = name === undefined ? undefined : given[name]
  if (names.length === 1) {
    if (kind !== undefined && isName(value) && value !== NO_SUBJECT) return { kind, value }
    if (name === 'user') return ofUser(value)
  }
  throw new IdentityError(
    'configuration',
    "revokeSessions() takes one of sub, sid, oid and user, for example revokeSessions({ sub: 'the subject' }).",
  )
}

function ofUser(user: unknown): SessionsOf {
  const id = typeof user === 'string' || typeof user === 'number' ? String(user) : idOf(user)
  if (id !== undefined && id !== '') return { kind: 'user', value: id }
  const { oid, sub } = (user ?? {}) as { readonly oid?: unknown; readonly sub?: unknown }
  if (isName(oid)) return { kind: 'oid', value: oid }
  if (isName(sub) && sub !== NO_SUBJECT) return { kind: 'sub', value: sub }
  throw new IdentityError(
    'configuration',
    'revokeSessions({ user }) needs to know users apart: let onLogin return them with an id, or name their sub or oid.',
  )
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
