import { IdentityError } from '../errors.ts'

/** How this library reaches a provider. */
export interface Transport {
  readonly fetch: typeof fetch
  /** Seconds that one request may take, with its body. */
  readonly timeout: number
}

/** No answer of a provider is larger; a larger one is not read to its end. */
const MAX_RESPONSE_BYTES = 1_000_000

/** A request to a provider: a URL, and all that `fetch` accepts. */
export interface ProviderRequest extends RequestInit {
  readonly url: string
}

/** An answer of a provider, read whole. */
export interface ProviderResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/**
 * Sends a request to a provider and reads the answer, bounded in time and size.
 *
 * @param content - What is being asked, for messages, such as `metadata at https://…`.
 * @throws IdentityError `provider_unavailable` for no answer in time, 429 and 5xx; `invalid_response` for
 *   an answer that is too large.
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
        ? `The provider gave no ${content} within ${transport.timeout} seconds.`
        : `The provider can't be reached for ${content}.`,
      { cause, retryAfter: 5 },
    )
  }
  if (response.status === 429 || response.status >= 500) {
    throw new IdentityError(
      'provider_unavailable',
      `The provider answered ${response.status} for ${content}.`,
      {
        retryAfter: retryAfter(response.headers),
        correlationId: response.headers.get('x-ms-request-id') ?? undefined,
      },
    )
  }
  if (text === undefined) {
    throw new IdentityError(
      'invalid_response',
      `The provider's answer for ${content} exceeds ${MAX_RESPONSE_BYTES} bytes.`,
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
 * @throws IdentityError as {@link requestProvider}, and `invalid_response` for another status than 200 and for
 *   anything that is no JSON object.
 */
export async function fetchDocument(
  transport: Transport,
  content: string,
  url: string,
): Promise<Record<string, unknown>> {
  const answer = await requestProvider(transport, `${content} at ${url}`, {
    url,
    headers: { accept: 'application/json' },
  })
  if (answer.status !== 200) {
    throw new IdentityError(
      'invalid_response',
      `The provider answered ${answer.status} for ${content} at ${url}.`,
      {
        hint: `Open ${url} in a browser: it must show a JSON document. If it doesn't, the authority is misspelt.`,
      },
    )
  }
  const document = parseObject(answer.body)
  if (document === undefined) {
    throw new IdentityError('invalid_response', `The ${content} at ${url} is not a JSON object.`)
  }
  return document
}

/** The JSON object in a text, `undefined` for anything else. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
