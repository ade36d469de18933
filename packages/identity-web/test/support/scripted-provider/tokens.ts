import { createHash } from 'node:crypto'
import { SignJWT, UnsecuredJWT, type JWK } from 'jose'
import { nextKey, type ProviderKeyPair } from './keys.ts'
import type { ProviderScript, TokenClaims } from './script.ts'

/** Signs the tokens of a provider, and publishes its keys. */
export interface TokenSigner {
  /** The public keys, without those that a rotation removed. */
  keys(): Promise<readonly JWK[]>
  rotate(): void
  sign(claims: TokenClaims, options: SignOptions): Promise<string>
}

interface SignOptions {
  readonly algorithm: 'RS256' | 'ES256' | 'HS256' | 'none'
  readonly typ?: string
  /** Whether the signature is changed after signing. */
  readonly hasWrongSignature?: boolean
}

interface KeySet {
  readonly rsa: readonly ProviderKeyPair[]
  readonly ec: ProviderKeyPair
}

export function createTokenSigner(script: ProviderScript, clientSecret: string): TokenSigner {
  const { hasKids = true, rsaKeys = 2 } = script
  let current = createKeys(rsaKeys)
  const header = (alg: string, kid: string, typ?: string): { alg: string } => ({
    alg,
    ...(hasKids && { kid }),
    ...(typ !== undefined && { typ }),
  })

  async function toJws(claims: TokenClaims, { algorithm, typ }: SignOptions): Promise<string> {
    const jwt = new SignJWT(claims)
    if (algorithm === 'none') return new UnsecuredJWT(claims).encode()
    if (algorithm === 'HS256') {
      return jwt.setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(clientSecret))
    }
    const { rsa, ec } = await current
    // The last key signs, so that a client that uses the first key of the set fails.
    const key = algorithm === 'ES256' ? ec : rsa.at(-1)
    if (key === undefined) throw new Error('The script publishes no RSA key.')
    return jwt.setProtectedHeader(header(algorithm, key.kid, typ)).sign(key.privateKey)
  }

  return {
    async keys() {
      const { rsa, ec } = await current
      return [...rsa, ec].map(({ kid, publicJwk }) => ({
        ...publicJwk,
        use: 'sig',
        ...(hasKids && { kid }),
      }))
    },
    rotate() {
      current = createKeys(rsaKeys)
    },
    async sign(claims, options) {
      const token = await toJws(JSON.parse(JSON.stringify(claims)) as TokenClaims, options)
      return options.hasWrongSignature === true ? withWrongSignature(token) : token
    },
  }
}

async function createKeys(rsaKeys: number): Promise<KeySet> {
  const rsa = await Promise.all(Array.from({ length: rsaKeys }, () => nextKey('RS256')))
  return { rsa, ec: await nextKey('ES256') }
}

function withWrongSignature(token: string): string {
  const [header, payload, signature = ''] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[0] = (bytes[0] ?? 0) ^ 0xff
  return [header, payload, bytes.toString('base64url')].join('.')
}

/** Returns the value of `at_hash` for RS256, ES256 and HS256 (OpenID Connect Core, section 3.1.3.6). */
export function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')
}

/** Returns the PKCE challenge of a verifier. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
