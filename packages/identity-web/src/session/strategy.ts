// The interface of a way to keep sessions.
import type { HttpContext } from '../http-context.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import type { SessionTokens } from '../tokens.ts'
import type { CookieAttributes, SessionSource } from './cookies.ts'
import type { Lifetimes, Session } from './session.ts'
import type { EndedSessions } from './store/revocations.ts'

/** The options for sessions in cookies and for sessions in a store. */
export interface StrategyOptions {
  readonly secrets: readonly string[]
  /**
   * A string that identifies the application: the client, its provider, and its origin or cookie domain. Sessions of
   * another owner cannot be decrypted.
   */
  readonly owner: string
  /** The name of the session cookie. If a cookie contains the tokens, it is called `<name>-tokens`. */
  readonly name: string
  readonly attributes: CookieAttributes
  readonly lifetimes: Lifetimes
  /** The number of decrypted sessions in the cache, and the number of decrypted tokens. */
  readonly cacheEntries?: number | undefined
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Called after a session ended in this process. */
  readonly onEnd?: ((ended: EndedSessions) => void) | undefined
}

/**
 * The session of one request. The request's `Cookie` header is read only once, to create this value.
 *
 * The header is also needed to store a changed session, because it shows which cookies the browser has. If a platform
 * keeps the sessions, the value contains the headers that the platform added.
 */
export interface RequestSession {
  readonly cookieHeader: string
  readonly session: Session
}

/** A session that may already have ended, and its tokens. */
export interface EndedSession {
  readonly session: Session
  readonly tokens: SessionTokens
}

export interface UnreadableCookie {
  readonly name: string
  readonly reason: 'damaged' | 'foreign'
  /** The `Set-Cookie` values that delete the cookie. */
  readonly deletions: readonly string[]
}

/**
 * Keeps sessions in cookies or in a store. Methods that change a session return the `Set-Cookie` values for the
 * response.
 *
 * @throws IdentityError `store_unavailable` from every method, if the strategy uses a store and the store does not
 *   respond.
 */
export interface SessionStrategy extends SessionSource {
  /** The platform that keeps the sessions, for messages. Not set if this library keeps them. */
  readonly platform?: string
  /** `true` if a user's sessions can be listed, because they are in a store. */
  readonly isListed?: boolean
  /**
   * Reads a request's session.
   *
   * @param request - The request, for a platform whose sessions start with any request. Without it, such a session is
   * found
   *   only if an earlier request has started it.
   * @returns `undefined` if the session is missing, has expired or was ended. Also `undefined` if the cookie is damaged
   *   or belongs to another application.
   */
  read(
    cookieHeader: string,
    request?: Pick<HttpContext, 'method' | 'url' | 'header'>,
  ): MaybePromise<Session | undefined>
  /**
   * Finds a session cookie that cannot be read, because it is damaged or was made with another secret or by another
   * application. Called only if {@link SessionStrategy.read} did not find a session.
   *
   * @returns `undefined` if the browser did not send a session cookie, or if the cookie can be read but its session has
   *   ended.
   */
  findUnreadable(cookieHeader: string): MaybePromise<UnreadableCookie | undefined>
  /**
   * Reads a request's session even if it was ended, as long as the browser or the store still has it. The result does
   * not give access. A sign-out uses the result to tell the provider who signs out, if a guard accepted the session
   * earlier in the same request. The method is not set if a platform keeps the sessions.
   */
  readEnded?(cookieHeader: string): MaybePromise<EndedSession | undefined>
  readTokens(cookieHeader: string, session: Session): MaybePromise<SessionTokens>
  /**
   * Starts a session and ends the browser's previous one.
   *
   * @returns The `Set-Cookie` values.
   * @throws IdentityError `session_too_large` if the session does not fit into its cookies, or `store_unavailable`.
   */
  start(cookieHeader: string, session: Session, tokens: SessionTokens): MaybePromise<string[]>
  /**
   * Stores a changed session. Without `tokens`, the stored tokens stay as they are.
   *
   * @returns The `Set-Cookie` values.
   * @throws IdentityError `session_too_large` if the session does not fit into its cookies, or `store_unavailable`.
   */
  update(cookieHeader: string, session: Session, tokens?: SessionTokens): MaybePromise<string[]>
  /** Ends the session. If a store or a deny-list is configured, copies of the cookie stop working too. */
  end(cookieHeader: string): MaybePromise<string[]>
  /**
   * Acquires the lock for a session's tokens and runs a function with it, so that only one server refreshes them. The
   * method is not set for sessions in cookies, because servers do not share these sessions.
   *
   * @throws IdentityError `store_unavailable` if another server keeps the lock for too long.
   */
  withTokenLock?<T>(cookieHeader: string, session: Session, work: LockedWork<T>): Promise<T>
}

/** A function that runs while this server has the lock for a session's tokens. */
export interface LockedWork<T> {
  /** `true` if the work waits while another server has the lock. */
  readonly waits: boolean
  run(locked: LockedTokens): Promise<T>
}

/** A session's tokens while this server has their lock. */
export interface LockedTokens {
  /** The stored tokens, read while this server had the lock. */
  readonly tokens: SessionTokens
  /** Reads the stored tokens again, because another server may have replaced them if the store cannot lock. */
  reread(): Promise<SessionTokens>
  /** Stores the session and its tokens, unless the session ended in the meantime. */
  save(session: Session, tokens: SessionTokens): Promise<void>
}
