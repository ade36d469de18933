import { toErrorCode, type RequestError } from '../protocol/request-error.js'

/**
 * A request that the provider handled or, if `endpoint` is `appLogout`, a request that the provider sent to an app.
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
  /** The path of the URL or, for a request to an app, the whole URL without the query. */
  readonly path: string
  /** The name of the endpoint, for example `token`, `authorize` or `appLogout`. */
  readonly endpoint: string
  /** The `grant_type` of a token request. */
  readonly grantType?: string
  /** The response's HTTP status. Missing until there is a response. */
  status?: number
  /**
   * The query and form parameters, at most 100. Secret values are replaced with `'(hidden)'`, and only the start of a
   * long value is recorded.
   */
  readonly params?: Readonly<Record<string, string>>
  /** The reason why the request failed, with a remedy. This includes errors that are sent in a redirect. */
  error?: RequestError
  /** The reason why an app did not respond, for example `TimeoutError`. */
  failure?: string
  /** The time of the request on the provider's clock, in milliseconds. */
  readonly at: number
}

/** The place where the provider records its requests. */
export interface RequestLog {
  readonly records: RequestRecord[]
  readonly logger: ((line: string) => void) | undefined
  /** Receives only the lines of errors with a remedy, if `logger` is not set. */
  readonly errorLogger: ((line: string) => void) | undefined
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

// oxlint-disable-next-line no-control-regex -- Finding control characters is the purpose.
const CONTROL_CHARACTERS = /[\u0000-\u001F\u007F-\u009F]/g

// A website can fill the records with large forms that it sends through the browser of a developer.
const MAX_PARAMS = 100
const MAX_LENGTH = 4096

/** Replaces the values of secret parameters, which must not be logged. */
export function toLoggedParams(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...params]
      .slice(0, MAX_PARAMS)
      .map(([name, value]) => [shorten(name), SECRETS.has(name) ? '(hidden)' : shorten(value)]),
  )
}

/** Returns the start of a long value. */
export function shorten(value: string): string {
  const start =
    value.length <= MAX_LENGTH
      ? value
      : `${value.slice(0, MAX_LENGTH)}… (${value.length} characters)`
  // A copy, because a part of a string keeps the whole string in memory.
  return Buffer.from(start).toString()
}

/** Returns an error whose texts, which can contain request values, are not long. */
export function shortenError({ message, remedy, ...error }: RequestError): RequestError {
  return {
    ...error,
    message: shorten(message),
    ...(remedy !== undefined && { remedy: shorten(remedy) }),
  }
}

/** Adds a record and removes the oldest one when the limit is reached. */
export function appendRecord(records: RequestRecord[], record: RequestRecord): void {
  records.push(record)
  if (records.length > MAX_RECORDS) records.shift()
}

/**
 * Returns a request's log line. It omits the query, which can contain codes and hints.
 *
 * For a failed request, the line ends with the error and the remedy.
 */
export function toLogLine(record: RequestRecord): string {
  const { method, path, status = '-', grantType, failure, error } = record
  const parts = [method, path, status, grantType, failure, error?.code, error && toErrorCode(error)]
  const line = parts.filter((part) => part !== undefined).join(' ')
  const all = error?.remedy === undefined ? line : `${line} -> ${error.remedy}`
  // A remedy can contain a value of the client, which must not start a line or control a terminal.
  return all.replace(CONTROL_CHARACTERS, ' ')
}

/** Writes a finished request's line. Without `logger`, only errors with a remedy are written. */
export function writeLogLine({ logger, errorLogger }: RequestLog, record: RequestRecord): void {
  if (logger !== undefined) logger(toLogLine(record))
  else if (record.error?.remedy !== undefined) errorLogger?.(toLogLine(record))
}
