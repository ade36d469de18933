import type { Claims } from '../session/index.ts'
import type { RowsOf } from './rows.ts'

/** The second argument of `sessionView`. @public */
export interface SessionViewDetails {
  /** The claims of the newest ID token. */
  readonly claims: Claims
}

/**
 * Allows scripts in the browser to read the session. With this option, the library serves the session endpoint that
 * `identity-web/browser` calls.
 *
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export interface BrowserOptions<User = Claims> {
  /**
   * Returns the data about the user that scripts in the browser may see. Choose each property, because every script of your
   * pages can read them, also a script of an attacker. Tokens never reach the browser.
   *
   * The library calls it for each request of the session endpoint. It cannot be an async function, so load data in `onLogin`
   * or `onRefresh`. It must return an object that JSON can express.
   *
   * @param user - The signed-in user.
   * @param details - The claims of the ID token.
   * @returns The view of the user.
   * @defaultValue required
   * @example
   * ```ts
   * new Auth(app, { browser: { sessionView: (user) => ({ name: user.name, roles: user.roles ?? [] }) } })
   * ```
   */
  readonly sessionView: (user: NoInfer<User>, details: SessionViewDetails) => object
  /**
   * The path of the session endpoint. Set it if your application needs the default path itself, and pass the same path to
   * `createSession()`.
   *
   * @defaultValue `session` in the directory of `redirectUri`. For https://example.com/auth/redirect, it is `/auth/session`.
   * @example new Auth(app, { browser: { path: '/api/session', sessionView: ({ name }) => ({ name }) } })
   */
  readonly path?: string | undefined
}

export const BROWSER_ROWS: RowsOf<BrowserOptions> = {
  sessionView: { example: '(user) => ({ name: user.name })', check: 'resolver' },
  path: { example: "'/api/session'", check: 'resolver' },
}
