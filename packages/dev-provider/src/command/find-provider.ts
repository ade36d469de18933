import { originsOf, requestLocal } from './local-request.js'

/** The footer of every page of a development provider contains the name of its package. */
const NAME = 'identity-web-dev'

// Only the suggestion of an error waits for it.
const TIMEOUT_MS = 500

/** Returns the origin of a development provider that uses this port, or `undefined` for another program. */
export async function findProvider(port: number): Promise<string | undefined> {
  // https is first, because a provider with https logs a request without it.
  for (const origin of originsOf(port)) {
    const page = await requestLocal(`${origin}/`, { timeoutMs: TIMEOUT_MS }).catch(() => '')
    if (page.includes(NAME)) return origin
  }
  return undefined
}
