import { KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import type { KeyChoice, SignOptions } from '../controls/access-token-request.js'
import type { Sign } from '../controls/tamper.js'
import type { KeyRing, SigningKey } from './key-ring.js'

/** Creates a function that signs with a key. Tests can override the header and the key. */
export function createSign(signingKey: SigningKey): Sign {
  return async (claims, header = {}, key) => {
    const protectedHeader = { typ: 'JWT', alg: 'RS256', kid: signingKey.kid, ...header }
    const { alg } = protectedHeader
    if (alg === 'none') {
      // A token without a signature, for tests that check its rejection (RFC 8725, section 2.1).
      return `${encode(protectedHeader)}.${encode(claims)}.`
    }
    return new SignJWT(claims)
      .setProtectedHeader(protectedHeader)
      .sign(key ?? (alg.startsWith('HS') ? publicKeyPem(signingKey) : signingKey.privateKey), {
        // The recipient must reject unknown extensions, so they are allowed here (RFC 7515, section
        // 4.1.11).
        crit: Object.fromEntries(namesOf(header['crit']).map((name) => [name, true])),
      })
  }
}

/** Signs the claims of a test without changing them. */
export async function signClaims(
  keys: KeyRing,
  claims: Readonly<Record<string, unknown>>,
  { header = {}, key }: SignOptions = {},
): Promise<string> {
  const signingKey = await (key === 'consumers' ? keys.consumers() : keys.main())
  return createSign(signingKey)({ ...claims }, { ...header }, await keyOf(keys, key))
}

/** Returns the key of a choice, or `undefined` for the right key. */
export async function keyOf(
  keys: KeyRing,
  choice: KeyChoice | undefined,
): Promise<CryptoKey | Uint8Array | undefined> {
  if (choice === undefined) return undefined
  if (typeof choice !== 'string') return choice
  return (await keys[choice]()).privateKey
}

/**
 * Returns the public key as a secret. A verifier that trusts the `alg` header accepts its HMAC (RFC
 * 8725, section 2.1).
 */
function publicKeyPem({ publicKey }: SigningKey): Uint8Array {
  return Buffer.from(KeyObject.from(publicKey).export({ type: 'spki', format: 'pem' }))
}

function namesOf(crit: unknown): string[] {
  return Array.isArray(crit) ? crit.filter((name) => typeof name === 'string') : []
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
