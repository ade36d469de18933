// Reads the token from the header, and rejects it in a URL.
import type { HttpContext } from '../../http-context.ts'
import { IdentityError } from '../../errors.ts'
import { rejectAccessToken } from './rules.ts'

// Entra ID's largest tokens contain 200 groups and have about 11,000 characters.
const MAX_TOKEN = 16_384

const BEARER = 'bearer '
// Not just any comma: the parameters of `Digest` are separated by commas.
const SECOND_HEADER = /, *(?:bearer|basic|digest|dpop|negotiate)\b/i
const OTHER_SCHEME =
  /^(basic|digest|dpop|gnap|hawk|hoba|mutual|negotiate|ntlm|pop|scram-sha-\d+|vapid) /i

/**
 * Reads a request's bearer token from the `Authorization` header. A token in the URL is never accepted, because logs
 * and browser histories store URLs.
 *
 * {@link assertTokenSyntax} checks the token's characters, but only if it was not verified before.
 *
 * @returns The token, or `undefined` if the request does not have credentials, or if they have another scheme.
 * @throws IdentityError `invalid_request` for a malformed header, and `invalid_token` for a token that is too long.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2 | RFC 6750, section 2}
 */
export function readBearer(http: HttpContext): string | undefined {
  const header = http.header('authorization')
  if (header === undefined) return undefined
  // The case of the scheme does not matter (RFC 9110, section 11.1).
  if (header.slice(0, BEARER.length).toLowerCase() !== BEARER) {
    if (SECOND_HEADER.test(header)) throw twoHeaders()
    // Treated as a request without credentials (RFC 6750, section 3.1). A DPoP token is never used as a bearer token.
    if (OTHER_SCHEME.test(header)) return undefined
    // The error does not contain the header, which may be a secret without its scheme.
    throw invalidRequest('The Authorization header must be "Bearer", a space and a token')
  }
  const token = header.slice(BEARER.length).trimStart()
  if (token.length > MAX_TOKEN)
    throw rejectAccessToken('format', `it is longer than ${MAX_TOKEN} characters`)
  if (isInUrl(http)) {
    throw invalidRequest('The request contains two tokens, one of them in its URL')
  }
  return token
}

/**
 * Checks that a token contains only characters that a bearer token may have.
 *
 * @throws IdentityError `invalid_request` if the token contains other characters.
 */
export function assertTokenSyntax(token: string): void {
  // `b64token`, RFC 6750, section 2.1.
  if (/^[\w.~+/-]+=*$/.test(token)) return
  throw SECOND_HEADER.test(token)
    ? twoHeaders()
    : invalidRequest('The value after "Bearer" in the Authorization header is not a token')
}

/** Returns whether the URL contains a token, which is ignored. */
export function isInUrl({ url }: HttpContext): boolean {
  return url.includes('access_token=') && /[?&]access_token=/.test(url)
}

function twoHeaders(): IdentityError {
  return invalidRequest('The request has more than one Authorization header')
}

function invalidRequest(problem: string): IdentityError {
  return new IdentityError('invalid_request', `${problem}.`)
}
