/** A request to the token endpoint, and its response. It stays in memory, and is never written or printed. */
export interface TokenExchange {
  readonly request: URLSearchParams
  readonly response: Readonly<Record<string, unknown>>
}

/** A `fetch` that remembers the metadata and the requests to the token endpoint, so that checks can look at them. */
export class TokenRecorder {
  readonly exchanges: TokenExchange[] = []
  /** The metadata of the application's provider, which the library reads first. Empty until then. */
  metadata: Readonly<Record<string, unknown>> = {}
  /** While `true`, tokens that can be refreshed expire after a second. */
  expiresSoon = false
  readonly #send: typeof fetch
  readonly #hide: (secret: string) => void

  /** @param hide - Hides a secret in the output. */
  constructor(send: typeof fetch, hide: (secret: string) => void) {
    this.#send = send
    this.#hide = hide
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = formOf(init?.body)
    const isMetadata = new URL(urlOf(input)).pathname.endsWith('/.well-known/openid-configuration')
    this.#hideSecrets(request ?? [])
    const response = await this.#send(input, init)
    if (request === undefined && !isMetadata) return response
    const text = await readStart(response)
    const body = parse(text)
    this.#hideSecrets(Object.entries(body))
    if (request !== undefined) this.exchanges.push({ request, response: body })
    else if (this.metadata['issuer'] === undefined) this.metadata = body
    if (this.exchanges.length > MAX_EXCHANGES) this.exchanges.shift()
    const refreshToken = body['refresh_token'] ?? request?.get('refresh_token') ?? undefined
    const isShort = this.expiresSoon && refreshToken !== undefined
    const sent = isShort ? JSON.stringify({ ...body, expires_in: 1, refresh_in: undefined }) : text
    const headers = new Headers(response.headers)
    for (const name of ['content-length', 'content-encoding']) headers.delete(name)
    return new Response(sent === '' ? null : sent, { status: response.status, headers })
  }

  /** The last request with a grant. */
  last(grantType: string): TokenExchange | undefined {
    return this.exchanges.findLast(({ request }) => request.get('grant_type') === grantType)
  }

  #hideSecrets(values: Iterable<[string, unknown]>): void {
    for (const [name, value] of values)
      if (SECRET.test(name) && typeof value === 'string') this.#hide(value)
  }
}

/** Returns the URL of a request. */
export function urlOf(input: string | URL | Request): string {
  return new URL(input instanceof Request ? input.url : input).href
}

/** A run has about thirty token requests. A provider must not make it keep more of them, or a response without an end. */
const MAX_EXCHANGES = 100
const MAX_BYTES = 1_500_000

/** Reads a response, or the start of a long one, which the library rejects. */
async function readStart({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MAX_BYTES) break
  }
  return Buffer.concat(chunks).toString()
}

/** Returns the object in a text. Empty for another text, which the library judges. */
export function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** Matches the names of parameters and members that contain secrets. */
const SECRET = /token$|assertion$|secret|^code/

/** Returns the form of a token request. `undefined` for every other request. */
function formOf(body: unknown): URLSearchParams | undefined {
  if (typeof body !== 'string' && !(body instanceof URLSearchParams)) return undefined
  const form = new URLSearchParams(body)
  return form.has('grant_type') ? form : undefined
}
