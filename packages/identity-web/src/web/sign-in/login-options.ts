// The parameters of `auth.login()`.
import { parseScopes } from '../../client/index.ts'
import { configurationError } from '../../errors.ts'
import type { LoginUrls } from '../http/login-urls.ts'
import type { Site } from '../../seams/site.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { withoutResult } from './silent-sign-in.ts'
import { readOptions, unknownNameMessages, type Rows } from '../../options/rows.ts'
import { SIGN_IN_ROWS, type SignInParameters } from '../../options/sign-in-parameters.ts'
import { refusedKind } from '../../own.ts'

/**
 * The parameters of `auth.login()`. For this sign-in, each one replaces the option with the same name.
 *
 * @public
 */
export interface LoginOptions extends SignInParameters {
  /**
   * The path to which the user returns. It must be a path on this origin.
   *
   * @defaultValue `homePath`
   * @example auth.login(req, res, { returnTo: '/cart' })
   */
  readonly returnTo?: string | undefined
  /**
   * The scopes to request. `Auth` adds the scopes of OpenID Connect.
   *
   * @defaultValue the option `scopes`
   * @example auth.login(req, res, { scopes: ['Calendars.Read'] })
   */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * Signs the user in only if the provider does not need to show a page. The option sets `prompt: 'none'`.
   *
   * If the user is not signed in afterwards, they return to `returnTo` with the query parameter `login_error`. Its
   * value is `login_required`, `interaction_required`, `consent_required` or `account_selection_required` if the user
   * must act, and `failed` for every other cause. Call `auth.login` with this option only if the URL does not contain
   * `login_error`. Use the parameter only for this decision, because anyone can add it to a link.
   *
   * @defaultValue `false`: with `prompt: 'none'`, the sign-in continues with a page if the provider needs one
   *
   * @example A public page that shows the name of users who are signed in at the provider
   * ```ts
   * app.get('/', async (req, res) => {
   *   const user = await auth.getUser(req)
   *   if (user === undefined && req.query.login_error === undefined) {
   *     return auth.login(req, res, { onlySilent: true, returnTo: '/' })
   *   }
   *   return res.type('text').send(`Hello, ${user?.name ?? 'visitor'}`)
   * })
   * ```
   */
  readonly onlySilent?: boolean | undefined
}

// `loginUrls` and the client check the values.
const ROW = { example: '', check: 'resolver' } as const
const ROWS: Rows = { ...SIGN_IN_ROWS, returnTo: ROW, scopes: ROW, onlySilent: ROW }

/**
 * Returns the sign-in that the options of `auth.login()` describe.
 *
 * @throws IdentityError `configuration` for a silent sign-in that would need a page.
 */
export function toSignInStart(
  { site, loginUrls }: { readonly site: Site; readonly loginUrls: LoginUrls },
  options: LoginOptions,
): SignInStart {
  const read = readOptions(options, ROWS)
  const { returnTo: given, scopes, onlySilent, ...parameters } = read
  const kind = refusedKind(read)
  const [unknown] = unknownNameMessages(ROWS, { owner: 'auth.login()', given: read })
  if (kind !== undefined || unknown !== undefined) {
    throw configurationError(
      unknown ?? `The options of auth.login() must be an object, but received ${kind}.`,
    )
  }
  const returnTo = loginUrls.returnPath(given)
  const start = { returnTo, scopes: scopes === undefined ? undefined : parseScopes(scopes) }
  if (onlySilent !== true) return { ...start, parameters }
  if (site.signIn.kind !== 'code' || (parameters.prompt ?? 'none') !== 'none') {
    throw configurationError(
      "onlySilent works only with a redirect URI and prompt: 'none'. Remove prompt from auth.login({ onlySilent: true }), and do not set Auth({ signIn }).",
    )
  }
  return {
    ...start,
    returnTo: withoutResult(returnTo),
    onlySilent,
    parameters: { ...parameters, prompt: 'none' },
  }
}
