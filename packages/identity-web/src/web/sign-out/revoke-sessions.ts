import { IdentityError } from '../../errors.ts'
import { idOf, type Logouts, type SessionsOf } from '../../session/index.ts'
import type { Logger } from '../../settings/logger.ts'
import { NO_SUBJECT } from '../../tokens.ts'

/**
 * The sessions to end. Give one of the fields.
 *
 * @typeParam User - The type that `onLogin` returns. Without `onLogin`, the claims of the ID token.
 * @public
 */
export type RevokedSessions<User> =
  | {
      /** Ends all sessions of a user, by the claim `sub`. */
      readonly sub: string
    }
  | {
      /** Ends the sessions that belong to one session at the provider, by the claim `sid`. */
      readonly sid: string
    }
  | {
      /** Entra ID: ends all sessions of a user, by the claim `oid`, the user's object ID in the tenant. */
      readonly oid: string
    }
  | {
      /** Ends all sessions of a user. Pass `context.user`, or its `id` if `onLogin` returns users with an `id`. */
      readonly user: User | string | number
    }

export const MISSING_STORE =
  'Sessions that end elsewhere need a store. Set Auth({ session: { store } }), for example redisStore(client) of identity-web/redis, or Auth({ session: { denyList } }) where sessions live in cookies.'

const REVOCATION_KINDS = ['sub', 'sid', 'oid'] as const

/** What sessions are revoked with. */
export interface RevocationServices {
  readonly logger: Logger
  /** Absent without a store. */
  readonly logouts: Logouts | undefined
}

/** Ends all sessions of a user, or of one session at the provider. Later sessions are not affected. */
export async function revokeSessions<User>(
  { logger, logouts }: RevocationServices,
  of: RevokedSessions<User>,
): Promise<void> {
  if (logouts === undefined) throw new IdentityError('configuration', MISSING_STORE)
  const sessionsOf = toSessionsOf(of)
  await logouts.endAll(sessionsOf)
  logger.info?.('Sessions were revoked.', { by: sessionsOf.kind })
}

function toSessionsOf<User>(of: RevokedSessions<User>): SessionsOf {
  const given = of as Readonly<Record<string, unknown>>
  const names = Object.keys(given).filter((name) => given[name] !== undefined)
  const [name] = names
  const kind = REVOCATION_KINDS.find((one) => one === name)
  const value = name === undefined ? undefined : given[name]
  if (names.length === 1) {
    if (kind !== undefined && isNonEmpty(value) && value !== NO_SUBJECT) return { kind, value }
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
  if (isNonEmpty(oid)) return { kind: 'oid', value: oid }
  if (isNonEmpty(sub) && sub !== NO_SUBJECT) return { kind: 'sub', value: sub }
  throw new IdentityError(
    'configuration',
    'revokeSessions({ user }) needs to know users apart: let onLogin return them with an id, or name their sub or oid.',
  )
}

function isNonEmpty(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
