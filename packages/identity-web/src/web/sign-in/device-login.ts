import { requestDeviceCode, signInScopes } from '../../client/index.ts'
import { page, withCookies } from '../http/answers.ts'
import { loginUrl } from '../http/login-url.ts'
import { devicePage } from '../http/pages/device-page.ts'
import { configurationPage } from '../http/pages/index.ts'
import { MISSING_REDIRECT_URI } from '../../settings/missing.ts'
import type { DevicePage } from '../options/options.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { purposeOf, type DeviceTransaction, type SignInStart } from '../runtime/transaction.ts'
import { askedClaims, toPurpose } from './sign-in.ts'

/**
 * Begins a sign-in with a code, where there is no redirect URI: shows the user what to type at the provider, on a page
 * that polls for what comes of it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628 | RFC 8628}
 */
export async function beginDeviceLogin<User>(
  runtime: WebRuntime<User>,
  start: SignInStart,
): Promise<Response> {
  const purpose = toPurpose(runtime, start)
  const { client } = runtime.clientOf(purpose.userFlow)
  const device = await requestDeviceCode(client, {
    scopes: await signInScopes(client, purpose.scopes),
    claims: askedClaims(purpose),
    extraParams: purpose.parameters.extraParams,
  })
  if (device === undefined) {
    return page(
      500,
      configurationPage([
        `${MISSING_REDIRECT_URI} This provider has no device code flow, which goes without.`,
      ]),
    )
  }
  const begun = await runtime.transactions.begin({ ...purpose, attempt: 0, device })
  const transaction = { ...begun.transaction, device }
  const shown = await showDeviceCode(runtime, transaction, { sealed: begun.state })
  return withCookies(shown, [begun.cookie])
}

/** The page with the code, for the first time or again. */
export async function showDeviceCode<User>(
  runtime: WebRuntime<User>,
  transaction: DeviceTransaction,
  { sealed, isRepeated = false }: { readonly sealed: string; readonly isRepeated?: boolean },
): Promise<Response> {
  const { device } = transaction
  const { userCode, verificationUri, verificationUriComplete } = device
  const shown: DevicePage = {
    userCode,
    verificationUri,
    ...(verificationUriComplete !== undefined && { verificationUriComplete }),
    expiresIn: Math.max(0, device.expiresAt - runtime.now()),
    interval: Math.max(1, device.interval),
    pollUrl: runtime.paths.login,
    device: sealed,
    newCodeUrl: await loginUrl(runtime, purposeOf(transaction)),
    isRepeated,
  }
  const html = (await runtime.options.pages?.device?.(shown)) ?? devicePage(shown)
  // Its form has to bring its origin along, which `no-referrer` would hide.
  return page(200, html, { 'referrer-policy': 'same-origin' })
}
