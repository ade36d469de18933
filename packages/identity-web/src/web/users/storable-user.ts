import { deepFreeze } from '../../deep-freeze.ts'
import { IdentityError } from '../../errors.ts'

/** The function whose user is stored, as messages call it. */
export type UserSource = 'onLogin' | 'onRefresh' | 'updateUser'

const SUBJECTS: Record<UserSource, string> = {
  onLogin: 'The user that onLogin returned',
  onRefresh: 'The user that onRefresh returned',
  updateUser: 'The user that was passed to updateUser',
}

/**
 * Returns a frozen copy of a user, as later requests read it from the session.
 *
 * @throws IdentityError `configuration` if JSON cannot express a value of the user. A session would lose or change it
 *   silently.
 */
export function toStorableUser(user: unknown, source: UserSource): unknown {
  const fault = findFault(user, { path: 'user', ancestors: [] })
  if (fault !== undefined) {
    throw new IdentityError(
      'configuration',
      `${SUBJECTS[source]} cannot be stored in the session as JSON, because ${fault.path} is ${fault.kind}.`,
      {
        hint: 'Use only strings, finite numbers, booleans, null, arrays and plain objects. For example, convert a Date with toISOString().',
      },
    )
  }
  return deepFreeze(JSON.parse(JSON.stringify(user)))
}

/** A value that JSON cannot express. */
interface Fault {
  /** The path of the property, such as `user.orders[0].createdAt`. */
  readonly path: string
  /** The kind of the value, with its article. */
  readonly kind: string
}

/** The path of a value, and the objects that contain it. */
interface Position {
  readonly path: string
  readonly ancestors: readonly object[]
}

function findFault(value: unknown, position: Position): Fault | undefined {
  const kind = faultOf(value, position)
  if (kind !== undefined) return { path: position.path, kind }
  if (typeof value !== 'object' || value === null) return undefined
  const ancestors = [...position.ancestors, value]
  for (const [path, inner] of childrenOf(value, position.path)) {
    const fault = findFault(inner, { path, ancestors })
    if (fault !== undefined) return fault
  }
  return undefined
}

const KINDS: Readonly<Partial<Record<string, string>>> = {
  bigint: 'a BigInt',
  function: 'a function',
  symbol: 'a symbol',
  undefined: 'undefined',
}

/** Returns the kind of a value that JSON cannot express. Does not look at its properties. */
function faultOf(value: unknown, { ancestors }: Position): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value === 'object' && value !== null) return objectFault(value, ancestors)
  return KINDS[typeof value]
}

function objectFault(value: object, ancestors: readonly object[]): string | undefined {
  if (ancestors.includes(value)) return 'a reference to an object that contains it (a cycle)'
  if (Array.isArray(value)) return undefined
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  if (tag !== 'Object') return `an object of the type ${tag}`
  const { toJSON } = value as { readonly toJSON?: unknown }
  if (typeof toJSON !== 'function') return undefined
  return `an object with the method toJSON (of the type ${value.constructor.name})`
}

/** Returns the values in an object with their paths. JSON leaves out properties that are `undefined`. */
function childrenOf(value: object, path: string): [path: string, inner: unknown][] {
  if (Array.isArray(value)) {
    return Array.from(value, (inner: unknown, index) => [`${path}[${index}]`, inner])
  }
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => [
      /^[A-Za-z_$][\w$]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`,
      inner,
    ])
}
