import { IdentityError } from '../errors.ts'
import { NO_TOKENS, type AccessToken, type SessionTokens } from '../tokens.ts'
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
import { createEncryption } from '../encryption/index.ts'
import { isLive, type Lifetimes, type Session } from './session.ts'
import type { EndedSessions, Revocations } from './store/revocations.ts'
import type { SessionStrategy } from './strategy.ts'

/** The options of sessions in cookies. */
export interface CookieStrategyOptions {
  readonly secrets: readonly string[]
  /** The client and its provider. Sessions of another owner cannot be decrypted. */
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
  const { secrets, owner, name, attributes, lifetimes, revocations, now, onEnd } = options
  const tokensName = `${name}-tokens`
  const sessionCookie = encryptedCookie<Session>(name)
  const tokensCookie = encryptedCookie<CookieTokens>(tokensName)

  function encryptedCookie<T extends object>(cookieName: string) {
    const encryption = createEncryption(secrets, `session ${owner} ${cookieName}`)
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
    const cookies = cookie(name, await sessionCookie.encrypt(session))
    if (fitting === undefined) return cookies
    const encryptedTokens = await tokensCookie.encrypt({ ...fitting, of: session.id })
    return [...cookies, ...cookie(tokensName, encryptedTokens)]
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

/**
 * The length that both cookies may have together. Servers reject requests whose headers exceed 8 kB (nginx) or 16 kB
 * (Node.js).
 */
const BUDGET_CHARACTERS = 7500
/** The versions, IVs and authentication tags of both cookies. */
const ENCRYPTION_BYTES = 58

const encoder = new TextEncoder()
const sizeOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

/**
 * Removes access tokens until the session and its tokens fit into the cookies.
 *
 * The token that expires first is removed first. The newest access token stays. Without a refresh token, all access
 * tokens stay, because the provider could not issue them again.
 *
 * @throws IdentityError `session_too_large` if the rest does not fit. The message contains the name of the largest part.
 */
export function fitBudget(session: Session, tokens: SessionTokens): SessionTokens {
  const fits = (candidate: SessionTokens): boolean =>
    ((sizeOf(session) + sizeOf(candidate) + ENCRYPTION_BYTES) * 4) / 3 <= BUDGET_CHARACTERS

  let fitting = tokens
  while (!fits(fitting)) {
    const removable = tokens.refreshToken === undefined ? [] : fitting.access.slice(0, -1)
    const first = soonestToExpire(removable)
    if (first === undefined) throw sessionTooLarge(session, fitting)
    fitting = { ...fitting, access: fitting.access.filter((token) => token !== first) }
  }
  return fitting
}

function soonestToExpire(tokens: readonly AccessToken[]): AccessToken | undefined {
  return tokens.reduce<AccessToken | undefined>(
    (soonest, token) =>
      soonest === undefined || token.expiresAt < soonest.expiresAt ? token : soonest,
    undefined,
  )
}

function sessionTooLarge(session: Session, tokens: SessionTokens): IdentityError {
  const parts: [name: string, size: number][] = [
    ['the user that onLogin returned', session.user === undefined ? 0 : sizeOf(session.user)],
    ...Object.entries(session.claims).map(([name, value]): [string, number] => [
      `the claim "${name}"`,
      sizeOf(value),
    ]),
    ['the refresh token', sizeOf(tokens.refreshToken ?? '')],
    ['the ID token', sizeOf(tokens.idToken ?? '')],
    ...tokens.access.map(({ resource, token }): [string, number] => [
      `the access token for ${resource || 'the default API'}`,
      sizeOf(token),
    ]),
  ]
  const [name, size] = parts.reduce((largest, part) => (part[1] > largest[1] ? part : largest))
  return new IdentityError(
    'session_too_large',
    `The session does not fit into its cookies (${BUDGET_CHARACTERS} characters). The largest part is ${name} with ${size} bytes.`,
    {
      hint: `Make ${name} smaller. For example, request fewer claims in the token configuration, or return a smaller user from onLogin. You can also keep sessions in a store with Auth({ session: { store } }).`,
    },
  )
}
