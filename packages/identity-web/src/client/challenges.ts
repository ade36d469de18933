import { fromBase64 } from '../base64.ts'
import { claimsFromOutside } from './claims-request.ts'

/** What an API wants for an answer other than 401. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string
  readonly token68?: string
  /** By the name in lower case. Of a parameter that is given twice, the first counts. */
  readonly parameters: ReadonlyMap<string, string>
}

// Headers come from outside: what is longer is cut off.
const LIMIT = 8192

// All of them are sticky and match whole runs, so that every character is looked at a few times at most.
const SEPARATORS = /[\s,]*/y
const TOKEN = /[\w!#$%&'*+.^`|~-]+/y
// Up to the comma or the end, or else it is the name of a parameter.
const TOKEN68 = /([\w.~+/-]+=*)\s*(?=,|$)/y
const EQUALS = /\s*=\s*/y
const QUOTED = /"([^"\\]*(?:\\.[^"\\]*)*)"/sy
// More than a token: base64 without quotes is common.
const PLAIN = /[^\s,"]*/y
// To the next comma that is in no quotes; takes a character at least where no separator is.
const REST = /(?:[^,"]+|"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$))*/sy
const UNCLOSED = /".*/sy
const SPACES = /\s+/y

/**
 * Reads `WWW-Authenticate`, also several of them that `fetch` joined into one.
 *
 * Never throws: what cannot be read is left out.
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
 * The claims request (JSON) that an API challenges for: of the first challenge for a bearer token that has one.
 *
 * @param header - `WWW-Authenticate` of a 401.
 * @returns `undefined` where nothing is asked for, or in a way that cannot be understood.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export function claimsOf(header: string | null): string | undefined {
  for (const { scheme, parameters } of parseChallenges(header ?? '')) {
    const error = parameters.get('error') ?? 'insufficient_claims'
    if ((scheme !== 'bearer' && scheme !== 'pop') || error !== 'insufficient_claims') continue
    const claims = claimsFromOutside(decode(parameters.get('claims') ?? ''))
    if (claims !== undefined) return claims
  }
  return undefined
}

interface Reader {
  atEnd(): boolean
  /** What a sticky pattern finds here (its group, where it has one), and goes on behind it. */
  next(pattern: RegExp): string | undefined
}

function createReader(text: string): Reader {
  let position = 0
  return {
    atEnd: () => position >= text.length,
    next(pattern) {
      pattern.lastIndex = position
      const match = pattern.exec(text)
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
  // A quote that nothing closes: the rest of the header is its text, and no parameter.
  return read.next(UNCLOSED) === undefined ? plain : undefined
}

/** JSON as it is, or in base64 of either alphabet. */
function decode(text: string): string | undefined {
  if (text.trimStart().startsWith('{')) return text
  const bytes = fromBase64(text)
  if (bytes === undefined) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
