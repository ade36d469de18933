import { error, ok, skipped, warning } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'

/**
 * The length of headers that must be accepted, in characters. The cookies of a session and its tokens have up to 7,500
 * characters, and the names of cookies and other cookies need more.
 */
const NEEDED = 8000
/** The maximum length that is tried. */
const LARGEST = 32_768
/** The maximum difference between the found limit and the real limit. */
const PRECISION = 512

/** Checks the limit for request headers of the proxy and the server of a deployed application. */
export const headers: Check = {
  name: 'headers',
  looksAt:
    'whether the proxy in front of --url accepts the cookies of a session (up to 7,500 characters)',
  async run(evidence) {
    const { url } = evidence.choices
    if (url === undefined) return skipped('Set the URL of the deployed app with --url.')
    if (evidence.subject.kind !== 'web') return skipped('An API does not have cookies.')
    const first = await statusOf(evidence, 10)
    if (first === undefined) return skipped(`${url.host} does not respond, see "deployment".`)
    const accepts = async (length: number): Promise<boolean> =>
      (await statusOf(evidence, length)) === first
    if (await accepts(LARGEST)) return ok(`${url.host} accepts ${LARGEST} characters of cookies.`)
    const limit = await largest(accepts)
    const found = `${url.host} accepts about ${limit} characters of cookies.`
    if (limit >= NEEDED) return ok(found)
    const change =
      'Raise the limit of the proxy, for example with "large_client_header_buffers 4 16k;" in nginx. Also raise the limit of the server, for example with "node --max-http-header-size=32768". You can also keep the sessions in a store, because the cookie is then short: Auth({ session: { store } }).'
    return evidence.subject.options.session?.store === undefined
      ? error(
          `${found} A session needs up to ${NEEDED} characters. Users with a larger session see an error page.`,
          change,
        )
      : warning(
          `${found} The cookie of a stored session is short, but other cookies count too.`,
          change,
        )
  },
}

/** Returns the status of the response to a request with cookies of this length. `undefined` without a response. */
async function statusOf(evidence: Evidence, length: number): Promise<number | undefined> {
  // Proxies limit a whole header, so one long cookie is like several.
  const cookie = `identity-web-doctor=${'x'.repeat(length)}`
  try {
    const response = await evidence.fetch(evidence.choices.url ?? '', { headers: { cookie } })
    await response.body?.cancel()
    return response.status
  } catch {
    return undefined
  }
}

/** Finds the largest accepted length up to `LARGEST`, by halving the interval. */
async function largest(accepts: (length: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [0, LARGEST]
  while (high - low > PRECISION) {
    const middle = Math.round((low + high) / 2)
    if (await accepts(middle)) low = middle
    else high = middle
  }
  return low
}
