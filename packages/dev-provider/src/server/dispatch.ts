import type { ProviderContext } from '../state/context.js'
import { adminConsent } from '../sign-in/admin-consent.js'
import { deviceAuth, deviceCode } from '../sign-in/device-login.js'
import { adfsUserinfo } from '../tokens/adfs-userinfo.js'
import { devToken, devUserTokens } from '../tokens/dev-token.js'
import { keys, metadata } from '../tokens/discovery.js'
import { toGraphOAuthError } from '../graph/faults.js'
import { userinfo } from '../graph/userinfo.js'
import { appServiceIdentity, instanceMetadata } from '../tokens/managed-identity.js'
import { workloadKeys, workloadMetadata } from '../tokens/workload.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { createErrorIds, OAuthError, toEntraErrorBody } from '../protocol/oauth-error.js'
import { toRequestError } from '../protocol/request-error.js'
import { errorCodePage, errorPage } from '../sign-in/pages/error-page.js'
import { explainContentType, notFound, unknownTenant, wrongMethod } from './request-problems.js'
import { homePage } from '../dashboard/home-page.js'
import { requestsPage } from '../dashboard/requests-page.js'
import { switchesPage } from '../dashboard/switches-page.js'
import type { EndpointName } from '../protocol/routes.js'
import { authorize, interact } from '../sign-in/sign-in.js'
import { signOut } from '../sign-in/sign-out.js'
import { token } from '../tokens/token-endpoint.js'

type Handler = (
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
) => Promise<ProviderResponse> | ProviderResponse

interface Endpoint {
  readonly methods: readonly string[]
  readonly handler: Handler
  /** The format of errors. People get a page, programs get JSON. */
  readonly errors: 'page' | 'json'
}

const READ = ['GET', 'HEAD']
const BOTH = ['GET', 'HEAD', 'POST']

const ENDPOINTS: Partial<Record<EndpointName, Endpoint>> = {
  metadata: { methods: READ, handler: metadata, errors: 'json' },
  keys: { methods: READ, handler: keys, errors: 'json' },
  metadataV1: { methods: READ, handler: metadata, errors: 'json' },
  keysV1: { methods: READ, handler: keys, errors: 'json' },
  authorize: { methods: BOTH, handler: authorize, errors: 'page' },
  interaction: { methods: BOTH, handler: interact, errors: 'page' },
  token: { methods: ['POST'], handler: token, errors: 'json' },
  devicecode: { methods: ['POST'], handler: deviceCode, errors: 'json' },
  deviceauth: { methods: BOTH, handler: deviceAuth, errors: 'page' },
  logout: { methods: BOTH, handler: signOut, errors: 'page' },
  adminconsent: { methods: BOTH, handler: adminConsent, errors: 'page' },
  adminconsentV2: { methods: BOTH, handler: adminConsent, errors: 'page' },
}

// These endpoints do not have a tenant, and also accept POST.
const POST_ENDPOINTS: readonly EndpointName[] = ['userinfo', 'requests', 'switches']

const JSON_ERRORS: readonly EndpointName[] = [
  'appServiceIdentity',
  'instanceMetadata',
  'devToken',
  'devUserTokens',
]

/** Handles a request. An OAuth error becomes a response in the format of the endpoint. */
export async function dispatch(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const { endpoint, method } = request
  // Graph rejects methods in its own format.
  if (isGraph(endpoint)) {
    // Loaded at the first request, because many programs start the provider without Graph.
    const { graph } = await import('../graph/graph.js')
    return graph(context, request)
  }
  if (endpoint === 'unknown') return notFound(context, request)
  const tenantEndpoint = ENDPOINTS[endpoint]
  const methods = tenantEndpoint?.methods ?? methodsOf(endpoint)
  if (!methods.includes(method)) return methodNotAllowed(context, request, methods)
  if (tenantEndpoint === undefined) return handleFixedPath(context, request)
  const profile = context.resolveProfile(request.tenant)
  // An unknown policy returns a 404 page, an unknown tenant returns AADSTS90002.
  if (profile === undefined && request.tenant.includes('/')) return notFound(context, request)
  try {
    if (profile === undefined) throw unknownTenant(context, request.tenant)
    return await tenantEndpoint.handler(context, request, profile)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const explained = explainContentType(request, error)
    return toErrorResponse(context, request, explained, tenantEndpoint.errors, profile)
  }
}

/** Creates the response for a rejected request. */
export function toErrorResponse(
  context: ProviderContext,
  request: ProviderRequest,
  error: OAuthError,
  form: 'page' | 'json',
  profile?: IssuerProfile,
): ProviderResponse {
  if (isGraph(request.endpoint)) return toGraphOAuthError(context, request, error)
  const ids = createErrorIds(request.correlationId, context.nowMs())
  const translated = profile?.translateError(error) ?? error
  if (form === 'page') return errorPage(translated, ids)
  const body = profile?.errorBody(error, ids) ?? toEntraErrorBody(error, ids, context.origin)
  // RFC 6749, section 5.2 requires this header when the client used the Authorization header.
  const isBasic = error.status === 401 && request.headers['authorization'] !== undefined
  const headers: Record<string, string> = isBasic ? { 'www-authenticate': 'Basic realm=""' } : {}
  return { ...toJson(body, error.status, headers), error: toRequestError(translated) }
}

/** Returns whether an endpoint belongs to Graph. */
export function isGraph(endpoint: EndpointName): boolean {
  return endpoint === 'graph' || endpoint === 'graphMembers'
}

/** Returns the format of an endpoint's errors. */
export function errorForm(endpoint: EndpointName): 'page' | 'json' {
  return ENDPOINTS[endpoint]?.errors ?? (JSON_ERRORS.includes(endpoint) ? 'json' : 'page')
}

function handleFixedPath(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> | ProviderResponse {
  if (request.endpoint === 'appServiceIdentity') return appServiceIdentity(context, request)
  if (request.endpoint === 'instanceMetadata') return instanceMetadata(context, request)
  if (request.endpoint === 'requests') return requestsPage(context, request)
  if (request.endpoint === 'switches') return switchesPage(context, request)
  if (request.endpoint === 'devToken') return devToken(context, request)
  if (request.endpoint === 'devUserTokens') return devUserTokens(context, request)
  if (request.endpoint === 'workloadMetadata') return workloadMetadata(context)
  if (request.endpoint === 'workloadKeys') return workloadKeys(context)
  if (request.endpoint === 'userinfo') {
    return request.tenant === 'adfs' ? adfsUserinfo(context, request) : userinfo(context, request)
  }
  if (request.endpoint === 'error') {
    return errorCodePage(request.url.searchParams.get('code') ?? undefined)
  }
  return homePage(context)
}

function methodsOf(endpoint: EndpointName): readonly string[] {
  if (endpoint === 'devToken' || endpoint === 'devUserTokens') return ['POST']
  return POST_ENDPOINTS.includes(endpoint) ? BOTH : READ
}

function methodNotAllowed(
  context: ProviderContext,
  request: ProviderRequest,
  methods: readonly string[],
): ProviderResponse {
  const error = wrongMethod(request.method, methods)
  const response = toErrorResponse(context, request, error, errorForm(request.endpoint))
  return { ...response, headers: { ...response.headers, allow: methods.join(', ') } }
}
