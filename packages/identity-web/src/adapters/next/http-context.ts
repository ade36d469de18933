import { cookies, headers } from 'next/headers.js'
import { RequestHttpContext } from '../request-response.ts'
import { BASE_PATH, PATH_HEADER, isFromRouter, withBasePath } from './urls.ts'

/** What `cookies()` gives, as far as it is needed here. */
type CookieStore = Awaited<ReturnType<typeof cookies>>

/** A cookie that nobody has: whether it can be deleted tells whether cookies can be set. */
const PROBE = 'identity-probe'

/**
 * A request within the application. Cookies are set by way of Next.js, so that all that happens in one request, in a
 * guard and in the handler behind it, ends in the same response.
 */
export class NextHttpContext extends RequestHttpContext {
  readonly #store: CookieStore
  readonly #isFromRouter: boolean
  readonly redirectsOnly: boolean
  #isReadOnly: boolean | undefined

  constructor(request: Request, store: CookieStore, redirectsOnly = false) {
    super(request)
    this.#store = store
    this.#isFromRouter = isFromRouter(request)
    this.redirectsOnly = redirectsOnly
  }

  /** The router's requests count as a prefetch, which not all browsers call them. */
  override header(name: string): string | undefined {
    return this.#isFromRouter && name === 'purpose' ? 'prefetch' : super.header(name)
  }

  /** Looked at only where something is due. Next.js has no other way to ask than to try. */
  get isReadOnly(): boolean {
    return (this.#isReadOnly ??= !this.#write(() => this.#store.delete(PROBE)))
  }

  override setCookies(values: readonly string[]): boolean {
    return this.#write(() => {
      for (const value of values) this.#store.set(toCookie(value))
    })
  }

  #write(change: () => void): boolean {
    try {
      change()
      return true
    } catch {
      // A render.
      return false
    }
  }
}

/** The HTTP context of a route handler's request. */
export async function httpContextOf(request: Request): Promise<NextHttpContext> {
  return new NextHttpContext(withBasePath(request), await cookies())
}

/** What is going on, as far as it is known. */
export type Call = 'page' | 'action' | 'any'

/** The HTTP context of a request that nobody handed on: that of a render, a server action, a route handler. */
export async function currentHttpContext(call: Call = 'any'): Promise<NextHttpContext> {
  const [all, store] = await Promise.all([headers(), cookies()])
  const path = all.get(PATH_HEADER)
  const own = new Headers()
  for (const name of ['cookie', 'referer']) {
    const value = all.get(name)
    if (value !== null) own.set(name, value)
  }
  // Without the proxy nobody knows the page. A server action is posted, and its referrer is the page that called it.
  const method = path === null && call === 'action' ? 'POST' : 'GET'
  const request = new Request(`http://localhost${path ?? `${BASE_PATH}/`}`, {
    headers: own,
    method,
  })
  return new NextHttpContext(request, store, call !== 'any')
}

/** A `Set-Cookie` value of our own, as `cookies().set()` takes it. */
function toCookie(value: string): Parameters<CookieStore['set']>[0] & object {
  const [pair = '', ...attributes] = value.split('; ')
  const split = (text: string): [name: string, value: string] => {
    const at = text.indexOf('=')
    return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  }
  const given = new Map(attributes.map(split))
  const [name, content] = split(pair)
  const domain = given.get('Domain')
  return {
    name,
    value: content,
    path: given.get('Path') ?? '/',
    maxAge: Number(given.get('Max-Age')),
    httpOnly: given.has('HttpOnly'),
    secure: given.has('Secure'),
    sameSite: given.get('SameSite') === 'None' ? 'none' : 'lax',
    ...(domain !== undefined && { domain }),
  }
}
