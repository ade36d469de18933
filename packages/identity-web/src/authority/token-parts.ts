import { fromBase64Url, isBase64Url } from '../base64.ts'
import type { SigningHeader } from './issuing-authority.ts'
import { parseObject } from './provider-documents.ts'

/** The parts of a token, decoded but not verified. Anyone can write them, so their values can have any type. */
export interface TokenParts {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** A token that {@link decodeToken} has decoded, so that it has its only valid spelling. */
export interface SignedToken {
  readonly token: string
  readonly header: SigningHeader
}

/**
 * Decodes a token in the compact form, without verifying it. Each part must have its only valid spelling, because the
 * signature does not cover its own spelling.
 *
 * @returns `undefined` if the string is not a JSON Web Token.
 */
export function decodeToken(token: string): TokenParts | undefined {
  const [first = '', second = '', signature, more] = token.split('.', 4)
  if (signature === undefined || more !== undefined || !isBase64Url(signature)) return undefined
  const header = toObject(first)
  if (header === undefined) return undefined
  const claims = toObject(second)
  return claims && { header, claims }
}

// Several invalid byte sequences would become the same character, so that different tokens could name the same user.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function toObject(encoded: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = fromBase64Url(encoded)
  if (bytes === undefined) return undefined
  let json: string
  try {
    json = decoder.decode(bytes)
  } catch {
    return undefined
  }
  return parseObject(json)
}
