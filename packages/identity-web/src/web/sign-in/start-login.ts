// `startLogin()`: a sign-in with the application's own redirect.
import { configurationError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { prepareSignIn } from './start-sign-in.ts'
import type { SignInServices } from './services.ts'

/** A started sign-in, which `auth.startLogin()` returns. @public */
export interface StartedCodeLogin {
  /**
   * The provider's URL. Send the browser to this URL. It works once, and only in the browser that gets the response.
   * With the option `signIn`, it is the URL of the page that starts the sign-in.
   */
  readonly url: string
}

/**
 * Starts a sign-in, adds the flow's cookie to the application's response, and returns the data for the browser.
 *
 * @throws IdentityError if the provider cannot be reached or rejects the request, or the response cannot set a cookie.
 */
export async function startLogin<User>(
  services: SignInServices<User>,
  http: HttpContext,
  start: SignInStart,
): Promise<StartedCodeLogin> {
  const { site, loginUrls } = services
  if (site.signIn.kind !== 'code') return { url: await loginUrls.toUrl(start) }
  const toPrepare = { start, cookieHeader: cookieHeaderOf(http), attempt: 0 }
  const { url, cookies } = await prepareSignIn(services, site.signIn, toPrepare)
  setFlowCookies(http, cookies)
  return { url: url.href }
}

/**
 * Starts a sign-in with the option `signIn`, and returns the data for the application's page.
 *
 * @returns `undefined` if this option is not set, or if its way to sign in does not have such data.
 */
export async function startWay<User>(
  services: SignInServices<User>,
  http: HttpContext,
  start: SignInStart,
): Promise<unknown> {
  const started = await services.site.signIn.way?.start?.(services, cookieHeaderOf(http), start)
  if (started === undefined) return undefined
  setFlowCookies(http, started.cookies)
  return started.data
}

function cookieHeaderOf(http: HttpContext): string {
  return http.header('cookie') ?? ''
}

function setFlowCookies(http: HttpContext, cookies: readonly string[]): void {
  if (http.setCookies(cookies)) {
    http.noStore()
    return
  }
  throw configurationError(
    'The start of a sign-in must set a cookie, but the headers of this response are already sent or cannot be changed. Start the sign-in in a route handler, before you send the response. With identity-web/fetch, start it inside auth.respond().',
  )
}
