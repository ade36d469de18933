import { median, ratio, shuffled } from '../statistics.mjs'
import { sendLoad } from './load.mjs'

/** Microseconds of the server that one measurement takes. A shorter one measures how a process wakes up. */
const SLICE = 150_000
const FEWEST_REQUESTS = 50
/** Requests between two looks at the time, while the servers warm up. */
const WARM_UP_STEP = 500

/**
 * Measures the server CPU per request of several servers in rounds.
 *
 * In each round, all servers run in random order and for the same time. No server runs more often than another one, because
 * that would make it faster.
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
    servers.set(subject.name, { subject, base, sent: 0, spent: 0, costs: [] })
  }
  await warm([...servers.values()], { warmUp, warmUpSeconds, requests })

  for (let round = 0; round < rounds; round++) {
    for (const server of shuffled([...servers.values()])) server.costs.push(await costOf(server))
  }
  return new Map(
    [...servers].map(([name, { costs, base }]) => [
      name,
      { costs, bases: servers.get(base).costs },
    ]),
  )
}

/**
 * Measures each server in several processes, one after the other. Node.js compiles and arranges the same program differently
 * in each process, and this must not look like a difference between servers.
 *
 * @param start - Starts the servers, see {@link measureRounds}.
 * @returns What was measured in all processes, by name.
 */
export async function measureInstances(instances, start, effort) {
  const measured = new Map()
  for (let instance = 0; instance < instances; instance++) {
    const subjects = await start()
    const found = await measureRounds(subjects, effort)
    await Promise.all(subjects.map((subject) => subject.stop()))
    for (const [name, { costs, bases }] of found) {
      const earlier = measured.get(name) ?? { costs: [], bases: [] }
      measured.set(name, {
        costs: [...earlier.costs, ...costs],
        bases: [...earlier.bases, ...bases],
      })
    }
  }
  return measured
}

/** Warms the servers up in turns, because Node.js discards compiled functions of a process that is idle for long. */
async function warm(servers, { warmUp, warmUpSeconds, requests }) {
  let cold = servers
  while (cold.length > 0) {
    for (const server of cold) {
      const count = Math.min(WARM_UP_STEP, warmUp - server.sent)
      const cost = await send(server, count)
      server.spent += cost * count
      server.count = Math.min(requests, Math.max(FEWEST_REQUESTS, Math.round(SLICE / cost)))
    }
    cold = cold.filter(({ sent, spent }) => sent < warmUp && spent < warmUpSeconds * 1e6)
  }
}

/** The first requests fill the caches of the processor, which other processes used before. They do not count. */
async function costOf(server) {
  await send(server, Math.ceil(server.count / 5))
  return send(server, server.count)
}

/** Returns the CPU time of the server process for one request in microseconds, including garbage collection. */
async function send(server, count) {
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
