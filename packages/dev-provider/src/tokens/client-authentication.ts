import { timingSafeEqual } from 'node:crypto'
import { verifyClientAssertion } from './client-assertion.js'
import { findApp } from '../profiles/find-app.js'
import type { AppConfig } from '../config/config.js'
import { findRecord } from '../config/registration-records.js'
import type { ProviderContext } from '../state/context.js'
import { param, type ProviderRequest } from '../protocol/http.js'
import type { ClientAuthMethod, IssuerProfile } from '../profiles/issuer-profile.js'
import { invalidClient } from './invalid-client.js'
import { OAuthError, invalidRequest } from '../protocol/oauth-error.js'

/** The client of a token request. */
export interface Client {
  readonly app: AppConfig
  /** The method with which the client authenticated. */
  readonly authMethod: ClientAuthMethod
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Returns the client and checks its credential, if the request contains one. The grant decides
 * whether a credential is required.
 */
export async function authenticateClient(
  context: ProviderContext,
  profile: IssuerProfile,
  request: ProviderRequest,
): Promise<Client> {
  const { form } = request
  const basic = parseBasic(request.headers['authorization'])
  const app = findApp(context.config, profile, basic?.id ?? param(form, 'client_id'))
  const secret = basic?.secret ?? param(form, 'client_secret')
  const assertion = param(form, 'client_assertion')
  if (secret === undefined && assertion === undefined) return { app, authMethod: 'none' }
  if (!isConfidential(app)) {
    throw invalidClient(
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
      `Remove the client secret from the request, or set clientSecret of "${app.name}" in the configuration.`,
    )
  }
  if (assertion !== undefined) {
    assertAssertionAlone(form, secret)
    await verifyClientAssertion(context, { app, profile, request }, assertion)
    return { app, authMethod: 'assertion' }
  }
  assertSecret(context, app, secret ?? '')
  return { app, authMethod: 'secret' }
}

function assertSecret(context: ProviderContext, app: AppConfig, secret: string): void {
  if (isEqual(secret, app.clientSecret)) return
  const added = findRecord(app)?.secrets.find(({ secretText }) => isEqual(secret, secretText))
  if (added === undefined) {
    // The start page shows only secrets of the configuration.
    const orAdd = app.clientSecret === undefined ? ', or add a secret with Graph' : ''
    throw invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
      `The client secret is wrong. Copy clientSecret of "${app.name}" from ${context.origin}/${orAdd}.`,
    )
  }
  if (Date.parse(added.endDateTime) > context.nowMs()) return
  throw invalidClient(
    7000222,
    `The provided client secret keys for app '${app.clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
    'Add a new secret to the app with Graph, for example with identity-web-cli rotate.',
  )
}

/**
 * Rejects a client that has a credential but did not send it.
 *
 * @throws OAuthError AADSTS7000218.
 */
export function assertAuthenticated({ app, authMethod }: Client, isPublicFlow = false): void {
  if (authMethod !== 'none' || !isConfidential(app) || isPublicFlow) return
  throw missingSecret(app)
}

/** Creates the error AADSTS7000218 for a client that must authenticate. */
export function missingSecret(app: AppConfig): OAuthError {
  return invalidClient(
    7000218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    secretRemedy(app),
  )
}

/** Returns how a client without a credential can authenticate. */
export function secretRemedy({ name }: AppConfig): string {
  return `Add client_secret to the request. The home page of the provider shows the secret of "${name}". You can also authenticate with a certificate.`
}

/** Returns whether an app has a credential. An app without a credential is a public client. */
function isConfidential(app: AppConfig): boolean {
  const lists = [app.certificates, app.trustedSubjectNames, app.federatedCredentials]
  const hasSecret = app.clientSecret !== undefined || (findRecord(app)?.secrets ?? []).length > 0
  return hasSecret || lists.some((list) => (list ?? []).length > 0)
}

function assertAssertionAlone(form: URLSearchParams, secret: string | undefined): void {
  const type = param(form, 'client_assertion_type')
  if (type !== ASSERTION_TYPE) {
    throw invalidRequest(
      type === undefined ? 900144 : 9002313,
      `The request body must contain the following parameter: 'client_assertion_type', with the value '${ASSERTION_TYPE}'.`,
      `Set client_assertion_type to ${ASSERTION_TYPE}.`,
    )
  }
  // RFC 6749, section 2.3 allows one authentication method per request.
  if (secret !== undefined) {
    throw invalidRequest(
      9002313,
      "Invalid request. Request is malformed or invalid: send either 'client_assertion' or a client secret, not both.",
      'Remove client_secret or client_assertion from the request.',
    )
  }
}

/** Parses Basic authentication. Both parts are form-encoded (RFC 6749, section 2.3.1). */
function parseBasic(header: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const credentials = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = credentials.indexOf(':')
  if (colon < 0) throw malformedHeader()
  return {
    id: formDecode(credentials.slice(0, colon)),
    secret: formDecode(credentials.slice(colon + 1)),
  }
}

function malformedHeader(): OAuthError {
  return invalidClient(
    7000215,
    'The Authorization header is malformed.',
    'Encode the client ID, a colon and the client secret in base64, and send the result after Basic.',
  )
}

function formDecode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}

function isEqual(left: string, right: string | undefined): boolean {
  if (right === undefined) return false
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
