import { originOf } from '../guard/stage.mjs'
import { ALLOCATES } from '../server/allocations.mjs'
import { median, ratio, shuffled } from '../statistics.mjs'
import { BARE, BY_HAND, signInSubjects } from './subjects.mjs'
import { createVisits } from './visits.mjs'

const STEPS = ['redirect', 'callback']

/**
 * Measures the CPU time and the allocations of our process for the redirect to the provider and for the callback. The
 * provider runs in another process.
 */
export async function measureSignIn(stage, { rounds, signIns }) {
  const subjects = signInSubjects(stage)
  const count = Math.ceil(signIns / 10)
  const times = await measureTimes(stage, subjects, { rounds, count })
  const bytes = await measureAllocations(stage, subjects, count)
  return STEPS.flatMap((step) =>
    subjects.map(({ name }) => {
      const own = times.get(name).map((time) => time[step])
      const base = times.get(BY_HAND).map((time) => time[step])
      return {
        what: `sign-in: ${step}, ${name}`,
        figure: `${median(own).toFixed(0)} µs, ${(bytes.get(name)[step] / 1000).toFixed(0)} kB`,
        ratio: ratio(own, base),
      }
    }),
  )
}

/** Returns the microseconds of each step, by server and round. */
async function measureTimes(stage, subjects, { rounds, count }) {
  const servers = []
  for (const { name, start } of subjects) servers.push({ name, server: await start() })
  const times = new Map(subjects.map(({ name }) => [name, []]))
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const { name, server } of shuffled(servers)) {
      const cpu = () => server.ask({ kind: 'cpu' })
      const costs = await costsOf(stage, { name, server, count, read: cpu })
      if (round > 0) times.get(name).push(costs)
    }
  }
  await Promise.all(servers.map(({ server }) => server.stop()))
  return times
}

/** Returns the bytes of each step, by server. */
async function measureAllocations(stage, subjects, count) {
  const bytes = new Map()
  for (const { name, start } of subjects) {
    const server = await start({ execArgv: ALLOCATES })
    const read = (isStart) => server.ask({ kind: 'allocations', isStart })
    const subject = { name, server, count, read }
    // The first sign-ins compile the code and load modules.
    for (let round = 0; round < 2; round++) await costsOf(stage, subject)
    bytes.set(name, await costsOf(stage, subject))
    await server.stop()
  }
  return bytes
}

/** Lets visitors sign in, and returns what each step of a sign-in costs, as `read` measures it. */
async function costsOf({ realistic }, { name, server, count, read }) {
  const visits = createVisits(originOf(server), count)
  const costs = {}
  const measure = async (step) => {
    const before = await read(true)
    await visits[step]()
    costs[step] = ((await read(false)) - before) / count
  }
  await measure('redirect')
  if (name !== BARE) await visits.signIn(realistic)
  await measure('callback')
  if (name !== BARE) await visits.check()
  visits.close()
  return costs
}
