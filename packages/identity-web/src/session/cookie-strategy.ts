// Sessions in two encrypted cookies.
import { NO_TOKENS, type SessionTokens } from '../tokens.ts'
import { BUDGET_CHARACTERS, fitBudget, type CookieTokens, type LeftOut } from './cookie-budget.ts'
import { deleteChunks, findCookie, readChunks, writeChunks } from './cookies.ts'
import { addCacheEntry, createRecentCache, deepFreeze, type ExpiringEntry } from '../caches.ts'
import { ownString } from '../text.ts'
import { andThen, type MaybePromise } from '../maybe-promise.ts'
import { createEncryption, encryptionPurpose } from '../encryption/index.ts'
import { isLive, type GuardedClaims, type Session } from './session.ts'
import type { Revocations } from './store/revocations.ts'
import type { SessionStrategy, StrategyOptions } from './strategy.ts'

/** The number of ended sessions that a process remembers, until they would have expired. */
const MAX_ENDED = 10_000

/** Returns a session's newest tokens: newer ones that the process knows, or else the given tokens. */
export type LatestTokens = (session: Session, tokens: SessionTokens) => SessionTokens

export interface CookieStrategyOptions extends StrategyOptions {
  /** The revocation markers in a deny-list. Without them, a copy of a cookie works until it expires. */
  readonly revocations?: Revocations | undefined
  /**
   * Returns a session's newest tokens, because the tokens in the request's cookie can be older than those from the last
   * refresh.
   */
  readonly latestTokens?: LatestTokens | undefined
  /** The claims that stay in a session which is too large for its cookies. */
  readonly guardedClaims?: GuardedClaims | undefined
  /**
   * Called if the session was too large for its cookies, so that parts which the user may need were left out.
   */
  readonly onLeftOut?: ((leftOut: LeftOut) => void) | undefined
}

/**
 * Creates sessions that the browser keeps in two encrypted cookies, so they do not need a store.
 *
 * One cookie contains the user and the times, and every guarded request decrypts it. The other cookie contains the
 * tokens, so only requests that need a token decrypt it.
 */
export function createCookieStrategy(options: CookieStrategyOptions): SessionStrategy {
  const { secrets, owner, name, attributes, lifetimes, revocations, now, onEnd, onLeftOut } =
    options
  const { guardedClaims, latestTokens = (_session, tokens) => tokens } = options
  const tokensName = `${name}-tokens`
  // A refresh that is slower than a sign-out would otherwise restore the session.
  const ended = new Map<string, ExpiringEntry>()
  const sessionCookie = encryptedCookie<Session>(name)
  const tokensCookie = encryptedCookie<CookieTokens>(tokensName)

  function encryptedCookie<T extends object>(cookieName: string) {
    const encryption = createEncryption(secrets, encryptionPurpose('session', owner, cookieName))
    const cache = createRecentCache<T>(options.cacheEntries)
    return {
      encrypt: encryption.encrypt,
      read(cookieHeader: string): MaybePromise<T | undefined> {
        const encrypted = readChunks(cookieHeader, cookieName)
        if (encrypted === undefined) return undefined
        return (
          cache.get(encrypted) ??
          andThen(encryption.decrypt(encrypted), (decrypted) =>
            addToCache(encrypted, decrypted as T | undefined),
          )
        )
      },
    }

    function addToCache(encrypted: string, decrypted: T | undefined): T | undefined {
      if (decrypted === undefined) return undefined
      const value = deepFreeze(decrypted)
      cache.set(ownString(encrypted), value)
      return value
    }
  }

  function read(cookieHeader: string): MaybePromise<Session | undefined> {
    return andThen(sessionCookie.read(cookieHeader), unlessEnded)
  }

  function unlessEnded(session: Session | undefined): MaybePromise<Session | undefined> {
    if (session === undefined || !isLive(session, lifetimes, now())) return undefined
    if (revocations === undefined) return session
    return andThen(revocations.isRevoked(session), (isRevoked) =>
      isRevoked === false ? session : undefined,
    )
  }

  function storedTokens(cookieHeader: string, session: Session): MaybePromise<SessionTokens> {
    return andThen(tokensCookie.read(cookieHeader), (tokens) => tokensOf(session, tokens))
  }

  /**
   * @param given - The tokens to write. If they are missing, the browser keeps its cookie with the tokens, unless the
   *   session leaves too little room for that cookie.
   */
  async function write(
    cookieHeader: string,
    session: Session,
    given?: SessionTokens,
  ): Promise<string[]> {
    // The idle time is part of the encrypted session. The browser keeps the cookies for the absolute lifetime.
    const maxAge = Math.max(0, session.endsAt - now())
    const cookie = (header: string, cookieName: string, value: string): string[] =>
      writeChunks(header, { ...attributes, name: cookieName, value, maxAge })
    if (given !== undefined) {
      // Nearly every session fits. Its parts are measured only if it does not.
      const whole = await sessionCookie.encrypt(session)
      const withTokens = await tokensCookie.encrypt({ ...given, of: session.id })
      if (whole.length + withTokens.length <= BUDGET_CHARACTERS) {
        return [
          ...cookie(cookieHeader, name, whole),
          ...cookie(cookieHeader, tokensName, withTokens),
        ]
      }
    }
    const tokens = given ?? latestTokens(session, await storedTokens(cookieHeader, session))
    const fitting = fitBudget(session, tokens, guardedClaims)
    if (fitting.leftOut !== undefined) onLeftOut?.(fitting.leftOut)
    const encrypted = await sessionCookie.encrypt(fitting.session)
    const cookies = cookie(cookieHeader, name, encrypted)
    // An unnecessary write could replace a newer refresh token, which another server has just stored.
    const isKept = given === undefined && fitting.tokens === tokens
    if (isKept && !isCrowdedOut(cookieHeader, encrypted, tokens)) return cookies
    const encryptedTokens = await tokensCookie.encrypt({ ...fitting.tokens, of: session.id })
    // This response may already set two chunks. The browser has them in addition to those of the header.
    const header = given === undefined ? `${cookieHeader}; ${tokensName}.1=` : cookieHeader
    return [...cookies, ...cookie(header, tokensName, encryptedTokens)]
  }

  /** Returns whether the browser has another session's tokens that leave too little room for this session. */
  function isCrowdedOut(cookieHeader: string, encrypted: string, tokens: SessionTokens): boolean {
    const kept = tokens === NO_TOKENS ? (readChunks(cookieHeader, tokensName)?.length ?? 0) : 0
    return encrypted.length + kept > BUDGET_CHARACTERS
  }

  /** Revokes the request's session. With a deny-list, copies of its cookies stop working. */
  async function revoke(cookieHeader: string): Promise<void> {
    const session = await sessionCookie.read(cookieHeader)
    if (session === undefined) return
    const { id, endsAt: expiresAt } = session
    if (isLive(session, lifetimes, now())) await revocations?.revoke(session)
    addCacheEntry(id, { expiresAt }, { in: ended, now: now(), max: MAX_ENDED })
    onEnd?.({ kind: 'id', value: id })
  }

  const deletions = (cookieHeader: string): string[] => [
    ...deleteChunks(cookieHeader, name, attributes),
    ...deleteChunks(cookieHeader, tokensName, attributes),
  ]

  return {
    read,

    findUnreadable(cookieHeader) {
      if (findCookie(cookieHeader, name) === undefined) return undefined
      const reason = readChunks(cookieHeader, name) === undefined ? 'damaged' : 'foreign'
      return andThen(sessionCookie.read(cookieHeader), (session) =>
        session === undefined ? { name, reason, deletions: deletions(cookieHeader) } : undefined,
      )
    },

    readEnded: (cookieHeader) =>
      andThen(
        sessionCookie.read(cookieHeader),
        (session) =>
          session &&
          andThen(storedTokens(cookieHeader, session), (tokens) => ({ session, tokens })),
      ),

    readTokens: storedTokens,

    async start(cookieHeader, session, tokens) {
      const started = (await revocations?.register(session)) ?? session
      const cookies = await write(cookieHeader, started, tokens)
      await revoke(cookieHeader)
      return cookies
    },

    async update(cookieHeader, session, tokens) {
      const cookies = await write(cookieHeader, session, tokens)
      return ended.has(session.id) ? [] : cookies
    },

    async end(cookieHeader) {
      await revoke(cookieHeader)
      return deletions(cookieHeader)
    },
  }
}

function tokensOf(session: Session, tokens: CookieTokens | undefined): SessionTokens {
  return tokens?.of === session.id ? tokens : NO_TOKENS
}
