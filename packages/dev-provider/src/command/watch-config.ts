import { readFile } from 'node:fs/promises'
import { unwatchFile, watchFile } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
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
      const next = await parseConfigFile(`The file ${file}`, json)
      if (isStopped) return
      provider.configure(next.config, next.settings.behaviour ?? {})
      io.out(`Reloaded ${file}`)
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
