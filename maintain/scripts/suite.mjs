// Runs the projects of vitest.config.ts that `npm test` leaves out, because they take minutes. Arguments go to Vitest, such as
// the path of one test.
import { nodeProgram } from '../../scripts/node-line.mjs'
import { packLibraries } from '../../scripts/pack.mjs'
import { installPackages, installTools, maintain, root, run } from '../../scripts/setup.mjs'

/** Each suite: the projects, what they need, and other arguments of Vitest. */
const SUITES = {
  // Pages with axe, fleets of servers that share a store, demos, and the tutorial. `npm run release` runs them too.
  long: {
    projects: ['long'],
    tools: ['chromium', 'redis-server', 'postgresql', 'pgbouncer'],
    hasPackages: true,
  },
  // New projects of meta-frameworks, and examples of platforms, built with the packed library. `npm run hosts -- sveltekit` runs
  // one of them.
  hosts: { projects: ['hosts'], tools: ['chromium'], isPacked: true },
  // Every guard in processes in which another package replaces globals, and the contract beside two of them. Every entry point
  // beside packages that change modules when Node.js loads them. `NODE_LINES=24` chooses one line of Node.js.
  neighbors: {
    projects: ['neighbors', 'neighbors-*', 'contract-*'],
    folder: `${root}packages/identity-web/test/neighbors/`,
    lines: (process.env.NODE_LINES ?? '20 22 24 26').split(' '),
  },
  // The real Azure CLI, and the scripts that `identity-web-cli register --az-script` writes. Its package is large.
  'azure-cli': { projects: ['azure-cli'], tools: ['azure-cli', 'openssl'] },
  // The lines that the fast tests do not reach. It fails with less than the share in vitest.config.ts.
  coverage: {
    projects: ['fast', 'web-signatures'],
    args: ['--coverage', '--maxWorkers=2'],
    hasPackages: true,
  },
}

const [name, ...given] = process.argv.slice(2)
const {
  projects,
  tools = [],
  hasPackages = false,
  isPacked = false,
  args = [],
  ...more
} = SUITES[name]
installTools(tools)
if (hasPackages) installPackages(maintain)
if (isPacked) packLibraries()
if (more.folder !== undefined) installPackages(more.folder, ['--ignore-scripts'])
const programs = more.lines?.map(nodeProgram) ?? [process.execPath]
for (const program of programs) {
  run(program, [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...args,
    ...given,
  ])
}
