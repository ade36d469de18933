/** A request to the token endpoint, and its response. It stays in memory, and is never written or printed. */
export interface TokenExchange {
  readonly request: URLSearchParams
  readonly status: number
  readonly response: Readonly<Record<string, unknown>>
}

/**
 * A `fetch` that remembers the requests to the token endpoint, so that checks can look at them. The library itself gets
 * the responses.
 */
export class TokenRecorder {
  readonly exchanges: TokenExchange[] = []
  /**
   * While `true`, the responses say that tokens expire after a second, so that the library refreshes them as if an hour
   * had passed. The step "refresh" ends this.
   */
  expiresSoon = true
  readonly #send: typeof fetch
  readonly #hide: (secret: string) => void

  /** @param hide - Hides a secret in the output. */
  constructor(send: typeof fetch, hide: (secret: string) => void) {
    this.#send = send
    this.#hide = hide
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = formOf(init?.body)
    if (request === undefined) return this.#send(input, init)
    for (const name of SECRETS) this.#hideValue(request.get(name))
    const response = await this.#send(input, init)
    const json = await readJson(response.clone())
    if (typeof json !== 'object' || json === null) return response
    const body = json as Readonly<Record<string, unknown>>
    for (const name of SECRETS) this.#hideValue(body[name])
    this.exchanges.push({ request, status: response.status, response: body })
    if (this.exchanges.length > MAX_EXCHANGES) this.exchanges.shift()
    if (!this.expiresSoon || body['access_token'] === undefined) return response
    const headers = new Headers(response.headers)
    for (const name of ['content-length', 'content-encoding']) headers.delete(name)
    const shortened = JSON.stringify({ ...body, expires_in: 1, refresh_in: undefined })
    return new Response(shortened, { status: response.status, headers })
  }

  /** The last request with a grant. */
  last(grantType: string): TokenExchange | undefined {
    return this.exchanges.findLast(({ request }) => request.get('grant_type') === grantType)
  }

  #hideValue(value: unknown): void {
    if (typeof value === 'string') this.#hide(value)
  }
}

/** A run has about thirty token requests. A provider must not make it keep more of them, or a response without an end. */
const MAX_EXCHANGES = 100
const MAX_BYTES = 1_000_000

/** Returns the JSON of a response. `undefined` for another or a longer one, which the library judges. */
async function readJson({ body }: Response): Promise<unknown> {
  const reader = body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {}
      if (done) return JSON.parse(Buffer.concat(chunks).toString())
      size += value?.length ?? 0
      if (size > MAX_BYTES) return undefined
      chunks.push(value ?? new Uint8Array())
    }
  } catch {
    return undefined
  } finally {
    // This promise waits for the library, which reads the other copy.
    void reader?.cancel().catch(() => undefined)
  }
}

/** The parameters and members that contain secrets. */
const SECRETS = [
  'access_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'id_token',
  'refresh_token',
]

/** Returns the form of a token request. `undefined` for every other request. */
function formOf(body: unknown): URLSearchParams | undefined {
  if (typeof body !== 'string' && !(body instanceof URLSearchParams)) return undefined
  const form = new URLSearchParams(body)
  return form.has('grant_type') ? form : undefined
}
