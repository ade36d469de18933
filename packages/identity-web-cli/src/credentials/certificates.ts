import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { UsageError } from '../command/usage-error.js'
import type { KeyCredential } from '../graph/application.js'
import { pathOf } from '../graph/applications.js'
import type { GraphClient } from '../graph/graph-client.js'
import { pemBlock } from './pem.js'

/**
 * Reads the certificate of a PEM file. The file can also contain the private key, which is not sent.
 *
 * @throws UsageError when the file does not contain a valid certificate with an RSA key.
 */
export async function readCertificate(path: string): Promise<X509Certificate> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const { code } = error as { readonly code?: unknown }
    throw new UsageError(`The file ${path} of the certificate cannot be read (${String(code)}).`)
  })
  const certificate = parseCertificate(text)
  if (certificate === undefined) {
    throw new UsageError(
      `The file ${path} does not contain a certificate. Use a PEM file that contains "-----BEGIN CERTIFICATE-----".`,
    )
  }
  if (certificate.publicKey.asymmetricKeyType !== 'rsa') {
    throw new UsageError(`The certificate ${path} has no RSA key. Entra ID accepts only RSA keys.`)
  }
  if (Date.parse(certificate.validTo) <= Date.now()) {
    throw new UsageError(
      `The certificate ${path} expired on ${certificate.validTo}. Create a new certificate.`,
    )
  }
  return certificate
}

/** Returns the certificate of a PEM string, or `undefined`. */
export function parseCertificate(text: string): X509Certificate | undefined {
  const pem = pemBlock(text, 'CERTIFICATE')
  try {
    return pem === undefined ? undefined : new X509Certificate(pem)
  } catch {
    return undefined
  }
}

/** Returns a certificate in the format of Graph. */
export function toKeyCredential(certificate: X509Certificate): KeyCredential {
  return {
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName: certificate.subject.replaceAll('\n', ', ').slice(0, 90),
    startDateTime: new Date(certificate.validFrom).toISOString(),
    endDateTime: new Date(certificate.validTo).toISOString(),
    key: certificate.raw.toString('base64'),
  }
}

/** Returns the certificates of an app registration, with their keys. */
export async function readKeys(
  graph: GraphClient,
  appId: string,
): Promise<readonly KeyCredential[]> {
  const path = `${pathOf(appId)}?$select=id,appId,keyCredentials`
  const { keyCredentials } = await graph.get<{
    readonly keyCredentials: readonly KeyCredential[]
  }>(path, { isNew: true })
  return keyCredentials
}

/** Returns whether an entry is this certificate. */
export function isCertificate(entry: KeyCredential, { raw }: X509Certificate): boolean {
  return entry.key === raw.toString('base64')
}

/** Replaces the certificates of an app registration. An entry that the list does not contain is removed. */
export async function writeKeys(
  graph: GraphClient,
  appId: string,
  keyCredentials: readonly KeyCredential[],
): Promise<void> {
  await graph.send('PATCH', pathOf(appId), { body: { keyCredentials }, isNew: true })
}
