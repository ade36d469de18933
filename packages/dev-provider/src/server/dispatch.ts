import type { ProviderContext } from '../state/context.js'
import { adminConsent } from '../sign-in/admin-consent.js'
import { deviceAuth, deviceCode } from '../sign-in/device-login.js'
import { adfsUserinfo } from '../tokens/adfs-userinfo.js'
import { reject } from '../tokens/dev-request.js'
import { devToken, devUserTokens } from '../tokens/dev-token.js'
import { keys, metadata, PUBLIC_HEADERS } from '../tokens/discovery.js'
import { toGraphOAuthError } from '../graph/faults.js'
import { userinfo } from '../graph/userinfo.js'
import { appServiceIdentity, instanceMetadata } from '../tokens/managed-identity.js'
import { workloadKeys, workloadMetadata } from '../tokens/workload.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { createErrorIds, OAuthError, toEntraErrorBody } from '../protocol/oauth-error.js'
import { toRequestError } from '../protocol/request-error.js'
import { errorCodePage, errorPage } from '../sign-in/pages/error-page.js'
import { certificate, controlApi, health, requestList } from './control.js'
import { explainContentType, notFound, unknownTenant, wrongMethod } from './request-problems.js'
import { homePage } from '../dashboard/home-page.js'
import { requestsPage } from '../dashboard/requests-page.js'
import { switchesPage } from '../dashboard/switches-page.js'
import type { EndpointName } from '../protocol/routes.js'
import { authorize, interact } from '../sign-in/sign-in.js'
import { signOut } from '../sign-in/sign-out.js'
import { token } from '../tokens/token-endpoint.js'

type Result = Promise<ProviderResponse> | ProviderResponse

type FixedHandler = (context: ProviderContext, request: ProviderRequest) => Result

type Handler = (
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
) => Result

/** An endpoint of an issuer, whose handler needs the profile. */
interface Endpoint<Handle = Handler> {
  readonly methods: readonly string[]
  readonly handler: Handle
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

/** The endpoints at paths without a tenant. */
const FIXED_ENDPOINTS: Partial<Record<EndpointName, Endpoint<FixedHandler>>> = {
  home: { methods: READ, handler: homePage, errors: 'page' },
  requests: { methods: BOTH, handler: requestsPage, errors: 'page' },
  switches: { methods: BOTH, handler: switchesPage, errors: 'page' },
  error: { methods: READ, handler: (_context, { url }) => errorCodePage(url), errors: 'page' },
  userinfo: {
    methods: BOTH,
    handler: (context, request) =>
      request.tenant === 'adfs' ? adfsUserinfo(context, request) : userinfo(context, request),
    errors: 'page',
  },
  appServiceIdentity: { methods: READ, handler: appServiceIdentity, errors: 'json' },
  instanceMetadata: { methods: READ, handler: instanceMetadata, errors: 'json' },
  workloadMetadata: { methods: READ, handler: workloadMetadata, errors: 'page' },
  workloadKeys: { methods: READ, handler: workloadKeys, errors: 'page' },
  devToken: { methods: ['POST'], handler: devToken, errors: 'json' },
  devUserTokens: { methods: ['POST'], handler: devUserTokens, errors: 'json' },
  health: { methods: READ, handler: health, errors: 'json' },
  certificate: { methods: READ, handler: certificate, errors: 'json' },
  requestList: { methods: READ, handler: requestList, errors: 'json' },
  control: { methods: ['POST'], handler: controlApi, errors: 'json' },
}

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
  const tenantEndpoint = ENDPOINTS[endpoint]
  const fixed = FIXED_ENDPOINTS[endpoint]
  const { methods } = tenantEndpoint ?? fixed ?? {}
  if (methods === undefined) return notFound(context, request)
  if (!methods.includes(method)) return methodNotAllowed(context, request, methods)
  if (tenantEndpoint === undefined)
    return fixed?.handler(context, request) ?? notFound(context, request)
  const profile = context.resolveProfile(request.tenant)
  // An unknown policy returns a 404 page, an unknown tenant returns AADSTS90002.
  if (profile === undefined && request.tenant.includes('/')) return notFound(context, request)
  try {
    if (profile === undefined) throw unknownTenant(context, request.tenant)
    return withEntraHeaders(
      request,
      await tenantEndpoint.handler(context, request, profile),
      profile,
    )
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
  if (request.endpoint === 'control')
    return reject(error.error, error.remedy ?? error.message, error.status)
  const ids = createErrorIds(request, context.nowMs())
  const translated = profile?.translateError(error) ?? error
  if (form === 'page') return errorPage(translated, ids)
  const body = profile?.errorBody(error, ids) ?? toEntraErrorBody(error, ids, context.origin)
  // RFC 6749, section 5.2 requires this header when the client used the Authorization header.
  const isBasic = error.status === 401 && request.headers['authorization'] !== undefined
  const headers: Record<string, string> = {
    ...(isBasic && { 'www-authenticate': 'Basic realm=""' }),
    ...(DOCUMENTS.has(request.endpoint) && { ...PUBLIC_HEADERS, 'cache-control': 'private' }),
  }
  const response = { ...toJson(body, error.status, headers), error: toRequestError(translated) }
  return withEntraHeaders(request, response, profile)
}

const DOCUMENTS: ReadonlySet<EndpointName> = new Set<EndpointName>([
  'metadata',
  'keys',
  'metadataV1',
  'keysV1',
])

/** Adds the headers that Entra ID sends with JSON, with which its support team finds a request. */
function withEntraHeaders(
  { headers, requestId, correlationId }: ProviderRequest,
  response: ProviderResponse,
  profile: IssuerProfile | undefined,
): ProviderResponse {
  const isJson = response.headers['content-type']?.startsWith('application/json') === true
  if (!isJson || (profile !== undefined && profile.kind !== 'entra')) return response
  const isPrivate = response.headers['cache-control'] === 'no-store'
  return {
    ...response,
    headers: {
      ...response.headers,
      'x-ms-request-id': requestId,
      ...(headers['return-client-request-id'] === 'true' && { 'client-request-id': correlationId }),
      ...(isPrivate && { 'cache-control': 'no-store, no-cache', expires: '-1' }),
    },
  }
}

/** Returns whether an endpoint belongs to Graph. */
export function isGraph(endpoint: EndpointName): boolean {
  return endpoint === 'graph' || endpoint === 'graphMembers'
}

/** Returns the format of an endpoint's errors. */
export function errorForm(endpoint: EndpointName): 'page' | 'json' {
  return (ENDPOINTS[endpoint] ?? FIXED_ENDPOINTS[endpoint])?.errors ?? 'page'
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
