import { assertAlgorithm, assertInTime, isSignedBy, type Assertion } from './assertion.js'
import type { AppConfig, FederatedCredentialConfig } from '../config/config.js'
import { fetchIssuerKey } from './issuer-keys.js'
import { invalidClient } from './invalid-client.js'
import type { OAuthError } from '../protocol/oauth-error.js'
import type { ProviderContext } from '../state/context.js'

/** The audience of federated credentials in the public cloud. */
export const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange'

/** Checks a token of another issuer against the federated identity credentials of the app. */
export async function verifyFederatedAssertion(
  context: ProviderContext,
  app: AppConfig,
  assertion: Assertion,
): Promise<void> {
  const { iss = '' } = assertion.payload
  assertRegistered(context, app, assertion)
  assertAlgorithm(assertion, ['RS256'])
  const isFromProvider = isProviderIssuer(context, iss)
  const kid = assertion.header.kid ?? ''
  const key = await (isFromProvider ? findProviderKey(context, kid) : fetchIssuerKey(iss, kid))
  if (key === undefined) throw badFederatedSignature('The key was not found.', kid)
  if (!(await isSignedBy(assertion, key))) {
    throw badFederatedSignature('The provided signature value did not match the expected one.', kid)
  }
  assertInTime(context, assertion)
  if (isFromProvider && context.resolveProfile(tenantOf(context, iss)) !== undefined) {
    assertAppOnly(assertion)
  }
}

/** Checks that the issuer, the subject and the audience match one credential exactly. */
function assertRegistered(
  context: ProviderContext,
  app: AppConfig,
  { payload, audiences }: Assertion,
): void {
  const issuerOf = ({ issuer }: FederatedCredentialConfig): string =>
    issuer.replaceAll('{origin}', context.origin)
  const ofIssuer = (app.federatedCredentials ?? []).filter(
    (entry) => issuerOf(entry) === payload.iss,
  )
  if (ofIssuer.length === 0) throw noRecord(700211, 'issuer', payload.iss)
  const ofSubject = ofIssuer.filter(({ subject }) => subject === payload.sub)
  if (ofSubject.length === 0) throw noRecord(700213, 'subject', payload.sub)
  const [audience = ''] = audiences
  const isForUs =
    audiences.length === 1 &&
    ofSubject.some((entry) => (entry.audience ?? EXCHANGE_AUDIENCE) === audience)
  if (!isForUs) throw noRecord(700212, 'audience', audiences.join(' '))
}

function noRecord(number: number, claim: string, value: string | undefined): OAuthError {
  return invalidClient(
    number,
    `No matching federated identity record found for presented assertion ${claim} '${value ?? ''}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.`,
    'Add the issuer, the subject and the audience of the token to federatedCredentials of the app in the configuration.',
  )
}

function badFederatedSignature(reason: string, kid: string): OAuthError {
  return invalidClient(
    50013,
    `Assertion failed signature validation. [Reason - ${reason}, Identifier of key used: '${kid}']`,
    'Check that the jwks_uri of the issuer contains the key that signed the token.',
  )
}

function isProviderIssuer(context: ProviderContext, issuer: string): boolean {
  return issuer.startsWith(`${context.origin}/`)
}

async function findProviderKey(
  context: ProviderContext,
  kid: string,
): Promise<CryptoKey | undefined> {
  const published = (await context.keys.published()).filter(({ use }) => use === 'main')
  return published.find(({ key }) => key.kid === kid)?.key.publicKey
}

function tenantOf(context: ProviderContext, issuer: string): string {
  return issuer.slice(context.origin.length + 1).split('/')[0] ?? ''
}

/**
 * Rejects a user's token of an Entra ID tenant, which does not identify a workload (AADSTS700229).
 */
function assertAppOnly({ payload }: Assertion): void {
  const isAppOnly = payload['oid'] === payload.sub && payload['scp'] === undefined
  if (isAppOnly) return
  throw invalidClient(
    700229,
    'Only app-only tokens can be used as Federated Identity Credentials for AAD issuer.',
    'Send an app-only token, for example of a managed identity, instead of the token of a user.',
  )
}
