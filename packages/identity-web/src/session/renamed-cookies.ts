import { andThen } from '../maybe-promise.ts'
import {
  cookieName,
  cookiePairs,
  deleteCookie,
  findCookie,
  setCookie,
  type CookieAttributes,
} from './cookies.ts'
import type { Session } from './session.ts'
import type { SessionStrategy } from './strategy.ts'

/** The two names of a session cookie. */
export interface RenamedCookies {
  /** The name that the strategy knows. Browsers can have it from an earlier configuration. */
  readonly oldName: string
  /** The name in browsers. */
  readonly name: string
  /** Until this Unix time in seconds, a session under the old name is accepted. */
  readonly acceptsOldUntil: number
  readonly attributes: CookieAttributes
  /** Returns the Unix time in seconds. */
  readonly now: () => number
}

/**
 * Gives the cookies of a strategy another name in browsers. The encryption keeps the old name, so the values stay valid under
 * both names.
 *
 * A browser with the new name never uses a cookie with the old one. An attacker who can only set the old name cannot replace a
 * session. The next response that stores the session also moves it to the new name.
 */
export function withRenamedCookies(
  strategy: SessionStrategy,
  { oldName, name, acceptsOldUntil, attributes, now }: RenamedCookies,
): SessionStrategy {
  const { readEnded, withTokenLock } = strategy

  /** Whether the session of a request has the old name. */
  function isOld(header: string): boolean {
    return (
      now() < acceptsOldUntil &&
      findCookie(header, name) === undefined &&
      findCookie(header, oldName) !== undefined
    )
  }

  /** Returns the `Cookie` header for the strategy. It contains the cookies of one name only. */
  function toInner(header: string): string {
    const old = isOld(header)
    return cookiePairs(header)
      .flatMap((pair) => {
        if (suffixOf(cookieName(pair), oldName) !== undefined) return old ? [pair] : []
        const suffix = suffixOf(cookieName(pair), name)
        if (suffix === undefined) return [pair]
        return old ? [] : [oldName + suffix + pair.slice(cookieName(pair).length)]
      })
      .join('; ')
  }

  const toOuter = (cookies: readonly string[]): string[] =>
    cookies.map((cookie) => {
      const suffix = suffixOf(cookieName(cookie), oldName)
      return suffix === undefined ? cookie : name + suffix + cookie.slice(cookieName(cookie).length)
    })

  /** Returns the `Set-Cookie` values that delete the cookies that the browser has under the old name. */
  const deletionsOf = (header: string): string[] =>
    oldPairs(header).map((pair) => deleteCookie(cookieName(pair), attributes))

  const oldPairs = (header: string): string[] =>
    cookiePairs(header, oldName).filter((pair) => suffixOf(cookieName(pair), oldName) !== undefined)

  /** Adds the cookies that only have the old name, because the strategy did not write them. */
  function moved(header: string, { endsAt }: Session, cookies: readonly string[]): string[] {
    const written = toOuter(cookies)
    const names = new Set(written.map(cookieName))
    const maxAge = Math.max(0, endsAt - now())
    const copies = (isOld(header) ? oldPairs(header) : []).flatMap((pair) => {
      const newName = name + cookieName(pair).slice(oldName.length)
      const value = pair.slice(cookieName(pair).length + 1)
      return names.has(newName) ? [] : [setCookie(newName, value, { ...attributes, maxAge })]
    })
    return [...written, ...copies, ...deletionsOf(header)]
  }

  return {
    ...strategy,
    read: (header, request) => strategy.read(toInner(header), request),
    findUnreadable: (header) =>
      andThen(
        strategy.findUnreadable(toInner(header)),
        (found) =>
          found && {
            ...found,
            name: isOld(header) ? oldName : name,
            deletions: [...toOuter(found.deletions), ...deletionsOf(header)],
          },
      ),
    ...(readEnded && { readEnded: (header) => readEnded(toInner(header)) }),
    readTokens: (header, session) => strategy.readTokens(toInner(header), session),
    start: (header, session, tokens) =>
      andThen(strategy.start(toInner(header), session, tokens), (cookies) => [
        ...toOuter(cookies),
        ...deletionsOf(header),
      ]),
    update: (header, session, tokens) =>
      andThen(strategy.update(toInner(header), session, tokens), (cookies) =>
        moved(header, session, cookies),
      ),
    end: (header) =>
      andThen(strategy.end(toInner(header)), (cookies) => [
        ...toOuter(cookies),
        ...deletionsOf(header),
      ]),
    ...(withTokenLock && {
      withTokenLock: (header, session, work) => withTokenLock(toInner(header), session, work),
    }),
  }
}

/** Returns the end of the name of a session's cookie: that of its tokens, or of a chunk. Returns `undefined` for other cookies. */
function suffixOf(found: string, name: string): string | undefined {
  if (!found.startsWith(name)) return undefined
  const suffix = found.slice(name.length)
  return /^(-tokens)?(\.\d{1,2})?$/.test(suffix) ? suffix : undefined
}
