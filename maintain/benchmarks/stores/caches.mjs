import { startChild } from '../child.mjs'
import { TELLS_HEAP } from '../server/heap.mjs'

/** The entries that a cache keeps for sure. */
const ENTRIES = 1000

/** Measures the memory of decrypted sessions and tokens in the caches of a process. */
export async function measureCaches({ session, setup }, redis) {
  const rows = []
  for (const [where, keptIn] of [
    ['cookies', undefined],
    ['Redis', redis],
  ]) {
    const child = await startChild(
      new URL('cached-sessions.mjs', import.meta.url),
      { session, setup, keptIn, entries: ENTRIES },
      { execArgv: TELLS_HEAP },
    )
    await child.stop()
    rows.push({
      what: `memory of a cached session with its tokens, in ${where}`,
      figure: `${child.ready.toFixed(1)} kB`,
    })
  }
  return rows
}
