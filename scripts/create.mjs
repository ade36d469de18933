// `npm run test:create`: creates, compiles, tests and starts a project of each framework with each kind of tenant, and signs in
// with Chromium. `npm run test:create -- hono oidc` runs only these frameworks and kinds of tenants.
import { build, installPackages, installTools, root, run } from './setup.mjs'
import { packLibraries } from './pack.mjs'

const TENANTS = ['entra-id', 'external-id', 'azure-ad-b2c', 'ad-fs', 'oidc']
const names = process.argv.slice(2)
const tenants = names.filter((name) => TENANTS.includes(name))
const frameworks = names.filter((name) => !TENANTS.includes(name))

installPackages()
installTools(['chromium'])
build()
packLibraries()

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'create']
// It prints each result at once, because all of them take many minutes.
run(process.execPath, [...vitest, '--reporter=verbose'], {
  cwd: root,
  env: {
    ...process.env,
    ...(frameworks.length > 0 && { CREATE_FRAMEWORKS: frameworks.join(',') }),
    ...(tenants.length > 0 && { CREATE_TENANTS: tenants.join(',') }),
  },
})
