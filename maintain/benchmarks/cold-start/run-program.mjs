import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { programs } from './install.mjs'

/** Runs a program in a new process, and returns the CPU times of its import and of its first request. */
export async function runProgram({ program, step }, setup) {
  const script = `${programs}run.mjs`
  const { stdout } = await promisify(execFile)(process.execPath, [script, program, step], {
    cwd: programs,
    env: { ...process.env, NODE_ENV: 'production', COLD_START: JSON.stringify(setup) },
  })
  return JSON.parse(stdout)
}
