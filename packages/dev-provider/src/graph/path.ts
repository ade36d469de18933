import { badRequest } from './errors.js'

/** The path of a Graph request. */
export interface GraphPath {
  /** `v1.0` or `beta`. */
  readonly version: string
  readonly segments: readonly string[]
}

const KEY = /^([^()]+)\(([^()]*)\)$/
const QUOTED = /^'(.*)'$/

/**
 * Parses a path. A key in parentheses becomes a segment, so `users('alex')` has the same segments
 * as `users/alex`.
 *
 * @throws GraphError when the encoding of the path is not valid.
 */
export function parsePath(pathname: string): GraphPath {
  const [version = '', ...rest] = pathname.split('/').filter(Boolean)
  return { version: version.toLowerCase(), segments: splitSegments(rest) }
}

/** Returns the segments of a path, without escapes. */
export function splitSegments(parts: readonly string[]): string[] {
  return parts.flatMap((part) => {
    const segment = decode(part)
    const [, name, key = ''] = KEY.exec(segment) ?? []
    return name === undefined ? [segment] : [name, unquote(key)]
  })
}

/** Returns the placeholders of a pattern, or `undefined` when the segments do not match it. */
export function matchPath(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length || matchLength(pattern, segments) < segments.length) {
    return undefined
  }
  const params: Record<string, string> = {}
  pattern.forEach((part, index) => {
    if (isPlaceholder(part)) params[part.slice(1, -1)] = segments[index] ?? ''
  })
  return params
}

/** Returns how many segments match the start of a pattern. */
export function matchLength(pattern: readonly string[], segments: readonly string[]): number {
  const end = segments.findIndex((segment, index) => !matchesPart(pattern[index], segment))
  return end < 0 ? segments.length : end
}

function matchesPart(part: string | undefined, segment: string): boolean {
  if (part === undefined) return false
  // `$count` is a system resource, and never the key of an object.
  if (isPlaceholder(part)) return !/^\$(count|value|ref)$/i.test(segment)
  // The namespace is optional: clients write `graph.group` as well.
  return segment.toLowerCase().replace(/^microsoft\.graph\./, 'graph.') === part.toLowerCase()
}

function isPlaceholder(part: string): boolean {
  return part.startsWith('{')
}

// Keeps the name of an alternate key, such as appId='…', which tells it from an object ID.
function unquote(key: string): string {
  const equals = key.indexOf('=')
  const value = key.slice(equals + 1)
  const plain = QUOTED.exec(value)?.[1]?.replaceAll("''", "'") ?? value
  return equals < 0 ? plain : `${key.slice(0, equals)}=${plain}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw badRequest('The path contains an escape that is not valid.', 'BadRequest')
  }
}
