// Reads a PFX file.
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { configurationError, IdentityError } from '../../../errors.ts'
import {
  childrenOf,
  contentOf,
  explicitOf,
  integerOf,
  MalformedDer,
  oidOf,
  readDer,
  TAG,
  toHex,
  type Bytes,
  type DerElement,
} from '../der.ts'
import type { KeyMaterial } from '../pem.ts'
import { decrypt, iterationsOf, WrongPassphrase, type Passphrase } from './decrypt.ts'

export interface Pkcs12Input {
  /** The option's name, for messages. */
  readonly name: string
  readonly passphrase: string | undefined
}

/**
 * The attributes of a key or a certificate. `localKeyId` (RFC 7292, section 4.2) is equal for a key and its
 * certificate.
 */
interface Attributes {
  readonly localKeyId: string | undefined
}

interface KeyBag extends Attributes {
  readonly key: KeyObject
}

interface CertificateBag extends Attributes {
  readonly certificate: X509Certificate
}

interface Contents {
  readonly keys: KeyBag[]
  readonly certificates: CertificateBag[]
}

const DATA = '1.2.840.113549.1.7.1'
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
// RFC 7292, section 4.2, and the attributes and types of PKCS #9.
const KEY_BAG = '1.2.840.113549.1.12.10.1.1'
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2'
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3'
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21'

/**
 * Reads the private key and the certificates in a PKCS#12 (PFX) file.
 *
 * Node.js checks the MAC, decrypts the key and reads the certificates. However, it cannot return a PFX's contents, so
 * this module reads the structure and decrypts the certificates. It supports PBES2 with AES or triple DES, and
 * PKCS#12's own triple DES, but not RC2 and BER.
 *
 * @throws IdentityError `configuration` for every file that it cannot read.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7292 | RFC 7292}
 */
export async function readPkcs12(
  bytes: Uint8Array,
  { name, passphrase = '' }: Pkcs12Input,
): Promise<KeyMaterial> {
  try {
    const contents = await decryptContents(bytes, { name, passphrase })
    if (contents !== undefined) return chooseKey(contents, name)
  } catch (error) {
    if (IdentityError.is(error)) throw error
    throw configurationError(
      `${name} is damaged, or is not a PKCS#12 (PFX) file in DER. Check it: openssl pkcs12 -info -noout -in app.pfx`,
    )
  }
  throw configurationError(
    passphrase === ''
      ? `${name} is encrypted with a passphrase. Set passphrase next to pfx.`
      : `The passphrase of ${name} is wrong, or the file is damaged.`,
  )
}

/** Returns `undefined` if the passphrase is wrong. */
async function decryptContents(
  bytes: Uint8Array,
  { name, passphrase }: { readonly name: string; readonly passphrase: string },
): Promise<Contents | undefined> {
  const utf8 = Buffer.from(passphrase, 'utf8')
  for (const utf16 of utf16Of(passphrase)) {
    try {
      const contents = await readContents(bytes, { name, utf8, utf16 })
      return (await hasWrongMac(bytes, passphrase)) ? undefined : contents
    } catch (error) {
      if (!(error instanceof WrongPassphrase)) throw error
    }
  }
  return undefined
}

/**
 * Returns whether a PFX's MAC does not match. Other errors are ignored, because Node.js 20 also rejects files without a
 * MAC, files with PBMAC1, and files without a certificate, which is optional here.
 */
async function hasWrongMac(pfx: Uint8Array, passphrase: string): Promise<boolean> {
  try {
    createSecureContext({ pfx: Buffer.from(pfx), passphrase })
    return false
  } catch (error) {
    return (error as Error).message.includes('mac verify failure')
  }
}

// Appendix B.1. Tools encode an empty password either as two zero bytes or as an empty string.
function utf16Of(passphrase: string): Uint8Array[] {
  const terminated = Buffer.from(`${passphrase}\0`, 'utf16le').swap16()
  return passphrase === '' ? [terminated, new Uint8Array()] : [terminated]
}

// Section 4: PFX, AuthenticatedSafe.
async function readContents(bytes: Uint8Array, passphrase: Passphrase): Promise<Contents> {
  const [version, authSafe, mac] = childrenOf(readDer(bytes))
  if (mac !== undefined) assertIterations(mac)
  if (integerOf(version) !== 3) throw new MalformedDer()
  const [type, content] = childrenOf(authSafe)
  if (oidOf(type) !== DATA) throw new MalformedDer()
  const safe = contentOf(explicitOf(content), TAG.octetString)

  const contents: Contents = { keys: [], certificates: [] }
  for (const part of childrenOf(readDer(safe))) {
    // oxlint-disable-next-line no-await-in-loop
    for (const bag of await safeContentsOf(part, passphrase)) {
      // oxlint-disable-next-line no-await-in-loop
      await readBag(bag, contents, passphrase)
    }
  }
  return contents
}

async function safeContentsOf(part: DerElement, passphrase: Passphrase): Promise<DerElement[]> {
  const [type, content] = childrenOf(part)
  const oid = oidOf(type)
  if (oid === DATA) return childrenOf(readDer(contentOf(explicitOf(content), TAG.octetString)))
  // The remaining type is encrypted for a recipient's public key (section 3.1), not with a passphrase.
  if (oid !== ENCRYPTED_DATA) return []
  // RFC 5652, section 8: version, EncryptedContentInfo.
  const [, info] = childrenOf(explicitOf(content))
  const [, algorithm, encrypted] = childrenOf(info)
  const decrypted = await decrypt(algorithm, contentOf(encrypted, TAG.implicit0), passphrase)
  return orWrongPassphrase(() => childrenOf(readDer(decrypted)))
}

async function readBag(
  bag: DerElement,
  { keys, certificates }: Contents,
  passphrase: Passphrase,
): Promise<void> {
  const [type, value, attributes] = childrenOf(bag)
  const localKeyId = localKeyIdOf(attributes)
  switch (oidOf(type)) {
    case KEY_BAG:
      keys.push({ key: keyOf(explicitOf(value).bytes), localKeyId })
      break
    case SHROUDED_KEY_BAG:
      keys.push({ key: await decryptKey(explicitOf(value), passphrase), localKeyId })
      break
    case CERTIFICATE_BAG: {
      const [certificateType, certificate] = childrenOf(explicitOf(value))
      if (oidOf(certificateType) !== X509_CERTIFICATE) break
      const der = contentOf(explicitOf(certificate), TAG.octetString)
      certificates.push({ certificate: new X509Certificate(der), localKeyId })
      break
    }
    default:
    // Revocation lists, secrets and nested bags do not contain the application's key.
  }
}

function keyOf(pkcs8: Uint8Array, passphrase?: Uint8Array): KeyObject {
  return createPrivateKey({
    key: Buffer.from(pkcs8),
    format: 'der',
    type: 'pkcs8',
    ...(passphrase !== undefined && { passphrase: Buffer.from(passphrase) }),
  })
}

/** @param info - An EncryptedPrivateKeyInfo (RFC 5208, section 6). */
async function decryptKey(info: DerElement, passphrase: Passphrase): Promise<KeyObject> {
  assertIterations(info)
  try {
    return keyOf(info.bytes, passphrase.utf8)
  } catch {
    // decrypt() throws an error that says what is wrong. It also opens keys that Node.js does not, from tools that
    // encode an empty password as an empty string.
    const [algorithm, encrypted] = childrenOf(info)
    const pkcs8 = await decrypt(algorithm, contentOf(encrypted, TAG.octetString), passphrase)
    return orWrongPassphrase(() => keyOf(readDer(pkcs8).bytes))
  }
}

/**
 * Rejects a damaged iteration count, because OpenSSL would compute for minutes if it is larger than OpenSSL's integer
 * type.
 */
function assertIterations(element: DerElement): void {
  if (element.tag === TAG.integer) iterationsOf(element)
  if (element.tag === TAG.sequence) childrenOf(element).forEach(assertIterations)
}

// With a wrong passphrase, one result in 256 has valid padding, but its content is random bytes.
function orWrongPassphrase<T>(read: () => T): T {
  try {
    return read()
  } catch {
    throw new WrongPassphrase()
  }
}

function localKeyIdOf(attributes: DerElement | undefined): string | undefined {
  if (attributes === undefined) return undefined
  for (const attribute of childrenOf(attributes, TAG.set)) {
    const [type, values] = childrenOf(attribute)
    if (oidOf(type) === LOCAL_KEY_ID) {
      return toHex(contentOf(childrenOf(values, TAG.set)[0], TAG.octetString))
    }
  }
  return undefined
}

/**
 * Returns the first RSA key that has a certificate. The certificates with the key's localKeyId are first in the list.
 */
function chooseKey({ keys, certificates }: Contents, name: string): KeyMaterial {
  const chosen =
    keys.find(
      ({ key }) =>
        key.asymmetricKeyType === 'rsa' &&
        certificates.some(({ certificate }) => certificate.checkPrivateKey(key)),
    ) ?? keys[0]
  if (chosen === undefined) {
    throw configurationError(
      `${name} does not contain a private key. Export the certificate together with its private key, as app.pfx instead of app.cer.`,
    )
  }
  const { key, localKeyId } = chosen
  const isLinked = (bag: CertificateBag): boolean =>
    bag.localKeyId !== undefined && bag.localKeyId === localKeyId
  const sorted = certificates.toSorted(
    (one, other) => Number(isLinked(other)) - Number(isLinked(one)),
  )
  return {
    privateKey: toBytes(key.export({ format: 'der', type: 'pkcs8' })),
    certificates: sorted.map(({ certificate }) => toBytes(certificate.raw)),
  }
}

function toBytes(buffer: Uint8Array): Bytes {
  return new Uint8Array(buffer)
}
