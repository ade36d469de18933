import type { SessionTokens } from '../tokens.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import type { Session } from './session.ts'

/**
 * Where sessions live. Every method gets the request's `Cookie` header; those that change something
 * return the `Set-Cookie` values to answer with.
 */
export interface SessionStrategy {
  /** The live session of a request. Tampered, truncated, foreign and expired ones are none. */
  read(cookieHeader: string): MaybePromise<Session | undefined>
  readTokens(cookieHeader: string, session: Session): MaybePromise<SessionTokens>
  /** Stores a session, and its tokens where they are given; tokens not given stay as they are. */
  write(cookieHeader: string, session: Session, tokens?: SessionTokens): MaybePromise<string[]>
  delete(cookieHeader: string): MaybePromise<string[]>
}
