import { X509Certificate, createPrivateKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { isIP } from 'node:net'
import { assertOwned, writePrivate } from '../server/private-file.js'
import type { Certificate } from '../protocol/x509.js'

/** A certificate of the server, and the file that clients trust. */
export interface StoredCertificate {
  readonly certificate: Certificate
  /** The file with the certificate of the authority. `undefined` for a certificate of the user. */
  readonly caFile: string | undefined
  /** `true` if the certificate is new, so that clients must load the file again. */
  readonly isNew: boolean
  /** `true` if the command cannot write files. Clients then load the certificate from the provider. */
  readonly isInMemory?: true
}

/** The number of days before its end at which a certificate is replaced. */
const REMAINING_DAYS = 7
const DAY_MS = 24 * 3600 * 1000

/**
 * Returns the certificate of an earlier start, or creates one and stores it. Clients that trust the file then also trust
 * the provider after a restart.
 *
 * @param names - The host names that the certificate must contain.
 * @throws TypeError when a file contains another certificate or key, or belongs to another user.
 */
export async function storedCertificate(
  caFile: string,
  names: readonly string[],
): Promise<StoredCertificate> {
  const serverFile = `${caFile.replace(/\.pem$/, '')}-server.pem`
  await assertOwned(caFile, '--ca-file')
  await assertOwned(serverFile, '--ca-file')
  const stored = await readStored(caFile, serverFile)
  if (stored !== undefined && isUsable(stored, names)) {
    return { certificate: stored, caFile, isNew: false }
  }
  const { CA_NAME, createServerCertificate } = await import('../server/server-certificate.js')
  // The issuer of both certificates is the authority.
  await assertOurs(caFile, CA_NAME)
  await assertOurs(serverFile, CA_NAME)
  const certificate = createServerCertificate(names)
  await mkdir(dirname(caFile), { recursive: true })
  await writePrivate(serverFile, certificate.cert + certificate.key)
  await writeFile(caFile, certificate.ca)
  return { certificate, caFile, isNew: true }
}

/**
 * Returns the certificate of the default file. If the command cannot write it, for example in a container with a read-only file
 * system, the certificate is only in memory.
 */
export async function defaultCertificate(names: readonly string[]): Promise<StoredCertificate> {
  try {
    return await storedCertificate(defaultCaFile(), names)
  } catch (error) {
    // Other errors are about the contents or the owner of the file.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    const { createServerCertificate } = await import('../server/server-certificate.js')
    const certificate = createServerCertificate(names)
    return { certificate, caFile: undefined, isNew: true, isInMemory: true }
  }
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
      `--cert and --key are not valid. ${certFile} must contain a certificate in PEM format, and ${keyFile} must contain the private key of this certificate. OpenSSL reports: ${reason}`,
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

/** Rejects a file that the command did not create, so that it does not overwrite another key or authority. */
async function assertOurs(file: string, authority: string): Promise<void> {
  if (!existsSync(file)) return
  const pem = await readFile(file, 'utf8')
  if (pem.trim() === '') return
  try {
    if (new X509Certificate(pem).issuer === `CN=${authority}`) return
  } catch {
    // The error below also covers files without a certificate.
  }
  throw new TypeError(
    `The file ${file} is not a certificate of identity-web-dev. Choose another file with --ca-file, or use your own certificate with --cert and --key.`,
  )
}
