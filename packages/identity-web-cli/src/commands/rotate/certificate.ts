import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { UsageError } from '../../command/usage-error.js'
import {
  isCertificate,
  parseCertificate,
  readCertificate,
  readKeys,
  toKeyCredential,
  writeKeys,
} from '../../credentials/certificates.js'
import { pemBlock } from '../../credentials/pem.js'
import { assertCredential } from '../../credentials/request-token.js'
import { createSelfSigned } from '../../credentials/self-signed.js'
import { dayOf } from '../../credentials/secrets.js'
import type { Rotation, RotationReport } from './rotation.js'

const MODE = 0o600
const KEYS = ['PRIVATE KEY', 'RSA PRIVATE KEY'] as const

/** Adds a new certificate, and keeps the old one. */
export async function addCertificate(rotation: Rotation): Promise<RotationReport> {
  const { graph, app, days, isDryRun } = rotation
  const { certificatePath, keyPath, before } = pathsOf(rotation)
  for (const file of [before, ...(keyPath === undefined ? [] : [`${keyPath}.before`])]) {
    if ((await readIfExists(file)) === undefined) continue
    throw new UsageError(
      `${file} exists already, so the last rotation has not ended. Run the command with --end-old first.`,
    )
  }
  const current = await readIfExists(certificatePath)
  // The new key would be in a file that the app does not read, so the certificate would not fit its key.
  if (
    keyPath === undefined &&
    current !== undefined &&
    pemBlock(current, ...KEYS, 'ENCRYPTED PRIVATE KEY') === undefined
  ) {
    throw new UsageError(
      `${certificatePath} does not contain a private key. Set the file of the key with --private-key.`,
    )
  }
  if (isDryRun) {
    return { changes: [`+ certificate for ${days} days, in ${certificatePath}`], next: '' }
  }
  const created = await createSelfSigned(app.displayName, days)
  const certificate = parseCertificate(created.cert)
  if (certificate === undefined) throw new Error('The new certificate cannot be read.')
  // First Graph, because an app that reads the files again must find a certificate that works.
  const credential = toKeyCredential(certificate)
  await writeKeys(graph, app.appId, [...(await readKeys(graph, app.appId)), credential])
  const hadOld = await keepBefore(certificatePath, before)
  if (keyPath === undefined) await writePrivate(certificatePath, created.key + created.cert)
  else {
    await keepBefore(keyPath, `${keyPath}.before`)
    await writePrivate(keyPath, created.key)
    await writePrivate(certificatePath, created.cert)
  }
  return {
    changes: [
      `+ certificate ${certificate.fingerprint256.replaceAll(':', '').slice(0, 16)}… until ${dayOf(credential.endDateTime)}, in ${certificatePath}`,
    ],
    next: `Deploy the new certificate and its key to all your servers.${hadOld ? ` The names of the old files end in .before. The old certificate was not removed. Remove it with --end-old.` : ''}`,
  }
}

/** Removes the old certificate, if a token can be requested with the new one. */
export async function endCertificate(rotation: Rotation): Promise<RotationReport> {
  const { graph, app, isDryRun, token } = rotation
  const { certificatePath, keyPath, before } = pathsOf(rotation)
  const old = parseCertificate((await readIfExists(before)) ?? '')
  if (old === undefined) {
    throw new UsageError(
      `${before} does not contain the old certificate. Remove the old certificate under "Certificates & secrets" of the app registration.`,
    )
  }
  const certificate = await readCertificate(certificatePath)
  if (certificate.raw.equals(old.raw)) {
    throw new UsageError(`${certificatePath} and ${before} contain the same certificate.`)
  }
  const keys = await readKeys(graph, app.appId)
  const others = keys.filter((key) => !isCertificate(key, old))
  const change = `- certificate ${old.fingerprint256.replaceAll(':', '').slice(0, 16)}… (until ${new Date(old.validTo).toISOString().slice(0, 10)})`
  if (isDryRun) return { changes: [change], next: '' }
  const key = await readPrivateKey(keyPath ?? certificatePath)
  await assertCredential(token, { certificate, key })
  if (others.length < keys.length) await writeKeys(graph, app.appId, others)
  await rm(before)
  if (keyPath !== undefined) await rm(`${keyPath}.before`, { force: true })
  return {
    changes: [change],
    next: 'The old certificate does not work anymore. Its files were removed.',
  }
}

function pathsOf({ certificatePath, keyPath }: Rotation): {
  readonly certificatePath: string
  readonly keyPath: string | undefined
  readonly before: string
} {
  if (certificatePath === undefined) throw new UsageError('Write --certificate <file>.')
  return { certificatePath, keyPath, before: `${certificatePath}.before` }
}

async function readIfExists(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined
    throw error
  })
}

async function readPrivateKey(path: string): Promise<string> {
  const text = await readFile(path, 'utf8')
  const key = pemBlock(text, ...KEYS)
  if (key !== undefined) return key
  throw new UsageError(
    `${path} does not contain a private key without a passphrase. Set the file of the key with --private-key.`,
  )
}

/** Renames a file, if it exists. */
async function keepBefore(path: string, before: string): Promise<boolean> {
  if ((await readIfExists(path)) === undefined) return false
  await rename(path, before)
  await chmod(before, MODE)
  return true
}

/** Writes a file that only the user can read. The name is new, so no other program has the file open. */
async function writePrivate(path: string, text: string): Promise<void> {
  // A run that was interrupted can leave the file.
  await rm(`${path}.new`, { force: true })
  await writeFile(`${path}.new`, text, { mode: MODE, flag: 'wx' })
  await rename(`${path}.new`, path)
}
