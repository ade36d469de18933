import { createHash, randomBytes } from 'node:crypto'
import type { Sign } from '../controls/tamper.js'

/**
 * Returns a function that signs Graph tokens.
 *
 * The header contains a `nonce`, but the signature covers its hash. For that reason, only the
 * provider can check the signature (access-tokens, "Validate tokens").
 */
export function signForGraph(sign: Sign): Sign {
  return async (claims, header = {}, key) => {
    const nonce = randomBytes(32).toString('base64url')
    const signed = await sign(claims, { nonce: hashNonce(nonce), ...header }, key)
    return replaceNonce(signed, () => nonce)
  }
}

/** Returns a Graph token in the form that was signed, for the provider's own check. */
export function asSigned(token: string): string {
  return replaceNonce(token, hashNonce)
}

function replaceNonce(token: string, replace: (nonce: string) => string): string {
  const [head = '', ...rest] = token.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>
  const { nonce } = header
  if (typeof nonce !== 'string') return token
  const changed = Buffer.from(JSON.stringify({ ...header, nonce: replace(nonce) }))
  return [changed.toString('base64url'), ...rest].join('.')
}

function hashNonce(nonce: string): string {
  return createHash('sha256').update(nonce).digest('base64url')
}
