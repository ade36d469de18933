import type { HttpContext } from '../../http-context.ts'
import { IdentityError } from '../../errors.ts'
import { reject } from './rejection.ts'

// Entra ID's largest tokens, with 200 groups, have some 11,000 characters.
const MAX_TOKEN = 16_384

const BEARER = 'bearer '
// Not the commas of `Digest`, which has parameters.
const SECOND = /, *(?:bearer|basic|digest|dpop|negotiate)\b/i
const OTHER_SCHEME =
  /^(basic|digest|dpop|gnap|hawk|hoba|mutual|negotiate|ntlm|pop|scram-sha-\d+|vapid) /i

/**
 * The bearer token of a request, from the `Authorization` header and from nowhere else: in a URL it would be in logs
 * and histories. What it consists of is for {@link assertTokenSyntax}: a token that was seen before needs no such look.
 *
 * @returns `undefined` where the request brings no credentials, or those of another scheme.
 * @throws IdentityError `invalid_request` for a header that makes no sense; `invalid_token` for a token that is too long.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2 | RFC 6750, section 2}
 */
export function readBearer(http: HttpContext): string | undefined {
  const header = http.header('authorization')
  if (header === undefined) return undefined
  // The scheme's case doesn't matter (RFC 9110, section 11.1).
  if (header.slice(0, BEARER.length).toLowerCase() !== BEARER) {
    if (SECOND.test(header)) throw twoHeaders()
    // As with no credentials at all (RFC 6750, section 3.1). A token for DPoP never becomes a plain one.
    if (OTHER_SCHEME.test(header)) return undefined
    // Nothing of it is repeated: it may be a secret that lacks its scheme.
    throw invalidRequest('The Authorization header is not "Bearer", a space and a token')
  }
  const token = header.slice(BEARER.length).trimStart()
  if (token.length > MAX_TOKEN) throw reject(`it is longer than ${MAX_TOKEN} characters`)
  if (isInUrl(http)) {
    throw invalidRequest('The request brings two tokens, one of them in its URL')
  }
  return token
}

/**
 * Tells a token that is none from a header that makes no sense.
 *
 * @throws IdentityError `invalid_request`.
 */
export function assertTokenSyntax(token: string): void {
  // `b64token`, RFC 6750, section 2.1.
  if (/^[\w.~+/-]+=*$/.test(token)) return
  throw SECOND.test(token)
    ? twoHeaders()
    : invalidRequest('What follows "Bearer" in the Authorization header is no token')
}

/** Whether the URL brings a token, which is not looked at. */
export function isInUrl({ url }: HttpContext): boolean {
  return url.includes('access_token=') && /[?&]access_token=/.test(url)
}

function twoHeaders(): IdentityError {
  return invalidRequest('The request has more than one Authorization header')
}

function invalidRequest(what: string): IdentityError {
  return new IdentityError('invalid_request', `${what}.`)
}
