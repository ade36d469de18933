import { SignJWT } from 'jose'
import type { SigningKey } from '../profiles/key-ring.js'
import type { Sign } from '../controls/tamper.js'

/** Makes the function that signs with a key, and lets tests override header and key. */
export function createSign(signingKey: SigningKey): Sign {
  return async (claims, header = {}, key) => {
    const protectedHeader = { typ: 'JWT', alg: 'RS256', kid: signingKey.kid, ...header }
    if (header['alg'] === 'none') {
      // The classic forgery, made for tests that must see it refused (RFC 8725, 2.1).
      return `${encode(protectedHeader)}.${encode(claims)}.`
    }
    return new SignJWT(claims)
      .setProtectedHeader(protectedHeader)
      .sign(key ?? signingKey.privateKey)
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
