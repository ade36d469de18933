import { IdentityError } from '../../errors.ts'
export { modulusOfPrivateKey, readCertificate } from './certificate.ts'
import { fromPem, isEncrypted, isPem, type PemBlock } from './pem.ts'
import type { Bytes, CertificateCredential, KeyMaterial } from './types.ts'

// Keys for every runtime but Node.js: PEM text with PKCS#8. The same functions as key-material-node.ts.

const CONVERT = 'openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key'

/** @throws IdentityError `configuration` for everything that needs Node.js, and for what is no key. */
export async function loadKeyMaterial(
  { certificate, privateKey, pfx }: CertificateCredential,
  name: string,
): Promise<KeyMaterial> {
  if (pfx !== undefined) {
    throw refused(
      `${name}.pfx needs Node.js. Set ${name}.certificate and ${name}.privateKey to PEM texts`,
      'openssl pkcs12 -in app.pfx -nodes -out app.pem',
    )
  }
  assertText(certificate, `${name}.certificate`)
  assertText(privateKey, `${name}.privateKey`)
  return fromPem({ name, certificate, privateKey }, toPkcs8)
}

/** What changes with the files of a credential: nothing here, since there are none. */
export async function fileVersion(_credential: CertificateCredential): Promise<string> {
  return ''
}

/** @throws IdentityError `configuration` always: there are no files here. */
export async function readTextFile(_path: string, name: string): Promise<string> {
  throw new IdentityError(
    'configuration',
    `${name} is a file, and this runtime has none. Give the text instead.`,
  )
}

function toPkcs8(block: PemBlock, name: string): Bytes {
  if (isEncrypted(block)) {
    throw refused(`The private key of ${name} is encrypted, which needs Node.js. Decrypt it`)
  }
  if (block.label === 'RSA PRIVATE KEY') {
    throw refused(
      `The private key of ${name} is PKCS#1 ("RSA PRIVATE KEY"), which needs Node.js. Convert it`,
    )
  }
  if (block.label !== 'PRIVATE KEY' || block.bytes === undefined) {
    throw refused(`The private key of ${name} can't be read. It must be an RSA key in PKCS#8`)
  }
  return block.bytes
}

function assertText(value: string | undefined, name: string): void {
  if (value === undefined || isPem(value)) return
  throw new IdentityError(
    'configuration',
    `${name} is no PEM text, and files need Node.js. Set it to the text, from "-----BEGIN" on.`,
  )
}

function refused(sentence: string, command: string = CONVERT): IdentityError {
  return new IdentityError('configuration', `${sentence}: ${command}`)
}
