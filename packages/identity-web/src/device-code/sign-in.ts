// Starts a sign-in with a code.
import { signInScopes } from '../client/index.ts'
import { configurationError } from '../errors.ts'
import { USE_REDIRECT_URI } from '../options/problems.ts'
import { pageBaseOf, type RequestHeaders } from '../web/http/pages/frame.ts'
import { page, withCookies } from '../web/http/responses.ts'
import type { RouteRequest } from '../web/http/routes.ts'
import type { PageBase } from '../options/page-options.ts'
import type { StartedWay } from '../seams/sign-in-way.ts'
import {
  claimsRequestOf,
  purposeOf,
  type SignInStart,
  type Transaction,
} from '../web/runtime/transaction.ts'
import { toPurpose } from '../web/sign-in/start-sign-in.ts'
import {
  textsFor,
  type DeviceCodeOptions,
  type DevicePage,
  type StartedDeviceLogin,
} from './options.ts'
import type { DevicePacer } from './pacer.ts'
import { devicePage } from './page.ts'
import { requestDeviceCode, type DeviceCode } from './requests.ts'
import type { SignInServices } from '../web/sign-in/services.ts'

/** The services that the sign-in with a code uses. */
export interface DeviceServices extends SignInServices<any> {
  readonly options: DeviceCodeOptions
  readonly pacer: DevicePacer
}

/** A transaction for a sign-in with a code. */
export interface DeviceTransaction extends Transaction {
  readonly extra: DeviceCode
}

/** How long a poll can still get its response and its page after the code has expired, in seconds. */
const GRACE = 600

/**
 * Shows the code that the user types at the provider, on a page that polls for the result.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628 | RFC 8628}
 */
export async function startDeviceSignIn(
  services: DeviceServices,
  request: RouteRequest,
  start: SignInStart,
): Promise<Response> {
  const { data, cookies } = await prepareDeviceSignIn(services, request.cookieHeader, start)
  return withCookies(await codePage(services, request, { ...data, isRepeated: false }), cookies)
}

/**
 * Requests a code, and starts a transaction for it.
 *
 * @param cookieHeader - The request's `Cookie` header.
 * @throws IdentityError `configuration` if the provider does not support the device code flow.
 */
export async function prepareDeviceSignIn(
  services: DeviceServices,
  cookieHeader: string,
  start: SignInStart,
): Promise<StartedWay<StartedDeviceLogin>> {
  const { provider } = services
  const purpose = toPurpose(provider.signInDefaults, start)
  const { client } = provider
  const extra = await requestDeviceCode(client, {
    scopes: await signInScopes(client, purpose.scopes),
    claims: claimsRequestOf(purpose),
    extraParams: purpose.parameters.extraParams,
  })
  if (extra === undefined) {
    throw configurationError(
      `This provider does not support signIn: deviceCode(). ${USE_REDIRECT_URI}`,
    )
  }
  const toStart = { ...purpose, attempt: 0, expiresAt: extra.expiresAt + GRACE, extra }
  const { transaction, state, cookies } = await provider.transactions.start(toStart, cookieHeader)
  return { data: await toStartedLogin(services, { ...transaction, extra }, state), cookies }
}

/** @param state - The encrypted transaction. */
export async function toStartedLogin(
  { site, loginUrls, now }: DeviceServices,
  transaction: DeviceTransaction,
  state: string,
): Promise<StartedDeviceLogin> {
  const { userCode, verificationUri, verificationUriComplete, expiresAt, interval } =
    transaction.extra
  return {
    userCode,
    verificationUri,
    ...(verificationUriComplete !== undefined && { verificationUriComplete }),
    expiresInSeconds: Math.max(0, expiresAt - now()),
    intervalSeconds: Math.max(1, interval),
    pollUrl: site.paths.login,
    device: state,
    newCodeUrl: await loginUrls.toUrl(purposeOf(transaction)),
  }
}

/** Returns the page with the code. */
export async function codePage(
  { options, pages }: DeviceServices,
  request: RequestHeaders,
  code: Omit<DevicePage, keyof PageBase>,
): Promise<Response> {
  const frame = await pages.frames(request)
  const content: DevicePage = { ...pageBaseOf(frame), ...code }
  const html =
    (await options.page?.(content)) ?? devicePage(frame, textsFor(options, frame.language), content)
  // The page's form must send its origin, which `no-referrer` would hide.
  return page(200, html, { 'referrer-policy': 'same-origin' })
}
