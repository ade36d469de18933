import { createHash, randomBytes } from 'node:crypto'
import { RETURNING_USERS } from './settings.mjs'

// The leanest guards that one can write by hand. They do not sign anybody in, refresh, revoke or check who sent a
// request. They show what a guard must cost on a framework, so that budgets do not depend on the machine.

/** The name of the session cookie, as in `authOptions`. */
const NAME = 'identity'

/** The header of every page that shows a user. */
export const CACHE_CONTROL = 'private, no-store'

/**
 * Creates a probe.
 *
 * @param keptIn - `memory` for sessions in a store. Without it, sessions are in cookies.
 * @returns `userOf`, which finds the user of a `Cookie` header, and the `cookies` of users that only this probe knows.
 */
export function createProbe({ keptIn, claims }) {
  return keptIn === undefined ? createCookieProbe({ claims }) : createStoreProbe({ claims })
}

/**
 * Returns the user of a request by the text of the session cookie. Opened cookies are cached.
 *
 * @param claims - The claims of the users. A real guard would decrypt a cookie once. The warm-up sends each cookie once,
 *   so the measurement does not include it.
 */
export function createCookieProbe({ claims }) {
  const opened = new Map()
  return {
    cookies: undefined,
    userOf(cookieHeader) {
      const text = readCookie(cookieHeader)
      if (text === undefined) return undefined
      let user = opened.get(text)
      if (user === undefined) opened.set(text, (user = { ...claims }))
      return user
    },
  }
}

/** Returns the user of a request by the hash of the ID in the session cookie. */
export function createStoreProbe({ claims }) {
  const sessions = new Map()
  const cookies = Array.from({ length: RETURNING_USERS }, () => {
    const id = randomBytes(32).toString('base64url')
    sessions.set(hashOf(id), { ...claims })
    return `${NAME}=${id}`
  })
  return {
    cookies,
    userOf(cookieHeader) {
      const id = readCookie(cookieHeader)
      return id === undefined ? undefined : sessions.get(hashOf(id))
    },
  }
}

function hashOf(id) {
  return createHash('sha256').update(id).digest('base64url')
}

/** Returns the value of the session cookie. */
function readCookie(header) {
  if (header === undefined || header === null) return undefined
  const start = header.startsWith(`${NAME}=`) ? 0 : header.indexOf(`; ${NAME}=`)
  if (start === -1) return undefined
  const valueStart = header.indexOf('=', start) + 1
  const end = header.indexOf(';', valueStart)
  return header.slice(valueStart, end === -1 ? undefined : end)
}
