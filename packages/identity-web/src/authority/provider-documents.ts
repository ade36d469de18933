import { IdentityError } from '../errors.ts'
import { microsoftCodesIn, toPlainString } from '../provider-text.ts'
import { isGlobalFetch } from '../global-fetch.ts'
import { networkFailure } from './network-failure.ts'
import { retryAfterSeconds } from './retry-after.ts'

/** The function and the time limit for requests to a provider, and the accepted difference of its clock. */
export interface Transport {
  readonly fetch: typeof fetch
  /** The maximum duration of a request in seconds, including the body of its response. */
  readonly timeoutSeconds: number
  /** The accepted difference between the clocks of this server and of the provider, in seconds. @defaultValue `60` */
  readonly clockToleranceSeconds?: number
  /** Returns cause and remedy for Microsoft's error codes. The codes are known to the client, not to the authority. */
  readonly hintOf?: (codes: readonly string[]) => string | undefined
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
 * @throws IdentityError `provider_unavailable` if the response is too late or has the status 408, 425, 429 or 5xx.
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
        : `The provider did not return ${content} within ${timedOutAfter} seconds.`,
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
  return { status: response.status, headers: response.headers, body: text }
}

// 408 Request Timeout, 425 Too Early, 429 Too Many Requests.
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429])

// Another server sent this response. It may have received the credentials of the application as well.
function followedRedirect(content: string): IdentityError {
  return new IdentityError(
    'invalid_response',
    `The response of the provider for ${content} was not used, because fetch followed a redirect.`,
    {
      hint: "The function of Auth({ fetch }) must pass its second argument to fetch, which contains redirect: 'manual'.",
    },
  )
}

/**
 * Returns the target of a redirect without its query. Returns `undefined` for other responses.
 *
 * Redirects are never followed, because the target would receive the credentials of the application, or could replace the
 * keys of the provider.
 */
export function redirectTarget(
  { status, headers }: ProviderResponse,
  url: string,
): string | undefined {
  const location = headers.get('location')
  if (status < 300 || status > 399 || location === null || !URL.canParse(location, url))
    return undefined
  const { origin, pathname } = new URL(location, url)
  return toPlainString(`${origin}${pathname}`, [], 200)
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
    const target = redirectTarget(response, url)
    throw target === undefined
      ? rejectedDocument(transport, `${content} at ${url}`, response)
      : redirectedDocument(`${content} at ${url}`, response.status, target)
  }
  const document = parseProviderObject(response.body)
  if (document === undefined) {
    throw new IdentityError('invalid_response', `The ${content} at ${url} is not a JSON object.`)
  }
  return document
}

function redirectedDocument(document: string, status: number, target: string): IdentityError {
  return new IdentityError(
    'invalid_response',
    `The provider returned ${status} for ${document}, which redirects to ${target}. Redirects are not followed.`,
    {
      hint: 'If this is your provider, set authority (IDENTITY_AUTHORITY) or oidcAuthority (IDENTITY_OIDC_AUTHORITY) to the URL that does not redirect.',
    },
  )
}

// Microsoft says in the body why it has no document, for example that the tenant does not exist.
function rejectedDocument(
  { hintOf }: Transport,
  document: string,
  { status, headers, body }: ProviderResponse,
): IdentityError {
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
        hintOf?.(microsoftCodes) ??
        `Open the URL in a browser: it must show a JSON document. Otherwise, check the spelling of the authority.`,
    },
  )
}

/** The tenant does not exist, or its name is not the name of a tenant. */
const WRONG_TENANT: ReadonlySet<string> = new Set(['AADSTS90002', 'AADSTS900023'])
/** Characters. */
const MAX_DESCRIPTION = 4000

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

/**
 * Parses a JSON object of a provider.
 *
 * @returns `undefined` if the string is not a JSON object, or if it is too deep.
 */
export function parseProviderObject(json: string): Record<string, unknown> | undefined {
  const parsed = parseObject(json)
  return parsed !== undefined && isShallow(parsed) ? parsed : undefined
}

/** The deepest JSON that is accepted. Real documents and tokens have about five levels. */
const MAX_DEPTH = 100

/**
 * Whether a value of `JSON.parse` can be copied, frozen and written as JSON again. Functions that call themselves for each
 * level, such as `JSON.stringify`, fail with a `RangeError` if there are thousands.
 */
export function isShallow(value: unknown, depth: number = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1))
}

/** A document of a provider that is fetched when needed and then cached. */
export interface RemoteDocument<T> {
  /** Returns the cached document if it is at most one day old. */
  cached(): T | undefined
  /**
   * Returns the cached document, or fetches it if it is not cached or is more than one day old. If that fails, the cached
   * document is used until it is three days old.
   */
  get(): Promise<T>
  /**
   * Fetches the document again, unless it was fetched a moment ago. Use it if the cached document does not contain a
   * value that you need.
   */
  refresh(): Promise<T>
  /**
   * Fetches the document again, also if it was fetched a moment ago. After a failure, it waits a second. Use it only if a
   * client cannot cause many calls.
   *
   * @throws The error of the request.
   */
  fetchNow(): Promise<T>
}

/** The age in seconds at which a document is fetched again. */
const MAX_AGE = 24 * 3600
/**
 * The age in seconds at which a document is not used anymore, even if the provider does not respond. It is longer than a
 * weekend, but not unlimited: a key that the provider has withdrawn must not be accepted forever.
 */
const MAX_STALE_AGE = 3 * 24 * 3600
/** The minimum time between two requests, in seconds. Prevents that forged key IDs cause many requests. */
const MIN_REFRESH_INTERVAL = 30
/** The pause after a failure if no document can be used, in seconds. It is short, so that the application recovers quickly. */
const FAILURE_PAUSE = 1

/**
 * Creates a cache for a document.
 *
 * Concurrent callers share one request. The document is fetched again after one day. If that fails, the cached document
 * is used until it is three days old.
 *
 * @param load - Fetches and validates the document.
 * @param now - Returns the current Unix time in seconds.
 */
export function createRemoteDocument<T>(
  load: () => Promise<T>,
  now: () => number,
): RemoteDocument<T> {
  let current: { readonly document: T; readonly fetchedAt: number } | undefined
  let failure: { readonly error: unknown; readonly at: number } | undefined
  let inFlight: Promise<T> | undefined

  function fetchOnce(pauseIfUsable = MIN_REFRESH_INTERVAL): Promise<T> {
    const pause = usable() === undefined ? FAILURE_PAUSE : pauseIfUsable
    if (failure !== undefined && isWithin(failure.at, pause)) return Promise.reject(failure.error)
    inFlight ??= load()
      .then(
        (document) => {
          current = { document, fetchedAt: now() }
          failure = undefined
          return document
        },
        (error: unknown) => {
          failure = { error, at: now() }
          throw error
        },
      )
      .finally(() => {
        inFlight = undefined
      })
    return inFlight
  }

  // Uses the absolute difference, so that a document does not stay cached forever after the clock was set back.
  const isWithin = (since: number, seconds: number): boolean => Math.abs(now() - since) < seconds

  async function orCurrent(fetching: Promise<T>): Promise<T> {
    try {
      return await fetching
    } catch (error) {
      const stale = usable()
      if (stale === undefined) throw error
      return stale.document
    }
  }

  const usable = (): typeof current =>
    current !== undefined && isWithin(current.fetchedAt, MAX_STALE_AGE) ? current : undefined

  const peek = (): T | undefined =>
    current !== undefined && isWithin(current.fetchedAt, MAX_AGE) ? current.document : undefined

  return {
    cached: peek,

    get() {
      const document = peek()
      return document === undefined ? orCurrent(fetchOnce()) : Promise.resolve(document)
    },

    refresh() {
      if (current !== undefined && isWithin(current.fetchedAt, MIN_REFRESH_INTERVAL))
        return Promise.resolve(current.document)
      return orCurrent(fetchOnce())
    },

    fetchNow: () => fetchOnce(FAILURE_PAUSE),
  }
}
