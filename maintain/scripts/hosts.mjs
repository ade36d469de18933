// `npm run test:hosts`: installs the packed library in each example of a meta-framework, builds it, and visits it with
// Chromium. `npm run test:hosts -- sveltekit` runs one of them.
import { build, installPackages, installTools, root, run } from '../../scripts/setup.mjs'
import { packLibraries } from '../../scripts/pack.mjs'

installPackages()
installTools(['chromium'])
build()
packLibraries()

run(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'hosts',
    ...process.argv.slice(2).map((name) => (name.startsWith('-') ? name : `test/hosts/${name}`)),
  ],
  { cwd: root },
)
