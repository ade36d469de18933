import { NO_TOKENS, type SessionTokens } from '../tokens.ts'
import { BUDGET_CHARACTERS, fitBudget, type LeftOut } from './cookie-budget.ts'
import {
  deleteChunks,
  findCookie,
  readChunks,
  writeChunks,
  type CookieAttributes,
} from './cookies.ts'
import { createRecentCache } from '../recent-cache.ts'
import { deepFreeze } from '../deep-freeze.ts'
import { andThen, type MaybePromise } from '../maybe-promise.ts'
import { createEncryption, encryptionPurpose } from '../encryption/index.ts'
import { isLive, type Lifetimes, type Session } from './session.ts'
import type { EndedSessions, Revocations } from './store/revocations.ts'
import type { SessionStrategy } from './strategy.ts'

/** The options of sessions in cookies. */
export interface CookieStrategyOptions {
  readonly secrets: readonly string[]
  /** The client, its provider, and its origin or cookie domain. Sessions of another owner cannot be decrypted. */
  readonly owner: string
  /** The name of the session cookie. The cookie with the tokens is called `<name>-tokens`. */
  readonly name: string
  readonly attributes: CookieAttributes
  readonly lifetimes: Lifetimes
  /** The revocation markers in a deny-list. Without them, a copy of a cookie works until it expires. */
  readonly revocations?: Revocations | undefined
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Called after a session ended in this process. */
  readonly onEnd?: ((ended: EndedSessions) => void) | undefined
  /** Called if a session fits into its cookies only without parts that its user may miss. */
  readonly onLeftOut?: ((leftOut: LeftOut) => void) | undefined
}

/** The content of the cookie with the tokens. */
interface CookieTokens extends SessionTokens {
  /** The ID of the session that the tokens belong to. */
  readonly of: string
}

/**
 * Creates sessions that the browser keeps in two encrypted cookies. They do not need a store.
 *
 * One cookie contains the user and the times. Every guarded request decrypts it. The other cookie contains the tokens.
 * Only requests that need a token decrypt it.
 */
export function createCookieStrategy(options: CookieStrategyOptions): SessionStrategy {
  const { secrets, owner, name, attributes, lifetimes, revocations, now, onEnd, onLeftOut } =
    options
  const tokensName = `${name}-tokens`
  const sessionCookie = encryptedCookie<Session>(name)
  const tokensCookie = encryptedCookie<CookieTokens>(tokensName)

  function encryptedCookie<T extends object>(cookieName: string) {
    const encryption = createEncryption(secrets, encryptionPurpose('session', owner, cookieName))
    const cache = createRecentCache<T>()
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
      cache.set(encrypted, value)
      return value
    }
  }

  function read(cookieHeader: string): MaybePromise<Session | undefined> {
    const session = sessionCookie.read(cookieHeader)
    return session instanceof Promise ? session.then(unlessEnded) : unlessEnded(session)
  }

  function unlessEnded(session: Session | undefined): MaybePromise<Session | undefined> {
    if (session === undefined || !isLive(session, lifetimes, now())) return undefined
    if (revocations === undefined) return session
    return andThen(revocations.isRevoked(session), (isRevoked) => (isRevoked ? undefined : session))
  }

  /** @param given - The tokens to write. Without them, the browser keeps its cookie with the tokens. */
  async function write(
    cookieHeader: string,
    session: Session,
    given?: SessionTokens,
  ): Promise<string[]> {
    // The idle time is part of the encrypted session. The browser keeps the cookies for the absolute lifetime.
    const maxAge = Math.max(0, session.endsAt - now())
    const cookie = (cookieName: string, value: string): string[] =>
      writeChunks(cookieHeader, { ...attributes, name: cookieName, value, maxAge })
    let tokens = given
    if (tokens === undefined) {
      const kept = readChunks(cookieHeader, tokensName)?.length ?? 0
      const encrypted = await sessionCookie.encrypt(session)
      if (encrypted.length + kept <= BUDGET_CHARACTERS) return cookie(name, encrypted)
      tokens = tokensOf(session, await tokensCookie.read(cookieHeader))
    }
    const fitting = fitBudget(session, tokens)
    if (fitting.leftOut !== undefined) onLeftOut?.(fitting.leftOut)
    const encryptedTokens = await tokensCookie.encrypt({ ...fitting.tokens, of: session.id })
    return [
      ...cookie(name, await sessionCookie.encrypt(fitting.session)),
      ...cookie(tokensName, encryptedTokens),
    ]
  }

  /** Revokes the session of the request. With a deny-list, copies of its cookies stop working. */
  async function revoke(cookieHeader: string): Promise<void> {
    const session = await sessionCookie.read(cookieHeader)
    if (session !== undefined && isLive(session, lifetimes, now())) {
      await revocations?.revoke(session)
      onEnd?.({ kind: 'id', value: session.id })
    }
  }

  const deletions = (cookieHeader: string): string[] => [
    ...deleteChunks(cookieHeader, name, attributes),
    ...deleteChunks(cookieHeader, tokensName, attributes),
  ]

  return {
    read,

    findUnreadable(cookieHeader) {
      if (findCookie(cookieHeader, name) === undefined) return undefined
      const isWhole = readChunks(cookieHeader, name) !== undefined
      return andThen(sessionCookie.read(cookieHeader), (session) =>
        session === undefined
          ? {
              name,
              reason: isWhole ? 'foreign' : 'damaged',
              deletions: deletions(cookieHeader),
            }
          : undefined,
      )
    },

    readTokens(cookieHeader, session) {
      const tokens = tokensCookie.read(cookieHeader)
      return tokens instanceof Promise
        ? tokens.then((decrypted) => tokensOf(session, decrypted))
        : tokensOf(session, tokens)
    },

    async start(cookieHeader, session, tokens) {
      const started = (await revocations?.register(session)) ?? session
      const cookies = await write(cookieHeader, started, tokens)
      await revoke(cookieHeader)
      return cookies
    },

    update: write,

    async end(cookieHeader) {
      await revoke(cookieHeader)
      return deletions(cookieHeader)
    },
  }
}

function tokensOf(session: Session, tokens: CookieTokens | undefined): SessionTokens {
  return tokens?.of === session.id ? tokens : NO_TOKENS
}
