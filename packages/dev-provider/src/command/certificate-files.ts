import { X509Certificate, createPrivateKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { isIP } from 'node:net'
import type { Certificate } from '../server/x509.js'

/** A certificate of the server, and the file that clients trust. */
export interface StoredCertificate {
  readonly certificate: Certificate
  /** The file with the certificate of the authority. `undefined` for a certificate of the user. */
  readonly caFile: string | undefined
  /** Whether the certificate is new, so that clients have to load the file again. */
  readonly isNew: boolean
}

/** The days before its end on which a certificate is replaced. */
const REMAINING_DAYS = 7
const DAY_MS = 24 * 3600 * 1000

/**
 * Returns the certificate of an earlier start, or creates one and stores it. Clients that trust the file then also trust
 * the provider after a restart.
 *
 * @param names - The host names that the certificate must contain.
 * @throws TypeError when the file contains another certificate.
 */
export async function storedCertificate(
  caFile: string,
  names: readonly string[],
): Promise<StoredCertificate> {
  const serverFile = `${caFile.replace(/\.pem$/, '')}-server.pem`
  const stored = await readStored(caFile, serverFile)
  if (stored !== undefined && isUsable(stored, names)) {
    return { certificate: stored, caFile, isNew: false }
  }
  if (stored === undefined && existsSync(caFile)) await assertOurs(caFile)
  const { createServerCertificate } = await import('../server/server-certificate.js')
  const certificate = createServerCertificate(names)
  await mkdir(dirname(caFile), { recursive: true })
  // Only the user reads the private key.
  await writeFile(serverFile, certificate.cert + certificate.key, { mode: 0o600 })
  await writeFile(caFile, certificate.ca)
  return { certificate, caFile, isNew: true }
}

/** Returns the default file of the authority: in the project, otherwise in the cache folder of the user. */
export function defaultCaFile(): string {
  const folder = existsSync('node_modules')
    ? join('node_modules', '.cache')
    : (process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'))
  return resolve(folder, 'identity-web-dev', 'ca.pem')
}

/**
 * Returns a certificate of the user, for example of mkcert.
 *
 * @throws TypeError when the files do not contain a certificate and its key.
 */
export async function readCertificate(
  certFile: string,
  keyFile: string,
): Promise<StoredCertificate> {
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
  try {
    createSecureContext({ cert, key })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unreadable'
    throw new TypeError(
      `--cert and --key are not valid. ${certFile} must contain a certificate in PEM, and ${keyFile} its private key. OpenSSL reports: ${reason}`,
      { cause },
    )
  }
  return { certificate: { cert, key }, caFile: undefined, isNew: false }
}

async function readStored(
  caFile: string,
  serverFile: string,
): Promise<Required<Certificate> | undefined> {
  if (!existsSync(caFile) || !existsSync(serverFile)) return undefined
  const [ca, server] = await Promise.all([readFile(caFile, 'utf8'), readFile(serverFile, 'utf8')])
  const at = server.indexOf('-----BEGIN PRIVATE KEY-----')
  return at < 0 ? undefined : { ca, cert: server.slice(0, at), key: server.slice(at) }
}

/** Returns whether the files belong together, contain the names, and are valid for some days. */
function isUsable({ ca, cert, key }: Required<Certificate>, names: readonly string[]): boolean {
  try {
    const authority = new X509Certificate(ca)
    const server = new X509Certificate(cert)
    const end = Date.now() + REMAINING_DAYS * DAY_MS
    return (
      server.verify(authority.publicKey) &&
      server.checkPrivateKey(createPrivateKey(key)) &&
      [authority, server].every(({ validTo }) => Date.parse(validTo) > end) &&
      names.every((name) => containsName(server, name))
    )
  } catch {
    // The files contain something else. The caller creates new ones.
    return false
  }
}

function containsName(certificate: X509Certificate, name: string): boolean {
  const found = isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)
  return found !== undefined
}

/** Rejects a file that the command did not create, so that it does not overwrite another authority. */
async function assertOurs(caFile: string): Promise<void> {
  const pem = await readFile(caFile, 'utf8')
  if (pem.trim() === '') return
  const { CA_NAME } = await import('../server/server-certificate.js')
  try {
    if (new X509Certificate(pem).subject === `CN=${CA_NAME}`) return
  } catch {
    // The error below also covers files without a certificate.
  }
  throw new TypeError(
    `The file ${caFile} is not a certificate of identity-web-dev. Choose another file with --ca-file, or use your own certificate with --cert and --key.`,
  )
}
