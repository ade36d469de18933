/** A document of a provider that is fetched when needed and kept. */
export interface RemoteDocument<T> {
  /** The document at once, where it is there and no older than a day. */
  cached(): T | undefined
  /** The document, fetched where there is none or it is older than a day. */
  get(): Promise<T>
  /** A newer document than the one that lacked something, unless it was fetched just now. */
  refresh(): Promise<T>
}

const MAX_AGE = 24 * 3600
/** A forged key id must not make us ask the provider again and again. */
const MIN_REFRESH_INTERVAL = 30
/** After a failure with nothing to fall back on: a dead provider isn't asked by each request, yet all heals at once. */
const FAILURE_PAUSE = 1

/**
 * Keeps a document fresh: fetched once however many ask, renewed after a day, and the last good one
 * served while the provider is down.
 *
 * @param load - Fetches and validates the document.
 * @param now - Unix time in seconds.
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

  // A clock that was set back must not keep a document for ever.
  const isWithin = (since: number, seconds: number): boolean => Math.abs(now() - since) < seconds

  async function orLastGood(fetching: Promise<T>): Promise<T> {
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
      return document === undefined ? orLastGood(fetchOnce()) : Promise.resolve(document)
    },

    refresh() {
      if (current !== undefined && isWithin(current.fetchedAt, MIN_REFRESH_INTERVAL))
        return Promise.resolve(current.document)
      return orLastGood(fetchOnce())
    },
  }
}
