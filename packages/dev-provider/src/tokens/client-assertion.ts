import { readAssertion, type AssertionBearer } from './assertion.js'
import { verifyCertificateAssertion } from './certificate-assertion.js'
import { isGuid } from '../config/value-checks.js'
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
  jwt: string,
): Promise<void> {
  const assertion = readAssertion(jwt)
  const { iss, sub } = assertion.payload
  const clientId = bearer.app.clientId.toLowerCase()
  const isFromClient = iss?.toLowerCase() === clientId
  // A GUID is a client ID, so the assertion belongs to another client.
  if ((isFromClient && sub?.toLowerCase() !== clientId) || (!isFromClient && isGuid(iss))) {
    throw invalidClient(
      700021,
      "Client assertion application identifier doesn't match 'client_id' parameter.",
      'Set iss and sub of the assertion to the client ID of the request.',
    )
  }
  return isFromClient
    ? verifyCertificateAssertion(context, bearer, assertion)
    : verifyFederatedAssertion(context, bearer.app, assertion)
}
