import type { JWTPayload } from 'jose'
import { isIdentityError } from '../errors.ts'
import type { TokenRejection } from './token-rejection.ts'

/** What a token says of itself, verified or not. */
export interface TokenContents {
  readonly header: { readonly alg: string; readonly kid?: string; readonly typ?: string }
  readonly claims: JWTPayload
}

/**
 * Reads a token without verifying anything.
 *
 * @param reject - Makes the error of a token that can't be read.
 */
export async function readToken(token: string, reject: TokenRejection): Promise<TokenContents> {
  const { decodeJwt, decodeProtectedHeader } = await import('jose')
  try {
    const { alg, kid, typ } = decodeProtectedHeader(token)
    if (typeof alg !== 'string') throw reject('it names no algorithm')
    return {
      header: { alg, ...(kid !== undefined && { kid }), ...(typ !== undefined && { typ }) },
      claims: decodeJwt(token),
    }
  } catch (error) {
    throw isIdentityError(error) ? error : reject('it is not a JSON Web Token', { cause: error })
  }
}
