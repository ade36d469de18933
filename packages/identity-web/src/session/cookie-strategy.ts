import { NO_TOKENS, type SessionTokens } from '../tokens.ts'
import { fitBudget } from './budget.ts'
import { deleteChunks, readChunks, writeChunks, type CookieAttributes } from './cookies.ts'
import { createRecentCache } from '../recent-cache.ts'
import { deepFreeze } from '../deep-freeze.ts'
import { andThen, type MaybePromise } from '../maybe-promise.ts'
import { createEncryption } from '../encryption/index.ts'
import { isLive, type Lifetimes, type Session } from './session.ts'
import type { Revocations } from './store/revocations.ts'
import type { SessionStrategy } from './strategy.ts'

/** What the cookie strategy needs to know. */
export interface CookieStrategyOptions {
  readonly secrets: readonly string[]
  /** Whose sessions these are: those of another client or provider never open. */
  readonly owner: string
  /** The cookie's name; the tokens' cookie adds `-tokens`. */
  readonly name: string
  readonly attributes: CookieAttributes
  readonly lifetimes: Lifetimes
  /** Where ends of sessions are noted; without it, a copy of a cookie is good until it expires. */
  readonly revocations?: Revocations | undefined
  /** Unix time in seconds. */
  readonly now: () => number
}

interface CookieTokens extends SessionTokens {
  /** The session that the tokens belong to. */
  readonly of: string
}

/**
 * Sessions in the browser, with nothing to run: one sealed cookie for the user and the times, which every
 * guarded request opens, and one for the tokens, which only a request for a token opens.
 */
export function createCookieStrategy(options: CookieStrategyOptions): SessionStrategy {
  const { secrets, owner, name, attributes, lifetimes, revocations, now } = options
  const tokensName = `${name}-tokens`
  const sessions = slot<Session>(name)
  const tokensOf = slot<CookieTokens>(tokensName)

  function slot<T extends object>(cookieName: string) {
    const encryption = createEncryption(secrets, `session ${owner} ${cookieName}`)
    const cache = createRecentCache<T>()
    return {
      encrypt: encryption.encrypt,
      read(cookieHeader: string): MaybePromise<T | undefined> {
        const sealed = readChunks(cookieHeader, cookieName)
        if (sealed === undefined) return undefined
        return (
          cache.get(sealed) ?? andThen(encryption.decrypt(sealed), (opened) => keep(sealed, opened))
        )
      },
    }

    function keep(sealed: string, opened: unknown): T | undefined {
      if (opened === undefined) return undefined
      const value = deepFreeze(opened as T)
      cache.set(sealed, value)
      return value
    }
  }

  function read(cookieHeader: string): MaybePromise<Session | undefined> {
    const session = sessions.read(cookieHeader)
    return session instanceof Promise ? session.then(unlessOver) : unlessOver(session)
  }

  function unlessOver(session: Session | undefined): MaybePromise<Session | undefined> {
    if (session === undefined || !isLive(session, lifetimes, now())) return undefined
    if (revocations === undefined) return session
    return andThen(revocations.isRevoked(session), (isRevoked) => (isRevoked ? undefined : session))
  }

  async function write(
    cookieHeader: string,
    session: Session,
    tokens?: SessionTokens,
  ): Promise<string[]> {
    // The idle time is part of the encrypted session. The browser keeps the cookies for the absolute lifetime.
    const maxAge = Math.max(0, session.startedAt + lifetimes.absolute - now())
    const cookie = (cookieName: string, value: string): string[] =>
      writeChunks(cookieHeader, { ...attributes, name: cookieName, value, maxAge })
    const fitting = tokens && fitBudget(session, tokens)
    const cookies = cookie(name, await sessions.encrypt(session))
    if (fitting === undefined) return cookies
    const sealedTokens = await tokensOf.encrypt({ ...fitting, of: session.id })
    return [...cookies, ...cookie(tokensName, sealedTokens)]
  }

  /** Makes copies of the cookies useless, where that can be noted. */
  async function noteEnd(cookieHeader: string): Promise<void> {
    const session = await sessions.read(cookieHeader)
    if (session !== undefined && isLive(session, lifetimes, now()))
      await revocations?.revoke(session)
  }

  const deletions = (cookieHeader: string): string[] => [
    ...deleteChunks(cookieHeader, name, attributes),
    ...deleteChunks(cookieHeader, tokensName, attributes),
  ]

  return {
    read,

    readTokens(cookieHeader, session) {
      const tokens = tokensOf.read(cookieHeader)
      return tokens instanceof Promise
        ? tokens.then((opened) => ifOf(session, opened))
        : ifOf(session, tokens)
    },

    async start(cookieHeader, session, tokens) {
      const started = (await revocations?.register(session)) ?? session
      const cookies = await write(cookieHeader, started, tokens)
      await noteEnd(cookieHeader)
      return cookies
    },

    update: write,

    async end(cookieHeader) {
      await noteEnd(cookieHeader)
      return deletions(cookieHeader)
    },
  }
}

function ifOf(session: Session, tokens: CookieTokens | undefined): SessionTokens {
  return tokens?.of === session.id ? tokens : NO_TOKENS
}
