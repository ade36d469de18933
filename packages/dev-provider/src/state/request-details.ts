import type { RequestRecord } from '../controls/request-log.js'

/** A token in a request or a response, decoded. The token itself is not kept. */
export interface SeenToken {
  /** The place of the token, for example `access_token`. */
  readonly place: string
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  /** `true` if the signature is valid. Hooks can change the signature. */
  readonly isSigned: boolean
}

/** The details of a request that only the page of requests shows. `provider.requests` does not contain them. */
export interface RequestDetails {
  /** A number that increases with each request. */
  readonly id: number
  /** The client ID of the calling app. */
  clientId?: string | undefined
  /** The time until the response, in milliseconds. */
  durationMs?: number
  tokens: readonly SeenToken[]
  /** The reason why a token is not shown. The provider does not keep tokens that it did not issue. */
  foreignToken?: string
}

/** The details of the last requests. */
export interface RequestHistory {
  /** Returns the details of a request. Creates them for a new request. */
  of(record: RequestRecord): RequestDetails
  clear(): void
}

/** The number of requests with details, which is also the number that the page shows. */
export const MAX_DETAILS = 200

/** Creates an empty history. */
export function createRequestHistory(): RequestHistory {
  const entries = new Map<RequestRecord, RequestDetails>()
  let lastId = 0
  return {
    of: (record) => {
      const known = entries.get(record)
      if (known !== undefined) return known
      const details: RequestDetails = { id: ++lastId, tokens: [] }
      entries.set(record, details)
      // A map iterates in insertion order, so the oldest entry comes first.
      for (const oldest of entries.keys()) {
        if (entries.size <= MAX_DETAILS) break
        entries.delete(oldest)
      }
      return details
    },
    clear: () => entries.clear(),
  }
}
