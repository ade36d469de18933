import { randomBytes } from 'node:crypto'
import type { ProviderContext } from '../state/context.js'
import { createSign } from '../profiles/sign-token.js'
import { param, toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import { simulatedIdentities } from '../config/simulated-identities.js'

/**
 * The endpoints and the claims of the simulated managed identity.
 *
 * @example Give the app what App Service would give it
 * ```ts
 * process.env.IDENTITY_ENDPOINT = provider.managedIdentity.appServiceEndpoint
 * process.env.IDENTITY_HEADER = provider.managedIdentity.header
 * ```
 */
export interface ManagedIdentity {
  /** The URL that App Service sets as `IDENTITY_ENDPOINT`. */
  readonly appServiceEndpoint: string
  /**
   * The value that App Service sets as `IDENTITY_HEADER`, and that the app sends as `X-IDENTITY-HEADER`.
   */
  readonly header: string
  /** The URL that replaces `http://169.254.169.254/metadata/identity/oauth2/token`. */
  readonly imdsEndpoint: string
  /** The `iss` claim in its tokens, which belongs to the first tenant. */
  readonly issuer: string
  /** The `sub` and `oid` claims in its tokens. */
  readonly subject: string
  /** The identity's client ID, for the `client_id` parameter of a request. */
  readonly clientId: string
}

/** Returns the settings and claims of the managed identity. */
export function describeManagedIdentity({
  origin,
  config,
}: Pick<ProviderContext, 'origin' | 'config'>): ManagedIdentity {
  const tenantId = config.tenants[0]?.id.toLowerCase() ?? ''
  return {
    appServiceEndpoint: `${origin}/msi/token`,
    header: simulatedIdentities.identityHeader,
    imdsEndpoint: `${origin}/metadata/identity/oauth2/token`,
    issuer: `${origin}/${tenantId}/v2.0`,
    subject: simulatedIdentities.managedIdentityOid,
    clientId: simulatedIdentities.managedIdentityClientId,
  }
}

/** Handles `/msi/token`, the App Service endpoint (api-version 2019-08-01). */
export async function appServiceIdentity(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const { searchParams } = request.url
  const reject = (statusCode: number, message: string): ProviderResponse =>
    failed(toJson({ statusCode, message }, statusCode), message)
  // The header proves that the caller can read the environment of the process. A forged request
  // does not have it.
  if (request.headers['x-identity-header'] !== simulatedIdentities.identityHeader) {
    return reject(401, 'The X-IDENTITY-HEADER header is missing or wrong.')
  }
  if (searchParams.get('api-version') !== '2019-08-01') {
    return reject(400, 'The api-version must be 2019-08-01.')
  }
  const resource = param(searchParams, 'resource')
  if (resource === undefined) return reject(400, 'The resource parameter is missing.')
  if (!isKnown(searchParams)) {
    return reject(
      400,
      'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
    )
  }
  const { token, expiresAt } = await createManagedIdentityToken(context, resource)
  return toJson({
    access_token: token,
    expires_on: String(expiresAt),
    resource,
    token_type: 'Bearer',
    client_id: simulatedIdentities.managedIdentityClientId,
  })
}

/**
 * Handles `/metadata/identity/oauth2/token`, a virtual machine's instance metadata service (api-version 2018-02-01).
 */
export async function instanceMetadata(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const { headers, url } = request
  const reject = (error_description: string): ProviderResponse =>
    failed(toJson({ error: 'invalid_request', error_description }, 400), error_description)
  if (headers['metadata']?.toLowerCase() !== 'true') {
    return reject('Required metadata header not specified')
  }
  // A request through a proxy does not come from the virtual machine itself.
  if (headers['x-forwarded-for'] !== undefined) {
    return reject('The X-Forwarded-For header is not allowed')
  }
  if (url.searchParams.get('api-version') !== '2018-02-01') {
    return reject('The api-version must be 2018-02-01')
  }
  const resource = param(url.searchParams, 'resource')
  if (resource === undefined) return reject('Required audience parameter not specified')
  if (!isKnown(url.searchParams)) return reject('Identity not found')
  const { token, issuedAt, expiresAt } = await createManagedIdentityToken(context, resource)
  const lifetime = String(expiresAt - issuedAt)
  const body = {
    access_token: token,
    client_id: simulatedIdentities.managedIdentityClientId,
    expires_in: lifetime,
    expires_on: String(expiresAt),
    ext_expires_in: lifetime,
    not_before: String(issuedAt),
    resource,
    token_type: 'Bearer',
  }
  return toJson(body, 200, { 'x-ms-request-id': request.requestId })
}

function failed(response: ProviderResponse, message: string): ProviderResponse {
  return { ...response, error: { code: 'invalid_request', message } }
}

/** Returns whether the request is for the only identity, with or without one of its IDs. */
function isKnown(params: URLSearchParams): boolean {
  const { managedIdentityClientId, managedIdentityOid } = simulatedIdentities
  const clientId = param(params, 'client_id')?.toLowerCase() ?? managedIdentityClientId
  const objectId = param(params, 'object_id')?.toLowerCase() ?? managedIdentityOid
  return clientId === managedIdentityClientId && objectId === managedIdentityOid
}

async function createManagedIdentityToken(
  context: ProviderContext,
  resource: string,
): Promise<{ token: string; issuedAt: number; expiresAt: number }> {
  const issuedAt = context.issueSeconds()
  const expiresAt = issuedAt + context.behaviour.accessTokenSeconds
  const { issuer, subject, clientId } = describeManagedIdentity(context)
  const token = await createSign(await context.keys.main())({
    aud: resource,
    iss: issuer,
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresAt,
    azp: clientId,
    azpacr: '2',
    idtyp: 'app',
    oid: subject,
    sub: subject,
    tid: issuer.split('/').at(-2),
    uti: randomBytes(16).toString('base64url'),
    ver: '2.0',
  })
  return { token, issuedAt, expiresAt }
}
