import { setTimeout as pause } from 'node:timers/promises'
import { answerParent } from '../child.mjs'
import { copySessions, ourSessions } from '../guard/sessions.mjs'
import { startStore } from '../guard/store.mjs'
import { takeHeap } from '../server/heap.mjs'

// Reads sessions with their tokens in turn, and returns the kilobytes by which the heap grows for each of them.

/** The first reads compile the code. */
const WARM = 20

answerParent(async ({ session, setup, keptIn, entries }) => {
  const store = await startStore(keptIn)
  const headers = await copySessions(session, setup, { store, count: WARM + entries })
  // Bytes are not part of the heap. A request also creates new strings.
  const requests = headers.splice(0).map((header) => Buffer.from(header))
  const strategy = ourSessions(setup, store)
  const read = async (from, to) => {
    for (const bytes of requests.slice(from, to)) {
      const header = bytes.toString('latin1')
      const opened = await strategy.read(header)
      const tokens = await strategy.readTokens(header, opened)
      if (tokens.access.length === 0) throw new Error('A session is missing.')
    }
  }
  await read(0, WARM)
  const before = await settledHeap()
  await read(WARM, WARM + entries)
  const bytes = (await settledHeap()) - before
  // Still in use, so that its cache is part of the heap.
  await read(0, 1)
  return bytes / entries / 1000
})

async function settledHeap() {
  let heap = Infinity
  for (let times = 0; times < 10; times++) {
    await pause(20)
    const now = takeHeap()
    if (now >= heap) return heap
    heap = now
  }
  return heap
}
