// Finds a value that a session cannot store.
import { deepFreeze } from '../../caches.ts'
import { configurationError } from '../../errors.ts'

/** A value that JSON cannot express. */
export interface JsonFault {
  /** The path of the property, such as `user.orders[0].createdAt`. */
  readonly path: string
  /** The kind of the value, with its article. */
  readonly kind: string
  /** The sentence that says what to return instead. */
  readonly remedy: string
}

/** The path of a value, and the objects that contain it. */
interface Position {
  readonly path: string
  readonly ancestors: readonly object[]
}

/**
 * Finds a value that JSON cannot express.
 *
 * @param name - The name of the whole value, with which the path starts.
 * @returns `undefined` if JSON can express the whole value.
 */
export function findJsonFault(value: unknown, name: string): JsonFault | undefined {
  return findFault(value, { path: name, ancestors: [] })
}

function findFault(value: unknown, position: Position): JsonFault | undefined {
  const kind = kindOf(value, position)
  if (kind !== undefined) {
    return { path: position.path, kind, remedy: REMEDIES[kind] ?? ONLY_JSON }
  }
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

const CYCLE = 'a reference to an object that contains it (a cycle)'
const ONLY_JSON =
  'Return only strings, finite numbers, booleans, null, arrays and plain objects, for example { ...value }.'
const FINITE = 'Return a finite number or null.'

const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  'a Date': 'Return a string, for example date.toISOString().',
  'a Map': 'Return an object, for example Object.fromEntries(map).',
  'a Set': 'Return an array, for example [...set].',
  'a BigInt': 'Return a string, for example String(value).',
  'a Promise': 'Return the value of the promise, for example await promise.',
  'a URL': 'Return a string, for example url.href.',
  'a function': 'Remove it.',
  'a symbol': 'Remove it.',
  undefined: 'Return null, or remove it.',
  NaN: FINITE,
  Infinity: FINITE,
  '-Infinity': FINITE,
  [CYCLE]: 'Remove it, or return an ID instead.',
}

/** Returns the kind of a value that JSON cannot express. It does not check the properties of the value. */
function kindOf(value: unknown, { ancestors }: Position): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value === 'object' && value !== null) return objectKindOf(value, ancestors)
  return KINDS[typeof value]
}

function objectKindOf(value: object, ancestors: readonly object[]): string | undefined {
  if (ancestors.includes(value)) return CYCLE
  if (Array.isArray(value)) return undefined
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  if (tag !== 'Object') return `${/^[AEIO]/.test(tag) ? 'an' : 'a'} ${tag}`
  if ('toJSON' in value && typeof value.toJSON === 'function')
    return `an object with the method toJSON (${classOf(value)})`
  return hasMethods(value) ? `an instance of ${classOf(value)}` : undefined
}

/**
 * Returns whether the class of an object has members. A copy in JSON would not have these members. The classes of
 * database rows do not have members.
 */
function hasMethods(value: object): boolean {
  let prototype = Object.getPrototypeOf(value) as object | null
  while (prototype !== null) {
    const next = Object.getPrototypeOf(prototype) as object | null
    // Every object has the members of the last prototype.
    if (next !== null && Reflect.ownKeys(prototype).some((key) => key !== 'constructor'))
      return true
    prototype = next
  }
  return false
}

function classOf(value: object): string {
  return (value.constructor as { readonly name?: string } | undefined)?.name ?? 'a class'
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
  const fault = findJsonFault(user, 'user')
  if (fault !== undefined) {
    throw configurationError(
      `${SUBJECTS[source]} cannot be stored in the session as JSON. ${fault.path} is ${fault.kind}. ${fault.remedy}`,
    )
  }
  return deepFreeze(JSON.parse(JSON.stringify(user)))
}
