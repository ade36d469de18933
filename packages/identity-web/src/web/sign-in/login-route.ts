import { IdentityError } from '../../errors.ts'
import { loginUrlJson } from '../http/login-urls.ts'
import type { RouteRequest } from '../http/routes.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { LoginParameters } from './login-parameters.ts'
import { readDevicePoll, respondToDevicePoll, type DevicePollServices } from './device-poll.ts'
import { startDeviceSignIn } from './start-device-sign-in.ts'
import { startSignIn } from './start-sign-in.ts'

/** The services that the login route uses. */
export interface LoginRouteServices<User> extends DevicePollServices<User> {
  readonly loginParameters: LoginParameters
}

/** The login route starts the sign-in of its URL. In the device code flow, its page polls here as well. */
export async function loginRoute<User>(
  services: LoginRouteServices<User>,
  request: RouteRequest,
): Promise<Response> {
  const { loginParameters, loginUrls } = services
  const poll = await readDevicePoll(services, request)
  if (poll !== undefined) return respondToDevicePoll(services, request, poll)
  const read = await loginUrls.read(request.url)
  const parameters = loginParameters(new URL(request.url))
  // The encrypted parameters take precedence, because a page requires them.
  const start =
    parameters === undefined ? read : { ...read, parameters: { ...parameters, ...read.parameters } }
  // A prefetch or a script would start a flow that the user did not ask for.
  if (request.isNavigation()) return startEitherFlow(services, request, start)
  return loginUrlJson(services, start)
}

/** Starts a sign-in for `auth.login()`. A prefetch and a script get the URL that starts it. */
export async function login<User>(
  services: DevicePollServices<User>,
  request: RouteRequest,
  start: SignInStart,
): Promise<Response> {
  const poll = await readDevicePoll(services, request)
  if (poll !== undefined) return respondToDevicePoll(services, request, poll)
  if (request.isNavigation()) return startEitherFlow(services, request, start)
  return loginUrlJson(services, start)
}

async function startEitherFlow<User>(
  services: DevicePollServices<User>,
  request: RouteRequest,
  start: SignInStart,
): Promise<Response> {
  const { cookieHeader, method } = request
  try {
    return services.flow.kind === 'device-code'
      ? await startDeviceSignIn(services, start, request)
      : await startSignIn(services, start, { cookieHeader, method })
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    return services.errorResponses.toResponse(request, error, start)
  }
}
