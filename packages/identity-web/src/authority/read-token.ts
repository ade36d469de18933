import type { JWTPayload } from 'jose'
import { isIdentityError } from '../errors.ts'
import type { TokenRejection } from './token-rejection.ts'

/** The header and the claims of a token. */
export interface TokenContents {
  readonly header: { readonly alg: string; readonly kid?: string; readonly typ?: string }
  readonly claims: JWTPayload
}

/**
 * Decodes a token without verifying it.
 *
 * @param reject - Creates the error if the token cannot be decoded.
 */
export async function readToken(token: string, reject: TokenRejection): Promise<TokenContents> {
  const { decodeJwt, decodeProtectedHeader } = await import('jose')
  try {
    const { alg, kid, typ } = decodeProtectedHeader(token)
    if (typeof alg !== 'string') throw reject('it does not contain an algorithm (alg)')
    return {
      header: { alg, ...(kid !== undefined && { kid }), ...(typ !== undefined && { typ }) },
      claims: decodeJwt(token),
    }
  } catch (error) {
    throw isIdentityError(error) ? error : reject('it is not a JSON Web Token', { cause: error })
  }
}
