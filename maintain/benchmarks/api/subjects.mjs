import { rawRequest, sendLoad } from '../server/load.mjs'
import { NEW_TOKENS } from './tokens.mjs'

/** The base of all ratios: a server that gets the same header and ignores it. */
const BASE = 'bare Express, same header bytes'
const OURS = 'identity-web'
const OURS_LARGE = 'identity-web, with a cache for all tokens'
const CACHED = 'probe: a Map of verified tokens'
const FAST_JWT = 'fast-jwt, without'

/**
 * By name, the module, its options, and how many times it gets all tokens before the measurement, so that its cache contains
 * them.
 */
const SERVERS = [
  { name: BASE, module: 'bare' },
  // The ratio of the same server shows how much the figures of one run differ without a reason.
  { name: 'bare Express, again', module: 'bare' },
  { name: OURS, module: 'identity-web' },
  // The first pass reaches the filter, the second one the cache, and the third one those that the filter forgot.
  { name: OURS_LARGE, module: 'identity-web', cacheEntries: NEW_TOKENS, passes: 3 },
  { name: CACHED, module: 'probe-cached', passes: 1 },
  { name: FAST_JWT, module: 'fast-jwt' },
  { name: 'express-oauth2-jwt-bearer', module: 'express-oauth2-jwt-bearer' },
]

/** The servers of the gate. */
export const GATE = [BASE, OURS, OURS_LARGE, CACHED, FAST_JWT]

/**
 * Starts every server for the tokens of one case: the same token again and again, or all tokens in turn. In the second
 * case, a server has not seen the token before or has already forgotten it.
 *
 * @param names - The names of the servers.
 */
export async function startSubjects({ start, badTokens }, tokens, names) {
  const requests = tokens.map(rawCall)
  const subjects = []
  for (const { name, module, passes = 0, cacheEntries } of SERVERS) {
    if (names?.includes(name) === false) continue
    const running = await start(module, { cacheEntries })
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
