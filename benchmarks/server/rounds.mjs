import { median, ratio, shuffled } from '../statistics.mjs'
import { sendLoad } from './load.mjs'

/** Microseconds of the server that one measurement takes. Shorter ones measure how a process wakes up. */
const SLICE = 40_000
const FEWEST_REQUESTS = 50
/** Requests between two looks at the time, while the servers warm up. */
const WARM_UP_STEP = 500

/**
 * Measures the server CPU per request of several servers in rounds.
 *
 * The speed of a machine that others use as well changes several times in a second. So each measurement of a server is
 * between two of its base, and only these three are compared. The order of the servers is random in each round.
 *
 * @param subjects - Running servers, each with a unique name and the raw requests that are sent in turn. `base` is the name of
 *   the server with which one is compared. Without it, that is the first one.
 * @param warmUp - The requests before the first round. Node.js compiles the code of a server while it runs. A slow server gets
 *   fewer, because `warmUpSeconds` limits them.
 * @returns What was measured, by name: the microseconds of each round, and those of the base.
 */
export async function measureRounds(subjects, { rounds, requests, warmUp, warmUpSeconds = 1.5 }) {
  const servers = new Map()
  for (const subject of subjects) {
    const base = subject.base ?? subjects[0].name
    servers.set(subject.name, { subject, base, sent: 0, costs: [], bases: [] })
  }
  for (const server of servers.values()) await warm(server, { warmUp, warmUpSeconds, requests })

  for (let round = 0; round < rounds; round++) {
    for (const base of shuffled([...new Set([...servers.values()].map((one) => one.base))])) {
      const others = [...servers.values()].filter(
        (one) => one.base === base && one.subject.name !== base,
      )
      await measureGroup(servers.get(base), shuffled(others))
    }
  }
  return new Map([...servers].map(([name, { costs, bases }]) => [name, { costs, bases }]))
}

async function warm(server, { warmUp, warmUpSeconds, requests }) {
  let spent = 0
  let cost = 0
  while (server.sent < warmUp && spent < warmUpSeconds * 1e6) {
    const count = Math.min(WARM_UP_STEP, warmUp - server.sent)
    cost = await costOf(server, count)
    spent += cost * count
  }
  server.count = Math.min(requests, Math.max(FEWEST_REQUESTS, Math.round(SLICE / cost)))
}

async function measureGroup(base, others) {
  const measured = [await costOf(base)]
  for (const other of others) {
    other.costs.push(await costOf(other))
    measured.push(await costOf(base))
    other.bases.push((measured.at(-2) + measured.at(-1)) / 2)
  }
  const mean = measured.reduce((sum, cost) => sum + cost, 0) / measured.length
  base.costs.push(mean)
  base.bases.push(mean)
}

/** Returns the CPU time of the server process for one request in microseconds, including garbage collection. */
async function costOf(server, count = server.count) {
  const { ready, requests, ask } = server.subject
  const before = await ask({ kind: 'cpu' })
  await sendLoad(ready.port, requests, { count, from: server.sent })
  server.sent += count
  return ((await ask({ kind: 'cpu' })) - before) / count
}

/** Returns the figure and the ratio of a server, for a row of the report. */
export function toFigures({ costs, bases }, digits = 0) {
  return { figure: `${median(costs).toFixed(digits)} µs`, ratio: ratio(costs, bases) }
}
