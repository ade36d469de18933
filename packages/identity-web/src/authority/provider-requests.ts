// Sends requests to a provider, without redirects and with a size limit.
import { IdentityError } from '../errors.ts'
import { microsoftCodesIn, secondsOf, toPlainString } from '../text.ts'
import { isGlobalFetch } from '../fetch-api.ts'
import { networkFailure } from './network-failure.ts'
import {
  notFromProvider,
  parseObject,
  parseProviderObject,
  retryAfterSeconds,
  type ProviderRequest,
  type ProviderResponse,
  type Transport,
} from './transport.ts'

// It is needed with the first response only.
export { nextKeySet } from './key-set.ts'

/** The maximum size of a response. A larger response is not read completely. */
const MAX_RESPONSE_BYTES = 1_000_000

/**
 * Sends a request to a provider and reads the response. It limits the duration of the request and the size of the
 * response.
 *
 * @param content - The requested content for messages, such as `metadata at https://…`.
 * @throws IdentityError `provider_unavailable` if the response arrives too late or has the status 408, 425, 429 or 5xx.
 *   `invalid_response` if the response is too large, or if `fetch` followed a redirect.
 */
export async function requestProvider(
  transport: Transport,
  content: string,
  { url, ...init }: ProviderRequest,
): Promise<ProviderResponse> {
  const signal = AbortSignal.timeout(transport.timeoutSeconds * 1000)
  let response: Response
  let text: string | undefined
  try {
    response = await transport.fetch(url, { ...init, redirect: 'manual', signal })
    text = await readBounded(response)
  } catch (cause) {
    const timedOutAfter = signal.aborted ? transport.timeoutSeconds : undefined
    const isOwnFetch = !isGlobalFetch(transport.fetch)
    const { sentence, details } = networkFailure({ url, cause, timedOutAfter, isOwnFetch })
    throw new IdentityError(
      'provider_unavailable',
      timedOutAfter === undefined
        ? `The provider could not be reached to get ${content}${sentence === undefined ? '' : `: ${sentence}`}.`
        : `The provider did not return ${content} within ${secondsOf(timedOutAfter)}.`,
      { cause, retryAfterSeconds: 5, ...details },
    )
  }
  if (response.redirected) throw followedRedirect(content)
  if (TRY_AGAIN.has(response.status) || response.status >= 500) {
    throw new IdentityError(
      'provider_unavailable',
      `The provider returned ${response.status} for ${content}.`,
      {
        retryAfterSeconds: retryAfterSeconds(response.headers),
        correlationId: response.headers.get('x-ms-request-id') ?? undefined,
      },
    )
  }
  if (text === undefined) {
    throw new IdentityError(
      'invalid_response',
      `The response of the provider for ${content} is larger than ${MAX_RESPONSE_BYTES} bytes.`,
    )
  }
  const { status, headers } = response
  return { status, headers, body: text, redirectTarget: redirectTargetOf(response, url) }
}

// 408 Request Timeout, 425 Too Early, 429 Too Many Requests.
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429])

function redirectTargetOf({ status, headers }: Response, url: string): string | undefined {
  const location = headers.get('location')
  if (status < 300 || status > 399 || location === null || !URL.canParse(location, url))
    return undefined
  const { origin, pathname } = new URL(location, url)
  return toPlainString(`${origin}${pathname}`, [], 200)
}

// Another server sent this response. It may have received the credentials of the application as well.
function followedRedirect(content: string): IdentityError {
  return new IdentityError(
    'invalid_response',
    `The response of the provider for ${content} was not used, because fetch followed a redirect.`,
    {
      hint: "The function of Auth({ fetch }) must pass its second argument to fetch, because this argument contains redirect: 'manual'.",
    },
  )
}

async function readBounded(response: Response): Promise<string | undefined> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  // Not with `for await`: at its end, Node.js 20 creates an error whose stack costs the first response over a millisecond.
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > MAX_RESPONSE_BYTES) break
    text += decoder.decode(value, { stream: true })
  }
  // The rest of the body is not read. The provider may have closed the connection.
  reader.cancel().catch(() => undefined)
  return undefined
}

/**
 * Fetches a JSON object from a provider.
 *
 * @throws IdentityError The errors of {@link requestProvider}. `invalid_response` if the status is not 200, or if the
 *   body is not a JSON object.
 */
export async function fetchDocument(
  transport: Transport,
  content: string,
  url: string,
): Promise<Record<string, unknown>> {
  const response = await requestProvider(transport, `${content} at ${url}`, {
    url,
    headers: { accept: 'application/json' },
  })
  if (response.status !== 200) {
    const { redirectTarget: target } = response
    throw target === undefined
      ? await rejectedDocument(transport, `${content} at ${url}`, response)
      : redirectedDocument(`${content} at ${url}`, response.status, target)
  }
  const document = parseProviderObject(response.body)
  if (document === undefined) {
    throw new IdentityError(
      'invalid_response',
      `The response for ${content} at ${url} is not a JSON object.`,
      { hint: notFromProvider(response.body) },
    )
  }
  return document
}

function redirectedDocument(document: string, status: number, target: string): IdentityError {
  return new IdentityError(
    'invalid_response',
    `The provider returned ${status} for ${document} and redirects to ${target}. Redirects are not followed.`,
    {
      hint: 'If the provider has moved to the new URL, set authority (IDENTITY_AUTHORITY) or oidcAuthority (IDENTITY_OIDC_AUTHORITY) to a URL that does not redirect.',
    },
  )
}

// Microsoft says in the body why it has no document, for example that the tenant does not exist.
async function rejectedDocument(
  { hintOf }: Transport,
  document: string,
  { status, headers, body }: ProviderResponse,
): Promise<IdentityError> {
  const fields = parseObject(body) ?? {}
  const description = toPlainString(fields['error_description'], [], MAX_DESCRIPTION)
  const microsoftCodes = microsoftCodesIn(description)
  const reason = microsoftCodes.some((code) => WRONG_TENANT.has(code)) ? 'wrong_tenant' : undefined
  return new IdentityError(
    'invalid_response',
    `The provider returned ${status} for ${document}${description === undefined ? '' : `: ${toPlainString(description, [], 300)}`}.`,
    {
      reason,
      microsoftCodes: microsoftCodes.length > 0 ? microsoftCodes : undefined,
      oauthError: toPlainString(fields['error'], [], 60),
      correlationId:
        toPlainString(fields['correlation_id'], [], 60) ??
        headers.get('x-ms-request-id') ??
        undefined,
      hint:
        (await hintOf?.(microsoftCodes)) ??
        `Open the URL in a browser. If the browser does not show a JSON document, check the spelling of the authority.`,
    },
  )
}

/** The error codes which say that the tenant does not exist, or that its name is not valid. */
const WRONG_TENANT: ReadonlySet<string> = new Set(['AADSTS90002', 'AADSTS900023'])
/** Characters. */
const MAX_DESCRIPTION = 4000
