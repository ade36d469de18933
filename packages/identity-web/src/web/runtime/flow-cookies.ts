// A short-lived cookie for each sign-in, which binds it to its browser.
import { random } from '../../base64.ts'
import {
  cookieName,
  cookiePairs,
  deleteCookie,
  findCookie,
  setCookie,
  withSetCookies,
  type CookieAttributes,
} from '../../session/index.ts'

const MAX_FLOWS = 50
/**
 * The maximum length of the `Cookie` header, in characters. Servers reject requests whose headers exceed 8 kB (nginx).
 */
const MAX_HEADER_CHARACTERS = 7500

const TIME_CHARACTERS = 7
const ID = /^[\da-z]{7}[\w-]{6}$/

/** A sign-in that was started, and the secret that only the browser of this sign-in has. */
export interface Flow {
  readonly id: string
  readonly binding: string
}

/** A flow's cookie to add. */
export interface FlowCookieToAdd {
  /** The `Cookie` header of the request. */
  readonly cookieHeader: string
  /** Seconds. */
  readonly maxAge: number
}

/** A response that is about to be sent. */
export interface ResponseCookies {
  /** The `Cookie` header of the request. */
  readonly cookieHeader: string
  /** The `Set-Cookie` values of the response. */
  readonly written: readonly string[]
  /** The Unix time in seconds before which a flow must have started to be deleted. */
  readonly endedBefore: number
}

/**
 * The cookies that bind sign-ins to a browser, one for each sign-in.
 *
 * One cookie for all sign-ins would not work. If a browser opens many tabs at once, each response would overwrite the
 * cookie of the other tabs.
 */
export interface FlowCookies {
  /** Returns the `Set-Cookie` values that add the cookie of a flow, and delete the oldest ones if there are too many. */
  add(flow: Flow, cookie: FlowCookieToAdd): string[]
  /** Returns whether the browser sent the cookie of a flow. */
  has(flow: Flow, cookieHeader: string): boolean
  /** Returns the `Set-Cookie` value that deletes the cookie of a flow. */
  remove(flow: Flow): string
  /** Returns the `Set-Cookie` values that delete old flows, and the oldest ones if there are too many. */
  removeSurplus(response: ResponseCookies): string[]
}

/** Returns the id of a new flow. The id starts with the time, so that the oldest flow is found by sorting the names. */
export function newFlowId(startedAt: number): string {
  return startedAt.toString(36).padStart(TIME_CHARACTERS, '0') + random(4)
}

/** @param prefix - The start of the cookies' names. The id of the flow follows it. */
export function createFlowCookies(prefix: string, attributes: CookieAttributes): FlowCookies {
  function surplusOf({ cookieHeader, written, endedBefore }: ResponseCookies): string[] {
    const header = withSetCookies(cookieHeader, written)
    const flows = cookiePairs(header, prefix)
      .filter((pair) => ID.test(cookieName(pair).slice(prefix.length)))
      .toSorted()
    const surplus: string[] = []
    let { length } = header
    for (const [index, pair] of flows.entries()) {
      const fits = flows.length - index <= MAX_FLOWS && length < MAX_HEADER_CHARACTERS
      const startedAt = parseInt(pair.slice(prefix.length, prefix.length + TIME_CHARACTERS), 36)
      if (fits && startedAt >= endedBefore) break
      surplus.push(cookieName(pair))
      length -= pair.length + '; '.length
    }
    return surplus
  }

  const remove = (name: string): string => deleteCookie(name, attributes)

  return {
    add({ id, binding }, { cookieHeader, maxAge }) {
      const name = prefix + id
      const written = [setCookie(name, binding, { ...attributes, maxAge })]
      const surplus = surplusOf({ cookieHeader, written, endedBefore: 0 })
      return [...written, ...surplus.filter((other) => other !== name).map(remove)]
    },
    has: ({ id, binding }, cookieHeader) => findCookie(cookieHeader, prefix + id) === binding,
    remove: ({ id }) => remove(prefix + id),
    removeSurplus: (response) => surplusOf(response).map(remove),
  }
}
