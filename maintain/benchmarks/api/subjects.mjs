import { rawRequest, sendLoad } from '../server/load.mjs'

/** The base of all ratios: a server that gets the same header and ignores it. */
const BASE = 'bare Express, same header bytes'
/** The same server again. Its ratio shows how much the figures of one run differ without a reason. */
const BASE_AGAIN = 'bare Express, again'
export const OURS = 'identity-web'
const OURS_LARGE = 'identity-web, with a cache for all tokens'
const RAW = 'raw verify: crypto.verify by hand'
const CACHED = 'probe: a Map of verified tokens'
const FAST_JWT = 'fast-jwt, without'
export const JOSE = 'jose, jwtVerify alone'

/** By name, the module, and how many times it gets all tokens before the measurement, so that its cache contains them. */
const SERVERS = [
  [BASE, 'bare'],
  [BASE_AGAIN, 'bare'],
  [OURS, 'identity-web'],
  // The first pass reaches the filter, the second one the cache, and the third one those that the filter forgot.
  [OURS_LARGE, 'identity-web-large-cache', 3],
  [RAW, 'raw-verify'],
  [CACHED, 'probe-cached', 1],
  [JOSE, 'jose'],
  ['express-oauth2-jwt-bearer', 'express-oauth2-jwt-bearer'],
  ['passport-azure-ad', 'passport-azure-ad'],
  ['fast-jwt, with its cache', 'fast-jwt-cached'],
  [FAST_JWT, 'fast-jwt'],
]

/** The servers of the gate. */
export const GATE = [BASE, OURS, OURS_LARGE, RAW, CACHED, FAST_JWT]

/**
 * Starts every server for the tokens of one case: the same token again and again, or all tokens in turn. In the second
 * case, a server has not seen the token before or has already forgotten it.
 *
 * @param names - The names of the servers.
 */
export async function startSubjects({ start, badTokens }, tokens, names) {
  const requests = tokens.map(rawCall)
  const subjects = []
  for (const [name, module, passes = 0] of SERVERS) {
    if (names?.includes(name) === false) continue
    const running = await start(`servers/${module}.mjs`)
    if (module !== 'bare') await assertGuarded(name, running, badTokens)
    await sendLoad(running.ready.port, requests, { count: passes * requests.length })
    subjects.push({ name, ...running, requests })
  }
  return subjects
}

/** Returns a request as another program sends it to an API. */
export function rawCall(token) {
  return rawRequest('/', {
    Accept: 'application/json',
    'User-Agent': 'node',
    Authorization: `Bearer ${token}`,
  })
}

async function assertGuarded(server, { ready: { port } }, badTokens) {
  for (const [what, token] of Object.entries(badTokens)) {
    const headers = { authorization: `Bearer ${token}` }
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { headers })
    if (status !== 401 && status !== 403)
      throw new Error(`${server} returned ${status} for a token ${what}.`)
  }
}
