// The client of a page: state, expiry, requests, other tabs.
import type {
  SignedInSession,
  Session,
  SessionClientOptions,
  SessionState,
  Expiring,
} from './types.ts'
import { requestSession } from './endpoint.ts'
import { SessionError } from './errors.ts'
import { toLoginRequired, toLoginUrl, mayRedirect } from './login-page.ts'
import type { RegisteredView } from './register.ts'

/** The properties of both forms of a {@link BrowserSession}. */
export type Body<View> = Partial<Omit<SignedInSession<View>, 'user'>> & {
  readonly user: View | null
  readonly loginUrl: string
}

/** The options for an entry that also shows a session's other properties. */
export interface ObservedOptions<View> extends SessionClientOptions<View> {
  /** Receives each server response before the listeners of `subscribe()` get the state. */
  readonly onBody?: (body: Body<View>) => void
}

/**
 * The message that a tab sends to the other tabs: a session, the time of the response, and whether the user has just
 * signed out.
 */
type Told<View> = readonly [session: Body<View>, at: number, status?: 'signed-out']

/**
 * Creates the session for a page. Create only one, because the whole page can share it. You can also create it on the
 * server, because it does not send a request before the first `get()`, `subscribe()` or `onExpiring()`.
 *
 * The function does not throw.
 *
 * @param options - The session endpoint's path, and the session that the server has put into the page.
 * @returns The session.
 * @example
 * ```ts
 * const session = createSession()
 * const { user } = await session.get()
 * if (user === null) await session.login()
 * ```
 * @public
 */
export function createSession<View = RegisteredView>(
  options?: SessionClientOptions<View>,
): Session<View>
export function createSession<View>({
  path = '/session',
  initial,
  onLoginRequired,
  refetchAfterSeconds = 30,
  onBody,
}: ObservedOptions<View> = {}): Session<View> {
  const listeners = new Set<(state: SessionState<View>) => void>()
  const warnings = new Set<Warning>()
  let state: SessionState<View> = { status: 'loading', user: null }
  let body: Body<View> | undefined
  // When `body` was true. The system clock can be changed, and the other one stops on some systems while the computer sleeps.
  let toldAt = 0
  let steadyToldAt = 0
  let inFlight: Promise<SessionState<View>> | undefined
  let sent = 0
  /** The number of the last request whose response is outdated. Responses to earlier requests are outdated, too. */
  let outdated = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The channel to the other tabs. It is set while the session watches the page and the other tabs. */
  let channel: BroadcastChannel | undefined
  let watching: AbortController | undefined

  // If one of the clocks is wrong, the age is too large. The client asks the server before it tells the user.
  const ageSeconds = (): number =>
    Math.max(Date.now() - toldAt, performance.now() - steadyToldAt) / 1000

  /**
   * Returns the seconds until the next request to the server, which shows or hides a warning or notices the session's
   * end.
   */
  function nextCheck(): number {
    let next = secondsLeft()
    // While a warning is shown, the client asks every 10 seconds, because each request to the server can extend the session.
    for (const { hide, secondsBefore } of warnings)
      next = Math.min(next, hide ? 10 : secondsLeft() - secondsBefore)
    return next
  }

  const secondsLeft = (): number =>
    Math.max(0, Math.ceil((body?.expiresInSeconds ?? 0) - ageSeconds()))

  function setState(next: SessionState<View>): void {
    // The same state stays the same object, so that frameworks do not render again.
    if (JSON.stringify(next) === JSON.stringify(state)) return schedule()
    state = next
    schedule()
    for (const listener of listeners) listener(state)
  }

  /** Applies a server response that this tab or another one received. A tab that was frozen applies it later. */
  function adopt([session, at, status]: Told<View>): void {
    const { user } = session
    body = session
    onBody?.(session)
    outdated = sent
    toldAt = at
    steadyToldAt = performance.now() - Date.now() + at
    const expiring = {
      secondsLeft: secondsLeft(),
      canExtend: session.absoluteExpiresInSeconds! > session.expiresInSeconds!,
    }
    for (const warning of warnings) updateWarning(warning, user ? expiring : undefined)
    setState(
      user
        ? { status: 'signed-in', user }
        : {
            status: status ?? (state.user || state.status === 'expired' ? 'expired' : 'signed-out'),
            user: null,
          },
    )
  }

  function share(...told: Told<View>): void {
    adopt(told)
    // A string, because a reactive object of a framework cannot be cloned.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel does not have one
    channel?.postMessage(JSON.stringify(told))
  }

  async function request(method: string): Promise<SessionState<View>> {
    const number = ++sent
    const result = await requestSession<View>(method, path)
    const isError = result instanceof SessionError
    if (number > outdated) {
      if (isError) setState({ ...state, error: result })
      else share(result, Date.now())
    }
    if (isError) throw result
    return state
  }

  const get = (): Promise<SessionState<View>> =>
    (inFlight ??= request('GET').finally(() => {
      inFlight = undefined
    }))

  /** Asks the server for the session. Errors are handled here, because callers do not wait for the result. */
  function refetch(): void {
    // oxlint-disable-next-line no-console -- the developer must see it, also if the page does not show errors
    get().catch(console.error)
  }

  function schedule(): void {
    clearTimeout(timer)
    if (!channel || !(state.user ?? state.error)) return
    // The pause after a failed request is 30 seconds. After a minute, the clocks are read again: the computer could sleep.
    const next = state.error ? 30 : nextCheck()
    const wait = Math.min(60, Math.max(1, next))
    timer = setTimeout(() => {
      // After a sleep of the computer, the time can be over although it was not due.
      if (next > wait && nextCheck() > 0) schedule()
      else refetch()
    }, wait * 1000)
  }

  /** Handles the event that the user returns to the tab, or that the network changes. */
  function revisit({ type, persisted }: Event & { readonly persisted?: boolean }): void {
    if (document.hidden) return
    if (persisted || /line/.test(type) || ageSeconds() >= refetchAfterSeconds) refetch()
  }

  function start(): void {
    // A server does not have a page to watch.
    if (typeof document === 'undefined') return
    if (!channel) {
      watching = new AbortController()
      for (const type of ['focus', 'online', 'offline', 'pageshow', 'visibilitychange'])
        addEventListener(type, revisit, watching)
      channel = new BroadcastChannel(`identity-web:${path}`)
      channel.addEventListener('message', ({ data }: MessageEvent<string>) =>
        adopt(JSON.parse(data) as Told<View>),
      )
      if (body) share(body, toldAt)
      else refetch()
    }
    schedule()
  }

  async function known(): Promise<Body<View>> {
    if (!body) await get()
    return body!
  }

  /** Shows in all tabs that the session has ended. Without the network, it returns the last known login route. */
  async function askLoginUrl(): Promise<string> {
    await get().catch(() => {})
    return body!.loginUrl
  }

  if (initial) adopt([initial, Date.now()])
  const session: Session<View> = {
    get current() {
      return state
    },
    initial: state,
    get,
    extend: () => request('POST'),
    subscribe(listener) {
      start()
      listeners.add(listener)
      listener(state)
      return () => listeners.delete(listener)
    },
    async fetch(input, init) {
      const sending = new Request(input, init)
      const isOwn = sending.url.startsWith(`${location.origin}/`)
      if (isOwn) sending.headers.set('x-csrf', '1')
      const response = await fetch(sending)
      const required =
        isOwn && response.status === 401 && (await toLoginRequired(response, askLoginUrl))
      if (!required) return response
      if (onLoginRequired !== 'redirect' || !mayRedirect(required.code)) throw required
      await session.login(required)
      // The browser leaves the page, so the caller must not continue.
      return new Promise(() => {})
    },
    async login({ returnTo, loginUrl } = {}) {
      location.assign(toLoginUrl(loginUrl ?? (await known()).loginUrl, returnTo))
    },
    async logout() {
      const { loginUrl, logoutUrl } = await known()
      // The sign-out has not reached the server yet. So this is old, and the next visit of a tab asks the server.
      share({ user: null, loginUrl }, 0, 'signed-out')
      // A form would fail if the page has the policy `form-action 'self'`, because the provider's page follows.
      if (logoutUrl) location.assign(logoutUrl)
    },
    onExpiring(listener, { secondsBefore = 60 } = {}) {
      const warning: Warning = { listener, secondsBefore }
      warnings.add(warning)
      start()
      return () => {
        updateWarning(warning)
        warnings.delete(warning)
      }
    },
    secondsLeft,
    close() {
      watching?.abort()
      channel?.close()
      channel = undefined
      clearTimeout(timer)
      for (const warning of warnings) updateWarning(warning)
      warnings.clear()
      listeners.clear()
    },
  }
  return session
}

/** A listener of `onExpiring()`. */
interface Warning {
  readonly listener: (expiring: Expiring) => void | (() => void)
  readonly secondsBefore: number
  /** The function that hides the warning. It is set while the warning is shown. */
  hide?: () => void
}

/**
 * Shows or hides a warning. @param expiring - The remaining time that the server returned, or `undefined` if no user is
 * signed in.
 */
function updateWarning(warning: Warning, expiring?: Expiring): void {
  if (expiring && expiring.secondsLeft <= warning.secondsBefore) {
    warning.hide ??= warning.listener(expiring) ?? (() => {})
  } else {
    warning.hide?.()
    delete warning.hide
  }
}
