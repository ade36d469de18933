import { median, ratio, shuffled } from '../statistics.mjs'
import { installPrograms } from './install.mjs'
import { runProgram } from './run-program.mjs'
import { createSetup } from './setup.mjs'

const IMPORT_BUDGET = 1.2
/** Milliseconds over the first redirect of openid-client. */
const REDIRECT_BUDGET = 10

const CLIENT = { name: 'openid-client', program: 'openid-client', step: 'redirect' }
const REDIRECT = { name: 'identity-web/fetch', program: 'identity-web', step: 'redirect' }
const EXPRESS = { name: 'identity-web/express', program: 'identity-web-express', step: 'import' }
const HANDLERS = ['azure-functions', 'aws-lambda'].map((program) => ({
  name: `identity-web/${program}`,
  program,
  step: 'redirect',
}))
const GUARDED = [REDIRECT, ...HANDLERS].map((subject) => ({ ...subject, step: 'guarded' }))
const SUBJECTS = [CLIENT, EXPRESS, REDIRECT, ...HANDLERS, ...GUARDED]

/**
 * Measures the CPU time of a new process until its first responses. It does not contain the time of a platform, such as the
 * start of Node.js and the import of `@azure/functions`.
 */
export async function measureColdStart(stage, { rounds }) {
  installPrograms()
  const setup = await createSetup(stage)
  const times = new Map(SUBJECTS.map((subject) => [subject, []]))
  // The first round reads the files into memory. Its result is not used.
  for (let round = 0; round <= rounds; round++) {
    for (const subject of shuffled(SUBJECTS)) {
      const time = await runProgram(subject, setup)
      if (round > 0) times.get(subject).push(time)
    }
  }
  return [
    ...toRows('import', times, [CLIENT, EXPRESS, REDIRECT, ...HANDLERS]),
    ...toRows('import and first redirect', times, [CLIENT, REDIRECT, ...HANDLERS]),
    ...toRows('import and first guarded request', times, GUARDED),
  ]
}

function toRows(what, times, subjects) {
  const timesOf = (subject) =>
    times.get(subject).map((time) => time.import + (what === 'import' ? 0 : time.request))
  const base = timesOf(CLIENT)
  return subjects.map((subject) => {
    const own = timesOf(subject)
    const row = {
      what: `cold start, ${what}: ${subject.name}`,
      figure: `${median(own).toFixed(1)} ms`,
      ...(subjects[0] === CLIENT && { ratio: ratio(own, base) }),
    }
    if (what === 'import' && (subject === EXPRESS || subject === REDIRECT)) {
      return { ...row, budget: `≤ ${IMPORT_BUDGET} ×`, pass: row.ratio.median <= IMPORT_BUDGET }
    }
    if (what === 'import and first redirect' && subject === REDIRECT) {
      const more = median(own.map((time, round) => time - base[round]))
      return { ...row, budget: `≤ ${REDIRECT_BUDGET} ms more`, pass: more <= REDIRECT_BUDGET }
    }
    return row
  })
}
