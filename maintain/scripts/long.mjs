// `npm run test:long`: the suites that take minutes: pages in Chromium with axe, and fleets of servers that share a store.
// `npm run release` runs them too.
import { build, installPackages, installTools, root, run } from '../../scripts/setup.mjs'

installPackages()
installTools(['chromium', 'redis-server'])
build()
run(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'long', ...process.argv.slice(2)],
  { cwd: root },
)
