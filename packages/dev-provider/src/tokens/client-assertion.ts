import { readAssertion, type AssertionBearer } from './assertion.js'
import { verifyCertificateAssertion } from './certificate-assertion.js'
import { isGuid } from '../config/resolve-config.js'
import { verifyFederatedAssertion } from './federated-assertion.js'
import { invalidClient } from './invalid-client.js'
import type { ProviderContext } from '../state/context.js'

/**
 * Checks a client assertion (RFC 7523).
 *
 * The client signs it with its certificate, or it is a token of another issuer that the
 * registration trusts.
 */
export async function verifyClientAssertion(
  context: ProviderContext,
  bearer: AssertionBearer,
  text: string,
): Promise<void> {
  const assertion = readAssertion(text)
  const { iss, sub } = assertion.payload
  const clientId = bearer.app.clientId.toLowerCase()
  const isOwn = iss?.toLowerCase() === clientId
  // A GUID is a client ID, so the assertion belongs to another client.
  if ((isOwn && sub?.toLowerCase() !== clientId) || (!isOwn && isGuid(iss))) {
    throw invalidClient(
      700021,
      "Client assertion application identifier doesn't match 'client_id' parameter.",
    )
  }
  return isOwn
    ? verifyCertificateAssertion(context, bearer, assertion)
    : verifyFederatedAssertion(context, bearer.app, assertion)
}
