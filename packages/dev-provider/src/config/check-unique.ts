import type { Report } from './check-shape.js'
import { LIST_KEYS, type Entry, type ListName } from './merge-defaults.js'

/** Reports values that must be unique and appear twice. Domain names and IDs of tenants share their paths. */
export function checkUnique(list: ListName, entries: readonly Entry[], report: Report): void {
  const seen = new Map<string, string>()
  entries.forEach(({ value, path }, index) => {
    const at = path ?? `the default ${list}[${index}]`
    for (const [key, name] of namesOf(list, value)) {
      const first = seen.get(name.toLowerCase())
      if (first === undefined) seen.set(name.toLowerCase(), at)
      else report(`${at}.${key}`, `must be unique, but ${first} also contains ${name}`)
    }
  })
}

function namesOf(list: ListName, value: Entry['value']): [string, string][] {
  const key = LIST_KEYS[list]
  const domains: readonly unknown[] =
    list === 'tenants' && Array.isArray(value['domains']) ? value['domains'] : []
  const names: [string, unknown][] = [
    [key, value[key]],
    ...domains.map((domain): [string, unknown] => ['domains', domain]),
  ]
  return names.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}
