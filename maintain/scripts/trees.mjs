// `npm run trees`: the suites whose packages `npm ci` in the root does not install. Each installs them from its own lockfile.
// `npm run trees -- lock express` writes the lockfile of an example anew, and `npm run trees -- lock` those of all examples.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { packLibraries } from '../../scripts/pack.mjs'
import { publishedPackages } from '../../scripts/packages.mjs'
import { installPackages, installTools, root, run } from '../../scripts/setup.mjs'
import { copyTarballs } from '../../scripts/trees.mjs'

const examples = readdirSync(`${root}examples`).filter((name) =>
  existsSync(`${root}examples/${name}/package.json`),
)
const ours = publishedPackages().map(({ name }) => name)

const [command, ...given] = process.argv.slice(2)
packLibraries()
if (command === 'lock') {
  copyTarballs()
  for (const name of given.length > 0 ? given : examples) writeLock(name)
} else {
  installTools(['chromium'])
  const tsc = `${root}node_modules/typescript7/bin/tsc`
  const vitest = [`${root}node_modules/vitest/vitest.mjs`, 'run']
  const files = ['examples', ...examples].map((name) => `test/hosts/${name}.test.ts`)
  run(process.execPath, [...vitest, '--project', 'hosts', ...files])
  const neighbors = `${root}packages/identity-web/test/neighbors`
  const recipes = `${root}test/recipes`
  const guides = [`${root}packages/identity-web/test/azure/sdks`, recipes]
  const trees = [...guides, neighbors, `${root}packages/identity-web-cli/test/bicep`]
  const withVersions = (tree) => ({ env: { ...process.env, IDENTITY_WEB_VERSIONS: tree } })
  for (const tree of trees) installPackages(`${tree}/`, ['--ignore-scripts'])
  // NestJS finds the adapter of its WebSockets from its own path.
  run(process.execPath, [...vitest, '--project', 'trees'], withVersions(recipes))
  for (const tree of trees) run(process.execPath, [tsc, '-p', tree])
  // The snippets of the guides that use these packages.
  for (const tree of guides)
    run(process.execPath, [...vitest, '--project', 'docs', 'test/docs.test.ts'], withVersions(tree))
  // Guards and entry points beside packages that replace globals or change modules, on this line of Node.js.
  run(process.execPath, [
    ...vitest,
    '--project',
    'neighbors',
    ...['loaders', 'neighbors', 'mcp-sdk-1-25'].map((name) => `/${name}.test.ts`),
  ])
  run(process.execPath, [...vitest, '--project', 'contract-*'])
}

/** Resolves the packages of an example as npm does for a user who has our tarballs. */
function writeLock(name) {
  // As deep as the folder of the example, because the paths in a lockfile are relative.
  const folder = `${root}.artifacts/locks/${name}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const manifest = JSON.parse(readFileSync(`${root}examples/${name}/package.json`, 'utf8'))
  const ourDependencies = ['dependencies', 'devDependencies'].flatMap((group) =>
    ours.filter((one) => manifest[group]?.[one] !== undefined).map((one) => [group, one]),
  )
  for (const [group, one] of ourDependencies) manifest[group][one] = `file:../../trees/${one}.tgz`
  writeFileSync(`${folder}/package.json`, JSON.stringify(manifest))
  if (existsSync(`${root}examples/${name}/.npmrc`))
    writeFileSync(`${folder}/.npmrc`, readFileSync(`${root}examples/${name}/.npmrc`))
  execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
  })
  const lock = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8'))
  for (const [group, one] of ourDependencies) {
    lock.packages[''][group][one] = '*'
    const entry = lock.packages[`node_modules/${one}`]
    entry.resolved = `file:../../.artifacts/trees/${one}.tgz`
    // They change with our packages.
    for (const changing of ['integrity', 'peerDependencies', 'peerDependenciesMeta'])
      delete entry[changing]
  }
  writeFileSync(
    `${root}examples/${name}/package-lock.json`,
    `${JSON.stringify(lock, undefined, 2)}\n`,
  )
}
