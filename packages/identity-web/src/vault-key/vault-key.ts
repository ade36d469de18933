import {
  defineSigner,
  type ClientAssertion,
  type ClientAssertionRequest,
} from '../client/credential/client-credential.ts'
import { argumentProblems } from './problems.ts'
import { createAssertion, createSigningMethod } from './signing.ts'

export type {
  ClientAssertion,
  ClientAssertionRequest,
} from '../client/credential/client-credential.ts'

/**
 * A certificate whose private key stays in a vault, such as Azure Key Vault, AWS KMS or an HSM. It must be an RSA key.
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
   * The certificate of the key. It is public. A PEM string, the path of a PEM file (on Node.js), or the bytes of the
   * certificate in DER, such as `cer` of `@azure/keyvault-certificates`. If it is a chain, the certificate of the key
   * comes first.
   */
  readonly certificate: string | Uint8Array
  /**
   * Signs data with the private key. It must hash the data (SHA-256) and sign the hash. It must not request a token of
   * the same application, because that request would wait for the signature. It has as much time as a request to the
   * provider: `timeoutSeconds`.
   *
   * @param data - The bytes to sign.
   * @param options - `algorithm` is `'PS256'` (RSASSA-PSS with a salt of 32 bytes). At AD FS, and at providers that are
   *   not from Microsoft, it is `'RS256'`.
   * @returns The bytes of the signature.
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

/**
 * Authenticates the application with a certificate whose private key stays in a vault.
 *
 * At Microsoft authorities, an assertion is used again until a minute before it expires, so the vault signs about every
 * nine minutes. Instead of the key, you can pass an async function that returns it. The function is called again every
 * hour, when the key does not belong to the certificate anymore, and when the provider rejects it. So you can rotate the
 * key without a restart.
 *
 * It does not throw. Wrong options are problems of the `Auth`, `ApiAuth` or `McpAuth`. If the vault fails, requests for
 * tokens fail with `provider_unavailable`.
 *
 * @param key - The certificate and the function that signs, or a function that returns both.
 * @returns The value of the option `clientCredential`, or an entry of its list.
 *
 * @example A key in Azure Key Vault
 * ```ts
 * import { ManagedIdentityCredential } from '@azure/identity'
 * import { CryptographyClient } from '@azure/keyvault-keys'
 * import { Auth } from 'identity-web/express'
 * import { vaultKey } from 'identity-web/vault-key'
 *
 * const cryptography = new CryptographyClient(keyId, new ManagedIdentityCredential())
 * const auth = new Auth(app, {
 *   clientCredential: vaultKey({
 *     certificate: '/etc/app/certificate.pem',
 *     sign: async (data, { algorithm }) => (await cryptography.signData(algorithm, data)).result,
 *   }),
 * })
 * ```
 * @public
 */
export function vaultKey(
  key: VaultKey | ((request: ClientAssertionRequest) => VaultKey | Promise<VaultKey>),
): ClientAssertion {
  // A request of the code for a token of the application is an error, also if several applications share the key.
  const owner = {}
  return defineSigner(createAssertion(key, owner), {
    problems: (name) => argumentProblems(key, name),
    createMethod: (settings, onError) => createSigningMethod(key, settings, { owner, onError }),
  })
}
