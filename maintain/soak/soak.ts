// `npm run -C maintain soak`: two sites with 200 users each, while Redis and the provider fail. maintain/README.md explains it.
import { writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createAttackers, tryEndedSession } from './attackers.ts'
import { FAULTS, type SoakFault } from './faults.ts'
import { createMemoryMeter, type MemoryMeter } from './memory.ts'
import { createRecords, type Records } from './records.ts'
import { formatReport } from './report.ts'
import { createUser, keepActing, type EndedSession, type UserContext } from './user.ts'
import { startWorld, type World } from './world.ts'

/** Milliseconds between two actions of a user, and of an attacker. */
const USER_PAUSE = 6000
const ATTACKER_PAUSE = 500
/** The longest time of one fault and the quiet time after it, in seconds. */
const LONGEST_SLOT = 30
/** The share of a slot in which the fault lasts. */
const SHARE = 0.4
/** Seconds between two measurements of the memory. */
const MEASURE_SECONDS = 5

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    users: { type: 'string', default: '200' },
    only: { type: 'string', multiple: true, default: [] },
    report: { type: 'string' },
    log: { type: 'string' },
  },
})
const seconds = Number(values.minutes) * 60
const faults = FAULTS.filter(
  ({ name }) => values.only.length === 0 || values.only.some((part) => name.includes(part)),
)
if (!(seconds > 0) || !(Number(values.users) > 0) || faults.length === 0) {
  console.error(
    'Usage: npm run -C maintain soak -- [--minutes 10] [--users 200] [--only "part of a name of a fault"] [--report FILE] [--log FILE]',
  )
  process.exit(2)
}

const started = new Date()
const world = await startWorld(Number(values.users))
try {
  process.exitCode = (await soak(world)) ? 0 : 1
} finally {
  await world.close()
}
process.exit()

async function soak({ users: accounts, sites }: World): Promise<boolean> {
  const records = createRecords()
  const meter = createMemoryMeter(world)
  let isOver = false
  const contexts = sites.map((site): UserContext & { ended: EndedSession[] } => ({
    site,
    world,
    records,
    ended: [],
  }))

  records.begin({ name: 'none: all users sign in', losesData: false })
  const users = contexts.map((context) => accounts.map((account) => createUser(account, context)))
  await inGroups(users.flat(), 8, (user) => user.act())
  const start = records.now()
  console.log(`${users.flat().length} users are signed in after ${start.toFixed(0)} seconds.`)

  const actors = [
    ...users
      .flat()
      .map(({ act }) => keepActing(act, { isOver: () => isOver, pauseMs: USER_PAUSE })),
    ...contexts
      .flatMap(createAttackers)
      .map((act) => keepActing(act, { isOver: () => isOver, pauseMs: ATTACKER_PAUSE })),
    measureUntil(() => isOver, { meter, records, start }),
  ]
  const loads = Promise.all(actors)
  await Promise.race([runFaults(faults, records, start), loads])
  const duration = records.now() - start
  isOver = true
  await loads

  records.begin({ name: 'none: all ended sessions again', losesData: false })
  for (const context of contexts) {
    await inGroups(context.ended, 8, (session) => tryEndedSession(session, context))
  }
  return conclude(records, meter.report(duration))
}

/** Starts one fault after the other, as often as the time allows. */
async function runFaults(
  list: readonly SoakFault[],
  records: Records,
  start: number,
): Promise<void> {
  const rounds = Math.max(1, Math.round(seconds / list.length / LONGEST_SLOT))
  const slot = seconds / list.length / rounds
  const at = (index: number): number => start + index * slot
  const all = Array.from({ length: rounds }, () => list).flat()
  for (const [index, fault] of all.entries()) {
    const phase = records.begin(fault)
    const repair = await fault.start(world)
    if (fault.isInstant) phase.endedAt = records.now()
    else await waitUntil(records, phase.startedAt + slot * SHARE)
    const repaired = repair()
    if (!fault.isInstant) phase.endedAt = records.now()
    await repaired
    console.log(`${records.now().toFixed(0)} s: ${fault.name}: ${phase.requests} requests.`)
    // Also after a repair that took long, users must have time to notice that all is well.
    await waitUntil(records, Math.max(at(index + 1), records.now() + 2))
  }
}

async function measureUntil(
  isOver: () => boolean,
  { meter, records, start }: { meter: MemoryMeter; records: Records; start: number },
): Promise<void> {
  while (!isOver()) {
    await meter.measure(records.now() - start)
    await delay(Math.min(MEASURE_SECONDS, seconds / 24) * 1000)
  }
}

async function conclude(
  records: Records,
  memory: ReturnType<MemoryMeter['report']>,
): Promise<boolean> {
  const load = loadavg()[0]?.toFixed(1)
  const report = formatReport(records, {
    memory,
    conditions: `Date: ${started.toISOString().slice(0, 16)}. Node.js ${process.versions.node}. ${
      values.users
    } users on each of two sites, ${values.minutes} minutes, load ${load}.`,
  })
  console.log(`\n${report}`)
  if (values.report !== undefined) await writeFile(values.report, report)
  if (values.log !== undefined) {
    const lines = world.sites.flatMap(({ name, fleet }) =>
      fleet.logs.map((log) => `${name}: ${log}\n`),
    )
    await writeFile(values.log, lines.join(''))
  }

  const problems = [
    ...records.details,
    ...world.sites.flatMap(({ name, fleet }) => fleet.faults.map((fault) => `${name}: ${fault}`)),
    ...memory
      .filter(({ second, last, bound }) => last - second > bound)
      .map(({ process }) => `The heap of ${process} grew above its bound.`),
  ]
  for (const problem of problems) console.error(problem)
  console.log(problems.length === 0 ? 'No problem was found.' : `${problems.length} problems.`)
  return problems.length === 0
}

async function waitUntil(records: Records, until: number): Promise<void> {
  await delay(Math.max(0, until - records.now()) * 1000)
}

/** Calls a function for each item, for several items at the same time. */
async function inGroups<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items]
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: size }, worker))
}
