import { createHash, randomBytes } from 'node:crypto'
import type { Sign } from '../controls/tamper.js'

/**
 * Makes Graph's tokens Graph's own: the header shows a `nonce` of which only the hash was signed, so nobody else can
 * check the signature (access-tokens, "Validate tokens").
 */
export function signForGraph(sign: Sign): Sign {
  return async (claims, header = {}, key) => {
    const nonce = randomBytes(32).toString('base64url')
    const signed = await sign(claims, { nonce: hash(nonce), ...header }, key)
    return replaceNonce(signed, () => nonce)
  }
}

/** The token as it was signed, which only the provider itself needs to know. */
export function asSigned(token: string): string {
  return replaceNonce(token, hash)
}

function replaceNonce(token: string, replace: (nonce: string) => string): string {
  const [head = '', ...rest] = token.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>
  const { nonce } = header
  if (typeof nonce !== 'string') return token
  const changed = Buffer.from(JSON.stringify({ ...header, nonce: replace(nonce) }))
  return [changed.toString('base64url'), ...rest].join('.')
}

function hash(nonce: string): string {
  return createHash('sha256').update(nonce).digest('base64url')
}
