// Reads the names of called tools from the body.
import { isObject } from '../own.ts'
import { uncachedJson } from '../fetch-api.ts'
import { toBase64 } from '../base64.ts'

/** The response to a request that does not comply with MCP: its status, code and message. */
export interface BadMessage {
  readonly status: 400 | 413
  /** The JSON-RPC error code. */
  readonly code: number
  readonly message: string
  readonly id?: string | number
}

/** Returns a request header by its lower-case name. */
type ReadHeader = (name: string) => string | undefined

const PARSE_ERROR = -32_700
const INVALID_REQUEST = -32_600
const INVALID_PARAMS = -32_602
const HEADER_MISMATCH = -32_020

/** The limits of the official SDK. */
export const MAX_BODY_BYTES: number = 4 * 1024 * 1024
const MAX_BATCH = 100

/** Each method's parameter that the header `Mcp-Name` repeats. */
const NAME_PARAMETERS = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
])

export const TOO_LARGE: BadMessage = {
  status: 413,
  code: INVALID_REQUEST,
  message: `The body must not be larger than ${MAX_BODY_BYTES} bytes.`,
}
export const UNREADABLE: BadMessage = {
  status: 400,
  code: PARSE_ERROR,
  message: 'The body is not valid JSON.',
}

/**
 * Returns the names of the tools that a request calls, or an empty list for a request without tool calls.
 *
 * Only the body decides. However, a proxy may have used the headers `Mcp-Method` and `Mcp-Name` for a decision, so a
 * header that differs from the body is an error.
 *
 * @param body - The parsed JSON.
 * @see {@link https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http}
 */
export function readToolCalls(body: unknown, header: ReadHeader): readonly string[] | BadMessage {
  const isBatch = Array.isArray(body)
  const messages: readonly unknown[] = isBatch ? body : [body]
  if (messages.length > MAX_BATCH) {
    return bad(INVALID_REQUEST, `A batch must not contain more than ${MAX_BATCH} messages.`)
  }
  const names = new Set<string>()
  for (const message of messages) {
    // A server that accepts other forms could find a tool call in them.
    if (!isObject(message)) return bad(INVALID_REQUEST, 'A message must be a JSON object.')
    const problem = checkHeaders(message, header, isBatch)
    if (problem !== undefined) return problem
    if (message['method'] !== 'tools/call') continue
    const { params } = message
    const name = isObject(params) ? params['name'] : undefined
    // A list such as ['admin'] would become the string 'admin' as the key of an object.
    if (typeof name !== 'string') {
      return bad(INVALID_PARAMS, 'The name of the tool must be a string.', message)
    }
    names.add(name)
  }
  return [...names]
}

function checkHeaders(
  message: Readonly<Record<string, unknown>>,
  header: ReadHeader,
  isBatch: boolean,
): BadMessage | undefined {
  const { method, params } = message
  const givenMethod = header('mcp-method')
  if (givenMethod !== undefined && (isBatch || givenMethod.trim() !== method)) {
    return mismatch('Mcp-Method', message)
  }
  const givenName = header('mcp-name')
  if (givenName === undefined) return undefined
  const parameter = typeof method === 'string' ? NAME_PARAMETERS.get(method) : undefined
  // The revision does not define the header for other methods, so nothing can rely on it.
  if (parameter === undefined && !isBatch) return undefined
  const name = parameter !== undefined && isObject(params) ? params[parameter] : undefined
  const isEqual = !isBatch && typeof name === 'string' && isHeaderOf(name, givenName.trim())
  return isEqual ? undefined : mismatch('Mcp-Name', message)
}

/**
 * Returns whether a header contains a name, which can be in base64, because headers cannot contain every character.
 */
function isHeaderOf(name: string, given: string): boolean {
  if (given === `=?base64?${toBase64(new TextEncoder().encode(name))}?=`) return true
  // A reader would decode such a header and find another name.
  return given === name && !(name.startsWith('=?base64?') && name.endsWith('?='))
}

function mismatch(header: string, message: Readonly<Record<string, unknown>>): BadMessage {
  return bad(
    HEADER_MISMATCH,
    `The value of the header ${header} differs from the value in the body.`,
    message,
  )
}

function bad(
  code: number,
  message: string,
  { id }: Readonly<Record<string, unknown>> = {},
): BadMessage {
  const isId = typeof id === 'string' || typeof id === 'number'
  return { status: 400, code, message, ...(isId && { id }) }
}

/**
 * Returns the response to a call that fails before the tool runs. The error is the tool's result, which clients show to
 * the user. A batch gets an error, because its other messages also need a response.
 */
export function toToolErrorResponse(body: unknown, text: string): Response {
  const { id } = bad(INVALID_REQUEST, text, isObject(body) ? body : {})
  if (id === undefined) return toBadMessageResponse(bad(INVALID_REQUEST, text))
  const result = { resultType: 'complete', content: [{ type: 'text', text }], isError: true }
  return uncachedJson(200, { jsonrpc: '2.0', id, result })
}

export function toBadMessageResponse({ status, code, message, id }: BadMessage): Response {
  return uncachedJson(status, { jsonrpc: '2.0', error: { code, message }, id: id ?? null })
}
