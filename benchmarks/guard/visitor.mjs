import { request } from 'node:http'
import { rawRequest } from '../server/load.mjs'

/** A browser as far as a sign-in needs one: navigates, keeps cookies, follows nothing by itself. */
export function createVisitor(origin) {
  const cookies = new Map()
  return {
    /** The `Cookie` header, as a browser would send it now. */
    get cookieHeader() {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    },

    async navigate(url) {
      const { status, location, setCookies } = await get(new URL(url, origin), this.cookieHeader)
      for (const line of setCookies) store(cookies, line)
      return { status, location }
    },
  }
}

/** Asks for a page, signs in at the provider, and comes back with a session. */
export async function signIn(visitor, provider, path = '/') {
  const away = await visitor.navigate(path)
  if (away.location === undefined) throw new Error(`${path} led nowhere: ${away.status}`)
  const { url } = await provider.signIn(away.location, { as: 'alex', consent: true })
  const back = await visitor.navigate(url)
  if (back.status >= 400) throw new Error(`The sign-in failed: ${back.status}`)
}

/** A browser's navigation with the cookies that are given, as the load sends it. */
export function rawNavigation(path, cookie) {
  return rawRequest(path, {
    Accept: 'text/html,application/xhtml+xml',
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Sec-Fetch-Mode': 'navigate',
    'Sec-Fetch-Dest': 'document',
    ...(cookie && { Cookie: cookie }),
  })
}

function store(cookies, line) {
  const [pair, ...attributes] = line.split(/; */)
  const at = pair.indexOf('=')
  const name = pair.slice(0, at)
  const isDeleted = attributes.some((one) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(one))
  if (isDeleted || at === pair.length - 1) cookies.delete(name)
  else cookies.set(name, pair.slice(at + 1))
}

function get({ hostname, port, pathname, search }, cookie) {
  const headers = { accept: 'text/html', ...(cookie !== '' && { cookie }) }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, path: pathname + search, headers, agent: false },
      (response) => {
        response.resume().on('end', () =>
          resolve({
            status: response.statusCode,
            location: response.headers.location,
            setCookies: response.headers['set-cookie'] ?? [],
          }),
        )
      },
    )
    outgoing.on('error', reject).end()
  })
}
