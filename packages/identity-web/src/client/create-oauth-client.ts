// Creates the client, and its authentication with the first request.
import { createIssuingAuthority, isMetaTenant, type Authority } from '../authority/index.ts'
import { capabilityClaims } from './claims-request.ts'
import type { ClientAuthentication } from './credential/client-authentication.ts'
import {
  expiryOf,
  isSoon,
  isSecretCredential,
  isTokenCredential,
  SIGNER,
  type ClientCredential,
  type CredentialSettings,
} from './credential/client-credential.ts'
import { loadRequests } from './load-requests.ts'
import type { ClientSettings, OAuthClient } from './oauth-client.ts'
import { traitsOf } from './provider-traits.ts'

export function createOAuthClient(
  authority: Authority,
  { transport, now, ...settings }: ClientSettings,
): OAuthClient {
  const { kind, tenant } = authority
  const { clientId, credential, capabilities, expiryWarnings, secretMethod, assertionAudience } =
    settings
  const traits = traitsOf(kind)
  return {
    issuing: createIssuingAuthority(authority, transport, now),
    traits,
    clientId,
    capabilityClaims: traits.capabilities ? capabilityClaims(capabilities) : undefined,
    settings,
    authentication:
      credential === undefined
        ? undefined
        : authenticateOnDemand(credential, {
            clientId,
            certificateAlgorithm: traits.certificateAlgorithm,
            assertionAudience: assertionAudience ?? traits.assertionAudience,
            secretMethod,
            preferredSecretMethod: traits.secretMethod,
            expiryWarnings,
            timeoutSeconds: transport.timeoutSeconds,
            ...(tenant !== undefined && !isMetaTenant(tenant) && { tenantId: tenant }),
          }),
  }
}

/**
 * Creates an application's authentication. The code is loaded with the first request to the token endpoint. If the
 * credential is a certificate, or a secret that expires soon, the code is loaded at the start instead, because the
 * credential's problems must be reported then.
 */
export function authenticateOnDemand(
  credential: ClientCredential,
  settings: CredentialSettings,
): ClientAuthentication {
  let created: ClientAuthentication | undefined

  async function authentication(): Promise<ClientAuthentication> {
    const { createClientAuthentication } = await loadRequests()
    // Another request may have created it in the meantime.
    return (created ??= createClientAuthentication(credential, settings))
  }

  return {
    async prepare() {
      const isUrgent = [credential].flat().some((single) => needsStart(single, settings))
      if (isUrgent) await (await authentication()).prepare()
    },
    run: async (request) => (created ?? (await authentication())).run(request),
  }
}

/** Returns whether a credential reads files, imports a key or expires soon. Others do not need preparation. */
function needsStart(credential: unknown, { expiryWarnings }: CredentialSettings): boolean {
  if (isSecretCredential(credential)) return isSoon(expiryOf(credential.expires), expiryWarnings)
  if (typeof credential === 'function') return SIGNER.of(credential) !== undefined
  return typeof credential === 'object' && credential !== null && !isTokenCredential(credential)
}
