import type { WebRuntime } from '../runtime/runtime.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { toReturnPath } from './return-to.ts'

/**
 * The URL at which a page visitor begins a sign-in: what scripts are told, and error pages link to.
 *
 * More than a return path is sealed: a link made by somebody else must not ask a user for other scopes.
 */
export async function loginUrl<User>(
  { base, origin, paths, loginRequests }: WebRuntime<User>,
  { returnTo, ...request }: SignInStart,
): Promise<string> {
  const url = new URL(paths.login, base)
  url.searchParams.set('return_to', returnTo)
  if (Object.values(request).some((value) => value !== undefined)) {
    url.searchParams.set('request', await loginRequests.seal(request))
  }
  // Without a redirect URI nobody knows the application's address but its visitors.
  return origin === undefined ? url.pathname + url.search : url.href
}

/** The sign-in that the URL of the login route asks for. */
export async function readLoginUrl<User>(
  runtime: WebRuntime<User>,
  url: string,
): Promise<SignInStart> {
  const { searchParams } = new URL(url)
  const sealed = searchParams.get('request')
  const asked = sealed === null ? undefined : await runtime.loginRequests.open(sealed)
  return {
    ...(asked as Partial<SignInStart> | undefined),
    returnTo: returnPath(runtime, searchParams.get('return_to')),
  }
}

/** A return path that is safe to send a user to: the root for everything else, and for the routes of sign-in. */
export function returnPath<User>({ base, paths }: WebRuntime<User>, value: unknown): string {
  const path = toReturnPath(value, base)
  if (path === undefined) return '/'
  const { pathname } = new URL(path, base)
  // Back to the logout route would end the session that was just begun.
  return Object.values(paths).includes(pathname) && pathname !== '/' ? '/' : path
}
