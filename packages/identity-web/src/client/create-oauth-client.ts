import { createIssuingAuthority, isMetaTenant, type Authority } from '../authority/index.ts'
import { capabilityClaims } from './claims-request.ts'
import type { ClientAuthentication } from './credential/client-authentication.ts'
import {
  isTokenCredential,
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
  const { clientId, credential, capabilities, onCertificate, secretMethod } = settings
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
            secretMethod,
            preferredSecretMethod: traits.secretMethod,
            onCertificate,
            ...(tenant !== undefined && !isMetaTenant(tenant) && { tenantId: tenant }),
          }),
  }
}

/**
 * Creates the authentication of an application. Its code is loaded with the first request to the token endpoint, or at the
 * start if the credential is a certificate, whose problems must be reported then.
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
      if ([credential].flat().some(isCertificate)) await (await authentication()).prepare()
    },
    run: async (request) => (created ?? (await authentication())).run(request),
  }
}

/** Returns whether the credential reads files or imports a key. Secrets and assertions need no preparation. */
function isCertificate(credential: unknown): boolean {
  return typeof credential === 'object' && credential !== null && !isTokenCredential(credential)
}
