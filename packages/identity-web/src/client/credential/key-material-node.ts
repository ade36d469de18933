// Reads keys and certificates from files, on Node.js.
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { fromBase64 } from '../../base64.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import type { CertificateCredential } from './client-credential.ts'
import type { Bytes } from './der.ts'
import {
  fromPem,
  isEncrypted,
  isPem,
  type CertificateFacts,
  type KeyMaterial,
  type PemBlock,
} from './pem.ts'
import { readPkcs12 } from './pkcs12/pkcs12.ts'

// Keys for Node.js: files, PKCS#12, encrypted keys and PKCS#1. It exports the same functions as
// key-material-web.ts.

const MAX_BYTES = 1_000_000
/**
 * Matches DER in base64, but not a path that starts with the same letters, because a path contains a dot or is short.
 */
const BASE64 = /^\s*MI[\w+/\s-]{100,}(?:={1,2}\s*)?$/

/**
 * Reads a credential's key and certificates.
 *
 * @throws IdentityError `configuration` for a file that cannot be read, and for an invalid key.
 */
export async function loadKeyMaterial(
  credential: CertificateCredential,
  name: string,
): Promise<KeyMaterial> {
  const { certificate, privateKey, pfx, passphrase } = credential
  if (pfx !== undefined) {
    return readPkcs12(await bytesOfPfx(pfx, `${name}.pfx`), { name: `${name}.pfx`, passphrase })
  }
  const strings = {
    name,
    certificate: await pemOf(certificate, `${name}.certificate`),
    privateKey: await pemOf(privateKey, `${name}.privateKey`),
  }
  return fromPem(strings, (block) => toPkcs8(block, name, passphrase))
}

/** Returns a string that changes when one of the credential's files changes. */
export async function fileVersion({
  certificate,
  privateKey,
  pfx,
}: CertificateCredential): Promise<string> {
  const paths = [
    ...[certificate, privateKey].filter((value) => value !== undefined && !isPem(value)),
    ...(typeof pfx === 'string' && !BASE64.test(pfx) ? [pfx] : []),
  ] as string[]
  const versions = await Promise.all(
    paths.map(async (path) => {
      try {
        const { mtimeMs, size, ino } = await stat(path)
        return `${mtimeMs} ${size} ${ino}`
      } catch {
        return 'none'
      }
    }),
  )
  return versions.join(', ')
}

/** @throws IdentityError `configuration` if the file cannot be read. */
export async function readTextFile(path: string, name: string): Promise<string> {
  return (await readBytes(path, name)).toString('utf8')
}

/** @throws Error when the bytes are not a certificate. */
export function readCertificate(bytes: Bytes): CertificateFacts {
  const { publicKey, validTo } = new X509Certificate(bytes)
  return { modulus: modulusOf(publicKey), notAfter: Date.parse(validTo) / 1000 }
}

/**
 * Returns a private key's RSA modulus in hexadecimal, or `undefined` for a key that is not RSA.
 *
 * @throws Error when the bytes are not a private key.
 */
export function modulusOfPrivateKey(pkcs8: Bytes): string | undefined {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  return modulusOf(createPublicKey(key))
}

function modulusOf(publicKey: KeyObject): string | undefined {
  if (publicKey.asymmetricKeyType !== 'rsa') return undefined
  return Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url').toString('hex')
}

async function readBytes(path: string, name: string): Promise<Buffer> {
  try {
    const file = await stat(path)
    if (!file.isFile())
      throw configurationError(`${name} is not a file${at(path)}. Set it to the path of a file.`)
    if (file.size > MAX_BYTES) throw tooLarge(name)
    return await readFile(path)
  } catch (error) {
    if (error instanceof IdentityError) throw error
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    // Without `cause`, because it repeats the path, and an application can pass a secret as path by mistake.
    throw configurationError(
      code === 'ENOENT'
        ? `${name}: the file does not exist${at(path)}. Correct the path. A relative path starts at the working directory of the process.`
        : `${name}: the file cannot be read (${code})${at(path)}. Allow the user of this process to read it.`,
    )
  }
}

/** @throws IdentityError `configuration` if the value is not a PEM string or the path of a PEM file. */
export async function pemOf(value: string | undefined, name: string): Promise<string | undefined> {
  if (value === undefined || isPem(value)) return value
  const bytes = await readBytes(value, name)
  const content = bytes.toString('utf8')
  if (isPem(content)) return content
  throw configurationError(
    bytes[0] === 0x30
      ? `${name} is in DER format. Convert it to PEM: openssl ${name.endsWith('Key') ? 'pkey' : 'x509'} -inform der -in old -out new.pem`
      : `${name} is a file that does not contain "-----BEGIN"${at(value)}. Set it to a file in PEM format.`,
  )
}

async function bytesOfPfx(pfx: string | Uint8Array, name: string): Promise<Uint8Array> {
  if (typeof pfx === 'string' && !BASE64.test(pfx)) return readBytes(pfx, name)
  const bytes =
    typeof pfx === 'string' ? fromBase64(pfx.replaceAll('-', '+').replaceAll('_', '/')) : pfx
  if (bytes === undefined)
    throw configurationError(
      `${name} is not valid base64. Encode the file again: openssl base64 -A -in app.pfx`,
    )
  if (bytes.length > MAX_BYTES) throw tooLarge(name)
  return bytes
}

function toPkcs8(block: PemBlock, name: string, passphrase: string | undefined): Bytes {
  const encrypted = isEncrypted(block)
  if (encrypted && passphrase === undefined) {
    throw configurationError(`The private key of ${name} is encrypted. Set ${name}.passphrase.`)
  }
  try {
    return new Uint8Array(keyOf(block, passphrase).export({ format: 'der', type: 'pkcs8' }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (encrypted && code?.endsWith('UNSUPPORTED') === true) {
      throw configurationError(
        `The private key of ${name} is encrypted in a format that Node.js does not support, or the passphrase is wrong. Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.key -out new.key`,
      )
    }
    throw configurationError(
      encrypted
        ? `${name}.passphrase is wrong, or the private key is damaged. Check both: openssl pkey -noout -in private-key.pem`
        : `The private key of ${name} cannot be read (${block.label}). Check it: openssl pkey -noout -in private-key.pem`,
    )
  }
}

function keyOf({ label, bytes, pem }: PemBlock, passphrase: string | undefined): KeyObject {
  const secret = passphrase === undefined ? {} : { passphrase }
  if (bytes === undefined) return createPrivateKey({ key: pem, ...secret })
  const type = label === 'RSA PRIVATE KEY' ? 'pkcs1' : label === 'EC PRIVATE KEY' ? 'sec1' : 'pkcs8'
  return createPrivateKey({ key: Buffer.from(bytes), format: 'der', type, ...secret })
}

function tooLarge(name: string): IdentityError {
  return configurationError(
    `${name} is larger than ${MAX_BYTES} bytes. Set it to a file that contains only the certificate or the key.`,
  )
}

// Applications pass keys and passwords as paths by mistake, so a path that looks like a secret is not repeated.
function at(path: string): string {
  const isRandom = (path.match(/[\w+/=]{32,}/g) ?? []).some(
    (run) => /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run),
  )
  return path.length <= 200 && /[./\\]/.test(path) && !isRandom ? `: ${path}` : ''
}
