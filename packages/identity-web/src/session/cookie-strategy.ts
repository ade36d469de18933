import { NO_TOKENS, type SessionTokens } from '../tokens.ts'
import { fitBudget } from './budget.ts'
import { deleteChunks, readChunks, writeChunks, type CookieAttributes } from './cookies.ts'
import { createRecentCache } from '../recent-cache.ts'
import { deepFreeze } from '../deep-freeze.ts'
import { andThen, type MaybePromise } from '../maybe-promise.ts'
import { createSealer } from '../sealing/index.ts'
import { isLive, type Lifetimes, type Session } from './session.ts'
import type { Logouts } from './store/logouts.ts'
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
  readonly logouts?: Logouts | undefined
  /** Unix time in seconds. */
  readonly now: () => number
}

interface SealedTokens extends SessionTokens {
  /** The session that the tokens belong to. */
  readonly of: string
}

/**
 * Sessions in the browser, with nothing to run: one sealed cookie for the user and the times, which every
 * guarded request opens, and one for the tokens, which only a request for a token opens.
 */
export function createCookieStrategy(options: CookieStrategyOptions): SessionStrategy {
  const { secrets, owner, name, attributes, lifetimes, logouts, now } = options
  const tokensName = `${name}-tokens`
  const sessions = slot<Session>(name)
  const tokensOf = slot<SealedTokens>(tokensName)

  function slot<T extends object>(cookieName: string) {
    const sealer = createSealer(secrets, `session ${owner} ${cookieName}`)
    const cache = createRecentCache<T>()
    return {
      seal: sealer.seal,
      read(cookieHeader: string): MaybePromise<T | undefined> {
        const sealed = readChunks(cookieHeader, cookieName)
        if (sealed === undefined) return undefined
        const cached = cache.get(sealed)
        if (cached !== undefined) return cached
        return andThen(sealer.open(sealed), (opened) => {
          if (opened === undefined) return undefined
          const value = deepFreeze(opened as T)
          cache.set(sealed, value)
          return value
        })
      },
    }
  }

  function read(cookieHeader: string): MaybePromise<Session | undefined> {
    return andThen(sessions.read(cookieHeader), (session) => {
      if (session === undefined || !isLive(session, lifetimes, now())) return undefined
      if (logouts === undefined) return session
      return andThen(logouts.isOver(session), (isOver) => (isOver ? undefined : session))
    })
  }

  function write(
    cookieHeader: string,
    session: Session,
    tokens?: SessionTokens,
  ): MaybePromise<string[]> {
    // The idle time is inside the seal; the browser keeps the cookies until the absolute end.
    const maxAge = Math.max(0, session.startedAt + lifetimes.absolute - now())
    const cookie = (cookieName: string, value: string): string[] =>
      writeChunks(cookieHeader, cookieName, value, { ...attributes, maxAge })
    const fitting = tokens && fitBudget(session, tokens)
    return andThen(sessions.seal(session), (sealed) => {
      const cookies = cookie(name, sealed)
      if (fitting === undefined) return cookies
      return andThen(tokensOf.seal({ ...fitting, of: session.id }), (sealedTokens) => [
        ...cookies,
        ...cookie(tokensName, sealedTokens),
      ])
    })
  }

  /** Makes copies of the cookies useless, where that can be noted. */
  async function noteEnd(cookieHeader: string): Promise<void> {
    const session = await sessions.read(cookieHeader)
    if (session !== undefined && isLive(session, lifetimes, now())) await logouts?.end(session)
  }

  const deletions = (cookieHeader: string): string[] => [
    ...deleteChunks(cookieHeader, name, attributes),
    ...deleteChunks(cookieHeader, tokensName, attributes),
  ]

  return {
    read,

    readTokens: (cookieHeader, session) =>
      andThen(tokensOf.read(cookieHeader), (tokens) =>
        tokens?.of === session.id ? tokens : NO_TOKENS,
      ),

    async begin(cookieHeader, session, tokens) {
      const begun = (await logouts?.begin(session)) ?? session
      const cookies = await write(cookieHeader, begun, tokens)
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
