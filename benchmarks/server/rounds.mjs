import { shuffled } from '../statistics.mjs'
import { sendLoad } from './load.mjs'

/**
 * Server CPU per request of several servers in rounds: every server, in another order each time.
 *
 * @param subjects - Running servers, each with a name of its own and the raw requests to send it in turn.
 * @returns By name the microseconds of each round.
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

/** Microseconds of CPU that the server's process took for one request; its garbage collection included. */
async function costOf({ ready, requests, ask }, { count, from }) {
  const before = await ask({ kind: 'cpu' })
  await sendLoad(ready.port, requests, { count, from })
  return ((await ask({ kind: 'cpu' })) - before) / count
}
