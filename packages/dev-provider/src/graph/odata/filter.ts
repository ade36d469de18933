import { badRequest, notSupported } from '../errors.js'
import { findProperty, valueAt, type Entity, type EntityType } from './entity.js'

/** A function that returns whether an object passes a filter. */
export type Filter = (entity: Entity) => boolean

// A property, `eq`, a string in quotation marks or another literal, and `and` or the end.
const TERM = /\s*([a-z@][^\s(),':]*)\s+eq\s+(?:'((?:[^']|'')*)'|([^\s(),']+))\s*(?:\band\s|$)/iy

/**
 * Parses `$filter`. It supports `property eq value`, and several of them with `and`.
 *
 * @throws GraphError that says what is supported.
 */
export function parseFilter(filter: string, type: EntityType): Filter {
  const terms: Filter[] = []
  TERM.lastIndex = 0
  while (terms.length === 0 || TERM.lastIndex < filter.length) {
    const term = TERM.exec(filter)
    if (term === null)
      throw notSupported(
        `$filter=${filter}`,
        'Write a condition of $filter as "property eq value", and join several conditions with "and".',
      )
    terms.push(parseTerm(term, type))
  }
  return (entity) => terms.every((term) => term(entity))
}

function parseTerm([, path = '', string, word = '']: RegExpExecArray, type: EntityType): Filter {
  const [first = '', ...rest] = path.split('/')
  const name = findProperty(type, first)
  if (name === undefined)
    throw badRequest(
      `Could not find a property named '${first}' on type 'microsoft.graph.${type.name}'.`,
      'BadRequest',
    )
  const property = [name, ...rest].join('/')
  const expected = toComparable(string?.replaceAll("''", "'") ?? toLiteral(word))
  return (entity) => toComparable(valueAt(entity, property) ?? null) === expected
}

function toLiteral(word: string): unknown {
  const lower = word.toLowerCase()
  if (lower === 'true' || lower === 'false') return lower === 'true'
  if (lower === 'null') return null
  // Dates and GUIDs do not have quotes, so they stay strings.
  return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word
}

// Clients write dates with and without milliseconds, so strings cannot be compared as they are.
function toComparable(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const isDate = /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) && !Number.isNaN(Date.parse(value))
  return isDate ? new Date(value).toISOString() : value.toLowerCase()
}
