import { requestDeviceCode, signInScopes } from '../../client/index.ts'
import { USE_REDIRECT_URI } from '../../settings/missing.ts'
import { devicePage } from '../http/pages/device-page.ts'
import { configurationPage } from '../http/pages/index.ts'
import { page, withCookies } from '../http/responses.ts'
import type { DevicePage, Pages } from '../options/options.ts'
import {
  claimsRequestOf,
  purposeOf,
  type DeviceTransaction,
  type SignInStart,
} from '../runtime/transaction.ts'
import { toPurpose, type SignInServices } from './start-sign-in.ts'

/** The services that the page with the code uses. */
export interface DeviceSignInServices extends SignInServices {
  readonly pages: Pages
  /** Unix time in seconds. */
  readonly now: () => number
}

/**
 * Starts a sign-in by the device code flow: shows the code that the user types at the provider. The page polls for the
 * result.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628 | RFC 8628}
 */
export async function startDeviceSignIn(
  services: DeviceSignInServices,
  start: SignInStart,
): Promise<Response> {
  const { clients, signInDefaults, transactions } = services
  const purpose = toPurpose(signInDefaults, start)
  const { client } = clients.byUserFlow.get(purpose.userFlow) ?? clients.main
  const device = await requestDeviceCode(client, {
    scopes: await signInScopes(client, purpose.scopes),
    claims: claimsRequestOf(purpose),
    extraParams: purpose.parameters.extraParams,
  })
  if (device === undefined) {
    const problem = `This provider does not support flow: 'device-code'. ${USE_REDIRECT_URI}`
    return page(500, configurationPage([problem]))
  }
  const started = await transactions.start({ ...purpose, attempt: 0, device })
  const response = await showDeviceCode(
    services,
    { ...started.transaction, device },
    { state: started.state },
  )
  return withCookies(response, [started.cookie])
}

/** How the page with the code is shown. */
export interface DeviceCodeDisplay {
  /** The encrypted transaction. */
  readonly state: string
  /** Whether the user posted the form before they entered the code at the provider. @defaultValue `false` */
  readonly isRepeated?: boolean
}

/** Returns the page with the code. */
export async function showDeviceCode(
  { flow, loginUrls, now, pages }: DeviceSignInServices,
  transaction: DeviceTransaction,
  { state, isRepeated = false }: DeviceCodeDisplay,
): Promise<Response> {
  const { device } = transaction
  const { userCode, verificationUri, verificationUriComplete } = device
  const content: DevicePage = {
    userCode,
    verificationUri,
    ...(verificationUriComplete !== undefined && { verificationUriComplete }),
    expiresInSeconds: Math.max(0, device.expiresAt - now()),
    intervalSeconds: Math.max(1, device.interval),
    pollUrl: flow.paths.login,
    device: state,
    newCodeUrl: await loginUrls.toUrl(purposeOf(transaction)),
    isRepeated,
  }
  const html = (await pages.device?.(content)) ?? devicePage(content)
  // The form of the page must send its origin, which `no-referrer` would hide.
  return page(200, html, { 'referrer-policy': 'same-origin' })
}
