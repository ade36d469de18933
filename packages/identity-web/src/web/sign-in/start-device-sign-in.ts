import { requestDeviceCode, signInScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { USE_REDIRECT_URI } from '../../settings/missing.ts'
import { devicePage } from '../http/pages/device-page.ts'
import {
  pageBaseOf,
  type PageFrame,
  type PageFrames,
  type RequestHeaders,
} from '../http/pages/frame.ts'
import { page, withCookies } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import type { DevicePage, PageBase, Pages } from '../options/pages.ts'
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
  readonly frames: PageFrames
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
  request: RouteRequest,
): Promise<Response> {
  const { frames, pages } = services
  const { cookies, content } = await prepareDeviceSignIn(services, start, request.cookieHeader)
  return withCookies(await renderDevicePage(pages, await frames(request), content), cookies)
}

/** The data for a browser that shows the code. */
export interface PreparedDeviceSignIn {
  readonly content: DeviceCode
  /** The `Set-Cookie` values that bind the sign-in to the browser. */
  readonly cookies: readonly string[]
}

/**
 * Requests a code, and starts a transaction for it.
 *
 * @param cookieHeader - The `Cookie` header of the request.
 * @throws IdentityError `configuration` if the provider does not support the device code flow.
 */
export async function prepareDeviceSignIn(
  services: DeviceSignInServices,
  start: SignInStart,
  cookieHeader: string,
): Promise<PreparedDeviceSignIn> {
  const { clients, signInDefaults, transactions } = services
  const purpose = toPurpose(signInDefaults, start)
  const { client } = clients.byUserFlow.get(purpose.userFlow) ?? clients.main
  const device = await requestDeviceCode(client, {
    scopes: await signInScopes(client, purpose.scopes),
    claims: claimsRequestOf(purpose),
    extraParams: purpose.parameters.extraParams,
  })
  if (device === undefined) {
    throw new IdentityError(
      'configuration',
      `This provider does not support flow: 'device-code'. ${USE_REDIRECT_URI}`,
    )
  }
  const started = await transactions.start({ ...purpose, attempt: 0, device }, cookieHeader)
  const { transaction, state, cookies } = started
  return { content: await toDeviceCode(services, { ...transaction, device }, { state }), cookies }
}

/** The content of the page, without the values that every page has. */
type DeviceCode = Omit<DevicePage, keyof PageBase>

/** How the page with the code is shown. */
export interface DeviceCodeDisplay {
  readonly request: RequestHeaders
  /** The encrypted transaction. */
  readonly state: string
  /** Whether the user posted the form before they entered the code at the provider. @defaultValue `false` */
  readonly isRepeated?: boolean
}

/** Returns the page with the code. */
export async function showDeviceCode(
  services: DeviceSignInServices,
  transaction: DeviceTransaction,
  display: DeviceCodeDisplay,
): Promise<Response> {
  const { frames, pages } = services
  const content = await toDeviceCode(services, transaction, display)
  return renderDevicePage(pages, await frames(display.request), content)
}

async function renderDevicePage(
  pages: Pages,
  frame: PageFrame,
  code: DeviceCode,
): Promise<Response> {
  const content: DevicePage = { ...pageBaseOf(frame), ...code }
  const html = (await pages.device?.(content)) ?? devicePage(frame, content)
  // The form of the page must send its origin, which `no-referrer` would hide.
  return page(200, html, { 'referrer-policy': 'same-origin' })
}

async function toDeviceCode(
  { flow, loginUrls, now }: DeviceSignInServices,
  transaction: DeviceTransaction,
  { state, isRepeated = false }: Omit<DeviceCodeDisplay, 'request'>,
): Promise<DeviceCode> {
  const { device } = transaction
  const { userCode, verificationUri, verificationUriComplete } = device
  return {
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
}
