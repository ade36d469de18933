import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose'
import type { ProviderContext } from '../state/context.js'
import type { PublishedKey } from '../profiles/key-ring.js'
import { asSigned } from './graph-nonce.js'
import type { ProviderRequest } from '../protocol/http.js'

/** The result of checking a bearer token. */
export type BearerResult =
  | { readonly kind: 'valid'; readonly claims: JWTPayload; readonly token: string }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'invalid'
      readonly reason: 'malformed' | 'signature' | 'expired' | 'audience'
    }

/** The result of checking a token that this provider issued. */
type ProviderTokenResult =
  | {
      readonly kind: 'valid'
      readonly claims: JWTPayload
      /** The use of the key that signed the token. */
      readonly use: PublishedKey['use']
    }
  | { readonly kind: 'invalid'; readonly reason: 'malformed' | 'signature' | 'expired' }

/** Checks a bearer token with the keys of the provider, as an API would. */
export async function verifyBearer(
  context: ProviderContext,
  request: ProviderRequest,
  audiences: readonly string[],
): Promise<BearerResult> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
  if (token === undefined) return { kind: 'missing' }
  const result = await verifyProviderToken(context, token)
  if (result.kind === 'invalid') return result
  const { claims } = result
  const isForUs = typeof claims.aud === 'string' && audiences.includes(claims.aud)
  if (!isForUs) return { kind: 'invalid', reason: 'audience' }
  return { kind: 'valid', claims, token }
}

/** Checks the signature and the times of a token. The caller checks the audience and the issuer. */
export async function verifyProviderToken(
  context: ProviderContext,
  token: string,
): Promise<ProviderTokenResult> {
  const kid = readKid(token)
  if (kid === undefined) return { kind: 'invalid', reason: 'malformed' }
  const published = (await context.keys.published()).find(({ key }) => key.kid === kid)
  if (published === undefined) return { kind: 'invalid', reason: 'signature' }
  try {
    const { payload } = await jwtVerify(asSigned(token), published.key.publicKey, {
      algorithms: ['RS256'],
      // The clock that issued the token, so a wrong clock is wrong everywhere in the provider.
      currentDate: new Date(context.issueSeconds() * 1000),
    })
    return { kind: 'valid', claims: payload, use: published.use }
  } catch (error) {
    const code = (error as { code?: unknown }).code
    const isExpired = code === 'ERR_JWT_EXPIRED'
    return { kind: 'invalid', reason: isExpired ? 'expired' : 'signature' }
  }
}

function readKid(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    return undefined
  }
}
