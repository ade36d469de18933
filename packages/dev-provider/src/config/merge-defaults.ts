import { defaultConfig } from './default-config.js'
import { isObject } from './value-checks.js'

/** The lists of the configuration, with the property that identifies an entry. */
export const LIST_KEYS = {
  tenants: 'id',
  users: 'username',
  apps: 'clientId',
  groups: 'id',
} as const

/** The name of a list in the configuration. */
export type ListName = keyof typeof LIST_KEYS

/** An entry of a list, whose type is not checked yet. */
export interface Entry {
  readonly value: Readonly<Record<string, unknown>>
  /** The path of the entry in the input. `undefined` when the entry is a default. */
  readonly path: string | undefined
}

/**
 * Returns a list's entries. With `extends`, the input's entries change and follow the default entries.
 *
 * Values of the wrong type are left out, because `checkShape` reports them.
 */
export function mergeDefaults(list: ListName, input: Readonly<Record<string, unknown>>): Entry[] {
  const defaults = (defaultConfig[list] ?? []).map((entry) => ({
    value: { ...entry },
    path: undefined,
  }))
  const given = input[list]
  if (given === undefined) return defaults
  const own = (Array.isArray(given) ? given : []).flatMap((value: unknown, index) =>
    isObject(value) ? [{ value, path: `${list}[${index}]` }] : [],
  )
  if (input['extends'] === undefined) return own
  const merged: Entry[] = defaults
  for (const entry of own) {
    const at = merged.findIndex(
      // A default that an earlier entry changed has a path. A second entry with its key is a duplicate.
      ({ value, path }) => path === undefined && hasSameKey(list, value, entry.value),
    )
    if (at < 0) merged.push(entry)
    else merged[at] = { value: { ...merged[at]?.value, ...entry.value }, path: entry.path }
  }
  return merged
}

function hasSameKey(list: ListName, left: Entry['value'], right: Entry['value']): boolean {
  const [one, other] = [left[LIST_KEYS[list]], right[LIST_KEYS[list]]]
  return (
    typeof one === 'string' &&
    typeof other === 'string' &&
    one.toLowerCase() === other.toLowerCase()
  )
}
