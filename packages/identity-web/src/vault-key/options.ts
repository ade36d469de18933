// The argument of `vaultKey()`.
import type { ClientAssertionRequest } from '../client/credential/client-credential.ts'
import type { Bytes } from '../client/credential/der.ts'
import { isPem, pemBlocks } from '../client/credential/pem.ts'
import { isObject } from '../own.ts'

/**
 * A certificate whose private key stays in a vault, such as Azure Key Vault, AWS KMS or an HSM. The key must be an RSA
 * key.
 *
 * @example
 * ```ts
 * const cryptography = new CryptographyClient(keyId, new ManagedIdentityCredential())
 * const key: VaultKey = {
 *   certificate: '/etc/app/certificate.pem',
 *   sign: async (data, { algorithm }) => (await cryptography.signData(algorithm, data)).result,
 * }
 * ```
 * @public
 */
export interface VaultKey {
  /**
   * The key's certificate, which is public: a PEM string, the path of a PEM file (on Node.js), or the certificate's
   * bytes in DER, such as `cer` from `@azure/keyvault-certificates`. In a chain, the key's certificate comes first.
   */
  readonly certificate: string | Uint8Array
  /**
   * Signs data with the private key. The function must hash the data (SHA-256) and sign the hash. It must not request a
   * token for the same application, because that request would wait for the signature. Like a request to the provider,
   * it must finish within `timeoutSeconds`.
   *
   * @param data - The bytes to sign.
   * @param options - `algorithm` is `'PS256'` (RSASSA-PSS with a salt of 32 bytes), but `'RS256'` at AD FS and at
   *   providers that are not from Microsoft.
   * @returns The signature's bytes.
   */
  sign(
    data: Uint8Array,
    options: { readonly algorithm: 'PS256' | 'RS256' },
  ): Uint8Array | Promise<Uint8Array>
  /**
   * Sends the certificate with each assertion. Apps that are registered by subject name and issuer require it.
   *
   * @defaultValue `false`
   */
  readonly sendX5c?: boolean | undefined
}

/** The function that an application passes instead of its key. */
export type ReadKey = (request: ClientAssertionRequest) => VaultKey | Promise<VaultKey>

/** Returns the problems with the argument of `vaultKey()`, each as a sentence that says what to change. */
export function argumentProblems(key: unknown, name: string): string[] {
  if (typeof key === 'function') return []
  if (isObject(key) && typeof key['then'] !== 'function') return keyProblems(key, name)
  return [
    `${name} is vaultKey() without a key. Set vaultKey({ certificate, sign }), or pass an async function that returns { certificate, sign }.`,
  ]
}

/** Returns the problems with a key, which can be a function's result. */
export function keyProblems(key: Readonly<Record<string, unknown>>, name: string): string[] {
  const { certificate, sign, sendX5c } = key
  const problems = ['privateKey', 'pfx', 'passphrase', 'thumbprint']
    .filter((field) => key[field] !== undefined)
    .map((field) => `${name}.${field} cannot be used together with ${name}.sign. Remove it.`)
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
  const isBytes = ArrayBuffer.isView(certificate)
  if (typeof certificate !== 'string' && !isBytes)
    return 'must be a PEM string, the path of a PEM file, or a Uint8Array.'
  const size = isBytes ? certificate.byteLength : certificate.length
  if (size === 0) return 'is empty. Set it to the certificate of the key.'
  return isBytes || !isPem(certificate) || certificatesIn(certificate).length > 0
    ? undefined
    : NO_CERTIFICATE
}

export const NO_CERTIFICATE: string =
  'does not contain a certificate. Set it to the lines from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".'

/** Returns a PEM string's certificates in DER. A certificate that is not base64 is empty. */
export function certificatesIn(pem: string): Bytes[] {
  const blocks = pemBlocks(pem).filter(({ label }) => label === 'CERTIFICATE')
  return blocks.map(({ bytes = new Uint8Array() }) => bytes)
}
