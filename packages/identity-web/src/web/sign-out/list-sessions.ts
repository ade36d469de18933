import type { SourceOfTokens } from '../../client/index.ts'
import { configurationError } from '../../errors.ts'
import {
  userIdOf,
  type SessionLists,
  type SessionSelector,
  type SessionStrategy,
} from '../../session/index.ts'
import { NO_SUBJECT, TOKEN_SOURCE } from '../../tokens.ts'

/**
 * The user whose sessions are listed or ended. Set exactly one of the fields.
 *
 * @typeParam User - The type that `onLogin` returns. Without `onLogin`, the claims of the ID token.
 * @public
 */
export type ListedUser<User> =
  | {
      /** The user, by the claim `sub`. */
      readonly sub: string
    }
  | {
      /** Entra ID: the user, by the claim `oid`, the user's object ID in the tenant. */
      readonly oid: string
    }
  | {
      /** The user. Pass `context.user`, or its `id` if `onLogin` returns users with an `id`. */
      readonly user: User | string | number
    }

/** A session of a user, in one browser. @public */
export interface ListedSession {
  /** Names the session for `revokeSessions({ user, handle })`. It stays the same, and it does not give access. */
  readonly handle: string
  /** `true` for the session of the context that was passed to `listSessions`. */
  readonly current: boolean
  /** The time of the sign-in. */
  readonly startedAt: Date
  /** The time of a recent request. It can be earlier than the last request by up to a tenth of `idleTimeoutSeconds`. */
  readonly lastUsedAt: Date
  /**
   * The first 200 characters of the `User-Agent` header that the browser sent at the sign-in. The browser chooses this
   * value, so escape it in HTML.
   */
  readonly userAgent?: string
}

/** The services that list the sessions of a user. */
export interface ListServices {
  readonly sessions: Pick<SessionStrategy, 'platform'>
  /** The lists. Not set if sessions are not in a store. */
  readonly sessionLists?: (() => Promise<SessionLists>) | undefined
}

/** A call of the application, for messages. */
interface NamedCall {
  readonly name: string
  readonly example: string
}

const CALL: NamedCall = { name: 'listSessions()', example: 'listSessions(context)' }

/** Returns the valid sessions of a user, the newest one first. */
export async function listSessions<User>(
  services: ListServices,
  of: ListedUser<User>,
): Promise<ListedSession[]> {
  const lists = await listsOf(services, CALL)
  const given = Object(of) as Partial<SourceOfTokens> & { readonly user?: unknown }
  const source = await given[TOKEN_SOURCE]?.()
  // A context also has other members.
  const selector = toUserSelector(
    source?.sessionId === undefined ? given : { user: given.user },
    CALL,
  )
  const records = await lists.read(selector)
  return Promise.all(
    records.map(async ({ session }) => ({
      handle: await lists.handleOf(session),
      current: session.id === source?.sessionId,
      startedAt: new Date(session.startedAt * 1000),
      lastUsedAt: new Date(session.touchedAt * 1000),
      ...(session.userAgent !== undefined && { userAgent: session.userAgent }),
    })),
  )
}

/** @throws IdentityError `configuration` if the sessions are not in a store. */
export async function listsOf(
  { sessions, sessionLists }: ListServices,
  { name }: NamedCall,
): Promise<SessionLists> {
  if (sessionLists !== undefined) return sessionLists()
  throw configurationError(
    sessions.platform === undefined
      ? `${name} requires a store, because sessions in cookies cannot be listed. Set Auth({ session: { store } }), for example redisStore(client) of identity-web/redis.`
      : `${name} is not available, because ${sessions.platform} keeps the sessions and does not list them.`,
  )
}

/** Returns the selector of exactly one user. */
export function toUserSelector(of: object, { name, example }: NamedCall): SessionSelector {
  const [[kind, value] = [], ...others] = Object.entries(of).filter(
    ([, given]) => given !== undefined,
  )
  if (others.length === 0) {
    if (kind === 'user') return ofUser(value)
    if ((kind === 'sub' || kind === 'oid') && isIdentifier(value)) return { kind, value }
  }
  throw configurationError(
    `${name} requires exactly one of user, oid and sub, for example ${example}.`,
  )
}

/** @param user - The user or its `id`. */
export function ofUser(user: unknown): SessionSelector {
  const id = typeof user === 'string' || typeof user === 'number' ? String(user) : userIdOf(user)
  if (id !== undefined && id !== '') return { kind: 'user', value: id }
  const { oid, sub } = (user ?? {}) as { readonly oid?: unknown; readonly sub?: unknown }
  if (isIdentifier(oid)) return { kind: 'oid', value: oid }
  if (isIdentifier(sub)) return { kind: 'sub', value: sub }
  throw configurationError(
    'The user cannot be identified. Return users with an id from onLogin. You can also pass the sub or the oid of the user instead.',
  )
}

/** Returns whether a value can be the identifier of a user or of a session. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value !== NO_SUBJECT
}
