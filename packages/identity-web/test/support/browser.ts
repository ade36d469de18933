import { request as httpRequest } from 'node:http'

/** The response of a server. */
export interface BrowserResponse {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly location: string | undefined
  readonly setCookies: string[]
  readonly text: string
  json(): unknown
}

/** Options of a request. Its headers replace those of the browser. */
export interface BrowserRequest {
  readonly method?: string
  readonly headers?: Record<string, string | undefined>
  readonly body?: string
}

interface Cookie {
  readonly value: string
  readonly path: string
  readonly secure: boolean
  readonly sameSite: string
}

/**
 * A simple browser. It sends the headers of a real one and stores cookies by name and path, but does not follow
 * redirects. It uses node:http, because `fetch` overwrites `Sec-Fetch-Mode`.
 */
export class Browser {
  readonly cookies = new Map<string, Cookie>()
  /** The `User-Agent` header. The browser does not send it if it is not set. */
  userAgent: string | undefined

  /** Navigates to a page. */
  navigate(url: string, options: BrowserRequest = {}): Promise<BrowserResponse> {
    return this.send(url, {
      ...options,
      headers: {
        accept: 'text/html,application/xhtml+xml',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
        'sec-fetch-site': 'same-origin',
        ...options.headers,
      },
    })
  }

  /** Sends a request like `fetch` in a script of a page. */
  script(url: string, options: BrowserRequest = {}): Promise<BrowserResponse> {
    return this.send(url, {
      ...options,
      headers: {
        accept: '*/*',
        'sec-fetch-mode': 'cors',
        'sec-fetch-dest': 'empty',
        'sec-fetch-site': 'same-origin',
        ...options.headers,
      },
    })
  }

  /** Posts a form from the site of the provider. */
  postCrossSite(url: string, form: Record<string, string>): Promise<BrowserResponse> {
    return this.navigate(url, {
      method: 'POST',
      headers: {
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
    })
  }

  async send(
    url: string,
    { method = 'GET', headers = {}, body }: BrowserRequest,
  ): Promise<BrowserResponse> {
    const target = new URL(url)
    const isCrossSite = headers['sec-fetch-site'] === 'cross-site'
    const sends = (sameSite: string): boolean =>
      !isCrossSite || sameSite === 'none' || (sameSite === 'lax' && method !== 'POST')
    const cookie = [...this.cookies]
      .filter(([, { path, sameSite }]) => matchesPath(target.pathname, path) && sends(sameSite))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
    const defined = Object.fromEntries(
      Object.entries({
        ...(cookie && { cookie }),
        'user-agent': this.userAgent,
        ...headers,
      }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>
    const answer = await http(target, method, defined, body)
    for (const line of answer.setCookies) this.#store(line)
    return answer
  }

  #store(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    const attribute = (wanted: string): string | undefined =>
      attributes.find((one) => one.toLowerCase().startsWith(`${wanted}=`))?.split('=')[1]
    if (attribute('max-age') === '0') {
      this.cookies.delete(name)
      return
    }
    this.cookies.set(name, {
      value: pair.slice(name.length + 1),
      path: attribute('path') ?? '/',
      secure: attributes.some((one) => one.toLowerCase() === 'secure'),
      sameSite: (attribute('samesite') ?? 'lax').toLowerCase(),
    })
  }
}

function matchesPath(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
}

function http(
  { hostname, port, pathname, search }: URL,
  method: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<BrowserResponse> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path: pathname + search,
        method,
        headers,
        agent: false,
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('error', reject)
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            location: response.headers.location,
            setCookies: response.headers['set-cookie'] ?? [],
            text,
            json: () => JSON.parse(text) as unknown,
          })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
