import { isIdentityError } from '../../errors.ts'
import { answerError } from '../http/answer-error.ts'
import { json } from '../http/answers.ts'
import { isNavigation, toHttpContext } from '../http/navigation.ts'
import { loginUrl, readLoginUrl } from '../http/login-url.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { beginDeviceLogin } from './device-login.ts'
import { answerDevicePoll, readDevicePoll } from './device-poll.ts'
import { beginSignIn } from './sign-in.ts'

/** The login route: begins the sign-in that its URL asks for. Without a redirect URI its page polls here, too. */
export async function loginRoute<User>(
  runtime: WebRuntime<User>,
  request: Request,
): Promise<Response> {
  const poll = await readDevicePoll(runtime, request)
  if (poll !== undefined) return answerDevicePoll(runtime, request, poll)
  const start = await readLoginUrl(runtime, request.url)
  // A prefetched or scripted login would leave a flow behind that nobody asked for.
  if (isNavigation(toHttpContext(request))) return begin(runtime, request, start)
  return json(401, { error: 'login_required', loginUrl: await loginUrl(runtime, start) })
}

/** A sign-in that the application begins itself, wherever it likes. */
export async function login<User>(
  runtime: WebRuntime<User>,
  request: Request,
  start: SignInStart,
): Promise<Response> {
  const poll = await readDevicePoll(runtime, request)
  if (poll !== undefined) return answerDevicePoll(runtime, request, poll)
  return begin(runtime, request, start)
}

async function begin<User>(
  runtime: WebRuntime<User>,
  { method }: Request,
  start: SignInStart,
): Promise<Response> {
  try {
    return runtime.options.redirectUri === undefined
      ? await beginDeviceLogin(runtime, start)
      : await beginSignIn(runtime, start, { method })
  } catch (error) {
    if (!isIdentityError(error)) throw error
    return answerError(runtime, error, start)
  }
}
