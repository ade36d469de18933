import type { OptionalClaim } from '../graph/application.js'

/** Adds strings to a list, unless the list already contains them. */
export function mergeStrings(
  current: readonly string[],
  wished: readonly string[],
): { readonly all: readonly string[]; readonly added: readonly string[] } {
  const added = [...new Set(wished)].filter((value) => !current.includes(value))
  return { all: [...current, ...added], added }
}

/** Adds optional claims to the optional claims of a token. */
export function mergeClaims(
  current: readonly OptionalClaim[] = [],
  wished: readonly string[] = [],
): { readonly all: readonly OptionalClaim[]; readonly added: readonly string[] } {
  const { added } = mergeStrings(
    current.map(({ name }) => name),
    wished,
  )
  return { all: [...current, ...added.map((name) => ({ name }))], added }
}
