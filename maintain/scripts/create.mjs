// `npm run create`: creates, compiles, tests and starts a project of each framework with each kind of tenant, and signs in
// with Chromium. It does the same with each store of sessions. `npm run create -- hono oidc postgres` runs only these
// frameworks, kinds of tenants and stores. Then it installs a project with each package manager, and
// `npm run create -- managers` does only this.
import { installTools, root, run } from '../../scripts/setup.mjs'
import { packLibraries } from '../../scripts/pack.mjs'

const TENANTS = ['entra-id', 'external-id', 'azure-ad-b2c', 'ad-fs', 'oidc']
const STORES = ['redis', 'postgres']
const MANAGERS = 'managers'
const given = process.argv.slice(2)
const names = given.filter((name) => name !== MANAGERS)
const tenants = names.filter((name) => TENANTS.includes(name))
const stores = names.filter((name) => STORES.includes(name))
const files = [
  ...(names.length > 0 || !given.includes(MANAGERS) ? ['every-project'] : []),
  ...(names.length === 0 || given.includes(MANAGERS) ? ['package-managers'] : []),
]
const frameworks = names.filter((name) => ![...TENANTS, ...STORES].includes(name))

installTools(['chromium', 'redis-server', 'postgresql'])
packLibraries()

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'create']
// It prints each result at once, because all of them take many minutes.
run(process.execPath, [...vitest, ...files, '--reporter=verbose'], {
  cwd: root,
  env: {
    ...process.env,
    ...(frameworks.length > 0 && { CREATE_FRAMEWORKS: frameworks.join(',') }),
    // Without one of these names, all of them run.
    ...([...tenants, ...stores].length > 0 && {
      CREATE_TENANTS: tenants.join(',') || 'none',
      CREATE_STORES: stores.join(',') || 'none',
    }),
  },
})
