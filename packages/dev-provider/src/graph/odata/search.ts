import { badRequest } from '../errors.js'
import { findProperty, valueAt, type Entity, type EntityType } from './entity.js'
import type { Filter } from './filter.js'

const DEFAULTS = ['displayName', 'mail', 'subject', 'bodyPreview', 'name']

/**
 * Parses `$search`. The value is `"property:words"` or `"words"`, in quotation marks.
 *
 * @throws GraphError for other values.
 */
export function parseSearch(search: string, type: EntityType): Filter {
  const content = /^"([^"]*)"$/.exec(search.trim())?.[1]
  if (content === undefined) {
    throw badRequest(
      'Syntax error: The development provider supports $search="words" and $search="property:words".',
      'BadRequest',
    )
  }
  const colon = content.indexOf(':')
  const property = colon < 0 ? undefined : findProperty(type, content.slice(0, colon))
  const paths = property === undefined ? DEFAULTS : [property]
  const words = (property === undefined ? content : content.slice(colon + 1))
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
  return (entity) =>
    paths.some((path) => {
      const found = wordsAt(entity, path)
      return words.every((word) => found.some((entry) => entry.startsWith(word)))
    })
}

function wordsAt(entity: Entity, path: string): string[] {
  const value = valueAt(entity, path)
  return typeof value === 'string' ? value.toLowerCase().split(/[^\p{L}\p{N}]+/u) : []
}
