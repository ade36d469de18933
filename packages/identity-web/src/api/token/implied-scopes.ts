import type { Caller } from './caller.ts'

/**
 * Adds the scopes that the scopes of a caller imply. A client with a broader scope must not be asked for a narrower one.
 *
 * @param implied - All scopes that each scope implies, directly or through others.
 */
export function withImpliedScopes(
  caller: Caller,
  implied: ReadonlyMap<string, readonly string[]> | undefined,
): Caller {
  if (implied === undefined) return caller
  const added = caller.scopes.flatMap((scope) => implied.get(scope) ?? [])
  return added.length === 0
    ? caller
    : { ...caller, scopes: [...new Set([...caller.scopes, ...added])] }
}
