// `.ci/run`: installs what is missing, builds once, and runs the gates of `npm run check` beside the tests of `npm test`.
// The tests do not keep all processors busy, and the gates use the rest. The output of the tests follows that of the
// gates, and the last line is "N passed, N failed".
import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { build, installPackages, installTools, root } from './setup.mjs'

installPackages()
installTools()
build()

let areGatesDone = false
const early = []
const tests = spawn('npm', ['test'], { cwd: root, stdio: ['inherit', 'pipe', 'pipe'] })
for (const [source, target] of [
  [tests.stdout, process.stdout],
  [tests.stderr, process.stderr],
]) {
  source.on('data', (chunk) => (areGatesDone ? target.write(chunk) : early.push([target, chunk])))
}
const gates = spawn('npm', ['run', '--silent', 'check'], { cwd: root, stdio: 'inherit' })
// Tests have time limits, and gates do not. What the gates start has the same low priority.
if (gates.pid !== undefined) setPriority(gates.pid, 10)

const areTestsGreen = endsWell(tests)
const areGatesGreen = await endsWell(gates)
areGatesDone = true
for (const [target, chunk] of early) target.write(chunk)
process.exitCode = (await areTestsGreen) && areGatesGreen ? 0 : 1

/** Waits until a process has ended, and tells whether it succeeded. */
function endsWell(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message)
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })
}
