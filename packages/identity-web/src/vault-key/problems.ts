import { isPem, pemBlocks } from '../client/credential/pem.ts'
import { isThenable } from '../maybe-promise.ts'

/** The fields of a certificate whose key is not in a vault. */
const OTHER_FIELDS = ['privateKey', 'pfx', 'passphrase', 'thumbprint']

/** Returns the problems of the argument of `vaultKey()`. Each problem is a sentence that says what to change. */
export function keyProblems(key: unknown, name: string): string[] {
  if (typeof key === 'function') return []
  if (isThenable(key)) {
    return [
      `${name} is vaultKey() with a promise. Pass the function that returns it: () => promise.`,
    ]
  }
  if (typeof key !== 'object' || key === null || Array.isArray(key)) {
    return [
      `${name} is vaultKey() without a key. Set vaultKey({ certificate, sign }), or pass a function that returns { certificate, sign }.`,
    ]
  }
  return fieldProblems(key as Record<string, unknown>, name)
}

/** Returns the problems of a key, which can be the result of a function. */
export function fieldProblems(key: Readonly<Record<string, unknown>>, name: string): string[] {
  const { certificate, sign, sendX5c } = key
  const problems = OTHER_FIELDS.filter((field) => key[field] !== undefined).map(
    (field) => `${name}.${field} cannot be used together with ${name}.sign. Remove it.`,
  )
  if (typeof sign !== 'function')
    problems.push(`${name}.sign must be a function that returns the signature of its data.`)
  if (sendX5c !== undefined && typeof sendX5c !== 'boolean')
    problems.push(`${name}.sendX5c must be true or false.`)
  const fault = certificateFault(certificate)
  if (fault !== undefined) problems.push(`${name}.certificate ${fault}`)
  return problems
}

function certificateFault(certificate: unknown): string | undefined {
  if (certificate === undefined) return 'is missing. Set it to the certificate of the key.'
  if (typeof certificate !== 'string' && !ArrayBuffer.isView(certificate))
    return 'must be a PEM string, the path of a PEM file, or a Uint8Array.'
  const size = typeof certificate === 'string' ? certificate.length : certificate.byteLength
  if (size === 0) return 'is empty. Set it to the certificate of the key.'
  if (typeof certificate !== 'string' || !isPem(certificate)) return undefined
  return pemBlocks(certificate).some(({ label }) => label === 'CERTIFICATE') ? undefined : NONE
}

/** The fault of PEM without a certificate. */
export const NONE: string =
  'does not contain a certificate. Set it to the lines from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".'
