import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { fromBase64 } from '../../base64.ts'
import { IdentityError } from '../../errors.ts'
import { fromPem, isEncrypted, isPem, type PemBlock } from './pem.ts'
import { readPkcs12 } from './pkcs12/pkcs12.ts'
import type { Bytes, CertificateCredential, CertificateFacts, KeyMaterial } from './types.ts'

// Keys by Node.js: files, PKCS#12, encrypted keys, PKCS#1. The same functions as key-material-web.ts.

const MAX_BYTES = 1_000_000
/** DER in base64 begins so; a path that does has a dot, or is short. */
const BASE64 = /^\s*MI[\w+/\s-]{100,}={0,2}\s*$/

/** @throws IdentityError `configuration` for files that can't be read and for what is no key. */
export async function loadKeyMaterial(
  credential: CertificateCredential,
  name: string,
): Promise<KeyMaterial> {
  const { certificate, privateKey, pfx, passphrase } = credential
  if (pfx !== undefined) {
    return readPkcs12(await bytesOfPfx(pfx, `${name}.pfx`), { name: `${name}.pfx`, passphrase })
  }
  const texts = {
    name,
    certificate: await textOf(certificate, `${name}.certificate`),
    privateKey: await textOf(privateKey, `${name}.privateKey`),
  }
  return fromPem(texts, (block) => toPkcs8(block, name, passphrase))
}

/** What changes with the files of a credential. */
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

/** @throws IdentityError `configuration` with what is wrong with the file. */
export async function readTextFile(path: string, name: string): Promise<string> {
  return (await readBytes(path, name)).toString('utf8')
}

/** @throws Error when the bytes are not a certificate. */
export function readCertificate(bytes: Bytes): CertificateFacts {
  const { publicKey, validTo } = new X509Certificate(bytes)
  return { modulus: modulusOf(publicKey), notAfter: Date.parse(validTo) / 1000 }
}

/**
 * Returns the RSA modulus of a private key in hexadecimal, or `undefined` for a key that is not RSA.
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
    if (!file.isFile()) throw new IdentityError('configuration', `${name} is no file${at(path)}.`)
    if (file.size > MAX_BYTES) throw tooLarge(name)
    return await readFile(path)
  } catch (error) {
    if (error instanceof IdentityError) throw error
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    // Without `cause`: it repeats the path, whatever was given as one.
    throw new IdentityError(
      'configuration',
      code === 'ENOENT'
        ? `${name}: there is no such file${at(path)}.`
        : `${name}: the file can't be read (${code})${at(path)}.`,
    )
  }
}

async function textOf(value: string | undefined, name: string): Promise<string | undefined> {
  if (value === undefined || isPem(value)) return value
  const bytes = await readBytes(value, name)
  const text = bytes.toString('utf8')
  if (isPem(text)) return text
  throw new IdentityError(
    'configuration',
    bytes[0] === 0x30
      ? `${name} is in DER. Convert it to PEM: openssl ${name.endsWith('Key') ? 'pkey' : 'x509'} -inform der -in old -out new.pem`
      : `${name} is a file without "-----BEGIN": it must be PEM${at(value)}.`,
  )
}

async function bytesOfPfx(pfx: string | Uint8Array, name: string): Promise<Uint8Array> {
  if (typeof pfx === 'string' && !BASE64.test(pfx)) return readBytes(pfx, name)
  const bytes =
    typeof pfx === 'string' ? fromBase64(pfx.replaceAll('-', '+').replaceAll('_', '/')) : pfx
  if (bytes === undefined) throw new IdentityError('configuration', `${name} is no base64.`)
  if (bytes.length > MAX_BYTES) throw tooLarge(name)
  return bytes
}

function toPkcs8(block: PemBlock, name: string, passphrase: string | undefined): Bytes {
  const encrypted = isEncrypted(block)
  if (encrypted && passphrase === undefined) {
    throw new IdentityError(
      'configuration',
      `The private key of ${name} is encrypted. Set ${name}.passphrase.`,
    )
  }
  try {
    return new Uint8Array(keyOf(block, passphrase).export({ format: 'der', type: 'pkcs8' }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (encrypted && code?.endsWith('UNSUPPORTED') === true) {
      throw new IdentityError(
        'configuration',
        `The private key of ${name} is encrypted in a way that Node.js doesn't know, or its passphrase is wrong. Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.key -out new.key`,
      )
    }
    throw new IdentityError(
      'configuration',
      encrypted
        ? `${name}.passphrase is wrong, or the private key is damaged.`
        : `The private key of ${name} can't be read (${block.label}).`,
    )
  }
}

function keyOf({ label, bytes, text }: PemBlock, passphrase: string | undefined): KeyObject {
  const secret = passphrase === undefined ? {} : { passphrase }
  if (bytes === undefined) return createPrivateKey({ key: text, ...secret })
  const type = label === 'RSA PRIVATE KEY' ? 'pkcs1' : label === 'EC PRIVATE KEY' ? 'sec1' : 'pkcs8'
  return createPrivateKey({ key: Buffer.from(bytes), format: 'der', type, ...secret })
}

function tooLarge(name: string): IdentityError {
  return new IdentityError('configuration', `${name} is larger than ${MAX_BYTES} bytes.`)
}

// Keys and passwords end up where paths belong: what looks like one is not repeated.
function at(path: string): string {
  const isRandom = (path.match(/[\w+/=]{32,}/g) ?? []).some(
    (run) => /[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run),
  )
  return path.length <= 200 && /[./\\]/.test(path) && !isRandom ? `: ${path}` : ''
}
