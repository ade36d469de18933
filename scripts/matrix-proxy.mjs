// `npm run matrix:proxy`: runs the tests behind a proxy on the newest version of each supported line of Node.js. npx
// downloads the versions from npm.
import { execFileSync, spawnSync } from 'node:child_process'
import { root } from './setup.mjs'

const LINES = [20, 22, 24, 26]

const programs = LINES.map((line) => {
  const program = execFileSync(
    'npx',
    ['--yes', `--package=node@${line}`, '--call', 'node -p process.execPath'],
    { cwd: root, encoding: 'utf8' },
  ).trim()
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim()
  if (!version.startsWith(`v${line}.`)) throw new Error(`${program} is Node.js ${version}.`)
  console.log(`Node.js ${line}: ${version}`)
  return program
})

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--typecheck.enabled=false',
    '--reporter=verbose',
    'packages/identity-web/test/world/proxy.test.ts',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_PROGRAMS: programs.join(':') } },
)
process.exitCode = status ?? 1
