// `revokeSessions()`: ends sessions of users and tenants.
import { configurationError } from '../../errors.ts'
import { readMembers } from '../../own.ts'
import { endSession, readSessions } from '../../session/store/session-list.ts'
import { eventUserOf } from '../../event-emitter.ts'
import { listsOf, toSelector, USER_KINDS, type ListedUser } from './list-sessions.ts'
import type { UserServices } from '../users/services.ts'

/**
 * The sessions to end: one or all sessions of a user, or all that belong to a tenant or to a session at the provider.
 *
 * @typeParam User - The type that `onLogin` returns, or the type of the claims if `onLogin` is not set.
 * @public
 */
export type RevokedSessions<User> =
  | (ListedUser<User> & {
      /**
       * Ends only this session: the `handle` that `auth.listSessions` returned. The call has no effect if the session
       * belongs to another user or has already ended.
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
          /** Entra ID: ends the sessions of all users in a tenant, by the claim `tid`, which is the tenant's ID. */
          readonly tid: string
        }
    ) & {
      /** A `handle` that can be `undefined` is a type error, because the call would otherwise end all sessions. */
      readonly handle?: never
    })

export const MISSING_STORE =
  'Ending the sessions of other browsers requires a store. Set Auth({ session: { store } }), for example redisStore(client) of identity-web/redis. If sessions are in cookies, set Auth({ session: { denyList } }).'

const REVOCATION_KINDS = ['sub', 'sid', 'oid', 'tid'] as const

/**
 * Ends all sessions of a user or a tenant, or of one session at the provider, but does not affect later sessions. With
 * a handle, it ends only one of the user's sessions.
 */
export async function revokeSessions<User>(
  services: UserServices<User>,
  of: RevokedSessions<User>,
): Promise<void> {
  const { events, sessions } = services
  if (sessions.platform !== undefined) {
    throw configurationError(
      `revokeSessions cannot end the sessions that ${sessions.platform} keeps. Revoke the sessions of the user at the provider, and throw AccessDenied from onLogin or onRefresh.`,
    )
  }
  // Also with `undefined`, which a form without the field can cause. It must not end all sessions.
  const given = readMembers(of, ['handle', 'user', ...REVOCATION_KINDS])
  if ('handle' in given) return revokeOne(services, given)
  if (sessions.revocations === undefined) throw configurationError(MISSING_STORE)
  const selector = toSelector(services, given, [
    REVOCATION_KINDS,
    'revokeSessions({ user: context.user })',
  ])
  await sessions.revocations.revokeAll(selector)
  events.emit('session.revoked', {
    level: 'info',
    message: 'Sessions were revoked.',
    by: selector.kind,
    ...(await eventUserOf(events, { [selector.kind]: selector.value })),
  })
}

/** Ends one session if it belongs to the user. */
async function revokeOne<User>(
  services: UserServices<User>,
  { handle, ...of }: { readonly handle?: unknown },
): Promise<void> {
  const call = 'revokeSessions({ user: context.user, handle })'
  const lists = listsOf(services, call)
  const selector = toSelector(services, of, [USER_KINDS, call])
  if (typeof handle !== 'string') {
    throw configurationError(
      'The handle of revokeSessions({ user, handle }) must be a string that listSessions() returned. To end all sessions of the user, call revokeSessions({ user }).',
    )
  }
  const records = await readSessions(lists, selector)
  const record = records.find((one) => one.handle === handle)
  if (record === undefined) return
  await endSession(lists, record)
  services.events.emit('session.revoked', {
    level: 'info',
    message: 'One session of a user was revoked.',
    by: 'handle',
    ...(await eventUserOf(services.events, { [selector.kind]: selector.value })),
  })
}
