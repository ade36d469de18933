/** A document of a provider that is fetched when needed and kept. */
export interface RemoteDocument<T> {
  /** The document at once, where it is there and no older than a day. */
  peek(): T | undefined
  /** The document, fetched where there is none or it is older than a day. */
  get(): Promise<T>
  /** A newer document than the one that lacked something, unless it was fetched just now. */
  renew(): Promise<T>
}

const MAX_AGE = 24 * 3600
/** A forged key id must not make us ask the provider again and again. */
const COOL_DOWN = 30
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
  let pending: Promise<T> | undefined

  function fetchOnce(): Promise<T> {
    const pause = current === undefined ? FAILURE_PAUSE : COOL_DOWN
    if (failure !== undefined && isWithin(failure.at, pause)) return Promise.reject(failure.error)
    pending ??= load()
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
        pending = undefined
      })
    return pending
  }

  // A clock that was set back must not keep a document for ever.
  const isWithin = (since: number, seconds: number): boolean => Math.abs(now() - since) < seconds

  async function orLastGood(wanted: Promise<T>): Promise<T> {
    try {
      return await wanted
    } catch (error) {
      if (current === undefined) throw error
      return current.document
    }
  }

  const peek = (): T | undefined =>
    current !== undefined && isWithin(current.fetchedAt, MAX_AGE) ? current.document : undefined

  return {
    peek,

    get() {
      const document = peek()
      return document === undefined ? orLastGood(fetchOnce()) : Promise.resolve(document)
    },

    renew() {
      if (current !== undefined && isWithin(current.fetchedAt, COOL_DOWN))
        return Promise.resolve(current.document)
      return orLastGood(fetchOnce())
    },
  }
}
