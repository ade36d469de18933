import { readFile } from 'node:fs/promises'
import { unwatchFile, watchFile } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { DevProviderConfig } from '../config/config.js'
import { LIST_KEYS, type ListName } from '../config/merge-defaults.js'
import type { DevProvider } from '../dev-provider.js'
import { parseConfigFile, type ConfigFile } from './config-file.js'
import { explainError } from './explain-error.js'
import type { CommandIo } from './io.js'

// `fs.watch` misses changes of a file in a bind mount of a container, and changes by an editor that renames a new file.
// Reading the times of one file four times a second is cheap.
const INTERVAL_MS = 250

/**
 * Applies each change of a configuration file to the provider, until the returned function is called. A file that is not
 * valid has no effect.
 */
export function watchConfig(
  file: string,
  {
    provider,
    loaded,
    io,
  }: { readonly provider: DevProvider; readonly loaded: ConfigFile; readonly io: CommandIo },
): () => void {
  let current = loaded
  let lastJson = loaded.json
  let isStopped = false
  const reload = async (): Promise<void> => {
    try {
      const json = await readFile(file, 'utf8')
      // Some editors empty the file before they write it. The time of the file changes again then.
      if (json === '' || json === lastJson) return
      lastJson = json
      const next = await parseConfigFile(file, json)
      if (isStopped) return
      const before = structuredClone(provider.config)
      provider.configure(next.config, next.settings.behaviour ?? {})
      io.out(describeReload(file, before, provider.config))
      for (const line of describeSettings(current, next)) io.out(line)
      current = next
    } catch (error) {
      if (isStopped) return
      io.error(`${await explainError(error)}\nThe provider keeps the earlier configuration.`)
    }
  }
  // One reload after the other, so that the newest file is the last one.
  let queue = Promise.resolve()
  const listener = (): void => {
    queue = queue.then(reload)
  }
  watchFile(file, { interval: INTERVAL_MS, persistent: false }, listener)
  // The file can change between its first reading and now.
  listener()
  return () => {
    isStopped = true
    unwatchFile(file, listener)
  }
}

function describeReload(file: string, before: DevProviderConfig, after: DevProviderConfig): string {
  const counts = (['users', 'apps'] as const).map((list) => `${after[list].length} ${list}`)
  const changes = (Object.keys(LIST_KEYS) as ListName[]).flatMap((list) =>
    describeChanges(list, before[list] ?? [], after[list] ?? []),
  )
  const details = changes.length === 0 ? '' : ` (${changes.join(', ')})`
  return `Reloaded ${file}: ${counts.join(', ')}${details}`
}

/** Returns the numbers of added, changed and removed entries, for example `1 of users added`. */
function describeChanges(
  list: ListName,
  before: readonly object[],
  after: readonly object[],
): string[] {
  const keyOf = (entry: object): string =>
    String((entry as Record<string, unknown>)[LIST_KEYS[list]]).toLowerCase()
  const old = new Map(before.map((entry) => [keyOf(entry), entry]))
  const added = after.filter((entry) => !old.has(keyOf(entry))).length
  const changed = after.filter((entry) => {
    const previous = old.get(keyOf(entry))
    return previous !== undefined && !isDeepStrictEqual(previous, entry)
  }).length
  const removed = before.length - (after.length - added)
  return [
    ...(added > 0 ? [`${list}: ${added} added`] : []),
    ...(changed > 0 ? [`${list}: ${changed} changed`] : []),
    ...(removed > 0 ? [`${list}: ${removed} removed`] : []),
  ]
}

function describeSettings(
  { settings: before }: ConfigFile,
  { settings: after }: ConfigFile,
): string[] {
  const changed = (['port', 'host', 'allowHosts', 'origin', 'https'] as const).filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  )
  return changed.length === 0
    ? []
    : [`Restart identity-web-dev to use the new ${changed.join(', ')}.`]
}
