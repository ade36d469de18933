/**
 * A request that the provider handled. If `endpoint` is `appLogout`, it is a request that the
 * provider sent to an app.
 *
 * @example Count the refreshes
 * ```ts
 * const isRefresh = ({ grantType }: RequestRecord) => grantType === 'refresh_token'
 * const refreshes = provider.requests.filter(isRefresh).length
 * ```
 */
export interface RequestRecord {
  /** The HTTP method. */
  readonly method: string
  /** The path of the URL. For a request to an app, it is the whole URL without the query. */
  readonly path: string
  /** The name of the endpoint, for example `token`, `authorize` or `appLogout`. */
  readonly endpoint: string
  /** The `grant_type` of a token request. */
  readonly grantType?: string
  /** The HTTP status of the response. Missing until there is a response. */
  status?: number
  /** The parameters of the query and the form. Secret values are replaced with `'(hidden)'`. */
  readonly params?: Readonly<Record<string, string>>
  /** The reason why an app did not respond, for example `TimeoutError`. */
  failure?: string
  /** The time of the request on the provider's clock, in milliseconds. */
  readonly at: number
}

/** The place where the provider records its requests. */
export interface RequestLog {
  readonly records: RequestRecord[]
  readonly logger: ((line: string) => void) | undefined
}

// Enough for any test, and a limit for a provider that runs for weeks.
const MAX_RECORDS = 10_000

const SECRETS: ReadonlySet<string> = new Set([
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'id_token_hint',
  'logout_token',
  'refresh_token',
])

/** Replaces the values of secret parameters, which must not be logged. */
export function toLoggedParams(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...params].map(([name, value]) => [name, SECRETS.has(name) ? '(hidden)' : value]),
  )
}

/** Adds a record and removes the oldest one when the limit is reached. */
export function appendRecord(records: RequestRecord[], record: RequestRecord): void {
  records.push(record)
  if (records.length > MAX_RECORDS) records.shift()
}

/** Returns the log line of a request. It omits the query, which can contain codes and hints. */
export function toLogLine(record: RequestRecord): string {
  const { method, path, status = '-', grantType, failure } = record
  return [method, path, status, grantType, failure].filter((part) => part !== undefined).join(' ')
}
