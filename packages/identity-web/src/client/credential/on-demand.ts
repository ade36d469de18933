import { loadLater } from '../../load-later.ts'
import type { ClientAuthentication } from './client-authentication.ts'
import type { CredentialSettings } from './methods.ts'
import { isTokenCredential } from './token-credential.ts'
import type { ClientCredential } from './types.ts'

const loadAuthentication = loadLater(
  'the client credential',
  () => import('./client-authentication.ts'),
)

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
    const { createClientAuthentication } = await loadAuthentication()
    // Another request may have created it in the meantime.
    return (created ??= createClientAuthentication(credential, settings))
  }

  return {
    async prepare() {
      if ([credential].flat().some(isCertificate)) await (await authentication()).prepare()
    },
    run: async (request) => (await authentication()).run(request),
  }
}

/** Whether the credential reads files or imports a key. Secrets and assertions need no preparation. */
function isCertificate(credential: unknown): boolean {
  return typeof credential === 'object' && credential !== null && !isTokenCredential(credential)
}
