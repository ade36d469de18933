import { parseScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { LoginUrls } from '../http/login-urls.ts'
import type { SignInFlow } from '../../flows/flow.ts'
import type { SignInParameters } from '../../options/sign-in-parameters.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { withoutResult } from './silent-sign-in.ts'

/** The options of `auth.login()` and `auth.startLogin()`. */
interface GivenOptions extends SignInParameters {
  readonly returnTo?: string | undefined
  readonly scopes?: string | readonly string[] | undefined
  readonly onlySilent?: boolean | undefined
}

/**
 * Returns the sign-in that the options of `auth.login()` describe.
 *
 * @throws IdentityError `configuration` for a silent sign-in that would need a page.
 */
export function toSignInStart(
  { flow, loginUrls }: { readonly flow: SignInFlow; readonly loginUrls: LoginUrls },
  { returnTo: given, scopes, onlySilent, ...parameters }: GivenOptions,
): SignInStart {
  const returnTo = loginUrls.returnPath(given)
  const start = { returnTo, scopes: scopes === undefined ? undefined : parseScopes(scopes) }
  if (onlySilent !== true) return { ...start, parameters }
  if (flow.kind !== 'code' || (parameters.prompt ?? 'none') !== 'none') {
    throw new IdentityError(
      'configuration',
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
