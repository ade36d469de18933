import { randomBytes } from 'node:crypto'
import type { LoopbackServer } from '../../loopback/loopback-server.js'
import { CheckError } from '../doctor/explain-error.js'
import type { Browser, Handler, Seen, Task } from './browser.js'
import { doneResponse, taskResponse, waitResponse } from './pages.js'
import type { Trial } from './trial.js'

interface Pending {
  readonly task: Omit<Task<never>, 'pages'>
  /** The path of the first page. */
  readonly path: string
  readonly handlers: ReadonlyMap<string, Handler>
  readonly end: (error: unknown) => void
  isOpened: boolean
}

/** The settings of the pages. */
interface GuideSettings {
  readonly origin: string
  /** The time for each step in the browser. */
  readonly waitSeconds: number
  readonly print: (line: string) => void
}

const START = '/verify'
const STUCK = '/verify/stuck'
/** The cookie of the browser that opened the URL of the run. Other users and programs of this computer do not know its value. */
const COOKIE = 'identity_verify'

/** The person has left, so the run stops. */
export class NotOpened extends CheckError {}

/** The pages of this command, which lead a person through the sign-ins. They listen in place of the application. */
export class Guide implements Browser {
  cookie = ''
  readonly seen: Seen[] = []
  readonly origin: string
  readonly #trial: Trial
  readonly #settings: GuideSettings
  readonly #key = randomBytes(16).toString('base64url')
  #pending: Pending | undefined
  #isStopped = false
  #onDone: (() => void) | undefined

  constructor(trial: Trial, settings: GuideSettings) {
    this.#trial = trial
    this.#settings = settings
    this.origin = settings.origin
  }

  /** Starts to respond, and tells the person what to open. */
  listen(server: LoopbackServer): void {
    server.respond = (request, sent) => this.#respond(request, sent)
    // The URL contains the key of the run, which becomes a cookie.
    const url = `${this.origin}${START}?key=${this.#key}`
    this.#settings.print(`Open ${url} in your browser, and leave the page open.`)
    this.#settings.print(
      `If a page of the provider does not lead back, open ${this.origin}${STUCK}.`,
    )
  }

  async visit<T>(task: Task<T>): Promise<T> {
    const { waitSeconds, print } = this.#settings
    let timer: ReturnType<typeof setTimeout> | undefined
    print(`  ${task.text}`)
    try {
      return await new Promise<T>((resolve, reject) => {
        const done = (value: T): Response => {
          resolve(value)
          return back()
        }
        const pages = Object.entries(task.pages).map(([path, create]): [string, Handler] => [
          path,
          create(done),
        ])
        const [[path] = [START]] = pages
        const handlers = new Map(pages)
        this.#pending = { task, path, handlers, end: reject, isOpened: false }
        if (this.#isStopped) this.stop()
        timer = setTimeout(() => {
          if (this.#pending?.isOpened) this.#stuck(` within ${waitSeconds} seconds`)
          else this.stop(`You did not open the page within ${waitSeconds} seconds.`)
        }, waitSeconds * 1000)
      })
    } finally {
      clearTimeout(timer)
      this.#pending = undefined
    }
  }

  /** Ends the task, and all later ones. */
  stop(reason = 'You stopped the run.'): void {
    this.#isStopped = true
    this.#pending?.end(new NotOpened(reason, 'Run the command again.'))
  }

  #stuck(within = ''): void {
    const { change = 'Check the redirect URIs of the registration.' } = this.#pending?.task ?? {}
    const error = new CheckError(
      `The browser did not come back from the provider${within}.`,
      `Read the page of the provider, which usually contains an error code, and look it up at https://login.microsoftonline.com/error for Microsoft. ${change}`,
    )
    this.#pending?.end(error)
  }

  /** Shows the last page, and waits a moment for the browser to load it. */
  async finish(): Promise<void> {
    if (this.#isStopped) return
    await new Promise<void>((resolve) => {
      this.#onDone = resolve
      setTimeout(resolve, LAST_PAGE_MS).unref()
    })
  }

  async #respond(request: Request, sent: Promise<void>): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === START && searchParams.get('key') === this.#key) return this.#enter()
    const pending = this.#pending
    const cookie = request.headers.get('cookie') ?? ''
    const hasKey = cookie.split('; ').includes(`${COOKIE}=${this.#key}`)
    // Another website can load images and frames of this server, which have other cookies.
    const isPage = hasKey && isOneOf(request.headers.get('sec-fetch-dest'), 'document')
    if (isPage) this.cookie = cookie
    // A late return from an earlier task must not end this one.
    const handler =
      isPage && (pathname === pending?.path || pending?.isOpened)
        ? pending?.handlers.get(pathname)
        : undefined
    if (pending !== undefined && handler !== undefined) pending.isOpened = true
    const { auth } = this.#trial
    const respond = (): Promise<Response> =>
      auth.respond(request, async () => {
        if (handler !== undefined) return handler(request)
        return hasKey ? this.#ownPage(request, sent) : new Response(NO_KEY, { status: 403 })
      })
    let response = await respond().catch((error: unknown) => {
      if (handler === undefined) throw error
      // The framework of an application would show its own error page.
      pending?.end(error)
      return back()
    })
    const { status } = response
    const { login, callback, logout } = auth.paths
    const isPart = handler !== undefined || [login, callback, logout].includes(pathname)
    if (pending !== undefined && isPage && isPart && status >= 400) {
      const found = `The library showed an error page (status ${status}).`
      pending.end(this.#trial.failure(found, pending.task.change))
      response = back()
    }
    const location = response.headers.get('location') ?? undefined
    this.seen.push({ path: pathname, status, location })
    return response
  }

  /** Gives the browser the key. In a cookie, other websites and the history of the browser do not get it. */
  #enter(): Response {
    const response = back()
    const cookie = `${COOKIE}=${this.#key}; Path=/; HttpOnly; SameSite=Lax`
    response.headers.set('set-cookie', cookie)
    return response
  }

  #ownPage({ url, headers }: Request, sent: Promise<void>): Response {
    const { pathname } = new URL(url)
    if (pathname === STUCK) {
      // The person follows the link of a page of this server, or writes the URL.
      if (isOneOf(headers.get('sec-fetch-site'), 'same-origin', 'none')) this.#stuck()
      return back()
    }
    if (pathname === '/') return back()
    if (pathname !== START) return new Response('Not found', { status: 404 })
    if (this.#onDone !== undefined) {
      void sent.then(this.#onDone)
      return doneResponse()
    }
    return this.#pending === undefined
      ? waitResponse()
      : taskResponse(this.#pending.task, this.#pending.path, this.origin + STUCK)
  }
}

const LAST_PAGE_MS = 5000
const NO_KEY = 'Open the URL that the terminal shows in this browser.'

/** Returns whether a header has one of these values. Old browsers, and programs, do not send it. */
function isOneOf(value: string | null, ...expected: readonly string[]): boolean {
  return value === null || expected.includes(value)
}

/** Returns the response that sends the browser to the page of the next task. */
function back(): Response {
  return new Response(null, { status: 303, headers: { location: START } })
}
