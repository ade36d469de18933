import { validateHeaderName, validateHeaderValue } from 'node:http'
import { isNonEmptyString, isObject, isStringList } from './value-checks.js'

const PATH = /^((GET|POST|PATCH|PUT|DELETE) )?\/[^?#\s]+$/
const VERSION = /^(\w+ )?\/(v1\.0|beta)(\/|$)/
// The server sets these headers, and a second value breaks the response.
const OWN_HEADERS = ['connection', 'content-length', 'transfer-encoding']
/** The statuses of responses that do not have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
export const WITHOUT_BODY: readonly number[] = [204, 205, 304]
const SETTINGS = ['$status', '$scopes', '$headers', '$body']

/** Checks the responses of Graph in a configuration. The values may come from a JSON file. */
export function checkGraph(graph: unknown, report: (where: string, problem: string) => void): void {
  if (graph === undefined) return
  if (!isObject(graph)) {
    report('graph', 'must be an object with a response for each path')
    return
  }
  for (const [path, response] of Object.entries(graph)) {
    const at = `graph[${JSON.stringify(path)}]`
    checkPath(path, at, report)
    if (isObject(response)) checkResponse(response, (problem) => report(at, problem))
    else report(at, 'must be an object. Use $body for other JSON values')
  }
}

function checkPath(
  path: string,
  at: string,
  report: (where: string, problem: string) => void,
): void {
  if (VERSION.test(path)) report(at, 'must not contain the version. Write /me and not /v1.0/me')
  else if (!PATH.test(path) || !isDecodable(path)) {
    report(
      at,
      'must be a path without a query, for example /me/drive, or a method and a path, for example POST /me/onlineMeetings',
    )
  }
}

function checkResponse(
  response: Readonly<Record<string, unknown>>,
  report: (problem: string) => void,
): void {
  const { $status = 200, $scopes = [], $headers = {} } = response
  const isStatus = Number.isInteger($status) && Number($status) >= 200 && Number($status) <= 599
  if (!isStatus) report('has a $status that is not valid. Use a number from 200 to 599')
  if (!isStringList($scopes)) {
    report('has $scopes that are not valid. Use a list of permissions, for example ["Files.Read"]')
  }
  if (!isObject($headers) || !Object.entries($headers).every(isHeader)) {
    report('has $headers that are not valid. Use an object with strings')
  } else {
    const own = Object.keys($headers).find((name) => OWN_HEADERS.includes(name.toLowerCase()))
    if (own !== undefined) report(`contains the header ${own}, which the provider sets. Remove it`)
  }
  const members = Object.keys(response).filter((key) => !SETTINGS.includes(key))
  const [unknown] = members.filter((key) => key.startsWith('$'))
  if (unknown !== undefined) {
    report(`contains ${unknown}, which is not a setting. Use ${SETTINGS.join(', ')}`)
  } else if (Object.hasOwn(response, '$body') && members.length > 0) {
    report(`contains both $body and ${members.join(', ')}. Use one of them`)
  } else if (WITHOUT_BODY.includes(Number($status)) && (members.length > 0 || hasBody(response))) {
    report(`has the $status ${Number($status)}, which does not allow a body. Remove the body`)
  }
}

function hasBody({ $body }: Readonly<Record<string, unknown>>): boolean {
  return $body !== undefined
}

function isHeader([name, value]: readonly [string, unknown]): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value as string)
    return isNonEmptyString(value)
  } catch {
    return false
  }
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== ''
  } catch {
    return false
  }
}
