import { randomBytes } from 'node:crypto'
import type { LoopbackServer } from '../../loopback/loopback-server.js'
import { CheckError } from '../doctor/explain-error.js'
import { NotRun } from './check.js'
import type { Browser, Handler, Seen, Task, Trial } from './trial.js'

interface Pending {
  readonly change: string | undefined
  /** The path of the first page. */
  readonly path: string
  readonly handlers: ReadonlyMap<string, Handler>
  readonly end: (error: unknown) => void
  isOpened: boolean
}

const STUCK = '/verify/stuck'
/** The cookie of the browser that opened the URL of a step. Other users and programs of this computer do not know its value. */
const COOKIE = 'identity_verify'

/** Leads a person through the sign-ins. It listens in place of the application, and the terminal shows the URLs. */
export class Guide implements Browser {
  cookie = ''
  readonly seen: Seen[] = []
  readonly origin: string
  /** Ends when the browser has the last page. */
  sent: Promise<void> = Promise.resolve()
  readonly #trial: Trial
  readonly #waitSeconds: number
  readonly #key = randomBytes(16).toString('base64url')
  #pending: Pending | undefined
  isStopped = false

  /** @param waitSeconds - The time for each step in the browser. */
  constructor(trial: Trial, origin: string, waitSeconds: number) {
    this.#trial = trial
    this.origin = origin
    this.#waitSeconds = waitSeconds
  }

  /** Starts to respond. */
  listen(server: LoopbackServer): void {
    server.respond = (request, sent) => {
      this.sent = sent
      return this.#respond(request)
    }
    this.#trial.ids.print(
      `Open each URL below in your browser. If the provider does not lead back, open ${this.origin}${STUCK}.`,
    )
  }

  async visit<T>({ text, change, pages }: Task<T>): Promise<T> {
    const [path = ''] = Object.keys(pages)
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      return await new Promise<T>((resolve, end) => {
        const done = (value: T): Response => {
          resolve(value)
          return next()
        }
        const created = Object.entries(pages).map(([at, create]) => [at, create(done)] as const)
        const handlers = new Map(created)
        this.#pending = { change, path, handlers, end, isOpened: false }
        timer = setTimeout(
          () => this.stop(`The browser did not come back within ${this.#waitSeconds} seconds.`),
          this.#waitSeconds * 1000,
        )
        if (this.isStopped) return this.stop()
        // The URL contains the key of the run, which becomes a cookie.
        this.#trial.ids.print(`  Open ${this.origin}${path}?key=${this.#key}`)
        this.#trial.ids.print(`  ${text}`)
      })
    } finally {
      clearTimeout(timer)
      this.#pending = undefined
    }
  }

  /**
   * Ends the task, and all later ones.
   *
   * @param found - The reason, unless the person stops the run.
   */
  stop(found?: string): void {
    const stopped = new NotRun('skipped', 'You stopped the run.')
    this.isStopped = true
    this.#pending?.end(found === undefined ? stopped : new CheckError(found, this.#change))
  }

  /** The change to suggest if the browser does not come back. */
  get #change(): string {
    const change = this.#pending?.change ?? 'Check the redirect URIs of the registration.'
    return `Read the page of the provider, which usually contains an error code, and look it up at https://login.microsoftonline.com/error for Microsoft. ${change}`
  }

  async #respond(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const { headers } = request
    if (searchParams.get('key') === this.#key) return this.#enter(pathname)
    const pending = this.#pending
    const cookie = headers.get('cookie') ?? ''
    const hasKey = cookie.split('; ').includes(`${COOKIE}=${this.#key}`)
    // Another website can load images and frames of this server, which have other cookies.
    const isPage = hasKey && isOneOf(headers.get('sec-fetch-dest'), 'document')
    if (isPage) this.cookie = cookie
    // A late return from an earlier task must not end this one.
    const isExpected = isPage && (pathname === pending?.path || pending?.isOpened === true)
    const handler = isExpected ? pending.handlers.get(pathname) : undefined
    if (pending !== undefined && handler !== undefined) pending.isOpened = true
    const { auth } = this.#trial
    const responded = auth.respond(request, async () => {
      if (handler !== undefined) return handler(request)
      // The person follows a link of this server, or writes the URL.
      const isOwn = hasKey && isOneOf(headers.get('sec-fetch-site'), 'same-origin', 'none')
      if (isOwn && pathname === STUCK)
        pending?.end(new CheckError('The browser did not come back.', this.#change))
      return hasKey ? next() : new Response(NO_KEY, { status: 403 })
    })
    let response = await responded.catch((error: unknown) => {
      if (handler === undefined) throw error
      // The framework of an application would show its own error page.
      pending?.end(error)
      return next()
    })
    const { status } = response
    const { login, callback, logout } = auth.paths
    const isPart = handler !== undefined || [login, callback, logout].includes(pathname)
    if (pending !== undefined && isPage && isPart && status >= 400) {
      const found = `The library showed an error page (status ${status}).`
      pending.end(this.#trial.failure(found, pending.change))
      response = next()
    }
    const location = response.headers.get('location') ?? undefined
    this.seen.push({ path: pathname, status, location })
    return response
  }

  /** Gives the browser the key. In a cookie, other websites and the history of the browser do not get it. */
  #enter(location: string): Response {
    const cookie = `${COOKIE}=${this.#key}; Path=/; HttpOnly; SameSite=Lax`
    return new Response(null, { status: 303, headers: { location, 'set-cookie': cookie } })
  }
}

const NO_KEY = 'Open the URL that the terminal shows in this browser.'

const next = (): Response => new Response('The terminal shows the next step.')

/** Returns whether a header has one of these values. Old browsers, and programs, do not send it. */
function isOneOf(value: string | null, ...expected: readonly string[]): boolean {
  return value === null || expected.includes(value)
}
