import { IdentityError } from '../../errors.ts'
export { modulusOfPrivateKey, readCertificate } from './certificate.ts'
import { fromPem, isEncrypted, isPem, type PemBlock } from './pem.ts'
import type { Bytes, CertificateCredential, KeyMaterial } from './types.ts'

// Keys for every runtime except Node.js: PEM strings with PKCS#8. It exports the same functions as
// key-material-node.ts.

const CONVERT = 'openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key'

/**
 * Reads the key and the certificates of a credential.
 *
 * @throws IdentityError `configuration` for a format that requires Node.js, and for an invalid key.
 */
export async function loadKeyMaterial(
  { certificate, privateKey, pfx }: CertificateCredential,
  name: string,
): Promise<KeyMaterial> {
  if (pfx !== undefined) {
    throw unsupported(
      `${name}.pfx requires Node.js. Set ${name}.certificate and ${name}.privateKey to PEM strings`,
      'openssl pkcs12 -in app.pfx -nodes -out app.pem',
    )
  }
  assertPem(certificate, `${name}.certificate`)
  assertPem(privateKey, `${name}.privateKey`)
  return fromPem({ name, certificate, privateKey }, toPkcs8)
}

/** Returns the same string for every credential, because this runtime does not read files. */
export async function fileVersion(_credential: CertificateCredential): Promise<string> {
  return ''
}

/** @throws IdentityError `configuration` in every case, because this runtime does not read files. */
export async function readTextFile(_path: string, name: string): Promise<string> {
  throw new IdentityError(
    'configuration',
    `${name} is a file, and this runtime cannot read files. Pass a function that returns the assertion (a signed JWT) instead.`,
  )
}

function toPkcs8(block: PemBlock, name: string): Bytes {
  if (isEncrypted(block)) {
    throw unsupported(`The private key of ${name} is encrypted, which requires Node.js. Decrypt it`)
  }
  if (block.label === 'RSA PRIVATE KEY') {
    throw unsupported(
      `The private key of ${name} is PKCS#1 ("RSA PRIVATE KEY"), which requires Node.js. Convert it`,
    )
  }
  if (block.label !== 'PRIVATE KEY' || block.bytes === undefined) {
    throw unsupported(`The private key of ${name} cannot be read. It must be an RSA key in PKCS#8`)
  }
  return block.bytes
}

function assertPem(value: string | undefined, name: string): void {
  if (value === undefined || isPem(value)) return
  throw new IdentityError(
    'configuration',
    `${name} is not a PEM string, and only Node.js can read files. Set it to a string that starts with "-----BEGIN".`,
  )
}

function unsupported(problem: string, command: string = CONVERT): IdentityError {
  return new IdentityError('configuration', `${problem}: ${command}`)
}
