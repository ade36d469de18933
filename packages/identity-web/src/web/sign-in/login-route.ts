// The login route.
import { configurationError, IdentityError } from '../../errors.ts'
import { loadPages } from '../http/load-pages.ts'
import { CONTINUE, loginUrlJson } from '../http/login-urls.ts'
import type { RouteRequest } from '../http/routes.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { hasResult, respondToSilentEnd } from './silent-sign-in.ts'
import { startSignIn } from './start-sign-in.ts'
import { readThirdPartyLogin } from './third-party-login.ts'
import type { SignInServices } from './services.ts'

/** The login route. It starts the sign-in that its URL describes, and responds to the polls of a page with a code. */
export async function loginRoute<User>(
  services: SignInServices<User>,
  request: RouteRequest,
): Promise<Response> {
  const polled = await services.site.signIn.way?.poll?.(services, request)
  if (polled !== undefined) return polled
  const start =
    (await readThirdPartyLogin(services, request)) ?? (await readLoginUrl(services, request))
  if (
    services.sessions.strictCookies !== undefined &&
    new URL(request.url).searchParams.has(CONTINUE)
  ) {
    const { continueFromLink } = await loadPages()
    const response = await continueFromLink(services, request, start.returnTo)
    if (response !== undefined) return response
  }
  return startEitherFlow(services, request, start)
}

function silentLoop(): IdentityError {
  return configurationError(
    'auth.login({ onlySilent: true }) was called for a URL with login_error, which is the result of the last silent sign-in. Another silent sign-in would return here again. Call auth.login() only if the URL does not contain login_error.',
  )
}

async function readLoginUrl<User>(
  { loginParameters, loginUrls }: SignInServices<User>,
  { url }: RouteRequest,
): Promise<SignInStart> {
  const read = await loginUrls.read(url)
  const parameters = loginParameters(new URL(url).searchParams)
  // The encrypted parameters take precedence, because a page requires them.
  return parameters === undefined
    ? read
    : { ...read, parameters: { ...parameters, ...read.parameters } }
}

/** Starts a sign-in for `auth.login()`. A prefetch or a script gets the URL that starts the sign-in instead. */
export async function login<User>(
  services: SignInServices<User>,
  request: RouteRequest,
  start: SignInStart,
): Promise<Response> {
  const polled = await services.site.signIn.way?.poll?.(services, request)
  if (polled !== undefined) return polled
  if (start.onlySilent === true && hasResult(request.url)) throw silentLoop()
  return startEitherFlow(services, request, start)
}

async function startEitherFlow<User>(
  services: SignInServices<User>,
  request: RouteRequest,
  start: SignInStart,
): Promise<Response> {
  // A prefetch or a script would start a flow that the user did not ask for.
  if (!request.isNavigation()) return loginUrlJson(services, start)
  const { cookieHeader, method } = request
  const { way } = services.site.signIn
  try {
    return way === undefined
      ? await startSignIn(services, start, { cookieHeader, method, request })
      : await way.login(services, request, start)
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    const { returnTo } = start
    if (start.onlySilent === true) return respondToSilentEnd(services, { returnTo, error }, method)
    return services.pages.errors.toResponse(request, error, start)
  }
}
