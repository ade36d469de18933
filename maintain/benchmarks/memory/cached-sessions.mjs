import { setTimeout as pause } from 'node:timers/promises'
import { answerParent } from '../child.mjs'
import { copySessions, ourSessions } from '../guard/sessions.mjs'
import { startStore } from '../guard/store.mjs'
import { takeMemory } from '../server/memory.mjs'

// Reads sessions in turn, and returns the kilobytes by which the heap grows for each of them.

answerParent(async ({ session, setup, keptIn, entries }) => {
  const store = await startStore(keptIn)
  const headers = await copySessions(session, setup, { store, count: 3 * entries })
  // Bytes are not part of the heap. A request also creates new strings.
  const requests = headers.splice(0).map((header) => Buffer.from(header))
  const read = async (strategy, { from, to, withTokens }) => {
    for (const bytes of requests.slice(from, to)) {
      const header = bytes.toString('latin1')
      const opened = await strategy.read(header)
      const tokens = withTokens ? await strategy.readTokens(header, opened) : undefined
      if (opened === undefined || tokens?.access.length === 0)
        throw new Error('A session is missing.')
    }
  }

  async function measure(withTokens) {
    const strategy = ourSessions(setup, store)
    // The first reads compile the code.
    const warm = 20
    await read(strategy, { from: 0, to: warm, withTokens })
    const before = await settledHeap()
    await read(strategy, { from: warm, to: warm + entries, withTokens })
    const some = (await settledHeap()) - before
    await read(strategy, { from: warm + entries, to: 2 * entries, withTokens })
    const most = (await settledHeap()) - before
    // Still in use, so that its cache is part of the heap.
    await read(strategy, { from: 0, to: 1, withTokens })
    return { some: some / entries / 1000, most: most / 1000 }
  }

  await measure(true)
  return { 'a session': await measure(false), 'a session with its tokens': await measure(true) }
})

async function settledHeap() {
  let heap = Infinity
  for (let times = 0; times < 10; times++) {
    await pause(20)
    const { heap: now } = takeMemory()
    if (now >= heap) return heap
    heap = now
  }
  return heap
}
