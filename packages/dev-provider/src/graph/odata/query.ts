import { badRequest, notSupported } from '../errors.js'
import type { EntityType } from './entity.js'

/** The query options of a request. */
export interface Query {
  readonly select: readonly string[]
  readonly filter: string | undefined
  readonly count: boolean
  readonly top: number | undefined
  /** The number of objects before the page. */
  readonly start: number
}

const OPTIONS = [
  '$select',
  '$expand',
  '$filter',
  '$count',
  '$top',
  '$skip',
  '$skiptoken',
  '$format',
]

/** Parses the query options that Graph and the development provider support. */
export function parseQuery(
  params: URLSearchParams,
  type: EntityType,
  headers: Readonly<Record<string, string | undefined>> = {},
): Query {
  for (const name of params.keys()) {
    if (/^\$(?:orderby|search)$/i.test(name)) {
      throw notSupported(name, 'Sort or search in your application, or try the real Graph.')
    }
    if (name.startsWith('$') && !OPTIONS.includes(name.toLowerCase())) {
      throw badRequest(
        `The development provider does not support the query option '${name}'. Use ${OPTIONS.join(', ')}.`,
        'BadRequest',
      )
    }
  }
  const expand = option(params, '$expand')
  if (expand !== undefined && type.expanded === undefined) {
    throw badRequest(
      `The development provider does not support $expand=${expand} here. It supports $expand=manager for users.`,
      'BadRequest',
    )
  }
  const { isDirectory } = type.service
  const isEventual = headers['consistencylevel']?.toLowerCase() === 'eventual'
  return {
    select: splitList(option(params, '$select')),
    filter: option(params, '$filter'),
    count: option(params, '$count') === 'true' && (isEventual || !isDirectory),
    top: parseTop(option(params, '$top'), type),
    start: parseStart(params, type),
  }
}

/** Creates an error for a query that the service does not support. */
function unsupported(message: string): Error {
  return badRequest(message, 'Request_UnsupportedQuery')
}

/** Returns the token of the page that starts after a number of objects. */
export function toSkipToken(start: number): string {
  return Buffer.from(String(start)).toString('base64url')
}

/** Returns the value of a query option. Names ignore the case. */
function option(params: URLSearchParams, name: string): string | undefined {
  const values = [...params].filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  if (values.length > 1) {
    throw badRequest(
      `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      'BadRequest',
    )
  }
  return values[0] === undefined || values[0] === '' ? undefined : values[0]
}

function splitList(value = ''): string[] {
  const names = value.split(',').map((name) => name.trim())
  return [...new Set(names)].filter((name) => name !== '')
}

function parseTop(value: string | undefined, { service }: EntityType): number | undefined {
  if (value === undefined) return undefined
  const top = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (Number.isNaN(top)) {
    throw badRequest(
      `Invalid value '${value}' for $top query option found. The $top query option requires a non-negative integer value.`,
      'BadRequest',
    )
  }
  if (service.isDirectory && (top < 1 || top > service.maxPageSize)) {
    throw unsupported(
      `Invalid page size specified: '${top}'. Must be between 1 and ${service.maxPageSize} inclusive.`,
    )
  }
  if (top > service.maxPageSize) {
    throw badRequest(
      `The limit of '${service.maxPageSize}' for Top query has been exceeded. The value from the incoming request is '${top}'.`,
      'ErrorInvalidUrlQuery',
    )
  }
  return top
}

function parseStart(params: URLSearchParams, { service }: EntityType): number {
  const skip = option(params, '$skip')
  if (skip !== undefined) {
    if (service.isDirectory) throw badRequest("'$skip' is not supported by the service.")
    if (!/^\d{1,9}$/.test(skip)) {
      throw badRequest(
        `Invalid value '${skip}' for $skip query option found. The $skip query option requires a non-negative integer value.`,
        'BadRequest',
      )
    }
    return Number(skip)
  }
  const token = option(params, '$skiptoken')
  if (token === undefined) return 0
  const start = Buffer.from(token, 'base64url').toString()
  if (!/^\d{1,9}$/.test(start)) {
    throw badRequest(
      'The specified page token value has expired and can not be included in your request.',
      'Directory_ExpiredPageToken',
    )
  }
  return Number(start)
}
