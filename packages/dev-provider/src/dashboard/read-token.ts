import { KeyObject, verify } from 'node:crypto'
import type { ProviderContext } from '../state/context.js'
import { asSigned } from '../tokens/graph-nonce.js'

/** A decoded JWT. */
export interface DecodedToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly signature: SignatureState
}

/**
 * The state of a signature.
 *
 * - `'valid'`: a published key of this provider signed the token.
 * - `'changed'`: the header names a published key, but the signature does not fit.
 * - `'unknown-key'`: this provider does not publish the key.
 * - `'none'`: the token is not signed.
 */
export type SignatureState = 'valid' | 'changed' | 'unknown-key' | 'none'

/** Decodes a JWT and checks its signature. Returns `undefined` for other strings. */
export function readToken(context: ProviderContext, token: string): DecodedToken | undefined {
  const parts = token.split('.')
  const [head = '', body = '', signature = ''] = parts
  const header = decode(head)
  const claims = decode(body)
  if (parts.length !== 3 || header === undefined || claims === undefined) return undefined
  return { header, claims, signature: stateOf(context, token, header, signature) }
}

function stateOf(
  context: ProviderContext,
  token: string,
  { alg, kid }: Readonly<Record<string, unknown>>,
  signature: string,
): SignatureState {
  if (signature === '' || alg === 'none') return 'none'
  const published = context.keys.existing().find(({ key }) => key.kid === kid)
  if (published === undefined) return 'unknown-key'
  // Only a Graph token has a nonce that was hashed before signing.
  const signed = asSigned(token)
  const isValid = verify(
    'sha256',
    Buffer.from(signed.slice(0, signed.lastIndexOf('.'))),
    KeyObject.from(published.key.publicKey),
    Buffer.from(signature, 'base64url'),
  )
  return isValid ? 'valid' : 'changed'
}

function decode(part: string): Record<string, unknown> | undefined {
  if (!/^[\w-]+$/.test(part)) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
