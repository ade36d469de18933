import { GraphError } from './graph-error.js'

type Json = Readonly<Record<string, unknown>>

/** The settings of one request. */
export interface RequestSettings {
  readonly body?: unknown
  /**
   * `true` if the object is new. Other servers of Graph may not know a new object for some seconds, so the request is
   * repeated after a 404 response.
   */
  readonly isNew?: boolean
  /** The advice if the result of a `POST` is not known. The request is then not sent again. */
  readonly ifUnclear?: string
}

/** The settings of all requests. */
export interface ClientSettings {
  /** The function that sends the requests. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** The maximum number of times that a request is sent. */
  readonly maxTries?: number
}

/**
 * The status for a request that Graph did not carry out. After other errors, it is not known whether Graph carried out
 * the request.
 */
const NOT_CARRIED_OUT = 429
const UNCLEAR = [503, 504]
const IF_UNCLEAR =
  'Microsoft Graph may have completed the request, so the command did not send the request again. Run the command again. It keeps the changes that Microsoft Graph completed, and makes the other changes.'
/** The codes of connections that failed before the request was sent. */
const NOT_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]
const MAX_TRIES = 8
const MAX_WAIT_SECONDS = 60
const TIMEOUT_MS = 60_000

/** Sends requests to Microsoft Graph. */
export class GraphClient {
  readonly #base: string
  readonly #token: string
  readonly #settings: Required<ClientSettings>

  /**
   * @param base - The URL with the version, for example `https://graph.microsoft.com/v1.0`.
   * @param token - The access token.
   */
  constructor(base: string, token: string, settings: ClientSettings = {}) {
    this.#base = base
    this.#token = token
    this.#settings = { fetch, maxTries: MAX_TRIES, ...settings }
  }

  /** Returns one object. */
  async get<T>(path: string, settings: RequestSettings = {}): Promise<T> {
    return (await this.send('GET', path, settings)) as T
  }

  /** Returns all objects of a list, of all its pages. */
  async list<T>(path: string, settings: RequestSettings = {}): Promise<T[]> {
    const found: T[] = []
    let next: string | undefined = path
    while (next !== undefined) {
      const page: Json = await this.send('GET', next, settings)
      found.push(...((page['value'] ?? []) as T[]))
      const link = page['@odata.nextLink']
      // A link that leads to another server must not get the token.
      const isOwn = typeof link === 'string' && link.startsWith(`${this.#base}/`)
      next = isOwn ? link.slice(this.#base.length) : undefined
    }
    return found
  }

  /**
   * Sends a request, and returns the JSON of the response. It waits when Graph asks for it.
   *
   * A `POST` creates something, so it is sent again only if Graph did not carry it out. A second app, or a second secret
   * that the program does not know, would stay in the tenant. The other methods have the same result when they are repeated.
   *
   * @throws GraphError when Graph rejects the request.
   */
  async send(method: string, path: string, settings: RequestSettings = {}): Promise<Json> {
    for (let tries = 1; ; tries++) {
      const response = await this.#fetch(method, path, settings)
      const text = await response.text()
      if (response.ok) return text === '' ? {} : (JSON.parse(text) as Json)
      const isUnclear = method === 'POST' && response.status >= 500
      const error = toError(response, text, isUnclear ? adviceOf(settings) : undefined)
      const mayRetry = tries < this.#settings.maxTries && !isUnclear
      const seconds = mayRetry ? waitFor(response, error, { tries, ...settings }) : undefined
      if (seconds === undefined) throw error
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    }
  }

  async #fetch(method: string, path: string, settings: RequestSettings): Promise<Response> {
    const { body } = settings
    try {
      return await this.#settings.fetch(this.#base + path, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        // A redirect could send the token to another server.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch (error) {
      const { cause } = error as { readonly cause?: { readonly code?: unknown } }
      const reason = typeof cause?.code === 'string' ? cause.code : (error as Error).name
      const isUnclear = method === 'POST' && !NOT_SENT.includes(reason)
      const advice = isUnclear ? ` ${adviceOf(settings)}` : ''
      throw new Error(
        `${new URL(this.#base).origin} does not respond (${reason}).${advice} Check your network and its proxy. For a development provider, check that it runs and pass its URL with --graph.`,
        { cause: error },
      )
    }
  }
}

function adviceOf({ ifUnclear = IF_UNCLEAR }: RequestSettings): string {
  return ifUnclear
}

function toError({ status }: Response, text: string, advice: string | undefined): GraphError {
  const { code, message } = readError(text)
  const what = message === '' ? '' : ` ${/[.!?]$/.test(message) ? message : `${message}.`}`
  return new GraphError(
    status,
    code,
    `Microsoft Graph returned ${status}${code === '' ? '' : ` (${code})`}.${what}`,
    advice,
  )
}

function readError(text: string): { readonly code: string; readonly message: string } {
  try {
    const { error } = JSON.parse(text) as {
      readonly error?: { readonly code?: string; readonly message?: string }
    }
    return { code: error?.code ?? '', message: error?.message ?? '' }
  } catch {
    return { code: '', message: '' }
  }
}

/** Returns how many seconds to wait before the next try, or `undefined` when another try does not help. */
function waitFor(
  { status, headers }: Response,
  { code }: GraphError,
  { tries, isNew = false }: { readonly tries: number; readonly isNew?: boolean },
): number | undefined {
  const isUnknown = isNew && (status === 404 || code === 'NoBackingApplicationObject')
  const isTemporary = status === NOT_CARRIED_OUT || UNCLEAR.includes(status)
  if (!isTemporary && !isUnknown) return undefined
  const asked = Number(headers.get('retry-after') ?? NaN)
  const seconds = Number.isFinite(asked) && asked >= 0 ? asked : Math.min(2 ** tries / 4, 8)
  return seconds > MAX_WAIT_SECONDS ? undefined : seconds
}
