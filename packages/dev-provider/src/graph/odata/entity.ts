/** An object that Graph returns. */
export type Entity = Readonly<Record<string, unknown>>

/** A type of objects. It decides which properties and which query options a request can use. */
export interface EntityType {
  /** The name in messages, for example `user`. */
  readonly name: string
  /** The name in `@odata.context`, for example `users`. */
  readonly set: string
  /** All properties. Without it, every property exists. */
  readonly properties?: readonly string[]
  /** The properties of a response without `$select`. The default is all properties of the object. */
  readonly defaults?: readonly string[]
  /** Properties that a response always contains. */
  readonly always?: readonly string[]
  /** The relationships that `$expand` added to the objects. */
  readonly expanded?: readonly string[]
  /** The rules of the service that stores the objects. */
  readonly service: ServiceRules
}

/** The rules that differ between the directory, the mailbox and your own responses. */
export interface ServiceRules {
  readonly pageSize: number
  readonly maxPageSize: number
  /** `true` if `$count` needs the header `ConsistencyLevel: eventual`. */
  readonly isDirectory: boolean
}

/** The rules of Entra ID. */
export const DIRECTORY: ServiceRules = { pageSize: 100, maxPageSize: 999, isDirectory: true }

/** The rules of Outlook. */
export const OUTLOOK: ServiceRules = { pageSize: 10, maxPageSize: 1000, isDirectory: false }

/** The rules of responses in the configuration, which have one page unless the client asks for more. */
export const CONFIGURED: ServiceRules = {
  pageSize: Infinity,
  maxPageSize: Infinity,
  isDirectory: false,
}

/** Returns the spelling of a property, or `undefined` when the type does not have it. */
export function findProperty({ properties }: EntityType, name: string): string | undefined {
  if (properties === undefined) return name
  const normalized = name.toLowerCase()
  return properties.find((property) => property.toLowerCase() === normalized)
}

/** Returns the value at a path such as `from/emailAddress/address`. */
export function valueAt(entity: Entity, path: string): unknown {
  let value: unknown = entity
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null) return undefined
    const normalized = name.toLowerCase()
    const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === normalized)
    value = key === undefined ? undefined : (value as Entity)[key]
  }
  return value
}
