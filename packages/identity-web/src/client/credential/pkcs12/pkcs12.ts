import { IdentityError, isIdentityError } from '../../../errors.ts'
import { toHex } from '../bytes.ts'
import { modulusOfPrivateKey, readCertificate } from '../certificate.ts'
import {
  childrenOf,
  contentOf,
  explicitOf,
  integerOf,
  MalformedDer,
  oidOf,
  readDer,
  TAG,
  type DerElement,
} from '../der.ts'
import type { Bytes, KeyMaterial } from '../types.ts'
import { decrypt, verifyMac, WrongPassphrase, type Unlocking } from './decrypt.ts'

/** How a file is named in messages, and what opens it. */
export interface Pkcs12Input {
  readonly name: string
  readonly passphrase: string | undefined
}

/** A key or a certificate, and the id that joins them (attribute localKeyId, RFC 7292, section 4.2). */
interface Bag {
  readonly bytes: Bytes
  readonly localKeyId: string | undefined
}

interface Contents {
  readonly keys: Bag[]
  readonly certificates: Bag[]
}

const MAX_ROUNDS = 10_000_000

const DATA = '1.2.840.113549.1.7.1'
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
// RFC 7292, section 4.2, and the attributes and types of PKCS #9.
const KEY_BAG = '1.2.840.113549.1.12.10.1.1'
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2'
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3'
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21'

/**
 * Reads the private key and the certificates of a PKCS#12 (PFX) file.
 *
 * The whole of the format that files for authentication use: PBES2 with AES or triple DES, PKCS#12's own triple DES,
 * or no encryption; with a MAC of either kind or none. Not RC2, and no BER.
 *
 * @throws IdentityError `configuration`, and nothing else, whatever the bytes are.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7292 | RFC 7292}
 */
export async function readPkcs12(
  bytes: Uint8Array,
  { name, passphrase = '' }: Pkcs12Input,
): Promise<KeyMaterial> {
  const budget = { rounds: MAX_ROUNDS }
  const utf8 = Buffer.from(passphrase, 'utf8')
  try {
    for (const utf16 of utf16Of(passphrase)) {
      try {
        return chooseKey(await readContents(bytes, { name, utf8, utf16, budget }), name)
      } catch (error) {
        if (!(error instanceof WrongPassphrase)) throw error
      }
    }
  } catch (error) {
    if (isIdentityError(error)) throw error
    throw new IdentityError(
      'configuration',
      `${name} is no PKCS#12 (PFX) file in DER, or is damaged. Check it: openssl pkcs12 -info -noout -in app.pfx`,
    )
  }
  throw new IdentityError(
    'configuration',
    passphrase === ''
      ? `${name} is encrypted with a passphrase. Set passphrase beside it.`
      : `The passphrase of ${name} is wrong, or the file is damaged.`,
  )
}

// Appendix B.1. Of an empty password some make two zero bytes, some nothing.
function utf16Of(passphrase: string): Uint8Array[] {
  const terminated = Buffer.from(`${passphrase}\0`, 'utf16le').swap16()
  return passphrase === '' ? [terminated, new Uint8Array()] : [terminated]
}

// Section 4: PFX, AuthenticatedSafe.
async function readContents(bytes: Uint8Array, unlocking: Unlocking): Promise<Contents> {
  const [version, authSafe, mac] = childrenOf(readDer(bytes))
  if (integerOf(version) !== 3) throw new MalformedDer()
  const [type, content] = childrenOf(authSafe)
  if (oidOf(type) !== DATA) throw new MalformedDer()
  const safe = contentOf(explicitOf(content), TAG.octetString)
  if (mac !== undefined) await verifyMac(mac, safe, unlocking)

  const contents: Contents = { keys: [], certificates: [] }
  for (const part of childrenOf(readDer(safe))) {
    // One after the other: each spends of what all may spend together.
    // oxlint-disable-next-line no-await-in-loop
    await readBags(await safeContentsOf(part, unlocking), contents, unlocking)
  }
  return contents
}

async function safeContentsOf(part: DerElement, unlocking: Unlocking): Promise<DerElement[]> {
  const [type, content] = childrenOf(part)
  const oid = oidOf(type)
  if (oid === DATA) return childrenOf(readDer(contentOf(explicitOf(content), TAG.octetString)))
  // Data for a recipient's key (section 3.1) is of no use here.
  if (oid !== ENCRYPTED_DATA) return []
  // RFC 5652, section 8: version, EncryptedContentInfo.
  const [, info] = childrenOf(explicitOf(content))
  const [, algorithm, encrypted] = childrenOf(info)
  const opened = await decrypt(algorithm, contentOf(encrypted, TAG.implicit0), unlocking)
  return orWrong(() => childrenOf(readDer(opened)))
}

async function readBags(
  bags: readonly DerElement[],
  { keys, certificates }: Contents,
  unlocking: Unlocking,
): Promise<void> {
  for (const bag of bags) {
    const [type, value, attributes] = childrenOf(bag)
    const localKeyId = localKeyIdOf(attributes)
    switch (oidOf(type)) {
      case KEY_BAG:
        keys.push({ bytes: new Uint8Array(explicitOf(value).bytes), localKeyId })
        break
      case SHROUDED_KEY_BAG: {
        // RFC 5208, section 6: EncryptedPrivateKeyInfo.
        const [algorithm, encrypted] = childrenOf(explicitOf(value))
        const data = contentOf(encrypted, TAG.octetString)
        // oxlint-disable-next-line no-await-in-loop
        const opened = await decrypt(algorithm, data, unlocking)
        orWrong(() => modulusOfPrivateKey(opened))
        keys.push({ bytes: new Uint8Array(readDer(opened).bytes), localKeyId })
        break
      }
      case CERTIFICATE_BAG: {
        const [certificateType, certificate] = childrenOf(explicitOf(value))
        if (oidOf(certificateType) !== X509_CERTIFICATE) break
        const der = contentOf(explicitOf(certificate), TAG.octetString)
        certificates.push({ bytes: new Uint8Array(der), localKeyId })
        break
      }
      default:
      // Revocation lists, secrets and nested bags say nothing of the application's key.
    }
  }
}

// One key in 256 leaves a padding that looks right: without a MAC, nonsense means the wrong passphrase.
function orWrong<T>(read: () => T): T {
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

/** The first key that a certificate fits, with the certificates that its maker meant for it before the others. */
function chooseKey({ keys, certificates }: Contents, name: string): KeyMaterial {
  const moduli = new Set(certificates.map(({ bytes }) => readCertificate(bytes).modulus))
  const key =
    keys.find(({ bytes }) => {
      const modulus = modulusOfPrivateKey(bytes)
      return modulus !== undefined && moduli.has(modulus)
    }) ?? keys[0]
  if (key === undefined) {
    throw new IdentityError(
      'configuration',
      `${name} holds no private key. Export it with its key, as app.pfx, not as app.cer.`,
    )
  }
  const isMeant = ({ localKeyId }: Bag): boolean =>
    localKeyId !== undefined && localKeyId === key.localKeyId
  return {
    privateKey: key.bytes,
    certificates: [
      ...certificates.filter((bag) => isMeant(bag)),
      ...certificates.filter((bag) => !isMeant(bag)),
    ].map(({ bytes }) => bytes),
  }
}
