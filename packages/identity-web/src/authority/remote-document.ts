/** A document of a provider that is fetched when needed and then cached. */
export interface RemoteDocument<T> {
  /** Returns the cached document if it is at most one day old. */
  cached(): T | undefined
  /** Returns the cached document, or fetches it if it is not cached or is more than one day old. */
  get(): Promise<T>
  /** Fetches the document again, unless it was fetched a moment ago. For a document that does not contain a value. */
  refresh(): Promise<T>
}

const MAX_AGE = 24 * 3600
/** The minimum time between two requests, in seconds. Prevents that forged key IDs cause many requests. */
const MIN_REFRESH_INTERVAL = 30
/** The pause after a failure if no document is cached, in seconds. It is short, so that the application recovers quickly. */
const FAILURE_PAUSE = 1

/**
 * Creates a cache for a document.
 *
 * Concurrent callers share one request. The document is fetched again after one day. If that fails, the cached document
 * is used.
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

  function fetchOnce(): Promise<T> {
    const pause = current === undefined ? FAILURE_PAUSE : MIN_REFRESH_INTERVAL
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
      if (current === undefined) throw error
      return current.document
    }
  }

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
  }
}
