import type { MaybePromise } from '../maybe-promise.ts'
import type { SessionTokens } from '../tokens.ts'
import type { Session } from './session.ts'

/**
 * Where sessions live. Every method gets the request's `Cookie` header; those that change something
 * return the `Set-Cookie` values to answer with.
 *
 * @throws IdentityError `store_unavailable`, all of them, where a store is part of it and does not answer.
 */
export interface SessionStrategy {
  /** The live session of a request. Tampered, truncated, foreign, expired and ended ones are none. */
  read(cookieHeader: string): MaybePromise<Session | undefined>
  readTokens(cookieHeader: string, session: Session): MaybePromise<SessionTokens>
  /** Begins a session. What the browser had before ends. */
  begin(cookieHeader: string, session: Session, tokens: SessionTokens): MaybePromise<string[]>
  /** Stores what changed of a session, and its tokens where they are given; tokens not given stay as they are. */
  update(cookieHeader: string, session: Session, tokens?: SessionTokens): MaybePromise<string[]>
  /** Ends the session: a copy of its cookie is of no use where that can be had. */
  end(cookieHeader: string): MaybePromise<string[]>
  /**
   * Works on a session's tokens while no other server does. Absent where servers share nothing but the browser.
   *
   * @throws IdentityError `store_unavailable` when another server does not come to an end.
   */
  exclusively?<T>(cookieHeader: string, session: Session, work: ExclusiveWork<T>): Promise<T>
}

/** What is done to a session's tokens while nobody else touches them. */
export interface ExclusiveWork<T> {
  /** Whether to wait for another server that is at it. */
  readonly waits: boolean
  run(held: HeldTokens): Promise<T>
}

/** A session's tokens, as long as nobody else touches them. */
export interface HeldTokens {
  /** As they are stored now. */
  readonly tokens: SessionTokens
  /** As they are stored by now: another server may have been at them where the store can't lock. */
  reread(): Promise<SessionTokens>
  /** Stores what became of them, unless the session ended meanwhile. */
  save(session: Session, tokens: SessionTokens): Promise<void>
}
