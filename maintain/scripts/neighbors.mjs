// `npm run neighbors`: every guard in processes in which another package replaces globals, and the contract beside two of them.
import { build, installPackages, root, run } from '../../scripts/setup.mjs'

installPackages()
build()
run(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...['neighbors', 'neighbors-*', 'contract-*'].flatMap((name) => ['--project', name]),
    ...process.argv.slice(2),
  ],
  { cwd: root },
)
