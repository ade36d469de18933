import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { loadLater } from '../../load-later.ts'
import type { DevicePage } from '../options/pages.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { DeviceSignInServices } from './start-device-sign-in.ts'
import { prepareSignIn } from './start-sign-in.ts'

const loadDeviceFlow = loadLater('the device code flow', () => import('./device-flow.ts'))

/** The data of a sign-in that `auth.startLogin()` started. @public */
export type StartedLogin = StartedCodeLogin | StartedDeviceLogin

/** A sign-in at the provider's page. The result of `auth.startLogin()` without `flow: 'device-code'`. @public */
export interface StartedCodeLogin {
  /** Distinguishes the results. */
  readonly flow: 'code'
  /** The URL of the provider. Send the browser there. It works once, and only in the browser that gets the response. */
  readonly url: string
}

/** A sign-in with a code. The result of `auth.startLogin()` with `flow: 'device-code'`. @public */
export interface StartedDeviceLogin extends Omit<
  DevicePage,
  'isRepeated' | 'language' | 'appName'
> {
  /** Distinguishes the results. */
  readonly flow: 'device-code'
}

/**
 * Starts a sign-in and returns the data for the browser. The response of the application gets the flow's cookie.
 *
 * @throws IdentityError if the provider cannot be reached or rejects the request, or the response cannot set a cookie.
 */
export async function startLogin(
  services: DeviceSignInServices,
  http: HttpContext,
  start: SignInStart,
): Promise<StartedLogin> {
  const { flow } = services
  const cookieHeader = http.header('cookie') ?? ''
  if (flow.kind === 'code') {
    const toPrepare = { start, cookieHeader, attempt: 0 }
    const { url, cookies } = await prepareSignIn(services, flow, toPrepare)
    setFlowCookies(http, cookies)
    return { flow: 'code', url: url.href }
  }
  if (flow.kind === 'platform') return { flow: 'code', url: await services.loginUrls.toUrl(start) }
  const { prepareDeviceSignIn } = await loadDeviceFlow()
  const { cookies, content } = await prepareDeviceSignIn(services, start, cookieHeader)
  setFlowCookies(http, cookies)
  const { isRepeated: _, ...data } = content
  return { flow: 'device-code', ...data }
}

function setFlowCookies(http: HttpContext, cookies: readonly string[]): void {
  if (http.setCookies(cookies)) {
    http.noStore()
    return
  }
  throw new IdentityError(
    'configuration',
    'startLogin() must set a cookie, but the headers of this response are already sent or cannot be changed. Call it in a route handler, before you send the response. With identity-web/fetch, call it inside auth.respond().',
  )
}
