import { requestProvider, isSecureUrl, parseObject } from '../../authority/index.ts'
import { IdentityError, isIdentityError } from '../../errors.ts'
import { providerError } from '../provider-error.ts'
import { environmentVariable } from './environment.ts'
import type { ClientAssertion } from './types.ts'
import { withHint } from './with-hint.ts'

/**
 * Which managed identity proves the application, and to which cloud.
 *
 * @example
 * ```ts
 * const options: ManagedIdentityAssertionOptions = { clientId: process.env.MANAGED_IDENTITY_CLIENT_ID ?? '' }
 * ```
 * @public
 */
export interface ManagedIdentityAssertionOptions {
  /**
   * The client id of a user-assigned identity. Not the application's own.
   *
   * @defaultValue none: the system-assigned identity
   */
  readonly clientId?: string
  /**
   * Whom the token is for: the audience of the federated credential. It is `api://AzureADTokenExchangeUSGov` in the
   * US Government cloud, `api://AzureADTokenExchangeChina` in the Chinese one, `api://AzureADTokenExchangeFrance` and
   * `api://AzureADTokenExchangeGermany` in the sovereign ones.
   *
   * @defaultValue `'api://AzureADTokenExchange'`
   */
  readonly audience?: string
  /** Reaches the endpoint of managed identities. @defaultValue the global `fetch` */
  readonly fetch?: typeof fetch
}

interface Source {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

interface Kept {
  readonly token: string
  /** Unix time in seconds. */
  readonly expiresAt: number
}

const DEFAULT_AUDIENCE = 'api://AzureADTokenExchange'
const IMDS = 'http://169.254.169.254'
/** Seconds for one token, with another try. */
const TIMEOUT = 10
/** Seconds to wait before another try, and the most that is waited because the endpoint asks for it. */
const PAUSE = 1
const LONGEST_PAUSE = 5
/** Seconds before its end at which a token is replaced. */
const MARGIN = 300
const WHAT = 'a token of the managed identity'
const HINT =
  'This works on Azure alone, where a managed identity is assigned to the app, the virtual machine or the container.'

/**
 * Proves an application by the managed identity of the Azure service that it runs on, without any secret.
 *
 * App Service, Functions and Container Apps are recognized by `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`; elsewhere the
 * virtual machine's own endpoint (IMDS) is asked. The app registration needs a federated credential for the identity.
 *
 * @param options - Which identity, and which cloud.
 * @returns What to give as `clientCredential`.
 * @throws {@link IdentityError} `provider_unavailable`, from the returned function, when the endpoint can't be reached;
 *   `provider_error` when it refuses; `configuration` when it is at a place that the token must not come from.
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
  let kept: Kept | undefined
  let pending: Promise<Kept> | undefined

  async function renew(): Promise<Kept> {
    try {
      kept = await requestToken(sourceOf(options), options.fetch ?? fetch)
      return kept
    } catch (error) {
      if (kept !== undefined && now() < kept.expiresAt) return kept
      throw error
    }
  }

  return async () => {
    if (kept !== undefined && now() < kept.expiresAt - MARGIN) return kept.token
    pending ??= renew().finally(() => {
      pending = undefined
    })
    return (await pending).token
  }
}

const now = (): number => Date.now() / 1000

function sourceOf({
  audience = DEFAULT_AUDIENCE,
  clientId,
}: ManagedIdentityAssertionOptions): Source {
  const parameters = {
    resource: audience.replace(/\/\.default$/, ''),
    ...(clientId !== undefined && { client_id: clientId }),
  }
  const endpoint = environmentVariable('IDENTITY_ENDPOINT')
  const header = environmentVariable('IDENTITY_HEADER')
  if (endpoint !== undefined && header !== undefined) {
    const url = localUrl(endpoint, 'IDENTITY_ENDPOINT')
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

// Whoever could set the variable would else get the header, and give us the tokens of their choice.
function localUrl(value: string, variable: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isLinkLocal = url?.protocol === 'http:' && LINK_LOCAL.test(url.hostname)
  if (url === undefined || url.username !== '' || !(isSecureUrl(url) || isLinkLocal)) {
    throw new IdentityError(
      'configuration',
      `${variable} is no URL that a managed identity's token can be asked at: it must begin with https://, or be at this machine or at 169.254.…`,
    )
  }
  return url
}

async function requestToken(source: Source, fetchIt: typeof fetch): Promise<Kept> {
  const { url, headers, secrets } = source
  const transport = { fetch: twice(fetchIt), timeout: TIMEOUT }
  let answer
  try {
    answer = await requestProvider(transport, WHAT, { url: url.href, headers })
  } catch (error) {
    throw isIdentityError(error) ? withHint(error, HINT) : error
  }
  const body = parseObject(answer.body) ?? {}
  if (answer.status !== 200) {
    // App Service and IMDS have words of their own for the error.
    const fields = typeof body['error'] === 'string' ? body : { error: `status ${answer.status}` }
    // Its codes say nothing of the user nor of the application: only the words are kept.
    throw new IdentityError('provider_error', providerError(WHAT, fields, secrets).message, {
      hint: HINT,
    })
  }
  const { access_token: token, expires_on: expiresOn, expires_in: expiresIn } = body
  const lifetime = seconds(expiresIn)
  const expiresAt = seconds(expiresOn) ?? (lifetime === undefined ? undefined : now() + lifetime)
  if (typeof token !== 'string' || token === '' || expiresAt === undefined) {
    throw new IdentityError(
      'invalid_response',
      `The managed identity's endpoint answered without a token and the time of its end.`,
    )
  }
  return { token, expiresAt }
}

/** Seconds, as a number or as a text. */
function seconds(value: unknown): number | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return /^\d{1,12}(\.\d*)?$/.test(text) ? Number(text) : undefined
}

/** Asks once more where Azure says so: the endpoint is busy, being updated, or doesn't know the identity yet. */
function twice(fetchIt: typeof fetch): typeof fetch {
  return async (url, init) => {
    const response = await fetchIt(url, init)
    const { status } = response
    if (![404, 410, 429].includes(status) && status < 500) return response
    const pause = seconds(response.headers.get('retry-after')) ?? PAUSE
    // requestProvider tells the caller when to try again.
    if (pause > LONGEST_PAUSE) return response
    await response.body?.cancel()
    await new Promise((resolve) => {
      setTimeout(resolve, pause * 1000)
    })
    return fetchIt(url, init)
  }
}
