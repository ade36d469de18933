// Caches metadata and keys, and fetches them again.
import { loadLater, type Load } from '../load-later.ts'
import type { ProviderRequest, ProviderResponse, Transport } from './transport.ts'

/** Loads the requests to a provider. */
export const loadRequests: Load<typeof import('./provider-requests.ts')> = loadLater(
  'a request to the identity provider',
  () => import('./provider-requests.ts'),
)

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
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const requests = await loadRequests()
  return requests.requestProvider(transport, content, request)
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
  const requests = await loadRequests()
  return requests.fetchDocument(transport, content, url)
}

/** A document of a provider that is fetched when needed and then cached. */
export interface RemoteDocument<T> {
  /** Returns the cached document if it is at most one day old, or the age that `maxAgeOf` returned. */
  cached(): T | undefined
  /**
   * Returns the cached document, or fetches it if it is not cached or is too old for {@link cached}. If that fails, the
   * cached document is used until it is three days old.
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
export const MAX_AGE: number = 24 * 3600
/**
 * The age in seconds at which a document is not used anymore, even if the provider does not respond. It is longer than a
 * weekend, but not unlimited: a key that the provider has withdrawn must not be accepted forever.
 */
const MAX_STALE_AGE = 3 * 24 * 3600
/** The time in seconds after a request before `refresh` sends another one. */
const MIN_REFRESH_INTERVAL = 30
/** The same after a request of `refresh`, because forged key IDs can cause many of them. */
const REFRESH_PAUSE_SECONDS = 60
/** The pause after a failure if no document can be used, in seconds. It is short, so that the application recovers quickly. */
const RETRY_PAUSE_SECONDS = 1

interface Fetched<T> {
  readonly document: T
  readonly fetchedAt: number
  readonly pause: number
  readonly maxAge: number
}

/**
 * Creates a cache for a document.
 *
 * Concurrent callers share one request. The document is fetched again after one day. If that fails, the cached document
 * is used until it is three days old.
 *
 * @param load - Fetches and validates the document. Its argument is the cached document, if it is less than three days
 *   old.
 * @param now - Returns the current Unix time in seconds.
 * @param maxAgeOf - Returns the age in seconds at which a document is fetched again, if it is less than one day.
 */
export function createRemoteDocument<T>(
  load: (before: T | undefined) => Promise<T>,
  now: () => number,
  maxAgeOf: (document: T) => number = () => MAX_AGE,
): RemoteDocument<T> {
  let current: Fetched<T> | undefined
  let failure: { readonly error: unknown; readonly at: number } | undefined
  let inFlight: Promise<T> | undefined

  function fetchOnce(
    pauseIfUsable = MIN_REFRESH_INTERVAL,
    nextPause = MIN_REFRESH_INTERVAL,
  ): Promise<T> {
    const pause = usable() === undefined ? RETRY_PAUSE_SECONDS : pauseIfUsable
    if (failure !== undefined && isWithin(failure.at, pause)) return Promise.reject(failure.error)
    inFlight ??= load(usable()?.document)
      .then(
        (document) => {
          current = { document, fetchedAt: now(), pause: nextPause, maxAge: maxAgeOf(document) }
          failure = undefined
          return document
        },
        (error: unknown) => {
          failure = { error, at: now() }
          throw error
        },
      )
      .finally(() => void (inFlight = undefined))
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
    current !== undefined && isWithin(current.fetchedAt, current.maxAge)
      ? current.document
      : undefined

  return {
    cached: peek,

    get() {
      const document = peek()
      return document === undefined ? orCurrent(fetchOnce()) : Promise.resolve(document)
    },

    refresh() {
      if (current !== undefined && isWithin(current.fetchedAt, current.pause))
        return Promise.resolve(current.document)
      return orCurrent(fetchOnce(MIN_REFRESH_INTERVAL, REFRESH_PAUSE_SECONDS))
    },

    fetchNow: () => fetchOnce(RETRY_PAUSE_SECONDS),
  }
}
