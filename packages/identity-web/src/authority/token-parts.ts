import { isBase64Url, stringFromBase64Url } from '../base64.ts'
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
  const header = toHeader(first)
  if (header === undefined) return undefined
  const claims = toObject(second)
  return claims && { header, claims }
}

type JsonObject = Readonly<Record<string, unknown>>

// Nearly all tokens of a provider have the same header. One entry is enough, and forged headers cannot fill it.
let latest: { readonly encoded: string; readonly header: JsonObject } | undefined

function toHeader(encoded: string): JsonObject | undefined {
  if (latest?.encoded === encoded) return latest.header
  const header = toObject(encoded)
  if (header !== undefined) latest = { encoded, header }
  return header
}

function toObject(encoded: string): JsonObject | undefined {
  return parseObject(stringFromBase64Url(encoded) ?? '')
}
