// `listSessions()`: sessions of a user.
import { isGuid } from '../../authority/index.ts'
import type { SourceOfTokens } from '../../client/index.ts'
import { configurationError } from '../../errors.ts'
import { userIdOf, type SessionListOptions, type SessionSelector } from '../../session/index.ts'
import { readSessions } from '../../session/store/session-list.ts'
import { NO_SUBJECT, TOKEN_SOURCE } from '../../tokens.ts'
import type { UserServices } from '../users/services.ts'

/**
 * The user whose sessions are listed or ended. Set exactly one field.
 *
 * @typeParam User - The type that `onLogin` returns, or the type of the claims if `onLogin` is not set.
 * @public
 */
export type ListedUser<User> =
  | {
      /** The user, by the claim `sub`. */
      readonly sub: string
    }
  | {
      /** Entra ID: the user, by the claim `oid`, which is the user's object ID in the tenant. */
      readonly oid: string
    }
  | {
      /** The user: pass `context.user`, or its `id` if `onLogin` returns users with an `id`. */
      readonly user: User | string | number
    }

/** A user's session in one browser. @public */
export interface ListedSession {
  /** Identifies the session for `revokeSessions({ user, handle })`. It stays the same, but does not give access. */
  readonly handle: string
  /** `true` for the session whose context was passed to `listSessions`. */
  readonly current: boolean
  /** The time of the sign-in. */
  readonly startedAt: Date
  /**
   * The time of a recent request, which can be earlier than the last request by up to a tenth of `idleTimeoutSeconds`.
   */
  readonly lastUsedAt: Date
  /**
   * The first 200 characters of the `User-Agent` header at the sign-in. Escape it in HTML, because the browser chooses
   * this value.
   */
  readonly userAgent?: string
}

/** Returns a user's valid sessions, the newest one first. */
export async function listSessions<User>(
  services: UserServices<User>,
  of: ListedUser<User>,
): Promise<ListedSession[]> {
  const lists = listsOf(services, 'listSessions()')
  const given = Object(of) as Partial<SourceOfTokens> & { readonly user?: unknown }
  const source = await given[TOKEN_SOURCE]?.()
  // A context also has other members.
  const user = source?.sessionId === undefined ? given : { user: given.user }
  const selector = toSelector(services, user, [USER_KINDS, 'listSessions(context)'])
  const records = await readSessions(lists, selector)
  return records.map(({ handle, session }) => ({
    handle,
    current: session.id === source?.sessionId,
    startedAt: new Date(session.startedAt * 1000),
    lastUsedAt: new Date(session.touchedAt * 1000),
    ...(session.userAgent !== undefined && { userAgent: session.userAgent }),
  }))
}

/** @throws IdentityError `configuration` if the sessions are not in a store. */
export function listsOf<User>({ sessions }: UserServices<User>, call: string): SessionListOptions {
  if (sessions.lists !== undefined) return sessions.lists
  throw configurationError(
    sessions.platform === undefined
      ? `${call} requires a store, because sessions in cookies cannot be listed. Set Auth({ session: { store } }), for example redisStore(client) of identity-web/redis.`
      : `${call} is not available, because ${sessions.platform} keeps the sessions and does not list them.`,
  )
}

/** The claims that identify a user. */
export const USER_KINDS = ['sub', 'oid'] as const

/**
 * Returns the selector for exactly one user, or for one of the other kinds.
 *
 * @param kinds - The other kinds, and a correct call for the message.
 */
export function toSelector<User>(
  { hooks }: Pick<UserServices<User>, 'hooks'>,
  of: object,
  [kinds, example]: readonly [
    kinds: readonly Exclude<SessionSelector['kind'], 'user'>[],
    example: string,
  ],
): SessionSelector {
  const [[name, value] = [], ...others] = Object.entries(of).filter((one) => one[1] !== undefined)
  const kind = kinds.find((one) => one === name)
  if (others.length === 0) {
    if (name === 'user') return ofUser(value, hooks.onLogin !== undefined)
    if (kind === 'tid') return ofTenant(value)
    if (kind !== undefined && isIdentifier(value)) return { kind, value }
  }
  throw configurationError(
    `Pass exactly one of ${kinds.join(', ')} and user, for example ${example}.`,
  )
}

// The domain name of a tenant would match no session, and the call would seem to work.
function ofTenant(tid: unknown): SessionSelector {
  if (isGuid(tid)) return { kind: 'tid', value: tid.toLowerCase() }
  throw configurationError(
    "revokeSessions({ tid }) requires the ID of a tenant, for example revokeSessions({ tid: '11111111-2222-3333-4444-555555555555' }).",
  )
}

/**
 * @param user - The user or its `id`.
 * @param hasOnLogin - `false` if users are claims. Their claim `id` is then any value of the provider, and does not select a
 *   session.
 */
function ofUser(user: unknown, hasOnLogin: boolean): SessionSelector {
  const id = typeof user === 'string' || typeof user === 'number' ? String(user) : userIdOf(user)
  if (hasOnLogin && id !== undefined && id !== '') return { kind: 'user', value: id }
  const { oid, sub } = (user ?? {}) as { readonly oid?: unknown; readonly sub?: unknown }
  if (isIdentifier(oid)) return { kind: 'oid', value: oid }
  if (isIdentifier(sub)) return { kind: 'sub', value: sub }
  throw configurationError(
    'The user cannot be identified. Return users with an id from onLogin. You can also pass the sub or the oid of the user instead.',
  )
}

function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value !== NO_SUBJECT
}
