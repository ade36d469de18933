import { badRequest } from '../errors.js'
import { findProperty, valueAt, type Entity, type EntityType } from './entity.js'
import { unsupported } from './query.js'

/** A function that returns whether an object passes a filter. */
export type Filter = (entity: Entity) => boolean

interface Token {
  readonly kind: 'name' | 'string' | 'literal' | 'symbol'
  readonly value: string
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([(),])|([^\s(),']+))/y
// Each term can contain another one, so the limit also protects the stack.
const MAX_TERMS = 100

const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']

/**
 * Parses `$filter`. It supports comparisons, `startsWith`, `not`, `and`, `or` and parentheses.
 *
 * @throws GraphError that says what is supported.
 */
export function parseFilter(filter: string, type: EntityType): Filter {
  const parser = createParser(tokenize(filter), type)
  const result = parser.parseOr()
  if (!parser.isAtEnd()) throw invalidFilter()
  return result
}

function tokenize(filter: string): Token[] {
  const tokens: Token[] = []
  const end = filter.trimEnd().length
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(filter)
    if (match === null) throw invalidFilter()
    const [, string, symbol, word = ''] = match
    if (string !== undefined) tokens.push({ kind: 'string', value: string.replaceAll("''", "'") })
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', value: symbol })
    else tokens.push({ kind: /^[a-z@]/i.test(word) ? 'name' : 'literal', value: word })
  }
  return tokens
}

interface Parser {
  readonly parseOr: () => Filter
  readonly isAtEnd: () => boolean
}

function createParser(tokens: readonly Token[], type: EntityType): Parser {
  let at = 0
  let terms = 0
  const next = (): Token => {
    const token = tokens[at]
    at += 1
    if (token === undefined) throw invalidFilter()
    return token
  }
  const skips = (value: string): boolean => {
    const isNext = tokens[at]?.kind !== 'string' && tokens[at]?.value.toLowerCase() === value
    if (isNext) at += 1
    return isNext
  }
  const expectSymbol = (value: string): void => {
    if (!skips(value)) throw invalidFilter()
  }
  const property = (): string => {
    const { kind, value } = next()
    if (kind !== 'name') throw invalidFilter()
    if (value.includes(':')) throw unsupportedFilter(value, type)
    const [first = '', ...rest] = value.split('/')
    const name = findProperty(type, first)
    if (name === undefined)
      throw badRequest(
        `Could not find a property named '${first}' on type 'microsoft.graph.${type.name}'.`,
        'BadRequest',
      )
    return [name, ...rest].join('/')
  }
  const parseStartsWith = (): Filter => {
    expectSymbol('(')
    const path = property()
    expectSymbol(',')
    const { kind, value } = next()
    if (kind !== 'string') throw invalidFilter()
    expectSymbol(')')
    const prefix = value.toLowerCase()
    return (entity) => textAt(entity, path).startsWith(prefix)
  }
  const parseTerm = (): Filter => {
    terms += 1
    if (terms > MAX_TERMS) throw tooComplex()
    if (skips('not')) {
      const negated = parseTerm()
      return (entity) => !negated(entity)
    }
    if (skips('(')) {
      const inner = parseOr()
      expectSymbol(')')
      return inner
    }
    if (skips('startswith')) return parseStartsWith()
    const path = property()
    const operator = next().value.toLowerCase()
    if (!OPERATORS.includes(operator)) throw unsupportedFilter(path, type)
    return compare(path, operator, toLiteral(next()))
  }
  const parseAnd = (): Filter => {
    const all = [parseTerm()]
    while (skips('and')) all.push(parseTerm())
    return (entity) => all.every((term) => term(entity))
  }
  const parseOr = (): Filter => {
    const any = [parseAnd()]
    while (skips('or')) any.push(parseAnd())
    return (entity) => any.some((term) => term(entity))
  }
  return { parseOr, isAtEnd: () => at === tokens.length }
}

function compare(path: string, operator: string, literal: unknown): Filter {
  return (entity) => {
    const value = valueAt(entity, path) ?? null
    const order = compareValues(value, literal)
    switch (operator) {
      case 'eq':
        return order === 0
      case 'ne':
        return order !== 0
      case 'gt':
        return order > 0
      case 'ge':
        return order >= 0
      case 'lt':
        return order < 0
      default:
        return order <= 0
    }
  }
}

/** Compares two values, as `$filter` and `$orderby` do. Returns NaN for values of other types. */
export function compareValues(left: unknown, right: unknown): number {
  if (left === right) return 0
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left !== 'string' || typeof right !== 'string') return Number.NaN
  const [a, b] = [toComparable(left), toComparable(right)]
  if (a === b) return 0
  return a < b ? -1 : 1
}

// Clients write dates with and without milliseconds, so strings cannot be compared as they are.
function toComparable(value: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) && !Number.isNaN(Date.parse(value))
  return isDate ? new Date(value).toISOString() : value.toLowerCase()
}

function textAt(entity: Entity, path: string): string {
  const value = valueAt(entity, path)
  return typeof value === 'string' ? value.toLowerCase() : ''
}

function toLiteral({ kind, value }: Token): unknown {
  if (kind === 'string') return value
  if (kind === 'symbol') throw invalidFilter()
  const word = value.toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'null') return null
  // Dates and GUIDs do not have quotes, so they stay strings.
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

function invalidFilter(): Error {
  return badRequest(
    'Invalid filter clause: The development provider supports property eq value (also ne, gt, ge, lt and le), startsWith(property,value), not, and, or, and parentheses.',
    'BadRequest',
  )
}

function tooComplex(): Error {
  return badRequest(`The filter contains more than ${MAX_TERMS} terms.`, 'BadRequest')
}

function unsupportedFilter(property: string, { name }: EntityType): Error {
  const resource = name.slice(0, 1).toUpperCase() + name.slice(1)
  return unsupported(
    `Unsupported or invalid query filter clause specified for property '${property}' of resource '${resource}'. The development provider supports eq, ne, gt, ge, lt, le and startsWith.`,
  )
}
