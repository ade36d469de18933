// Reads properties, but never those of `Object.prototype`.
// Another package can add properties to `Object.prototype`. They must not become claims, users, options or requirements.

/** Returns a property of an object, but not an inherited property. */
export function own<T extends object, Name extends keyof T>(
  object: T,
  name: Name,
): T[Name] | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Returns the members of a literal in this package, without a prototype. For a value of the application, use `readMembers`. */
export function ownMembers<T extends object>(literal: T): T {
  return Object.assign(Object.create(null), literal) as T
}

/** The copies that `readMembers` made. */
const copies = new WeakSet<object>()
/** Marks a copy of a value that cannot have options. Its value says what was given instead of an object: `a Map`. */
const REFUSED = Symbol('refused')

/**
 * Returns a copy of options, of a group, a requirement, or values by name, whatever the application passes: a literal, an
 * object of a class with getters and methods, `Object.create(defaults)`, or a proxy. A member that is lost could be a
 * restriction. Therefore, **every object of the application is read here, once, and everything else reads the copy**, which
 * has no prototype. The members of `Object.prototype` do not count.
 *
 * @param names - The names that the caller knows. A proxy need not list its names.
 * @returns The copy. For a Map, an array, a promise and other values without members, the copy is empty, and `refusedKind`
 *   says what was given.
 */
export function readMembers<T extends object>(given: T, names: readonly string[] = []): T {
  const refused = refusedKind(given)
  const members = Object.create(null) as Record<string, unknown>
  copies.add(members)
  if (refused !== undefined) return Object.assign(members, { [REFUSED]: refused }) as object as T
  const values = given as Readonly<Record<string, unknown>>
  const [holders, root] = chainOf(given)
  const isClass = (holder: object): boolean =>
    holder !== given && Object.hasOwn(holder, 'constructor')
  const listed = holders.flatMap((holder) =>
    // The methods of a class are not enumerable.
    Object.entries(Object.getOwnPropertyDescriptors(holder))
      .filter(([name, { enumerable }]) => enumerable || (isClass(holder) && name !== 'constructor'))
      .map(([name]) => name),
  )
  for (const name of new Set([...listed, ...names])) {
    const holder = holders.find((one) => Object.hasOwn(one, name))
    if (holder === undefined && Object.hasOwn(root, name)) continue
    const value = values[name]
    if (holder === undefined && value === undefined) continue
    // A method needs its object, but not a function that a getter returned.
    const isMethod = typeof value === 'function' && holder !== undefined && isClass(holder)
    const property = isMethod && Object.getOwnPropertyDescriptor(holder, name)
    members[name] = property && own(property, 'value') === value ? value.bind(given) : value
  }
  return members as object as T
}

/** Returns an object and its prototypes, and apart from them the `Object.prototype` of its realm. */
function chainOf(given: object): readonly [holders: readonly object[], root: object] {
  const holders = []
  let next: object | null = given
  for (; next !== null && !isRoot(next); next = Object.getPrototypeOf(next) as object | null) {
    holders.push(next)
  }
  return [holders, next ?? {}]
}

/** Returns what a value is, if it cannot have options or a requirement: `a Map`, `an array`, `a promise`, `a function`. */
export function refusedKind(value: unknown): string | undefined {
  if (value === undefined || value === null) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  if (Object.hasOwn(value, REFUSED)) return (value as { readonly [REFUSED]: string })[REFUSED]
  if (Array.isArray(value)) return 'an array'
  if (hasMember(value, 'then')) return 'a promise'
  if (!hasMember(value, Symbol.iterator)) return undefined
  return `a ${Object.prototype.toString.call(value).slice(8, -1)}`
}

/** Another package may have added the member to `Object.prototype`. */
function hasMember(value: object, name: PropertyKey): boolean {
  return name in value && !(name in Object.prototype)
}

/** Returns whether `readMembers` made an object. */
export function isCopy(value: unknown): boolean {
  return copies.has(value as object)
}

/** Returns whether an object is the `Object.prototype` of any realm. */
function isRoot(object: object): boolean {
  return Object.getPrototypeOf(object) === null && Object.hasOwn(object, 'isPrototypeOf')
}

/** Returns whether a value is an object and not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Adds a member to a class under a symbol, so that editors do not offer it to applications. */
export function hideMember<Owner extends object>(
  prototype: Owner,
  key: symbol,
  read: (owner: Owner) => unknown,
): void {
  Object.defineProperty(prototype, key, {
    get(this: Owner) {
      return read(this)
    },
  })
}
