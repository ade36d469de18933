// `vaultKey()`: a certificate whose key stays in a vault.
import {
  SIGNER,
  type AssertionSigner,
  type ClientAssertion,
  type ClientAssertionRequest,
} from '../client/credential/client-credential.ts'
import { argumentProblems, type VaultKey } from './options.ts'
import { createAssertion, createSigningMethod } from './signing.ts'

export type * from '../register.ts'

export type {
  ClientAssertion,
  ClientAssertionRequest,
} from '../client/credential/client-credential.ts'

export type { VaultKey } from './options.ts'

/**
 * Authenticates the application with a certificate whose private key stays in a vault.
 *
 * At Microsoft authorities, an assertion is used again until a minute before it expires, so the vault signs about every
 * nine minutes. To rotate the key without a restart, pass an async function that returns the key. The function is
 * called again every hour, when the key does not belong to the certificate anymore, and when the provider rejects it.
 *
 * `vaultKey` does not throw, because wrong options become problems of the `Auth`, `ApiAuth` or `McpAuth`. If the vault
 * fails, requests for tokens fail with `provider_unavailable`.
 *
 * @param key - The certificate and the function that signs, or a function that returns both.
 * @returns The value for the option `clientCredential`, or an entry in its list.
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
  // The code must not request a token for the application, even if several applications share the key.
  const owner = {}
  const signer: AssertionSigner = {
    problems: (name) => argumentProblems(key, name),
    createMethod: (settings, onError) => createSigningMethod(key, settings, { owner, onError }),
  }
  return SIGNER.put(createAssertion(key, owner), () => signer)
}
