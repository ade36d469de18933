// Parameters of a sign-in, such as `prompt` and `domainHint`.
import { isObject } from '../own.ts'
import type { ClaimsRequest } from '../errors.ts'
import { A_STRING, STRINGS_BY_NAME, ZERO_OR_A_DURATION, must, oneOf } from './checks.ts'
import type { RowsOf } from './rows.ts'

/**
 * The page that the provider shows at sign-in, even if the user has a session there.
 *
 * - `login`: the user enters their credentials again.
 * - `none`: the provider does not show a page, so the sign-in fails if the user must interact.
 * - `consent`: the consent page.
 * - `select_account`: the account picker.
 * - `create`: the form to sign up.
 *
 * @see {@link
 *   https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code | prompt
 *   at Entra ID}
 * @public
 */
export type Prompt = 'login' | 'none' | 'consent' | 'select_account' | 'create'

/**
 * The parameters of a sign-in. Options of `Auth` apply to every sign-in, while parameters of `auth.login()` apply to
 * one.
 *
 * @public
 */
export interface SignInParameters {
  /**
   * The page that the provider shows, even if the user is signed in there.
   *
   * @defaultValue not set: a user with a session at the provider signs in without a page
   * @example new Auth(app, { prompt: 'select_account' })
   */
  readonly prompt?: Prompt | undefined
  /**
   * The user's name at the provider, for example `ann@contoso.com`, so that the user does not need to type it.
   *
   * @defaultValue not set
   * @example new Auth(app, { loginHint: 'ann@contoso.com' })
   */
  readonly loginHint?: string | undefined
  /**
   * The user's organization: a domain, `organizations` or `consumers`. The provider then does not ask the user for it.
   *
   * @defaultValue not set
   * @example new Auth(app, { domainHint: 'contoso.com' })
   */
  readonly domainHint?: string | undefined
  /**
   * The maximum time since the user last authenticated, in seconds, after which the user must authenticate again. With
   * `0`, the user must do so at every sign-in. `Auth` checks the time in the ID token.
   *
   * @defaultValue not set
   * @example new Auth(app, { maxAgeSeconds: 3600 })
   */
  readonly maxAgeSeconds?: number | undefined
  /**
   * The claims that the provider must include, for example the `claimsRequest` of an `interaction_required` error. They
   * are sent as the `claims` parameter of OpenID Connect.
   *
   * @defaultValue not set
   * @example new Auth(app, { claimsRequest: { id_token: { acrs: { essential: true, value: 'c1' } } } })
   * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter | OpenID Connect Core, section 5.5}
   */
  readonly claimsRequest?: ClaimsRequest | undefined
  /**
   * Additional parameters for the authorization request, for example `{ ui_locales: 'de' }`.
   *
   * Additional parameters cannot replace those that `Auth` sets: `redirect_uri`, `scope`, `state`, `nonce`, PKCE, and
   * the parameters of options that you set. At providers other than Microsoft, `resource` (RFC 8707) is also sent to
   * the token endpoint, at sign-in and at each refresh. Entra ID accepts `resource` only if it is an Application ID URI
   * of the API and all scopes of the API start with it. Otherwise, omit `resource`.
   *
   * @defaultValue not set
   * @example new Auth(app, { extraParams: { ui_locales: 'de' } })
   */
  readonly extraParams?: Readonly<Record<string, string>> | undefined
}

export const SIGN_IN_ROWS: RowsOf<SignInParameters> = {
  prompt: {
    example: "'select_account'",
    check: oneOf('login', 'none', 'consent', 'select_account', 'create'),
  },
  loginHint: { example: "'ann@contoso.com'", check: A_STRING },
  domainHint: { example: "'contoso.com'", check: A_STRING },
  maxAgeSeconds: { example: '3600', restricts: true, check: ZERO_OR_A_DURATION },
  claimsRequest: {
    example: "{ id_token: { acrs: { essential: true, value: 'c1' } } }",
    check: must(isObject, 'an object'),
    depth: 3,
  },
  extraParams: { example: "{ ui_locales: 'de' }", check: STRINGS_BY_NAME, depth: 1 },
}

/**
 * Returns the parameters of every sign-in. Undefined parameters are left out, because `undefined` would replace other
 * values.
 */
export function signInParametersOf(options: SignInParameters): SignInParameters {
  const names = Object.keys(SIGN_IN_ROWS) as (keyof SignInParameters)[]
  const set = names.filter((name) => options[name] !== undefined)
  return Object.fromEntries(set.map((name) => [name, options[name]]))
}
