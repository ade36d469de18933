import { createCookieProbe, createStoreProbe } from './probe.mjs'

/**
 * Creates a probe: `userOf` returns the user of a `Cookie` header, and `start` returns the `Set-Cookie` value of a new
 * session.
 *
 * @param keptIn - `memory` for sessions in a store. Without it, sessions are in cookies.
 */
export function createProbe({ keptIn, claims }) {
  return keptIn === undefined ? createCookieProbe({ claims }) : createStoreProbe({ claims })
}
