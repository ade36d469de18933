import { isNonEmptyString, isObject } from '../config/value-checks.js'
import type { ProviderRequest, ProviderResponse } from '../protocol/http.js'
import { readJson } from './directory/members.js'
import { badRequest, GraphError } from './errors.js'
import { toGraphJson } from './odata/respond.js'

/** A function that handles one request of a batch. */
type Handle = (request: ProviderRequest) => Promise<ProviderResponse>

/** A request in a batch. */
interface BatchEntry {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly dependsOn: readonly string[]
}

/** A response in a batch. */
interface BatchResponse {
  readonly id: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

const MAX_REQUESTS = 20
// The limit of Node.js for the URL of a single request. Parsing a longer query can take seconds.
const MAX_URL_LENGTH = 16 * 1024

/** Handles `/$batch`, which contains up to 20 requests in one JSON body. */
export async function respondToBatch(
  request: ProviderRequest,
  handle: Handle,
): Promise<ProviderResponse> {
  if (request.method !== 'POST') {
    throw new GraphError(
      405,
      {
        code: 'Request_BadRequest',
        message: 'Specified HTTP method is not allowed for the request target.',
      },
      { allow: 'POST' },
    )
  }
  const entries = parseBatch(request)
  const responses = new Map<string, BatchResponse>()
  // One after the other, because a request can depend on an earlier one.
  for (const entry of entries) {
    const failed = entry.dependsOn.some((id) => (responses.get(id)?.status ?? 424) >= 400)
    const response = failed
      ? failedDependency(entry)
      : toBatchResponse(entry, await handle(toRequest(request, entry)))
    responses.set(entry.id, response)
  }
  return toGraphJson({ responses: [...responses.values()] })
}

function parseBatch(request: ProviderRequest): BatchEntry[] {
  const requests = readJson(request)?.['requests']
  if (!Array.isArray(requests) || requests.length === 0) {
    throw badRequest('Invalid batch payload format.', 'BadRequest')
  }
  if (requests.length > MAX_REQUESTS) {
    throw badRequest(
      `The number of requests in the batch exceeds the maximum of ${MAX_REQUESTS}.`,
      'BadRequest',
    )
  }
  const entries = requests.map(parseEntry)
  if (new Set(entries.map(({ id }) => id)).size < entries.length) {
    throw badRequest('The IDs of the requests in a batch must be unique.', 'BadRequest')
  }
  return entries
}

function parseEntry(value: unknown): BatchEntry {
  const { id, method, url, headers = {}, body, dependsOn = [] } = isObject(value) ? value : {}
  const isValid =
    isNonEmptyString(id) &&
    isNonEmptyString(method) &&
    isNonEmptyString(url) &&
    // Not an absolute URL.
    !/^(\w+:|\/\/)/.test(url) &&
    url.length <= MAX_URL_LENGTH &&
    isObject(headers) &&
    Array.isArray(dependsOn)
  if (!isValid) {
    throw badRequest(
      `Invalid batch payload format. A request needs id, method and a url such as /me, with at most ${MAX_URL_LENGTH / 1024} KB.`,
      'BadRequest',
    )
  }
  const pairs = Object.entries(headers).map(([name, text]) => [name.toLowerCase(), String(text)])
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers: Object.fromEntries(pairs) as Record<string, string>,
    body,
    dependsOn: dependsOn.map(String),
  }
}

/** Creates the request of an entry, with the token of the batch. */
function toRequest(batch: ProviderRequest, entry: BatchEntry): ProviderRequest {
  const version = batch.url.pathname.split('/')[1] ?? ''
  const target = `${batch.url.origin}/${version}/${entry.url.replace(/^\//, '')}`
  if (!URL.canParse(target)) throw badRequest('Invalid batch payload format.', 'BadRequest')
  const { authorization } = batch.headers
  return {
    ...batch,
    method: entry.method,
    url: new URL(target),
    headers: { ...entry.headers, authorization },
    body: entry.body === undefined ? '' : JSON.stringify(entry.body),
  }
}

function toBatchResponse({ id }: BatchEntry, response: ProviderResponse): BatchResponse {
  const { status, headers, body } = response
  const type = headers['content-type']
  const shown = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !/^(request-id|client-request-id|pragma)$/.test(name))
      .map(([name, value]) => [toHeaderName(name), value]),
  )
  if (body.length === 0) return { id, status, headers: shown }
  const isJson = type?.startsWith('application/json') === true
  const content: unknown = isJson ? JSON.parse(String(body)) : Buffer.from(body).toString('base64')
  return { id, status, headers: shown, body: content }
}

// Microsoft's client for JavaScript only finds `Content-Type` in this spelling.
function toHeaderName(name: string): string {
  return name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
}

function failedDependency({ id }: BatchEntry): BatchResponse {
  return {
    id,
    status: 424,
    headers: { 'Content-Type': 'application/json' },
    body: {
      error: {
        code: 'FailedDependency',
        message: 'A request that this request depends on failed.',
      },
    },
  }
}
