import { execFileSync } from 'node:child_process'
import { root } from './setup.mjs'

/** Returns the path of the newest Node.js of a line, for example 24. npx downloads it from npm. */
export function nodeProgram(line) {
  const program = execFileSync(
    'npx',
    ['--yes', `--package=node@${line}`, '--call', 'node -p process.execPath'],
    { cwd: root, encoding: 'utf8' },
  ).trim()
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim()
  if (!version.startsWith(`v${line}.`)) throw new Error(`${program} is Node.js ${version}.`)
  console.log(`Node.js ${line}: ${version}`)
  return program
}
