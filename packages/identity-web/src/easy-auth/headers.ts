// Reads the headers of the platform.
import { hasBearer, type HttpContext } from '../http-context.ts'

/** The headers that the platform has added to a request, and the browser's cookies. A missing value is `''`. */
export interface PlatformHeaders {
  /** The claims of the user. */
  readonly principal: string
  readonly accessToken: string
  readonly expiresOn: string
  readonly refreshToken: string
  readonly idToken: string
  readonly cookie: string
}

/** The tokens that the platform passes on. */
export type PlatformTokens = Omit<PlatformHeaders, 'principal' | 'cookie'>

/**
 * Returns a signed-in user's headers as one string, which is used in place of the `Cookie` header.
 *
 * The platform also adds its headers for a client that sends a bearer token. However, this client can be an application
 * without a user, and another application can have received the token. Such a token is for `ApiAuth` instead, which
 * checks the permissions.
 *
 * @param provider - The identity provider, in lower case.
 * @returns `undefined` if no user is signed in with a session.
 */
export function readSource(
  request: Pick<HttpContext, 'header'>,
  provider: string,
): string | undefined {
  const principal = request.header('x-ms-client-principal')
  if (principal === undefined || principal === '') return undefined
  if (hasBearer(request)) return undefined
  const token = (name: string): string => request.header(`x-ms-token-${provider}-${name}`) ?? ''
  const cookie = request.header('cookie') ?? ''
  // A header cannot contain a line break.
  return `${principal}\n${token('access-token')}\n${token('expires-on')}\n${token('refresh-token')}\n${token('id-token')}\n${cookie}`
}

/** Returns the part of the string that identifies the sign-in. */
export function principalOf(source: string): string {
  const end = source.indexOf('\n')
  return end === -1 ? source : source.slice(0, end)
}

/** Returns the headers in the string from {@link readSource}. */
export function parseSource(source: string): PlatformHeaders {
  const parts = source.split('\n')
  const [
    principal = '',
    accessToken = '',
    expiresOn = '',
    refreshToken = '',
    idToken = '',
    cookie = '',
  ] = parts
  return { principal, accessToken, expiresOn, refreshToken, idToken, cookie }
}
