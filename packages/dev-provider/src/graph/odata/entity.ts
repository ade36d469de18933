import { badRequest } from '../errors.js'

/** An object that Graph returns. */
export type Entity = Readonly<Record<string, unknown>>

/** A type of objects. It decides which properties a request can use, and how long a page is. */
export interface EntityType {
  /** The name in messages, for example `user`. */
  readonly name: string
  /** The name in `@odata.context`, for example `users`. */
  readonly set: string
  /** All properties. Without it, every property exists. */
  readonly properties?: readonly string[]
  /** The properties of a response without `$select`. The default is all properties of the object. */
  readonly defaults?: readonly string[]
  /** Properties that a response contains also when `$select` does not name them. */
  readonly always?: readonly string[]
  /** The number of objects on a page without `$top`. The default is 100. */
  readonly pageSize?: number
}

/** Returns the spelling of a property, or `undefined` when the type does not have it. */
export function findProperty({ properties }: EntityType, name: string): string | undefined {
  if (properties === undefined) return name
  const normalized = name.toLowerCase()
  return properties.find((property) => property.toLowerCase() === normalized)
}

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
  return Object.fromEntries(
    [...new Set([...annotations, ...(type.always ?? []), ...names])]
      .filter((name) => type.properties !== undefined || Object.hasOwn(entity, name))
      .map((name) => [name, entity[name] ?? null]),
  )
}

function selectedNames(type: EntityType, select: readonly string[]): readonly string[] | undefined {
  if (select.length === 0) return type.defaults
  return select.map((name) => {
    const property = findProperty(type, name)
    if (property !== undefined) return property
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`,
      'BadRequest',
    )
  })
}
