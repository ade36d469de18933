import { hash, randomBytes } from 'node:crypto'

// The leanest guards that one can write by hand. They do not sign users in. They do not refresh or revoke sessions, and
// do not check which site sent a request. They show the least that a guard costs on a framework, so that budgets do not
// depend on the machine.

/** The name of the session cookie, as in `authOptions`. */
const NAME = 'identity'

/** The header of a page that shows a user. */
export const CACHE_CONTROL = 'private, no-store'

/** A key is the end of a cookie: a map would read the whole text of 4 kB to find it, which takes 5 µs for each request. */
const KEY_CHARACTERS = 43

/**
 * Creates a probe: `userOf` returns the user of a `Cookie` header, and `start` returns the `Set-Cookie` value of a new
 * session.
 *
 * @param keptIn - `memory` for sessions in a store. Without it, sessions are in cookies.
 * @param claims - The claims of the users.
 */
export function createProbe({ keptIn, claims }) {
  return keptIn === undefined ? createCookieProbe({ claims }) : createStoreProbe({ claims })
}

/**
 * Returns the user of a request by the session cookie, and caches opened cookies by their text.
 *
 * A real guard decrypts a cookie once. The warm-up sends each cookie once, so the measurement does not include it.
 */
function createCookieProbe({ claims }) {
  const opened = new Map()
  return {
    userOf(cookieHeader) {
      const text = readCookie(cookieHeader)
      if (text === undefined) return undefined
      const key = text.slice(-KEY_CHARACTERS)
      let known = opened.get(key)
      if (known?.text !== text) opened.set(key, (known = { text, user: { ...claims } }))
      return known.user
    },
    start: () => '',
  }
}

/** Returns the user of a request by the hash of the ID in the session cookie. */
function createStoreProbe({ claims }) {
  const sessions = new Map()
  return {
    userOf(cookieHeader) {
      const id = readCookie(cookieHeader)
      return id === undefined ? undefined : sessions.get(hashOf(id))
    },
    /** Starts a session, and returns its `Set-Cookie` value. */
    start() {
      const id = randomBytes(32).toString('base64url')
      sessions.set(hashOf(id), { ...claims })
      return `${NAME}=${id}; Path=/; HttpOnly`
    },
  }
}

function hashOf(id) {
  return hash('sha256', id, 'base64url')
}

/** Returns the value of the session cookie. */
function readCookie(header) {
  if (!header) return undefined
  const start = header.startsWith(`${NAME}=`) ? 0 : header.indexOf(`; ${NAME}=`)
  if (start === -1) return undefined
  const valueStart = header.indexOf('=', start) + 1
  const end = header.indexOf(';', valueStart)
  return header.slice(valueStart, end === -1 ? undefined : end)
}
