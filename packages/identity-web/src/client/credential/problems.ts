// Checks the option `clientCredential` at the start.
import type { Environment } from '../../host-traits.ts'
import { isThenable } from '../../maybe-promise.ts'
import { isEncrypted, isPem, isPrivateKey, pemBlocks } from './pem.ts'
import {
  expiryOf,
  isSecretCredential,
  isTokenCredential,
  normalThumbprint,
  secretOf,
  SIGNER,
  type AuthenticationMethod,
  type CertificateCredential,
  type ClientCredential,
  type ExpiringSecret,
  type SecretCredential,
  type SecretMethod,
} from './client-credential.ts'

const FIELDS = ['certificate', 'privateKey', 'pfx', 'passphrase', 'thumbprint', 'sendX5c']

/**
 * Returns all of a credential's problems that are visible without reading a file, each as a sentence that says what to
 * change.
 *
 * @param credential - The value for `clientCredential`.
 * @returns The sentences, or an empty list for a credential without problems.
 */
export function credentialProblems(credential: unknown): string[] {
  if (!Array.isArray(credential)) return singleProblems(credential, 'clientCredential')
  if (credential.length === 0)
    return ['clientCredential is an empty list. Add at least one credential.']
  if (credential.every((single) => single === undefined))
    return [
      'clientCredential is a list in which every entry is undefined. Set at least one of the variables in the list, or remove clientCredential.',
    ]
  return credential.flatMap((single: unknown, index) =>
    single === undefined ? [] : singleProblems(single, `clientCredential[${index}]`),
  )
}

function singleProblems(credential: unknown, name: string): string[] {
  if (typeof credential === 'string') return secretProblems(credential, name)
  if (typeof credential === 'function') return SIGNER.of(credential)?.().problems(name) ?? []
  if (ArrayBuffer.isView(credential)) return [`${name} is a Uint8Array. Set { pfx: bytes }.`]
  if (isThenable(credential)) {
    return [`${name} is a promise. Pass the function that returns it: () => promise.`]
  }
  if (typeof credential !== 'object' || credential === null || Array.isArray(credential)) {
    return [
      `${name} must be a secret (string, or { secret, expires }), a certificate ({ certificate, privateKey } or { pfx }), a function that returns an assertion, or an object with getToken(scope).`,
    ]
  }
  if (isTokenCredential(credential)) return []
  if (isSecretCredential(credential)) return expiringProblems(credential, name)
  if ('sign' in credential) {
    return [
      `${name} is a key in a vault. Set it to vaultKey({ certificate, sign }) of identity-web/vault-key.`,
    ]
  }
  const problems = typeProblems(credential as Record<string, unknown>, name)
  return problems.length > 0 ? problems : certificateProblems(credential, name)
}

function secretProblems(secret: unknown, name: string): string[] {
  if (typeof secret !== 'string') return [`${name} must be a string.`]
  if (secret.trim() === '')
    return [`${name} is an empty string. Set it to the value of the client secret.`]
  if (isPem(secret)) return [`${name} is a PEM string. Set { certificate, privateKey } instead.`]
  if (/[\r\n]/.test(secret)) return [`${name} contains a line break. Remove it: secret.trim().`]
  return []
}

function expiringProblems({ secret, expires }: SecretCredential, name: string): string[] {
  const problems = secretProblems(secret, `${name}.secret`)
  if (Number.isNaN(expiryOf(expires)))
    problems.push(`${name}.expires must be a date, for example '2027-03-31'.`)
  return problems
}

/**
 * Adds the expiry in the variable, and the check, to the secret in `IDENTITY_CLIENT_SECRET`. An application's code often
 * passes this secret on, also in a list, so the secret's value decides.
 *
 * @param check - Returns the reason why the secret must not be sent.
 */
export function withExpiry<T extends { readonly credential: ClientCredential | undefined }>(
  provider: T,
  { IDENTITY_CLIENT_SECRET: secret, IDENTITY_CLIENT_SECRET_EXPIRES: expires = '' }: Environment,
  check?: ExpiringSecret['check'],
): T {
  if (!secret) return provider
  const variable = 'IDENTITY_CLIENT_SECRET'
  const add = <C>(single: C): C | ExpiringSecret =>
    single === secret ? { secret, expires, variable, check } : single
  const { credential: given } = provider
  return { ...provider, credential: Array.isArray(given) ? given.map(add) : add(given) }
}

/** Returns the warning about a variable without effect, which is never an error, because the date is only advice. */
export function expiresWarnings(variables: Environment): string[] {
  const { IDENTITY_CLIENT_SECRET: secret, IDENTITY_CLIENT_SECRET_EXPIRES: expires } = variables
  if (!expires || (secret && !Number.isNaN(expiryOf(expires)))) return []
  return [
    'IDENTITY_CLIENT_SECRET_EXPIRES has no effect. Set it to a date, for example 2027-03-31, and IDENTITY_CLIENT_SECRET to the secret that expires on this date.',
  ]
}

function typeProblems(credential: Record<string, unknown>, name: string): string[] {
  const problems: string[] = []
  for (const [field, value] of Object.entries(credential)) {
    if (!FIELDS.includes(field)) {
      problems.push(
        field === 'getToken'
          ? `${name}.getToken must be a function. Pass a credential of @azure/identity, or an object with getToken(scope).`
          : `${name} has an unknown field "${field}". The fields are ${FIELDS.join(', ')}.`,
      )
    } else if (value === undefined) continue
    else if (field === 'sendX5c') {
      if (typeof value !== 'boolean') problems.push(`${name}.sendX5c must be true or false.`)
    } else if (field === 'pfx' && ArrayBuffer.isView(value)) {
      if (value.byteLength === 0)
        problems.push(`${name}.pfx is empty. Set it to the content of a PFX file.`)
    } else if (typeof value !== 'string') {
      problems.push(`${name}.${field} must be a string.`)
    } else if (value === '' && field !== 'passphrase') {
      problems.push(`${name}.${field} is empty. Set it or remove it.`)
    }
  }
  return problems
}

function certificateProblems(credential: CertificateCredential, name: string): string[] {
  const { certificate, privateKey, pfx, thumbprint, sendX5c } = credential
  const problems: string[] = []
  if (pfx === undefined && certificate === undefined && privateKey === undefined) {
    return [`${name} does not contain a certificate. Set { certificate, privateKey } or { pfx }.`]
  }
  if (pfx !== undefined && (certificate !== undefined || privateKey !== undefined)) {
    problems.push(
      `${name} contains pfx together with certificate or privateKey. Keep either pfx, or certificate and privateKey.`,
    )
  }
  if (
    thumbprint !== undefined &&
    !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(normalThumbprint(thumbprint))
  ) {
    problems.push(`${name}.thumbprint must have 64 hexadecimal digits (SHA-256) or 40 (SHA-1).`)
  }
  if (pfx === undefined) problems.push(...pemProblems(credential, name))
  if (sendX5c === true && pfx === undefined && certificate === undefined) {
    problems.push(`${name}.sendX5c requires ${name}.certificate. Set it, or remove sendX5c.`)
  }
  return problems
}

function pemProblems(
  { certificate, privateKey, passphrase, thumbprint }: CertificateCredential,
  name: string,
): string[] {
  const problems: string[] = []
  const where = privateKey === undefined ? 'certificate' : 'privateKey'
  const keyValue = privateKey ?? certificate ?? ''
  if (isPem(keyValue)) {
    const key = pemBlocks(keyValue).find((block) => isPrivateKey(block))
    if (key === undefined) {
      problems.push(
        `${name}.${where} does not contain a private key. Set ${name}.privateKey to the lines from "-----BEGIN PRIVATE KEY-----" to "-----END PRIVATE KEY-----".`,
      )
    } else if (key.label === 'EC PRIVATE KEY') {
      problems.push(
        `${name}.${where} is not an RSA key. Microsoft Entra ID accepts only RSA keys, so create a certificate with an RSA key.`,
      )
    } else if (isEncrypted(key) && passphrase === undefined) {
      problems.push(`${name}.${where} is encrypted. Set ${name}.passphrase.`)
    }
  }
  if (certificate !== undefined) {
    if (isPem(certificate) && !containsCertificate(certificate)) {
      problems.push(
        `${name}.certificate does not contain a certificate. Set it to the lines from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".`,
      )
    }
  } else if (isPem(keyValue) && !containsCertificate(keyValue) && thumbprint === undefined) {
    problems.push(
      `${name} does not contain a certificate. Set ${name}.certificate or ${name}.thumbprint.`,
    )
  }
  return problems
}

function containsCertificate(pem: string): boolean {
  return pemBlocks(pem).some(({ label }) => label === 'CERTIFICATE')
}

export function chosenSecretMethod(
  chosen: AuthenticationMethod | undefined,
): SecretMethod | undefined {
  return chosen === 'client_secret_basic' || chosen === 'client_secret_post' ? chosen : undefined
}

/**
 * Returns the problem with a chosen method that cannot be used with the credential, while the option's row reports
 * other values.
 *
 * @param chosen - The value for `clientAuthentication`.
 * @param credential - The application's credential, which can be invalid, but that is another problem.
 */
export function methodFault(
  chosen: AuthenticationMethod | undefined,
  credential: ClientCredential | undefined,
): string | undefined {
  const list: readonly unknown[] = [credential].flat().filter((single) => single !== undefined)
  if (chosen === 'none') {
    return list.length === 0 ? undefined : "is 'none', but clientCredential is configured"
  }
  const needsKey = chosen === 'private_key_jwt'
  if (!needsKey && chosenSecretMethod(chosen) === undefined) return undefined
  if (list.some((single) => (typeof secretOf(single) !== 'string') === needsKey)) return undefined
  const needed = needsKey ? 'a certificate or a function' : 'a client secret'
  return `is '${chosen}', but clientCredential does not contain ${needed}`
}
