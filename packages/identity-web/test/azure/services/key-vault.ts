import {
  constants,
  createHash,
  createPrivateKey,
  privateEncrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import type {
  Call,
  Reply,
  ServiceKind,
} from '../../../../../examples/azure-sdk/src/stand-ins/service.ts'

/** The App ID URI of the stand-in. Key Vault's client requires that the host of the vault is below it. */
export const VAULT = 'https://vault.localhost'

/** A vault with the versions of its key `app`. */
export interface KeyVault extends ServiceKind {
  /** Adds a version of the key `app`, which is then the newest. */
  addKey(privateKey: string): void
}

/**
 * A stand-in of Key Vault with the secret `me`, which contains the name of the caller, and the RSA key `app`. The tag
 * `caller` of the key is the name of the caller.
 *
 * @see {@link https://learn.microsoft.com/rest/api/keyvault/}
 */
export function keyVault(privateKey: string): KeyVault {
  const keys: KeyObject[] = []
  const addKey = (pem: string): void => void keys.push(createPrivateKey(pem))
  addKey(privateKey)
  return {
    host: 'contoso.vault.localhost',
    addKey,
    challenge: (authorizationUri, audience) =>
      `authorization="${authorizationUri}", resource="${audience}"`,
    respond(call) {
      const [, kind, name, version, action] = call.url.pathname.split('/')
      if (kind === 'secrets' && name === 'me') return secret(call)
      // A request without a version is for the newest one.
      const number = version === undefined || version === '' ? keys.length : Number(version)
      const key = keys[number - 1]
      if (kind !== 'keys' || name !== 'app' || key === undefined) return json({ error: {} }, 404)
      const kid = `${call.url.origin}/keys/app/${number}`
      if (action !== 'sign')
        return json({ ...describe(kid, key), tags: { caller: call.caller.name } })
      const { alg, value } = JSON.parse(call.body) as { alg: string; value: string }
      const signature = signDigest(key, alg, Buffer.from(value, 'base64url'))
      return signature === undefined
        ? json({ error: { code: 'BadParameter', message: 'Property has invalid value' } }, 400)
        : json({ kid, value: signature.toString('base64url') })
    },
  }
}

const ATTRIBUTES = { enabled: true, created: 1_796_000_000, updated: 1_796_000_000 }

const secret = ({ caller, url }: Call): Reply =>
  json({ value: caller.name, id: `${url.origin}/secrets/me/1`, attributes: ATTRIBUTES })

function describe(kid: string, key: KeyObject): object {
  const { n, e, kty } = key.export({ format: 'jwk' })
  return { key: { kid, kty, n, e, key_ops: ['sign', 'verify'] }, attributes: ATTRIBUTES }
}

function json(body: object, status = 200): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

const DIGEST_BYTES = 32
// The DER encoding of a DigestInfo with SHA-256, up to the digest (RFC 8017, section 9.2).
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex')

/** Signs a digest, which `node:crypto` cannot: it hashes the data itself. Returns `undefined` for a value that is not a digest. */
function signDigest(key: KeyObject, alg: string, digest: Buffer): Buffer | undefined {
  if (digest.length !== DIGEST_BYTES) return undefined
  if (alg === 'RS256') {
    const info = Buffer.concat([SHA256_INFO, digest])
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, info)
  }
  if (alg !== 'PS256') return undefined
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(digest, bits))
}

/** EMSA-PSS with a salt as long as the digest (RFC 8017, section 9.1.1), for a modulus of whole bytes. */
function encodePss(digest: Buffer, bits: number): Buffer {
  const salt = randomBytes(DIGEST_BYTES)
  const hash = sha256(Buffer.alloc(8), digest, salt)
  const size = bits / 8 - DIGEST_BYTES - 1
  const block = Buffer.concat([Buffer.alloc(size - DIGEST_BYTES - 1), Buffer.of(1), salt])
  const mask = Buffer.concat(
    Array.from({ length: Math.ceil(size / DIGEST_BYTES) }, (_, index) =>
      sha256(hash, Buffer.of(0, 0, 0, index)),
    ),
  )
  const masked = block.map((byte, index) => byte ^ (mask[index] ?? 0))
  masked[0] = (masked[0] ?? 0) & 0x7f
  return Buffer.concat([masked, hash, Buffer.of(0xbc)])
}

function sha256(...parts: Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}
