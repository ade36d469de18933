/** Returns whether a value is a string with at least one character. */
export function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}

/** Returns whether a value is an object. Arrays and `null` are not objects here. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Returns whether a value is a list whose entries all pass a check. */
export function isListOf(value: unknown, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isEntry)
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Returns whether a value is a GUID, in upper or lower case. */
export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value)
}

/** Returns whether a value is a list of strings with at least one character. */
export function isStringList(value: unknown): value is readonly string[] {
  return isListOf(value, isNonEmptyString)
}

/** Returns whether a value is an absolute http or https URI. */
export function isWebUri(value: unknown): value is string {
  return isNonEmptyString(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

/** Returns an object without the members that are `undefined`. */
export function givenOnly<T extends object>(
  members: T,
): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const given = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as { [Name in keyof T]?: Exclude<T[Name], undefined> }
}
