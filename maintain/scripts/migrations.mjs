// Visits the applications of examples/migrations before and after the move to identity-web, unless `npm test` visits all of a
// library. Arguments are the names of libraries.
import { existsSync, readdirSync } from 'node:fs'
import { packLibraries } from '../../scripts/pack.mjs'
import { installPackages, installTools, root, run } from '../../scripts/setup.mjs'

const folder = `${root}examples/migrations/`
const has = (name, path) => existsSync(`${folder}${name}/${path}`)
const libraries = readdirSync(folder).filter(
  (name) => has(name, 'before') || has(name, 'after/angular.json'),
)
const given = process.argv.slice(2)
const unknown = given.filter((name) => !libraries.includes(name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. The libraries are ${libraries.join(', ')}.`)
  process.exit(1)
}
const chosen = given.length > 0 ? given : libraries
// The old libraries do not need scripts.
for (const name of chosen)
  if (has(name, 'before')) installPackages(`${folder}${name}/before/`, ['--ignore-scripts'])
// Applications of Angular are built and visited with Chromium. Those after the move install the packed libraries.
if (chosen.some((name) => has(name, 'after/angular.json'))) {
  installTools(['chromium'])
  packLibraries()
}
run(process.execPath, [
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  '--project',
  'migrations',
  ...chosen.map((name) => `test/migrations/${name}.test.ts`),
])
