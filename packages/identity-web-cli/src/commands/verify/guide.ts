import { randomBytes } from 'node:crypto'
import type { Auth } from 'identity-web/fetch'
import type { LoopbackServer } from '../../loopback/loopback-server.js'
import { doneResponse, taskResponse, waitResponse } from './pages.js'

/** A task for the person in the browser. */
export interface Task<T> {
  /** The check that asks for it. */
  readonly id: string
  /** The instruction, in one or two sentences. */
  readonly text: string
  /** The change to suggest if the browser does not come back, or if an error does not contain a hint. */
  readonly change?: string
  /** The path that the person opens. */
  readonly path: string
  /** `true` if the person follows the link only once, because the second time would sign in again. */
  readonly isOnce?: boolean
  /** Creates the handler of the path. It calls `done` when the browser is back with the result. */
  readonly handler: (done: (value: T) => Response) => Handler
  /** The handlers of further paths, for a way back that differs from the way out. */
  readonly others?: Readonly<Record<string, (done: (value: T) => Response) => Handler>>
}

/** The end of a task. */
export type Arrival<T> =
  | { readonly kind: 'arrived'; readonly value: T }
  /** The library showed an error page with this status. */
  | { readonly kind: 'error'; readonly status: number }
  /** The handler threw an error. */
  | { readonly kind: 'thrown'; readonly error: unknown }
  /** The person said that the browser did not come back, or the time was over. */
  | { readonly kind: 'stuck'; readonly waited?: number }

type Handler = (request: Request) => Response | Promise<Response>

interface Pending {
  readonly id: string
  readonly text: string
  readonly path: string
  readonly handlers: Readonly<Record<string, Handler>>
  readonly isOnce: boolean
  isOpened: boolean
  end(arrival: Arrival<never>): void
}

/** A request of a browser or of the provider, after its response. */
export interface Seen {
  readonly path: string
  readonly method: string
  readonly status: number
  /** The `Location` of the response. */
  readonly location: string | undefined
  /** `true` for a page of the person's browser. */
  readonly isPage: boolean
}

export const START = '/verify'
/** The cookie of the browser that opened the URL of the run. Other users and programs of this computer do not know its value. */
const COOKIE = 'identity_verify'
export const STUCK = '/verify/stuck'

/** The person did not open the page in time, so the run stops. It can continue later. */
export class NotOpened extends Error {}

/** The pages of this command, which lead the person through the sign-ins. They listen in place of the application. */
export class Guide {
  /** The header `Cookie` of the person's browser. */
  cookie = ''
  /** The title of the step that runs. */
  title = ''
  readonly seen: Seen[] = []
  readonly origin: string
  /** The path to which users return after a sign-out. */
  readonly home: string
  readonly #auth: Auth
  readonly #waitSeconds: number
  readonly #key = randomBytes(16).toString('base64url')
  readonly #isForm: boolean
  readonly #routes = new Map<string, Handler>()
  #pending: Pending | undefined
  #server: LoopbackServer | undefined
  #isDone = false
  #onDone: () => void = () => undefined

  constructor(
    auth: Auth,
    {
      origin,
      home,
      waitSeconds,
      isForm,
    }: Pick<Guide, 'origin' | 'home'> & {
      readonly waitSeconds: number
      /** `true` if the page of the provider posts a form to the redirect URI. */
      readonly isForm: boolean
    },
  ) {
    this.#auth = auth
    this.origin = origin
    this.home = home
    this.#waitSeconds = waitSeconds
    this.#isForm = isForm
  }

  /** The URL that the person opens. It contains the key of the run, which becomes a cookie. */
  get url(): string {
    return `${this.origin}${START}?key=${this.#key}`
  }

  /** Starts to respond. */
  start(server: LoopbackServer): void {
    this.#server = server
    server.respond = (request, sent) => this.#respond(request, sent)
  }

  /** Adds a route that is not a task, such as an API. */
  route(path: string, handler: Handler): void {
    this.#routes.set(path, handler)
  }

  /**
   * Asks the person to open a path, and waits until the browser is back.
   *
   * @throws NotOpened if the person does not open the page in time.
   */
  async ask<T>({
    id,
    text,
    path,
    handler,
    others = {},
    isOnce = false,
  }: Task<T>): Promise<Arrival<T>> {
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      return await new Promise<Arrival<T>>((resolve, reject) => {
        const done = (value: T): Response => {
          resolve({ kind: 'arrived', value })
          return back()
        }
        const created = Object.entries({ [path]: handler, ...others })
        const handlers = Object.fromEntries(created.map(([at, create]) => [at, create(done)]))
        const pending = { id, text, path, handlers, isOnce, isOpened: false, end: resolve }
        this.#pending = pending
        timer = setTimeout(() => {
          if (pending.isOpened) resolve({ kind: 'stuck', waited: this.#waitSeconds })
          else reject(new NotOpened())
        }, this.#waitSeconds * 1000)
      })
    } finally {
      clearTimeout(timer)
      this.#pending = undefined
    }
  }

  /** Shows the last page, and waits a moment for the browser to load it. */
  async finish(): Promise<void> {
    this.#isDone = true
    const loaded = new Promise<void>((resolve) => {
      this.#onDone = resolve
    })
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, LAST_PAGE_MS))])
  }

  close(): void {
    this.#server?.close()
  }

  async #respond(request: Request, sent: Promise<void>): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const pending = this.#pending
    if (pathname === START && searchParams.get('key') === this.#key) return this.#enter()
    const cookie = request.headers.get('cookie') ?? ''
    const hasKey = cookie.split('; ').includes(`${COOKIE}=${this.#key}`)
    // Another website can load images and frames of this server, which have other cookies.
    const isPage = hasKey && isOneOf(request.headers.get('sec-fetch-dest'), 'document')
    if (isPage) this.cookie = cookie
    const isTask = pending !== undefined && isPage && Object.hasOwn(pending.handlers, pathname)
    if (isTask) pending.isOpened = true
    const respond = (): Promise<Response> =>
      this.#auth.respond(request, async () => {
        const handler =
          (isTask ? pending.handlers[pathname] : undefined) ?? this.#routes.get(pathname)
        if (handler !== undefined) return handler(request)
        return hasKey ? this.#ownPage(request, sent) : new Response(NO_KEY, { status: 403 })
      })
    let response = isTask
      ? await respond().catch((error: unknown) => {
          // The framework of an application would show its own error page.
          pending.end({ kind: 'thrown', error })
          return back()
        })
      : await respond()
    const isPart =
      isTask || (isPage && SIGN_IN_PATHS.some((name) => this.#auth.paths[name] === pathname))
    if (pending !== undefined && isPart && response.status >= 400) {
      pending.end({ kind: 'error', status: response.status })
      response = back()
    }
    this.seen.push({
      path: pathname,
      method: request.method,
      status: response.status,
      location: response.headers.get('location') ?? undefined,
      isPage,
    })
    return response
  }

  /** Gives the browser the key. In a cookie, other websites and the history of the browser do not get it. */
  #enter(): Response {
    const response = back()
    // Browsers do not send a `Lax` cookie with a form of another site.
    const sameSite = this.#isForm ? 'None; Secure' : 'Lax'
    response.headers.set(
      'set-cookie',
      `${COOKIE}=${this.#key}; Path=/; HttpOnly; SameSite=${sameSite}`,
    )
    return response
  }

  #ownPage({ url, headers }: Request, sent: Promise<void>): Response {
    const path = new URL(url).pathname
    if (path === STUCK) {
      // The person follows the link of a page of this server, or writes the URL.
      if (isOneOf(headers.get('sec-fetch-site'), 'same-origin', 'none'))
        this.#pending?.end({ kind: 'stuck' })
      return back()
    }
    if (path !== START)
      return path === this.home ? back() : new Response('Not found', { status: 404 })
    if (this.#isDone) {
      void sent.then(() => this.#onDone())
      return doneResponse()
    }
    const { isOnce = false, isOpened = false } = this.#pending ?? {}
    return this.#pending === undefined || (isOnce && isOpened)
      ? waitResponse(this.title)
      : taskResponse({ ...this.#pending, title: this.title, stuck: this.origin + STUCK })
  }
}

const SIGN_IN_PATHS = ['login', 'callback', 'logout'] as const
const LAST_PAGE_MS = 5000
const NO_KEY = 'Open the URL that the terminal shows in this browser.'

/** Returns whether a header has one of these values. Old browsers, and programs, do not send it. */
function isOneOf(value: string | null, ...expected: readonly string[]): boolean {
  return value === null || expected.includes(value)
}

/** Returns the response that sends the browser to the page of the next task. */
export function back(): Response {
  return new Response(null, { status: 303, headers: { location: START } })
}
