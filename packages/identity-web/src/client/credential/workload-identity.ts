// Managed identities and tokens of Kubernetes.
import { isSecureUrl, parseObject, requestProvider } from '../../authority/index.ts'
import { globalFetch, nodeProcess } from '../../fetch-api.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import { loadRequests } from '../load-requests.ts'
import { DEFAULT_AUDIENCE } from './assertion.ts'
import type { ClientAssertion } from './client-credential.ts'
import { directFetch } from './direct-fetch.ts'
import { fromBase64 } from '../../base64.ts'

/**
 * The managed identity that authenticates the application, and its cloud.
 *
 * @example
 * ```ts
 * const options: ManagedIdentityAssertionOptions = { clientId: '11111111-2222-3333-4444-555555555555' }
 * ```
 * @public
 */
export interface ManagedIdentityAssertionOptions {
  /**
   * The client ID of a user-assigned identity, which is not the application's client ID.
   *
   * @defaultValue none: the system-assigned identity
   * @example managedIdentityAssertion({ clientId: '11111111-2222-3333-4444-555555555555' })
   */
  readonly clientId?: string
  /**
   * The federated credential's audience. Set `api://AzureADTokenExchangeUSGov` in the US Government cloud,
   * `api://AzureADTokenExchangeChina` in the cloud in China, and `api://AzureADTokenExchangeFrance` or
   * `api://AzureADTokenExchangeGermany` in the sovereign clouds.
   *
   * @defaultValue `'api://AzureADTokenExchange'`
   * @example managedIdentityAssertion({ audience: 'api://AzureADTokenExchangeUSGov' })
   */
  readonly audience?: string
  /**
   * Sends the requests to the managed identity endpoint. It must not use a proxy, because the response contains a
   * token.
   *
   * @defaultValue a direct connection on Node.js if the endpoint is an http URL, otherwise the global `fetch`
   * @example
   * ```ts
   * const clientCredential = managedIdentityAssertion({
   *   fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(2000) }),
   * })
   * ```
   */
  readonly fetch?: typeof fetch
}

interface Endpoint {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

interface CacheEntry {
  readonly token: string
  /** Unix time in seconds. */
  readonly expiresAt: number
}

const IMDS = 'http://169.254.169.254'
/** The timeout, in seconds, for one token including the second attempt. */
const TIMEOUT = 10
/** The pause before the second attempt, in seconds, unless the endpoint asks for another pause, up to the maximum. */
const RETRY_PAUSE_SECONDS = 1
const MAX_RETRY_PAUSE_SECONDS = 5
/** A token is replaced this number of seconds before it expires. */
const MARGIN = 300
const SUBJECT = 'a token of the managed identity'
const REJECTED =
  'Assign the identity to this app, virtual machine or container. If you set clientId, it must be the client ID of an assigned identity.'
const HINT =
  'Managed identities exist only on Azure. Assign a managed identity to the app, the virtual machine or the container.'

/**
 * Authenticates an application with the managed identity of the Azure service that it runs on, without a secret.
 *
 * It supports App Service, Functions and Container Apps (`IDENTITY_ENDPOINT` and `IDENTITY_HEADER`), and virtual
 * machines (IMDS). On other hosts, such as Azure Arc and Service Fabric, pass a credential from `@azure/identity` as
 * `clientCredential` instead. The app registration requires a federated credential for the identity.
 *
 * @param options - The identity and its cloud.
 * @returns The value for `clientCredential`.
 * @throws IdentityError `configuration` if `clientId` is empty. The returned function throws `provider_unavailable` if
 *   the endpoint cannot be reached, `provider_error` if it rejects the request, and `configuration` if its URL uses
 *   http on another machine.
 *
 * @example
 * ```ts
 * const auth = new Auth(app, { authority, clientId, clientCredential: managedIdentityAssertion() })
 * ```
 * @see {@link https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity | A managed identity as federated credential}
 * @public
 */
export function managedIdentityAssertion(
  options: ManagedIdentityAssertionOptions = {},
): ClientAssertion {
  if (options.clientId === '')
    throw configurationError(
      'managedIdentityAssertion({ clientId }) is empty. For a user-assigned identity, set clientId to its client ID. For the system-assigned identity, remove clientId.',
    )
  let cached: CacheEntry | undefined
  let pending: Promise<CacheEntry> | undefined

  async function renew(): Promise<CacheEntry> {
    try {
      cached = await requestToken(endpointOf(options), options.fetch)
      return cached
    } catch (error) {
      if (cached !== undefined && now() < cached.expiresAt) return cached
      throw error
    }
  }

  return async () => {
    if (cached !== undefined && now() < cached.expiresAt - MARGIN) return cached.token
    pending ??= renew().finally(() => {
      pending = undefined
    })
    return (await pending).token
  }
}

const now = (): number => Date.now() / 1000

function endpointOf({
  audience = DEFAULT_AUDIENCE,
  clientId,
}: ManagedIdentityAssertionOptions): Endpoint {
  const parameters = {
    resource: audience.replace(/\/\.default$/, ''),
    ...(clientId !== undefined && { client_id: clientId }),
  }
  const appService = environmentVariable('IDENTITY_ENDPOINT')
  const header = environmentVariable('IDENTITY_HEADER')
  if (appService !== undefined && header !== undefined) {
    const url = localUrl(appService, 'IDENTITY_ENDPOINT')
    url.search = String(new URLSearchParams({ 'api-version': '2019-08-01', ...parameters }))
    return { url, headers: { 'X-IDENTITY-HEADER': header }, secrets: [header] }
  }
  const variable = 'AZURE_POD_IDENTITY_AUTHORITY_HOST'
  const url = localUrl(environmentVariable(variable) ?? IMDS, variable)
  url.pathname = '/metadata/identity/oauth2/token'
  url.search = String(new URLSearchParams({ 'api-version': '2018-02-01', ...parameters }))
  return { url, headers: { Metadata: 'true' }, secrets: [] }
}

const LINK_LOCAL = /^(169\.254(\.\d{1,3}){2}|\[fe80:[\da-f:]+\])$/

// An attacker who can set the variable must not receive the header or choose our tokens.
function localUrl(value: string, variable: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isLinkLocal = url?.protocol === 'http:' && LINK_LOCAL.test(url.hostname)
  const isPlain = url !== undefined && url.username + url.password === ''
  if (!isPlain || !(isSecureUrl(url) || isLinkLocal)) {
    throw configurationError(
      `${variable} is not a URL that can provide tokens of a managed identity. Azure sets this variable, so do not set it yourself. The URL must start with https://, unless its host is this machine or 169.254.…`,
    )
  }
  return url
}

async function requestToken(
  { url, headers, secrets }: Endpoint,
  given: typeof fetch | undefined,
): Promise<CacheEntry> {
  // Proxies cannot reach these endpoints, and must not see their tokens. Only https URLs can be on other machines.
  const fetchIt = given ?? (url.protocol === 'http:' ? directFetch() : undefined) ?? globalFetch
  const transport = { fetch: withRetry(fetchIt), timeoutSeconds: TIMEOUT }
  let response
  try {
    response = await requestProvider(transport, SUBJECT, { url: url.href, headers })
  } catch (error) {
    const { withHint } = await loadRequests()
    throw IdentityError.is(error) ? withHint(error, HINT) : error
  }
  const body = parseObject(response.body) ?? {}
  if (response.status !== 200) {
    // The error code is left out, because it is about the managed identity, not about the user.
    const { providerError } = await loadRequests()
    const fields = errorFieldsOf(body, response.status)
    const { message, correlationId } = providerError(SUBJECT, fields, { secrets })
    throw new IdentityError('provider_error', message, { correlationId, hint: REJECTED })
  }
  const { access_token: token, expires_on: expiresOn, expires_in: expiresIn } = body
  const lifetime = seconds(expiresIn)
  const expiresAt =
    seconds(expiresOn) ??
    dateInSeconds(expiresOn) ??
    (lifetime === undefined ? undefined : now() + lifetime)
  if (typeof token !== 'string' || token === '' || expiresAt === undefined) {
    throw new IdentityError(
      'invalid_response',
      `The response of the managed identity's endpoint does not contain a token with its expiry.`,
    )
  }
  return { token, expiresAt }
}

/** Returns the number of seconds that a number or a string contains. */
function seconds(value: unknown): number | undefined {
  const digits = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return /^\d{1,12}(\.\d*)?$/.test(digits) ? Number(digits) : undefined
}

const DATE = /^\d{1,4}[-/]/

/** Returns the Unix time of a date. App Service sent dates until 2019, and ISO 8601 was reported in 2024. */
function dateInSeconds(value: unknown): number | undefined {
  const milliseconds = DATE.test(String(value)) ? Date.parse(String(value)) : Number.NaN
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

/** Returns the fields of an OAuth error. App Service sends a message, Cloud Shell an object, and IMDS sometimes no body. */
function errorFieldsOf(body: Readonly<Record<string, unknown>>, status: number): object {
  const { error, statusCode = status, message, correlationId } = body
  if (typeof error === 'string') return body
  const { code = `status ${String(statusCode)}`, message: description = message } = {
    ...(error as Readonly<Record<string, unknown>> | undefined),
  }
  return { error: code, error_description: description, correlation_id: correlationId }
}

/** Repeats a failed request once, as Azure recommends, because the endpoint may be busy, or may not know the identity yet. */
function withRetry(fetchIt: typeof fetch): typeof fetch {
  return async (url, init) => {
    const response = await fetchIt(url, init)
    const { status } = response
    if (![404, 410, 429].includes(status) && status < 500) return response
    const pause = seconds(response.headers.get('retry-after')) ?? RETRY_PAUSE_SECONDS
    // requestProvider reports to the caller when to try again.
    if (pause > MAX_RETRY_PAUSE_SECONDS) return response
    await response.body?.cancel()
    await new Promise((resolve) => {
      setTimeout(resolve, pause * 1000)
    })
    return withReason(await fetchIt(url, init))
  }
}

/** App Service sends a reason with status 500, for example if the resource does not exist. Then it is not an outage. */
async function withReason(response: Response): Promise<Response> {
  if (response.status !== 500) return response
  const text = await response.text()
  const hasReason = typeof parseObject(text)?.['message'] === 'string'
  return new Response(text, { status: hasReason ? 400 : 500, headers: response.headers })
}

/**
 * The location of a pod's token.
 *
 * @example
 * ```ts
 * const options: KubernetesAssertionOptions = { tokenFile: '/var/run/secrets/tokens/azure' }
 * ```
 * @public
 */
export interface KubernetesAssertionOptions {
  /**
   * The file's path.
   *
   * @defaultValue the path in `AZURE_FEDERATED_TOKEN_FILE`
   * @example kubernetesAssertion({ tokenFile: '/var/run/secrets/tokens/azure' })
   */
  readonly tokenFile?: string
}

const VARIABLE = 'AZURE_FEDERATED_TOKEN_FILE'

/**
 * Authenticates an application with the service account of its Kubernetes pod (workload identity), without a secret.
 *
 * The cluster replaces the file before the token expires, so the file is read for each token request. The app
 * registration requires a federated credential for the service account.
 *
 * @param options - The location of the token, if the cluster does not set `AZURE_FEDERATED_TOKEN_FILE`.
 * @returns The value for `clientCredential`.
 * @throws IdentityError The returned function throws `configuration` if the file does not exist or does not contain a
 *   JWT, and `provider_unavailable` if the token has expired.
 *
 * @example
 * ```ts
 * const auth = new Auth(app, { authority, clientId, clientCredential: kubernetesAssertion() })
 * ```
 * @see {@link https://learn.microsoft.com/entra/workload-id/workload-identity-federation | Workload identity federation}
 * @public
 */
export function kubernetesAssertion(options: KubernetesAssertionOptions = {}): ClientAssertion {
  return async () => {
    const path = options.tokenFile ?? environmentVariable(VARIABLE)
    if (path === undefined) {
      throw configurationError(
        `${VARIABLE} is not set, so the token of this pod cannot be found. Add the label azure.workload.identity/use: "true" to the pod, and use a service account with workload identity. If the token is in another file, set kubernetesAssertion({ tokenFile }).`,
      )
    }
    const name = options.tokenFile === undefined ? VARIABLE : 'kubernetesAssertion({ tokenFile })'
    const { readTextFile } = await loadRequests()
    const token = (await readTextFile(path, name)).trim()
    const expiry = expiryOf(token)
    if (expiry === undefined) {
      throw configurationError(
        `The file in ${name} does not contain a JWT. Set ${name} to the path of the service account token, for example /var/run/secrets/azure/tokens/azure-identity-token.`,
      )
    }
    if (expiry <= Date.now() / 1000) {
      throw new IdentityError(
        'provider_unavailable',
        `The token in the file of ${name} has expired, because the cluster did not replace the token.`,
        { hint: 'Check the clock, and check that the file is a projected volume of the pod.' },
      )
    }
    return token
  }
}

/**
 * Returns the expiry of a JWT as Unix time in seconds: infinity for a JWT without `exp`, `undefined` for a string that is
 * not a JWT.
 */
function expiryOf(token: string): number | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1]
  const bytes = fromBase64((payload ?? '').replaceAll('-', '+').replaceAll('_', '/'))
  const claims = parseObject(new TextDecoder().decode(bytes))
  if (claims === undefined) return undefined
  return typeof claims['exp'] === 'number' ? claims['exp'] : Number.POSITIVE_INFINITY
}

/** Returns an environment variable, or `undefined` if it is empty or the runtime does not have an environment. */
function environmentVariable(name: string): string | undefined {
  return nodeProcess().env?.[name] || undefined
}
