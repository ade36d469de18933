import { median, ratio, shuffled } from '../statistics.mjs'
import { installPrograms } from './install.mjs'
import { runProgram } from './run-program.mjs'
import { bundleWorker, runWorker } from './run-worker.mjs'
import { findRuntimes, versionOf } from '../../../scripts/runtimes.mjs'
import { createSetup } from './setup.mjs'

const IMPORT_BUDGET = 1.2
/** Milliseconds over the first redirect of openid-client. */
const REDIRECT_BUDGET = 10

const CLIENT = { name: 'openid-client', program: 'openid-client', step: 'redirect' }
const REDIRECT = { name: 'identity-web/fetch', program: 'identity-web', step: 'redirect' }
const GUARDED = { ...REDIRECT, step: 'guarded' }
const EXPRESS = {
  name: 'identity-web/express',
  program: 'identity-web-express',
  step: 'import',
}
/** A worker without a library. Its times are those of workerd, which are subtracted. */
const BARE = { name: 'bare', program: 'bare', step: 'redirect' }

/** Measures the CPU time until the first responses of a new process, on each runtime. */
export async function measureColdStart(stage, { rounds }) {
  installPrograms()
  const setup = await createSetup(stage)
  const rows = []
  for (const runtime of findRuntimes()) {
    const subjects = [CLIENT, REDIRECT, GUARDED, ...(runtime.name === 'Node.js' ? [EXPRESS] : [])]
    const run = (subject) => runProgram(runtime, subject, setup)
    const times = await runRounds(subjects, run, rounds)
    const name = `${runtime.name} ${versionOf(runtime)}`
    rows.push(...toRows({ name, hasBudget: runtime.name === 'Node.js' }, subjects, times))
  }
  return [...rows, ...(await measureWorkers(setup, rounds))]
}

async function measureWorkers(setup, rounds) {
  const subjects = [BARE, CLIENT, REDIRECT, GUARDED]
  const { headers, status, ...application } = setup
  const bundles = new Map()
  for (const { program } of subjects)
    if (!bundles.has(program)) bundles.set(program, await bundleWorker(program, application))
  const request = { headers, status }
  const run = ({ program, step }) => runWorker(bundles.get(program), step, request)
  const times = await runRounds(subjects, run, rounds)
  const bare = times.get(BARE)
  const measured = subjects.slice(1)
  for (const subject of measured) {
    const over = times.get(subject).map((time, round) => ({
      import: time.import - bare[round].import,
      request: time.request - bare[round].request,
    }))
    times.set(subject, over)
  }
  return toRows({ name: 'workerd, over a bare worker' }, measured, times)
}

/** Runs all subjects in each round, in another order. Returns the times of each subject, by round. */
async function runRounds(subjects, run, rounds) {
  const times = new Map(subjects.map((subject) => [subject, []]))
  // The first round reads the files into memory. Its result is not used.
  for (let round = 0; round <= rounds; round++) {
    for (const subject of shuffled(subjects)) {
      const time = await run(subject)
      if (round > 0) times.get(subject).push(time)
    }
  }
  return times
}

/** @param runtime - Its name, and whether the budgets apply to it. */
function toRows({ name, hasBudget = false }, subjects, times) {
  const timesOf = (subject, kind) => times.get(subject).map((time) => time[kind])
  const row = (kind, subject, of) => ({
    what: `cold start: ${name}: ${kind}, ${subject.name}`,
    figure: `${median(of).toFixed(1)} ms`,
  })
  const baseImport = timesOf(CLIENT, 'import')
  const imports = subjects
    .filter(({ step }) => step !== 'guarded')
    .map((subject) => {
      const over = ratio(timesOf(subject, 'import'), baseImport)
      return {
        ...row('import', subject, timesOf(subject, 'import')),
        ratio: over,
        ...(hasBudget &&
          subject !== CLIENT && {
            budget: `≤ ${IMPORT_BUDGET} ×`,
            pass: over.median <= IMPORT_BUDGET,
          }),
      }
    })
  const base = totalsOf(times.get(CLIENT))
  const redirects = totalsOf(times.get(REDIRECT))
  const difference = median(redirects.map((time, round) => time - base[round]))
  return [
    ...imports,
    row('import and first redirect', CLIENT, base),
    {
      ...row('import and first redirect', REDIRECT, redirects),
      ratio: ratio(redirects, base),
      ...(hasBudget && {
        budget: `≤ ${REDIRECT_BUDGET} ms more`,
        pass: difference <= REDIRECT_BUDGET,
      }),
    },
    row('import and first guarded request', GUARDED, totalsOf(times.get(GUARDED))),
  ]
}

function totalsOf(times) {
  return times.map((time) => time.import + time.request)
}
