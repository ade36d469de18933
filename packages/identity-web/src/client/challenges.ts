// Parses `WWW-Authenticate` of an API that rejected a token.
import { fromBase64 } from '../base64.ts'
import type { ClaimsRequest } from '../errors.ts'
import { claimsFromOutside } from './claims-request.ts'

/** A challenge in the `WWW-Authenticate` header of a 401 response. */
export interface Challenge {
  /** The authentication scheme in lower case. */
  readonly scheme: string
  readonly token68?: string
  /** The parameters by their names in lower case. The first value is used if a parameter appears twice. */
  readonly parameters: ReadonlyMap<string, string>
}

/** An API's claims challenge, which requires a token with other claims. */
export interface ClaimsChallenge {
  readonly claims: ClaimsRequest
  /** The token that the API rejected. */
  readonly rejectedToken: string
}

// The header is untrusted input. A longer header is cut off.
const LIMIT = 8192

// These patterns are sticky and match whole runs, so that each character is read only a few times.
const SEPARATORS = /[\s,]*/y
const TOKEN = /[\w!#$%&'*+.^`|~-]+/y
// A token68 value ends at a comma or at the end of the header. Otherwise it is a parameter's name.
const TOKEN68 = /([\w.~+/-]+=*)\s*(?=,|$)/y
const EQUALS = /\s*=\s*/y
const QUOTED = /"([^"\\]*(?:\\.[^"\\]*)*)"/sy
// Accepts more characters than a token, because many APIs send base64 without quotes.
const PLAIN = /[^\s,"]*/y
// Matches up to the next comma outside quotes, and at least one character unless a separator follows.
const REST = /(?:[^,"]+|"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$))*/sy
const UNCLOSED = /".*/sy
const SPACES = /\s+/y

/**
 * Parses a `WWW-Authenticate` header. `fetch` joins several such headers into one, which this function supports.
 *
 * Does not throw, because parts that cannot be parsed are left out.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 | RFC 9110, section 11.6.1}
 */
export function parseChallenges(header: string): Challenge[] {
  const read = createReader(header.slice(0, LIMIT))
  const challenges: Challenge[] = []
  let parameters: Map<string, string> | undefined
  while (!read.atEnd()) {
    const isFirst = challenges.length === 0
    const separator = read.next(SEPARATORS) ?? ''
    const name = read.next(TOKEN)?.toLowerCase()
    if (name !== undefined && read.next(EQUALS) !== undefined) {
      const value = readValue(read)
      if (value !== undefined && parameters?.has(name) === false) parameters.set(name, value)
    } else if (name !== undefined && (isFirst || separator.includes(','))) {
      parameters = new Map()
      challenges.push({ scheme: name, ...readToken68(read), parameters })
    } else read.next(REST)
  }
  return challenges
}

/**
 * Returns the claims request from the first bearer challenge that contains one.
 *
 * @param header - The `WWW-Authenticate` header from a 401 response.
 * @returns `undefined` if the header does not contain a valid claims request.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export function claimsOf(header: string | null): ClaimsRequest | undefined {
  for (const { scheme, parameters } of parseChallenges(header ?? '')) {
    // The error does not matter: Azure Resource Manager sends `invalid_token`.
    if (scheme !== 'bearer' && scheme !== 'pop') continue
    const claims = claimsFromOutside(decodeClaims(parameters.get('claims') ?? ''))
    if (claims !== undefined) return claims
  }
  return undefined
}

interface Reader {
  atEnd(): boolean
  /**
   * Matches a sticky pattern at the current position, moves to the end of the match, and returns the pattern's group,
   * if it has one.
   */
  next(pattern: RegExp): string | undefined
}

function createReader(header: string): Reader {
  let position = 0
  return {
    atEnd: () => position >= header.length,
    next(pattern) {
      pattern.lastIndex = position
      const match = pattern.exec(header)
      if (match === null) return undefined
      position = pattern.lastIndex
      return match[1] ?? match[0]
    },
  }
}

function readToken68(read: Reader): { token68?: string } {
  if (read.next(SPACES) === undefined) return {}
  const token68 = read.next(TOKEN68)
  return token68 === undefined ? {} : { token68 }
}

function readValue(read: Reader): string | undefined {
  const quoted = read.next(QUOTED)
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/gs, '$1')
  const plain = read.next(PLAIN)
  // An unclosed quote makes the rest of the header part of this value, so the parameter is not valid.
  return read.next(UNCLOSED) === undefined ? plain : undefined
}

/** Decodes a claims parameter, which contains JSON or JSON in base64 or base64url. */
function decodeClaims(value: string): string | undefined {
  if (value.trimStart().startsWith('{')) return value
  const bytes = fromBase64(value)
  if (bytes === undefined) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
