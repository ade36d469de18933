import { isStringList } from '../settings/check-values.ts'

/** Whether a value names a list of scopes for each scope. */
export function isScopeMap(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isStringList)
  )
}

/** Returns all scopes that each scope implies, directly or through others. Circles are possible. */
export function impliedScopes(
  given: readonly (readonly [scope: string, implied: readonly string[]])[],
): ReadonlyMap<string, readonly string[]> {
  const direct = new Map(given)
  return new Map([...direct.keys()].map((scope) => [scope, [...reachable(scope, direct)]]))
}

function reachable(
  from: string,
  direct: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [from]
  for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
    for (const next of direct.get(scope) ?? []) {
      if (found.has(next)) continue
      found.add(next)
      open.push(next)
    }
  }
  return found
}
