import { startChild } from '../child.mjs'
import { startRedis } from '../redis.mjs'
import { TELLS_MEMORY } from '../server/memory.mjs'

/** The entries that a cache keeps for sure, and the most entries that it can have. */
const ENTRIES = 1000

const KINDS = [
  ['in cookies', undefined],
  ['in memory', 'memory'],
  ['in Redis', 'redis'],
]

/** Measures the memory of decrypted sessions and tokens in the caches of a process. */
export async function measureCaches({ session, setup }) {
  const redis = await startRedis()
  const rows = []
  try {
    for (const [where, kind] of KINDS) {
      const keptIn = kind === 'redis' ? redis.url : kind
      const child = await startChild(
        new URL('cached-sessions.mjs', import.meta.url),
        { session, setup, keptIn, entries: ENTRIES },
        { execArgv: TELLS_MEMORY },
      )
      await child.stop()
      rows.push(
        ...Object.entries(child.ready).map(([what, { some, most }]) => ({
          what: `memory: cache, ${what} ${where}`,
          figure: `${some.toFixed(1)} kB each of ${ENTRIES}, ${(most / 1000).toFixed(1)} MB at the limit`,
        })),
      )
    }
    return rows
  } finally {
    await redis.stop()
  }
}
