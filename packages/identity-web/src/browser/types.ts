// The types of the client in the browser.
import type { SessionError } from './errors.ts'

/** A signed-in user's session, as the session endpoint returns it. @public */
export interface SignedInSession<View> {
  /** The part of the user that `sessionView` returned on the server. */
  readonly user: View
  /** The seconds until the session ends, if the user is not active. */
  readonly expiresInSeconds: number
  /** The seconds until the session ends, even if the user is active. */
  readonly absoluteExpiresInSeconds: number
  /** The path that starts a sign-in, without a return path. */
  readonly loginUrl: string
  /** The path that signs the user out. */
  readonly logoutUrl: string
}

/** The session endpoint's response if no user is signed in. @public */
export interface SignedOutSession {
  /** `null`, because no user is signed in. */
  readonly user: null
  /** The path that starts a sign-in, without a return path. */
  readonly loginUrl: string
}

/**
 * The session endpoint's response. On the server, `auth.browserSession(req)` returns the same object for the option
 * `initial`.
 *
 * @public
 */
export type BrowserSession<View> = SignedInSession<View> | SignedOutSession

/** The options of `createSession()`. @public */
export interface SessionClientOptions<View> {
  /**
   * The session endpoint's path: the folder of `redirectUri`, followed by `session`.
   *
   * @defaultValue `'/session'`
   * @example createSession({ path: '/portal/session' })
   */
  readonly path?: string
  /**
   * The session that the server has put into the page, from `auth.browserSession(req)`. With it, the client does not
   * send a request at the start, and the page does not change after it has loaded.
   *
   * @defaultValue not set: the client asks the server
   * @example createSession({ initial: JSON.parse(document.getElementById('session').textContent) })
   */
  readonly initial?: BrowserSession<View> | undefined
  /**
   * Decides how `session.fetch()` behaves if the user must sign in. With `'reject'`, the promise rejects with
   * {@link LoginRequired}. With `'redirect'`, the browser goes to the sign-in at once, but unsaved input is lost.
   *
   * @defaultValue `'reject'`
   * @example createSession({ onLoginRequired: 'redirect' })
   */
  readonly onLoginRequired?: 'reject' | 'redirect'
  /**
   * The maximum age of the state in seconds. If the state is older when the user returns to the tab or the network is
   * back, the client asks the server again.
   *
   * @defaultValue `30`
   * @example createSession({ refetchAfterSeconds: 300 })
   */
  readonly refetchAfterSeconds?: number
}

/**
 * The session's last known state. Each change creates a new object.
 *
 * - `loading`: the first response has not arrived.
 * - `signed-in`: `user` is set.
 * - `signed-out`: no user was signed in, or the user signed out.
 * - `expired`: a user was signed in on this page, but the session has ended.
 *
 * `error` is set if the last request to the session endpoint failed. The other members then keep their last known
 * values.
 *
 * @public
 */
export type SessionState<View> =
  | {
      /** The status, which tells whether a user is signed in. */
      readonly status: 'signed-in'
      /** The part of the user that `sessionView` returned on the server. */
      readonly user: View
      /**
       * The error from the last request, with a message that says what to change.
       *
       * @defaultValue not set if the last request was successful
       */
      readonly error?: SessionError
    }
  | {
      /** The status, which tells whether a user is signed in. */
      readonly status: 'loading' | 'signed-out' | 'expired'
      /** `null`, because no user is known. */
      readonly user: null
      /**
       * The error from the last request, with a message that says what to change.
       *
       * @defaultValue not set if the last request was successful
       */
      readonly error?: SessionError
    }

/** A session that ends soon. @public */
export interface Expiring {
  /** The number of seconds that are left. */
  readonly secondsLeft: number
  /**
   * `true` if `session.extend()` gives the user more time, and `false` if the session's absolute end is near.
   */
  readonly canExtend: boolean
}

/** The options of `onExpiring()` and `useExpiring()`. @public */
export interface ExpiringOptions {
  /**
   * The number of seconds before the session's end at which the warning appears.
   *
   * @defaultValue `60`
   * @example session.onExpiring(warn, { secondsBefore: 120 })
   */
  readonly secondsBefore?: number
}

/** The options of `session.login()`. @public */
export interface BrowserLoginOptions {
  /**
   * The path to which the user returns, with its query and fragment.
   *
   * @defaultValue the current page
   * @example session.login({ returnTo: '/orders?page=2' })
   */
  readonly returnTo?: string
  /**
   * The sign-in URL. Pass the `loginUrl` of a {@link LoginRequired} error, so that the sign-in fulfills the route's
   * requirements. You can also pass your login route with parameters, such as `prompt`, `login_hint` and `domain_hint`.
   *
   * @defaultValue the login route, without parameters
   * @example session.login({ loginUrl: '/login?prompt=select_account' })
   */
  readonly loginUrl?: string
}

/** The session in the browser, which `createSession()` returns. @public */
export interface Session<View> {
  /** The session's last known state. */
  readonly current: SessionState<View>
  /**
   * The state before the first request. Use it for the first render in the browser, because the server renders the same
   * state.
   */
  readonly initial: SessionState<View>
  /**
   * Asks the server for the session, but does not extend it. Concurrent calls share one request.
   *
   * @returns The new state.
   * @throws SessionError if the request fails, or if the response does not come from a session endpoint.
   * @example
   * ```ts
   * const { user } = await session.get()
   * ```
   */
  get(): Promise<SessionState<View>>
  /**
   * Extends the session's idle time, for example when the user chooses "Stay signed in".
   *
   * @returns The new state, whose status is `expired` if the session had already ended.
   * @throws SessionError as `get()` does.
   * @example
   * ```ts
   * await session.extend()
   * ```
   */
  extend(): Promise<SessionState<View>>
  /**
   * Calls a listener now and after each change. The first call of `subscribe()` loads the session. It does not throw.
   *
   * @param listener - The function that gets the state.
   * @returns A function that removes the listener.
   * @example
   * ```ts
   * session.subscribe(({ user }) => {
   *   document.querySelector('#name')!.textContent = user?.name ?? 'Not signed in'
   * })
   * ```
   */
  subscribe(listener: (state: SessionState<View>) => void): () => void
  /**
   * Sends a request as `fetch` does, and never sends it twice. If the URL belongs to your own origin, the method adds
   * the header that guards expect from scripts.
   *
   * @param input - The URL or the request.
   * @param init - The options for `fetch`.
   * @returns The response, even if its status is an error.
   * @throws LoginRequired if a guard or `auth.forward()` on your server requires a sign-in. Other errors come from
   *   `fetch`.
   * @example
   * ```ts
   * const response = await session.fetch('/api/todos', { method: 'POST', body: JSON.stringify(todo) })
   * ```
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>
  /**
   * Opens the sign-in in place of the current page.
   *
   * @param options - The page to which the user returns, and the sign-in URL.
   * @throws SessionError if the session is not known yet, and `get()` fails.
   * @example
   * ```ts
   * button.onclick = () => session.login()
   * ```
   */
  login(options?: BrowserLoginOptions): Promise<void>
  /**
   * Opens the sign-out in place of the current page. All tabs of the browser show at once that the user is signed out.
   *
   * @throws SessionError if the session is not known yet, and `get()` fails.
   * @example
   * ```ts
   * button.onclick = () => session.logout()
   * ```
   */
  logout(): Promise<void>
  /**
   * Calls a listener when the session ends soon. The client asks the server first, because other tabs and requests
   * extend the session, too. It does not throw.
   *
   * @param listener - The function that shows the warning. It can return a function that hides the warning. The client
   *   calls the returned function when the session is extended or ends, or when the listener is removed.
   * @param options - The seconds before the end at which the warning appears.
   * @returns A function that removes the listener.
   * @example
   * ```ts
   * session.onExpiring(({ secondsLeft, canExtend }) => {
   *   dialog.querySelector('button')!.hidden = !canExtend
   *   dialog.showModal()
   *   return () => dialog.close()
   * })
   * ```
   */
  onExpiring(
    listener: (expiring: Expiring) => void | (() => void),
    options?: ExpiringOptions,
  ): () => void
  /**
   * Returns the seconds until the session ends, for a countdown. It does not throw.
   *
   * @returns The seconds, or `0` if no user is signed in.
   * @example
   * ```ts
   * setInterval(() => (output.value = String(session.secondsLeft())), 1000)
   * ```
   */
  secondsLeft(): number
  /**
   * Stops the timers and removes all listeners. Call it, for example, when your code removes a part of the page. It
   * does not throw.
   *
   * @example
   * ```ts
   * session.close()
   * ```
   */
  close(): void
}
