import { isGuid } from '../../authority/index.ts'
import { configurationError } from '../../errors.ts'
import type { Revocations, SessionSelector } from '../../session/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import {
  isIdentifier,
  listsOf,
  ofUser,
  toUserSelector,
  type ListedUser,
  type ListServices,
} from './list-sessions.ts'

/**
 * The sessions to end: all sessions of a user, a tenant or a session at the provider, or one session of a user.
 *
 * @typeParam User - The type that `onLogin` returns. Without `onLogin`, the claims of the ID token.
 * @public
 */
export type RevokedSessions<User> =
  | (ListedUser<User> & {
      /**
       * Ends only this session of the user: the `handle` that `auth.listSessions` returned. The call has no effect if the
       * session belongs to another user or has already ended.
       */
      readonly handle: string
    })
  | ((
      | ListedUser<User>
      | {
          /** Ends the sessions that belong to one session at the provider, by the claim `sid`. */
          readonly sid: string
        }
      | {
          /** Entra ID: ends the sessions of all users of a tenant, by the claim `tid`, the ID of the tenant. */
          readonly tid: string
        }
    ) & {
      /** A `handle` that can be `undefined` is a type error, because the call would otherwise end all sessions. */
      readonly handle?: never
    })

export const MISSING_STORE =
  'Ending the sessions of other browsers requires a store. Set Auth({ session: { store } }), for example redisStore(client) of identity-web/redis. If sessions are in cookies, set Auth({ session: { denyList } }).'

const REVOCATION_KINDS = ['sub', 'sid', 'oid', 'tid'] as const

/** The services that revoke sessions. */
export interface RevocationServices extends ListServices {
  readonly events: EventEmitter
  /** The revocation markers. Not set if a store or a deny-list is not configured. */
  readonly revocations: Revocations | undefined
}

/**
 * Ends all sessions of a user or a tenant, or of one session at the provider. Later sessions are not affected. With a
 * handle, it ends only one session of the user.
 */
export async function revokeSessions<User>(
  services: RevocationServices,
  of: RevokedSessions<User>,
): Promise<void> {
  const { events, revocations, sessions } = services
  if (sessions.platform !== undefined) {
    throw configurationError(
      `revokeSessions cannot end the sessions that ${sessions.platform} keeps. Revoke the sessions of the user at the provider, and throw AccessDenied from onLogin or onRefresh.`,
    )
  }
  if (revocations === undefined) throw configurationError(MISSING_STORE)
  // Also with `undefined`, which a form without the field can cause. It must not end all sessions.
  if (Object.hasOwn(of, 'handle')) return revokeOne(services, of)
  const selector = toSelector(of)
  await revocations.revokeAll(selector)
  events.emit('session.revoked', {
    level: 'info',
    message: 'Sessions were revoked.',
    by: selector.kind,
  })
}

const REVOKE_ONE = {
  name: 'revokeSessions({ user, handle })',
  example: 'revokeSessions({ user: context.user, handle })',
}

/** Ends one session of a user, if the session belongs to the user. */
async function revokeOne(
  services: RevocationServices,
  { handle, ...of }: { readonly handle?: unknown },
): Promise<void> {
  const lists = await listsOf(services, REVOKE_ONE)
  const selector = toUserSelector(of, REVOKE_ONE)
  if (typeof handle !== 'string') {
    throw configurationError(
      `The handle of ${REVOKE_ONE.name} must be a string that listSessions() returned. To end all sessions of the user, call revokeSessions({ user }).`,
    )
  }
  for (const record of await lists.read(selector)) {
    if ((await lists.handleOf(record.session)) !== handle) continue
    await lists.end(record)
    services.events.emit('session.revoked', {
      level: 'info',
      message: 'One session of a user was revoked.',
      by: 'handle',
    })
  }
}

function toSelector<User>(of: RevokedSessions<User>): SessionSelector {
  const given = of as Readonly<Record<string, unknown>>
  const names = Object.keys(given).filter((name) => given[name] !== undefined)
  const [name] = names
  const kind = REVOCATION_KINDS.find((one) => one === name)
  const value = name === undefined ? undefined : given[name]
  if (names.length === 1) {
    if (kind === 'tid') return ofTenant(value)
    if (kind !== undefined && isIdentifier(value)) return { kind, value }
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
