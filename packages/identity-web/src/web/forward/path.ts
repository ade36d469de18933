// The only spelling of a path at the API.
import { isBelow, pathOf } from '../../seams/app-location.ts'
import type { ForwardSettings, ForwardTarget } from '../../options/resolve-forward.ts'
import { ForwardFailure } from './failure.ts'

// One spelling for each path: a request that servers could read in two ways is rejected, instead of being corrected.

/**
 * Matches most paths: paths without characters that need an encoding or another check, without segments that start with
 * a dot, and without `//`.
 */
const PLAIN = /^(?:\/[\w~-][\w.~-]*)*\/?$/
/**
 * Matches a path with the characters of RFC 3986, section 3.3, and three more characters that browsers do not encode.
 */
const PATH = /^(?:[\w.~!$&'()*+,;=:@|[\]/-]|%[\da-f]{2})*$/i
const QUERY = /^(?:\?[!"$-~]*)?$/
/** Matches a part of a path that needs more checks than the check of its characters. */
const SPECIAL = /[%;]|\/[./]/
/** Matches an encoded slash or backslash. */
const SEPARATOR = /%(?:2f|5c)/i
/**
 * Matches an encoded character that browsers do not encode, because it has the same meaning without the encoding (RFC
 * 3986, section 2.3).
 */
const NEEDLESS = /%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/i
/** Matches an encoded character that has another meaning on a server that decodes the path twice. */
const DECODED_TWICE = /%(?:2[ef]|5c|[01][\da-f]|7f)/i
const CONTROL = /\p{Cc}/u

/** The path and query at the API. */
export interface UpstreamPath {
  /** The path below the target, which patterns compare. */
  readonly rest: string
  /** The path and query that the API gets. */
  readonly pathAndQuery: string
}

/**
 * Returns the path and query at the API for a request.
 *
 * @param url - The path and query, as the browser sent them.
 * @throws ForwardFailure 400 if the path is ambiguous. 404 if it is not forwarded.
 */
export function toUpstreamPath(
  { path, target, patterns }: ForwardSettings,
  url: string,
): UpstreamPath {
  const fullPath = pathOf(url)
  const query = url.slice(fullPath.length)
  if (!fullPath.startsWith('/')) throw malformed('It must not be an absolute URL.')
  const rest = fullPath.slice(path.length)
  // The router compared the path as well. Without this check, a wrong caller would send a part of a name.
  if (!isBelow(fullPath, path)) throw notFound()
  const isPlain = PLAIN.test(rest)
  if (!isPlain) assertUnambiguous(rest)
  if (query !== '' && !QUERY.test(query)) {
    throw malformed('Its query contains a character that must be encoded.')
  }
  if (patterns !== undefined && !patterns.some((pattern) => matches(pattern, rest))) {
    throw notFound()
  }
  const expected = target.basePath + rest || '/'
  if (!isPlain) assertSamePath(target, expected)
  return { rest, pathAndQuery: expected + query }
}

/** @throws ForwardFailure 400 if the parser of URLs does not agree with this module. */
function assertSamePath({ origin }: ForwardTarget, expected: string): void {
  const built = new URL(origin + expected)
  if (built.origin !== origin || built.pathname !== expected) {
    throw malformed('Browsers would send it in another form.')
  }
}

/** @throws ForwardFailure 400 for a path that another server could read as a path outside of the target. */
function assertUnambiguous(rest: string): void {
  if (!PATH.test(rest)) throw malformed('It contains a character that must be encoded.')
  if (!SPECIAL.test(rest)) return
  if (SEPARATOR.test(rest)) throw malformed('It contains an encoded slash.')
  // Otherwise, `/api/%61dmin` would not belong to another forwarded path `/api/admin`, or to a middleware for this path.
  if (NEEDLESS.test(rest)) throw malformed('It contains a character that must not be encoded.')
  let decoded: string
  try {
    decoded = decodeURIComponent(rest)
  } catch {
    throw malformed('It is not valid UTF-8.')
  }
  if (DECODED_TWICE.test(decoded)) throw malformed('It contains a character that is encoded twice.')
  if (CONTROL.test(decoded)) throw malformed('It contains a control character.')
  const segments = decoded.split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    if (segment === '' && index < segments.length - 1) throw malformed('It contains //.')
    // Java servers remove the parameters of a segment, and Windows removes spaces at its end, so that they read `..;x` as `..`.
    const [name = ''] = segment.split(';', 1)
    if (/^\.{1,2} *$/.test(name) || (name === '' && segment !== '')) {
      throw malformed('It contains a segment such as ".", ".." or ";x".')
    }
  }
}

/**
 * Returns whether a path matches a pattern: `*` stands for one segment, and `**` at the end stands for everything
 * below.
 */
function matches(pattern: readonly string[], rest: string): boolean {
  const segments = rest.split('/').slice(1)
  const isOpen = pattern.at(-1) === '**'
  const fixed = isOpen ? pattern.slice(0, -1) : pattern
  if (isOpen ? segments.length < fixed.length : segments.length !== fixed.length) return false
  return fixed.every((part, index) =>
    part === '*' ? segments[index] !== '' : part === segments[index],
  )
}

function malformed(why: string): ForwardFailure {
  return new ForwardFailure('malformed', `The path of the request was rejected. ${why}`)
}

function notFound(): ForwardFailure {
  return new ForwardFailure('not_found', 'This path is not forwarded.', {
    hint: 'To forward this path, add it to the list of auth.forward(path, { paths }).',
  })
}
