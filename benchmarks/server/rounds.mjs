import { shuffled } from '../statistics.mjs'
import { sendLoad } from './load.mjs'

/**
 * Measures the server CPU per request of several servers in rounds. Each round has all servers in another order.
 *
 * @param subjects - Running servers, each with a unique name and the raw requests that are sent in turn.
 * @returns The microseconds of each round, by name.
 */
export async function measureRounds(subjects, { rounds, requests, warmUp }) {
  for (const subject of subjects) await costOf(subject, { count: warmUp, from: 0 })

  const costs = new Map(subjects.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const subject of shuffled(subjects)) {
      const from = warmUp + round * requests
      costs.get(subject.name).push(await costOf(subject, { count: requests, from }))
    }
  }
  return costs
}

/** Returns the CPU time of the server process for one request in microseconds, including garbage collection. */
async function costOf({ ready, requests, ask }, { count, from }) {
  const before = await ask({ kind: 'cpu' })
  await sendLoad(ready.port, requests, { count, from })
  return ((await ask({ kind: 'cpu' })) - before) / count
}
