import { normalThumbprint } from './certificate-key.ts'
import { isEncrypted, isPem, isPrivateKey, pemBlocks } from './pem.ts'
import type { CertificateCredential } from './types.ts'

const FIELDS = ['certificate', 'privateKey', 'pfx', 'passphrase', 'thumbprint', 'sendX5c']

/**
 * All faults of a credential that can be told without reading a file, each as a sentence that says what to change.
 *
 * @param credential - What was given as `clientCredential`.
 * @returns The sentences; none for a credential that may do.
 */
export function credentialProblems(credential: unknown): string[] {
  if (!Array.isArray(credential)) return singleProblems(credential, 'clientCredential')
  if (credential.length === 0) return ['clientCredential is an empty list. Give one at least.']
  return credential.flatMap((single: unknown, index) =>
    singleProblems(single, `clientCredential[${index}]`),
  )
}

function singleProblems(credential: unknown, name: string): string[] {
  if (typeof credential === 'string') return secretProblems(credential, name)
  if (typeof credential === 'function') return []
  if (credential instanceof Uint8Array) return [`${name} is a list of bytes. Set { pfx: bytes }.`]
  if (credential instanceof Promise) {
    return [`${name} is a promise. Give the function that returns it: () => promise.`]
  }
  if (typeof credential !== 'object' || credential === null || Array.isArray(credential)) {
    return [
      `${name} is neither a secret (text), a certificate ({ certificate, privateKey } or { pfx }) nor a function that returns an assertion.`,
    ]
  }
  const faults = typeProblems(credential as Record<string, unknown>, name)
  return faults.length > 0 ? faults : certificateProblems(credential, name)
}

function secretProblems(secret: string, name: string): string[] {
  if (secret.trim() === '') return [`${name} is an empty text. Set the value of the client secret.`]
  if (isPem(secret)) return [`${name} is a PEM text. Set { certificate, privateKey } to it.`]
  if (/[\r\n]/.test(secret)) return [`${name} holds a line break. Cut it off: secret.trim().`]
  return []
}

function typeProblems(credential: Record<string, unknown>, name: string): string[] {
  const problems: string[] = []
  for (const [field, value] of Object.entries(credential)) {
    if (!FIELDS.includes(field)) {
      problems.push(`${name} has an unknown field "${field}". It takes ${FIELDS.join(', ')}.`)
    } else if (value === undefined) continue
    else if (field === 'sendX5c') {
      if (typeof value !== 'boolean') problems.push(`${name}.sendX5c must be true or false.`)
    } else if (field === 'pfx' && value instanceof Uint8Array) {
      if (value.length === 0) problems.push(`${name}.pfx is empty.`)
    } else if (typeof value !== 'string') {
      problems.push(`${name}.${field} must be a text.`)
    } else if (value === '' && field !== 'passphrase') {
      problems.push(`${name}.${field} is empty. Set it, or leave it out.`)
    }
  }
  return problems
}

function certificateProblems(credential: CertificateCredential, name: string): string[] {
  const { certificate, privateKey, pfx, thumbprint, sendX5c } = credential
  const problems: string[] = []
  if (pfx === undefined && certificate === undefined && privateKey === undefined) {
    return [`${name} holds no certificate. Set { certificate, privateKey } or { pfx }.`]
  }
  if (pfx !== undefined && (certificate !== undefined || privateKey !== undefined)) {
    problems.push(`${name} has pfx beside certificate or privateKey. Leave out one or the other.`)
  }
  if (
    thumbprint !== undefined &&
    !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(normalThumbprint(thumbprint))
  ) {
    problems.push(
      `${name}.thumbprint must be the 64 hexadecimal digits of SHA-256, or the 40 of SHA-1.`,
    )
  }
  if (pfx === undefined) problems.push(...pemProblems(credential, name))
  if (sendX5c === true && pfx === undefined && certificate === undefined) {
    problems.push(`${name}.sendX5c needs ${name}.certificate.`)
  }
  return problems
}

function pemProblems(
  { certificate, privateKey, passphrase, thumbprint }: CertificateCredential,
  name: string,
): string[] {
  const problems: string[] = []
  const where = privateKey === undefined ? 'certificate' : 'privateKey'
  const keyText = privateKey ?? certificate ?? ''
  if (isPem(keyText)) {
    const key = pemBlocks(keyText).find((block) => isPrivateKey(block))
    if (key === undefined) {
      problems.push(
        `${name}.${where} holds no private key. Set ${name}.privateKey to the text from "-----BEGIN PRIVATE KEY-----" to its end.`,
      )
    } else if (key.label === 'EC PRIVATE KEY') {
      problems.push(`${name}.${where} is no RSA key. Microsoft Entra ID takes RSA keys alone.`)
    } else if (isEncrypted(key) && passphrase === undefined) {
      problems.push(`${name}.${where} is encrypted. Set ${name}.passphrase.`)
    }
  }
  if (certificate !== undefined) {
    if (isPem(certificate) && !holdsCertificate(certificate)) {
      problems.push(
        `${name}.certificate holds no certificate. Set it to the text from "-----BEGIN CERTIFICATE-----" to its end.`,
      )
    }
  } else if (isPem(keyText) && !holdsCertificate(keyText) && thumbprint === undefined) {
    problems.push(`${name} holds no certificate. Set ${name}.certificate, or ${name}.thumbprint.`)
  }
  return problems
}

function holdsCertificate(text: string): boolean {
  return pemBlocks(text).some(({ label }) => label === 'CERTIFICATE')
}
