import { IdentityError } from '../errors.ts'

/** The function and the time limit for requests to a provider. */
export interface Transport {
  readonly fetch: typeof fetch
  /** The maximum duration of a request in seconds, including the body of its response. */
  readonly timeout: number
}

/** The maximum size of a response. A larger response is not read completely. */
const MAX_RESPONSE_BYTES = 1_000_000

/** A request to a provider: a URL and the options of `fetch`. */
export interface ProviderRequest extends RequestInit {
  readonly url: string
}

/** The response of a provider, read completely. */
export interface ProviderResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/**
 * Sends a request to a provider and reads the response. Limits the duration and the size.
 *
 * @param content - The requested content for messages, such as `metadata at https://…`.
 * @throws IdentityError `provider_unavailable` without a response in time, and for 429 and 5xx. `invalid_response` if the
 *   response is too large.
 */
export async function requestProvider(
  transport: Transport,
  content: string,
  { url, ...init }: ProviderRequest,
): Promise<ProviderResponse> {
  const signal = AbortSignal.timeout(transport.timeout * 1000)
  let response: Response
  let text: string | undefined
  try {
    response = await transport.fetch(url, { ...init, redirect: 'manual', signal })
    text = await readBounded(response)
  } catch (cause) {
    throw new IdentityError(
      'provider_unavailable',
      signal.aborted
        ? `The provider did not return ${content} within ${transport.timeout} seconds.`
        : `The provider cannot be reached for ${content}.`,
      { cause, retryAfter: 5 },
    )
  }
  if (response.status === 429 || response.status >= 500) {
    throw new IdentityError(
      'provider_unavailable',
      `The provider returned ${response.status} for ${content}.`,
      {
        retryAfter: retryAfter(response.headers),
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
  return { status: response.status, headers: response.headers, body: text }
}

async function readBounded(response: Response): Promise<string | undefined> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > MAX_RESPONSE_BYTES) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function retryAfter(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isInteger(seconds) && seconds >= 0 ? Math.min(seconds, 3600) : 5
}

/**
 * Fetches a JSON object from a provider.
 *
 * @throws IdentityError as {@link requestProvider}. `invalid_response` if the status is not 200, or if the body is not a
 *   JSON object.
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
    throw new IdentityError(
      'invalid_response',
      `The provider returned ${response.status} for ${content} at ${url}.`,
      {
        hint: `Open ${url} in a browser: it must show a JSON document. Otherwise, check the spelling of the authority.`,
      },
    )
  }
  const document = parseObject(response.body)
  if (document === undefined) {
    throw new IdentityError('invalid_response', `The ${content} at ${url} is not a JSON object.`)
  }
  return document
}

/** Parses a JSON object. Returns `undefined` if the string is not a JSON object. */
export function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
