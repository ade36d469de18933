/** A request of a check, and its response. */
export interface Exchange {
  readonly url: URL
  /** The Unix times in milliseconds at which the request was sent and the response arrived. */
  readonly sentAt: number
  readonly receivedAt: number
  /** The headers of the response. `undefined` if the response did not arrive. */
  readonly headers: Headers | undefined
  /** The JSON object in the response, for metadata. */
  readonly document: Promise<Readonly<Record<string, unknown>> | undefined>
}

/** A `fetch` function that records its requests. */
export interface RecordingFetch {
  readonly fetch: typeof fetch
  readonly exchanges: readonly Exchange[]
}

/** Wraps a `fetch` function. */
export function recordFetch(send: typeof fetch): RecordingFetch {
  const exchanges: Exchange[] = []
  return {
    exchanges,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const sentAt = Date.now()
      const record = (response: Response | undefined): void => {
        exchanges.push({
          url,
          sentAt,
          receivedAt: Date.now(),
          headers: response?.headers,
          document:
            response !== undefined && url.pathname.includes('/.well-known/')
              ? readObject(response.clone())
              : Promise.resolve(undefined),
        })
      }
      try {
        const response = await send(input, init)
        record(response)
        return response
      } catch (error) {
        record(undefined)
        throw error
      }
    },
  }
}

async function readObject(
  response: Response,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const body: unknown = await response.json().catch(() => undefined)
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined
}
