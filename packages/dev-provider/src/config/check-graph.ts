import { isNonEmptyString, isObject, isStringList } from './value-checks.js'

const PATH = /^((GET|POST|PATCH|PUT|DELETE) )?\/[^?#\s]+$/
const VERSION = /^(\w+ )?\/(v1\.0|beta)(\/|$)/
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
  else if (!PATH.test(path)) {
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
  if (!isObject($headers) || !Object.values($headers).every(isNonEmptyString)) {
    report('has $headers that are not valid. Use an object with strings')
  }
  const members = Object.keys(response).filter((key) => !SETTINGS.includes(key))
  const [unknown] = members.filter((key) => key.startsWith('$'))
  if (unknown !== undefined) {
    report(`contains ${unknown}, which is not a setting. Use ${SETTINGS.join(', ')}`)
  } else if (Object.hasOwn(response, '$body') && members.length > 0) {
    report(`contains both $body and ${members.join(', ')}. Use one of them`)
  }
}
