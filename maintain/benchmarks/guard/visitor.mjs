import { request } from 'node:http'
import { rawRequest } from '../server/load.mjs'

/**
 * A simple browser for a sign-in. It navigates and stores cookies, but does not follow redirects.
 *
 * @param cookies - The `Cookie` header of another visitor, whose cookies this one copies.
 */
export function createVisitor(origin, { cookies: copied = '' } = {}) {
  const cookies = new Map(copied === '' ? [] : copied.split('; ').map(toPair))
  return {
    /** The `Cookie` header, as a browser would send it now. */
    get cookieHeader() {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    },

    async navigate(url) {
      const { setCookies, ...answer } = await send(new URL(url, origin), this.cookieHeader)
      for (const line of setCookies) store(cookies, line)
      return answer
    },
  }
}

/** Opens a page, signs in at the provider, and returns with a session. */
export async function signIn(visitor, provider, path = '/') {
  const away = await visitor.navigate(path)
  if (away.location === undefined) throw new Error(`${path} led nowhere: ${away.status}`)
  const { url } = await provider.signIn(away.location, { as: 'alex', consent: true })
  const { pathname, search } = new URL(url)
  const back = await visitor.navigate(pathname + search)
  if (back.status >= 400) throw new Error(`The sign-in failed: ${back.status}`)
}

/** Returns the navigation request of a browser with the given cookies, for the load process. */
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
  const [name, value] = toPair(pair)
  const isDeleted = attributes.some((one) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(one))
  if (isDeleted || value === '') cookies.delete(name)
  else cookies.set(name, value)
}

function toPair(text) {
  const at = text.indexOf('=')
  return [text.slice(0, at), text.slice(at + 1)]
}

// `fetch` replaces the headers of a navigation.
function send(target, cookie) {
  const headers = {
    accept: 'text/html',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    ...(cookie !== '' && { cookie }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(target, { headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text) => (body += text))
      response.on('error', reject).on('end', () =>
        resolve({
          status: response.statusCode,
          location: response.headers.location,
          body,
          setCookies: response.headers['set-cookie'] ?? [],
        }),
      )
    })
    outgoing.on('error', reject).end()
  })
}
