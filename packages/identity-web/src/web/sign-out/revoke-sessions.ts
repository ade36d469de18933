import { isGuid } from '../../authority/index.ts'
import { configurationError } from '../../errors.ts'
import {
  userIdOf,
  type Revocations,
  type SessionSelector,
  type SessionStrategy,
} from '../../session/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import { NO_SUBJECT } from '../../tokens.ts'

/**
 * The sessions to end. Set exactly one of the fields.
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
      /** Entra ID: ends the sessions of all users of a tenant, by the claim `tid`, the ID of the tenant. */
      readonly tid: string
    }
  | {
      /** Ends all sessions of a user. Pass `context.user`, or its `id` if `onLogin` returns users with an `id`. */
      readonly user: User | string | number
    }

export const MISSING_STORE =
  'Ending the sessions of other browsers requires a store. Set Auth({ session: { store } }), for example redisStore(client) of identity-web/redis. If sessions are in cookies, set Auth({ session: { denyList } }).'

const REVOCATION_KINDS = ['sub', 'sid', 'oid', 'tid'] as const

/** The services that revoke sessions. */
export interface RevocationServices {
  readonly events: EventEmitter
  /** The revocation markers. Not set if a store or a deny-list is not configured. */
  readonly revocations: Revocations | undefined
  readonly sessions: Pick<SessionStrategy, 'platform'>
}

/** Ends all sessions of a user or a tenant, or of one session at the provider. Later sessions are not affected. */
export async function revokeSessions<User>(
  { events, revocations, sessions }: RevocationServices,
  of: RevokedSessions<User>,
): Promise<void> {
  if (sessions.platform !== undefined) {
    throw configurationError(
      `revokeSessions cannot end the sessions that ${sessions.platform} keeps. Revoke the sessions of the user at the provider, and throw AccessDenied from onLogin or onRefresh.`,
    )
  }
  if (revocations === undefined) throw configurationError(MISSING_STORE)
  const selector = toSelector(of)
  await revocations.revokeAll(selector)
  events.emit('session.revoked', {
    level: 'info',
    message: 'Sessions were revoked.',
    by: selector.kind,
  })
}

function toSelector<User>(of: RevokedSessions<User>): SessionSelector {
  const given = of as Readonly<Record<string, unknown>>
  const names = Object.keys(given).filter((name) => given[name] !== undefined)
  const [name] = names
  const kind = REVOCATION_KINDS.find((one) => one === name)
  const value = name === undefined ? undefined : given[name]
  if (names.length === 1) {
    if (kind === 'tid') return ofTenant(value)
    if (kind !== undefined && isNonEmpty(value) && value !== NO_SUBJECT) return { kind, value }
    if (name === 'user') return ofUser(value)
  }
  throw configurationError(
    "revokeSessions() requires exactly one of sub, sid, oid, tid and user, for example revokeSessions({ sub: 'the subject' }).",
  )
}

// The domain name of a tenant would match no session, and the call would seem to work.
function ofTenant(tid: unknown): SessionSelector {
  if (isGuid(tid)) return { kind: 'tid', value: tid.toLowerCase() }
  throw configurationError(
    "revokeSessions({ tid }) requires the ID of a tenant, for example revokeSessions({ tid: '11111111-2222-3333-4444-555555555555' }).",
  )
}

function ofUser(user: unknown): SessionSelector {
  const id = typeof user === 'string' || typeof user === 'number' ? String(user) : userIdOf(user)
  if (id !== undefined && id !== '') return { kind: 'user', value: id }
  const { oid, sub } = (user ?? {}) as { readonly oid?: unknown; readonly sub?: unknown }
  if (isNonEmpty(oid)) return { kind: 'oid', value: oid }
  if (isNonEmpty(sub) && sub !== NO_SUBJECT) return { kind: 'sub', value: sub }
  throw configurationError(
    'revokeSessions({ user }) cannot identify the user. Return users with an id from onLogin. You can also call revokeSessions() with the sub or the oid of the user.',
  )
}

function isNonEmpty(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
