import { median, shuffled } from '../statistics.mjs'
import { installPrograms } from './install.mjs'
import { runProgram } from './run-program.mjs'
import { createSetup } from './setup.mjs'

const NODE = { command: process.execPath, args: [] }
const PROGRAMS = ['identity-web', 'azure-functions', 'aws-lambda']
const STEPS = ['redirect', 'guarded']

/**
 * Measures the CPU time of a new process until the first responses of serverless handlers. It does not contain the time of the
 * platform, such as the start of Node.js and the import of `@azure/functions`.
 */
export async function measureServerless(stage, { rounds }) {
  installPrograms()
  const setup = await createSetup(stage)
  const subjects = PROGRAMS.flatMap((program) => STEPS.map((step) => ({ program, step })))
  const times = new Map(subjects.map((subject) => [subject, []]))
  // The first round reads the files into memory. Its result is not used.
  for (let round = 0; round <= rounds; round++) {
    for (const subject of shuffled(subjects)) {
      const time = await runProgram(NODE, subject, setup)
      if (round > 0) times.get(subject).push(time)
    }
  }
  const medianOf = (subject, kinds) =>
    median(times.get(subject).map((time) => kinds.reduce((sum, kind) => sum + time[kind], 0)))
  return subjects.flatMap((subject) => {
    const { program, step } = subject
    const row = (what, kinds) => ({
      what: `cold start: ${program}: ${what}`,
      figure: `${medianOf(subject, kinds).toFixed(1)} ms`,
    })
    return [
      ...(step === 'redirect' ? [row('import', ['import'])] : []),
      row(step === 'redirect' ? 'import and first redirect' : 'import and first guarded request', [
        'import',
        'request',
      ]),
    ]
  })
}
