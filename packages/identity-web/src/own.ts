// Another package can add properties to `Object.prototype`. They must not become claims, users, options or requirements.

/** Returns a property of an object, but not an inherited property. */
export function own<T extends object, Name extends keyof T>(
  object: T,
  name: Name,
): T[Name] | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/**
 * Returns the members of a literal, without a prototype. Use it for options and requirements. Objects of a class, such as a
 * store, stay as they are.
 */
export function ownMembers<T extends object>(literal: T): T {
  return Object.assign(Object.create(null), literal) as T
}

/** Returns whether a value is a literal of any realm, and not an object of a class, which may have inherited properties. */
export function isLiteral(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === null || Object.getPrototypeOf(prototype) === null
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
