import { badRequest } from '../errors.js'
import { findProperty, type Entity, type EntityType } from './entity.js'

/**
 * Returns the properties of an object that a response contains.
 *
 * @throws GraphError for a property that does not exist.
 */
export function selectProperties(
  entity: Entity,
  type: EntityType,
  select: readonly string[],
): Entity {
  const names = selectedNames(type, select) ?? Object.keys(entity)
  const annotations = Object.keys(entity).filter((name) => name.startsWith('@'))
  const all = new Set([...annotations, ...(type.always ?? []), ...names, ...(type.expanded ?? [])])
  return Object.fromEntries(
    [...all]
      .filter((name) => type.properties !== undefined || Object.hasOwn(entity, name))
      .map((name) => [name, entity[name] ?? null]),
  )
}

/** Returns the part of `@odata.context` for the selected properties. */
export function selectionOf(select: readonly string[]): string {
  return select.length === 0 ? '' : `(${select.join(',')})`
}

function selectedNames(type: EntityType, select: readonly string[]): readonly string[] | undefined {
  if (select.length === 0) return type.defaults
  if (select.includes('*')) return type.properties
  return select.map((name) => {
    const property = findProperty(type, name)
    if (property !== undefined) return property
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`,
      'BadRequest',
    )
  })
}
