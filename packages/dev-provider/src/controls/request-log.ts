/** A request that the provider served, or, with the endpoint `appLogout`, sent to an app. */
export interface RequestRecord {
  readonly method: string
  /** Of a request to an app, the whole address without its query. */
  readonly path: string
  readonly endpoint: string
  readonly grantType?: string
  /** The answer's status; missing while it is under way, and when there was none. */
  status?: number
  /** Parameters of the query or the form; the value of a secret is `'(hidden)'`. */
  readonly params?: Readonly<Record<string, string>>
  /** Why an app gave no answer. */
  failure?: string
  /** Milliseconds on the provider's clock. */
  readonly at: number
}

/** Where the provider writes what it served. */
export interface RequestLog {
  readonly records: RequestRecord[]
  readonly logger: ((line: string) => void) | undefined
}

// Enough for any test, and no leak in a provider that runs for weeks.
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

/** Hides the values that nobody should find in a log. */
export function toLoggedParams(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...params].map(([name, value]) => [name, SECRETS.has(name) ? '(hidden)' : value]),
  )
}

/** Appends a record and drops the oldest beyond the limit. */
export function appendRecord(records: RequestRecord[], record: RequestRecord): void {
  records.push(record)
  if (records.length > MAX_RECORDS) records.shift()
}

/** One line for people; queries are left out, as they hold codes and hints. */
export function toLogLine(record: RequestRecord): string {
  const { method, path, status = '-', grantType, failure } = record
  return [method, path, status, grantType, failure].filter((part) => part !== undefined).join(' ')
}
