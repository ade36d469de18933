// `npm run matrix:proxy`: runs the tests through a proxy on the newest version of each supported line of Node.js.
import { spawnSync } from 'node:child_process'
import { nodeProgram } from '../../scripts/node-line.mjs'
import { root } from '../../scripts/setup.mjs'

const LINES = [20, 22, 24, 26]

const programs = LINES.map(nodeProgram)

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
