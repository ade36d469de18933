// `npm run canary [-- PART…]`: runs the contract with the newest and the oldest supported version of each peer, store and
// server, and with npm's `latest`. It also resolves the `npm install` lines of the guides. A new version of a package of
// somebody else can break our users without a change of ours, so a workflow runs it every day.
//
// `npm run canary -- nestjs guides` runs two parts. `npm run canary -- hosts` builds the examples of meta-frameworks with
// the `latest` of each of their packages, which takes long.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeProgram } from '../../scripts/node-line.mjs'
import { packLibraries } from '../../scripts/pack.mjs'
import { publishedPackages } from '../../scripts/packages.mjs'
import { errorsWithNewestTypes } from '../../scripts/release/verify.mjs'
import { installPackages, installTools, root } from '../../scripts/setup.mjs'

const TESTS = 'packages/identity-web/test'
const ADAPTERS = `${TESTS}/adapters`
const STORES = `${TESTS}/stores`

/** The part of a package that changes modules when Node.js loads them. */
const loader = (name, ranges) => ({
  packages: [name],
  ranges,
  nodes: ['20', '22', '24', '26'],
  tests: [`${TESTS}/neighbors/loaders.test.ts`],
})

/**
 * Each part: the packages whose versions change together, and the tests that import them. The first package names the
 * versions. `ranges` says what we support if the package is not a peer. The packages `beside` them are in the same tree, in
 * their version, in the version that the first one depends on, or else in any version that fits. `nodes` are the lines of
 * Node.js on which npm and the tests run, by default only this one. Without `hasLatest`, npm's `latest` is not supported.
 */
const PARTS = {
  express: { packages: ['express'], tests: [`${ADAPTERS}/express.test.ts`] },
  fastify: {
    packages: ['fastify'],
    beside: ['@fastify/formbody'],
    tests: [`${ADAPTERS}/fastify.test.ts`],
  },
  koa: { packages: ['koa'], tests: [`${ADAPTERS}/koa.test.ts`] },
  hono: { packages: ['hono'], tests: [`${ADAPTERS}/hono`] },
  'node-server': {
    packages: ['@hono/node-server'],
    // 1.19.4 and earlier do not work beside packages that replace Promise. The responses of 2.0.0 to 2.0.2 lose cookies.
    ranges: '^1.19.5 || ^2.0.4',
    tests: (_name, version) => [
      `${ADAPTERS}/hono.test.ts`,
      `${ADAPTERS}/start-login`,
      // Version 1 has no WebSockets.
      ...(version.startsWith('1.') ? [] : [`${TESTS}/connections/contract`]),
    ],
  },
  nestjs: {
    packages: ['core', 'common', 'platform-express', 'platform-fastify', 'testing'].map(
      (name) => `@nestjs/${name}`,
    ),
    // Earlier ones work too, but see docs/versions.md.
    ranges: '^11.2.8 || ^12.3.2',
    beside: ['rxjs', 'reflect-metadata'],
    tests: [`${ADAPTERS}/nestjs`],
  },
  next: { packages: ['next'], tests: (name) => [`${ADAPTERS}/${name}.test.ts`] },
  'react-router': {
    packages: ['react-router'],
    beside: ['react', 'react-dom'],
    tests: [`${ADAPTERS}/react-router`],
  },
  angular: {
    packages: ['core', 'common', 'router'].map((name) => `@angular/${name}`),
    beside: ['compiler', 'platform-browser', 'platform-server'].map((name) => `@angular/${name}`),
    tests: [`${TESTS}/browser/angular-server.test.ts`],
  },
  h3: { packages: ['h3'], tests: [`${ADAPTERS}/h3.test.ts`, 'test/recipes'] },
  sveltekit: { packages: ['@sveltejs/kit'], tests: [`${ADAPTERS}/sveltekit.test.ts`] },
  functions: { packages: ['@azure/functions'], tests: [`${ADAPTERS}/azure-functions.test.ts`] },
  tanstack: {
    packages: ['@tanstack/start-server-core'],
    // The hooks of earlier versions lose headers of responses.
    ranges: '^1.169.38',
    beside: ['@tanstack/start-client-core', '@tanstack/router-core'],
    tests: [`${ADAPTERS}/tanstack-start`],
  },
  'import-in-the-middle': loader('import-in-the-middle', '^1.15.0 || ^2.0.6 || ^3.6.0'),
  'azure-monitor': loader('@azure/monitor-opentelemetry', '^1.18.1'),
  newrelic: loader('newrelic', '^13.20.0'),
  'dd-trace': loader('dd-trace', '^5.132.0'),
  sentry: loader('@sentry/node', '^11.12.0'),
  elysia: { packages: ['elysia'], ranges: '^1.4.0', tests: ['test/recipes'] },
  ws: { packages: ['ws'], ranges: '^8.0.0', tests: [`${TESTS}/connections`] },
  loggers: {
    packages: ['pino'],
    ranges: '^8.0.0 || ^9.0.0 || ^10.0.0',
    beside: ['winston', 'bunyan'],
    tests: [`${TESTS}/web/others/loggers.test.ts`],
  },
  // The tests use RESP_TYPES, which 5.0.0 does not export.
  redis: { packages: ['redis'], ranges: '^5.12.0 || ^6.0.0', tests: [`${STORES}/redis.test.ts`] },
  // 5.0.0 does not export its class by the name that the guides import.
  ioredis: {
    packages: ['ioredis'],
    ranges: '^5.11.0 || ^6.0.0',
    tests: [`${STORES}/redis.test.ts`],
  },
  pg: { packages: ['pg'], ranges: '^8.11.0', tests: [`${STORES}/postgres`] },
  pglite: { packages: ['@electric-sql/pglite'], ranges: '^0.5.17', tests: [`${STORES}/postgres`] },
  'connect-redis': {
    packages: ['connect-redis'],
    ranges: '^9.0.0 || ^10.0.0',
    tests: [`${STORES}/express-store.test.ts`],
  },
  'express-session': {
    packages: ['express-session'],
    ranges: '^1.17.0',
    tests: [`${STORES}/express-store.test.ts`],
  },
  'connect-pg-simple': {
    packages: ['connect-pg-simple'],
    ranges: '^10.0.0',
    tests: [`${STORES}/others/connect-pg-simple.test.ts`],
  },
  keyv: {
    packages: ['keyv'],
    ranges: '^5.4.0 || ^6.0.0',
    tests: [`${STORES}/keyv.test.ts`, `${TESTS}/web/store-failures`],
  },
  'keyv-postgres': {
    packages: ['@keyv/postgres'],
    // Earlier versions do not connect to the URL that the tests pass as a string.
    ranges: '^2.1.2',
    // npm installs Keyv 6 for a name without a version, but only on Node.js 22.19 and later.
    beside: ['keyv@5'],
    nodes: ['20', '22'],
    tests: [`${STORES}/keyv.test.ts`],
  },
  'keyv-6-postgres': {
    packages: ['@keyv/postgres'],
    ranges: '^6.0.0-beta.4',
    hasLatest: false,
    nodes: ['22'],
    tests: [`${STORES}/others/keyv-6-postgres.test.ts`],
  },
  'keyv-redis': {
    packages: ['@keyv/redis'],
    // With earlier versions, a lost connection ends the process.
    ranges: '^5.1.6',
    tests: [`${STORES}/keyv.test.ts`, `${TESTS}/web/store-failures`],
  },
}

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const { peerDependencies } = read('packages/identity-web/package.json')
/** The packages that tests import by another name, such as express4. */
const aliases = ['package.json', 'maintain/package.json'].flatMap((path) =>
  Object.entries(read(path).devDependencies),
)
const hosts = readdirSync(`${root}test/hosts`)
  .filter((file) => file.endsWith('.test.ts') && !/^(builds|examples)\.test/.test(file))
  .map((file) => file.replace('.test.ts', ''))
const rows = []

const known = [...Object.keys(PARTS), 'guides', 'types', 'hosts', ...hosts]
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. The parts are ${known.join(', ')}.`)
  process.exit(1)
}
const isChosen = (name) => chosen.length === 0 || chosen.includes(name)

installTools()
packLibraries()
installPackages(`${root}test/recipes/`, ['--ignore-scripts'])

for (const [name, part] of Object.entries(PARTS)) {
  if (!isChosen(name)) continue
  for (const line of part.nodes ?? [undefined]) tryPart(name, part, line)
}
if (isChosen('guides')) tryGuides()
if (isChosen('types')) tryTypes()
// Only on demand, because each of them installs and builds an application.
for (const name of hosts) if (chosen.includes(name) || chosen.includes('hosts')) tryHost(name)

const widthOf = (key) => Math.max(...rows.map((row) => row[key].length), key.length)
const widths = [widthOf('name'), widthOf('version')]
console.log(`\n${'package'.padEnd(widths[0])}  ${'version'.padEnd(widths[1])}  passed  failed`)
for (const { name, version, passed, failed } of rows)
  console.log(
    `${name.padEnd(widths[0])}  ${version.padEnd(widths[1])}  ${String(passed).padStart(6)}  ${String(failed).padStart(6)}`,
  )
// Tests that did not run have not passed.
if (rows.some(({ passed, failed }) => failed > 0 || passed === 0)) process.exitCode = 1

/** Runs the tests of a part with each of its versions, on this or another line of Node.js. */
function tryPart(part, { ranges, beside = [], hasLatest = true, tests, ...more }, line) {
  const [name, ...siblings] = more.packages
  const node = line === undefined ? process.execPath : nodeProgram(line)
  const versions = versionsOf(name, ranges ?? peerDependencies[name], hasLatest)
  for (const { version, sibling } of versions) {
    const imported = nameInTests(name, version)
    const needs = beside.length > 0 ? (view(`${name}@${version}`, 'dependencies') ?? {}) : {}
    const folder = newFolder(`${part}-${version}`, {
      [imported]: `npm:${name}@${version}`,
      ...Object.fromEntries(siblings.map((one) => [one, sibling])),
      ...Object.fromEntries(
        beside.map((one) => {
          const [, other, range] = /^(@?[^@]+)(?:@(.+))?$/.exec(one)
          return [other, range ?? needs[other] ?? '*']
        }),
      ),
    })
    // A user installs the library beside it. Its peer ranges must accept the version.
    const user = newFolder('user', { [name]: version })
    const problem =
      npm(user, ['install', '--package-lock-only', tarballOf('identity-web')], node) ??
      npm(folder, ['install'], node)
    const files = typeof tests === 'function' ? tests(imported, version) : tests
    const where = line === undefined ? version : `${version} on Node.js ${line}`
    report(name, where, problem ?? runTests(folder, files, node))
  }
}

/**
 * Builds the example or the new project of a host with the `latest` of its packages, and visits it. A version that it pins stays,
 * because the newest one does not work with the others.
 */
function tryHost(name) {
  const path = [`examples/${name}`, `packages/create-identity-web/templates/${name}`].find((one) =>
    existsSync(`${root}${one}/package.json`),
  )
  const { dependencies, devDependencies: more } = read(`${path}/package.json`)
  const latest = Object.entries({ ...dependencies, ...more })
    .filter(([one, range]) => one !== 'identity-web' && range.startsWith('^'))
    .map(([one]) => [one, 'latest'])
  const folder = newFolder(name, Object.fromEntries(latest))
  report(name, 'latest', runTests(folder, [`test/hosts/${name}.test.ts`]))
}

/**
 * Resolves the `npm install` lines of each guide, one after the other, on the oldest and on the newest Node.js. npm chooses
 * other versions there, because packages tell which Node.js they need.
 */
function tryGuides() {
  const nodes = { 'Node.js 20': process.execPath, 'Node.js 26': nodeProgram('26') }
  const places = ['README.md', 'docs/*.md', 'packages/*/README.md', 'packages/*/skills/*.md']
  const guides = execFileSync('git', ['ls-files', ...places], { cwd: root, encoding: 'utf8' })
  const done = new Set()
  for (const guide of guides.trim().split('\n')) {
    const text = readFileSync(join(root, guide), 'utf8')
    const lines = [...text.matchAll(/npm install ((?:-D )?[@a-z][^`\n#&|]*)/g)]
    const others = lines.map(([, names]) => names.trim().split(/\s+/).map(withTarball))
    // Readers install the library from a clone first, so its peer ranges apply to the other packages.
    const commands = [[tarballOf('identity-web')], ...others]
    if (done.has(JSON.stringify(commands))) continue
    done.add(JSON.stringify(commands))
    for (const [line, node] of Object.entries(nodes)) {
      const folder = newFolder('guide', {})
      const failures = commands.flatMap(
        (names) => npm(folder, ['install', '--package-lock-only', ...names], node) ?? [],
      )
      report(guide, line, {
        passed: commands.length - failures.length,
        failed: failures.length,
        problems: failures.flatMap(({ problems }) => problems),
      })
    }
  }
}

/** Checks the declarations of our packages with npm's newest types of Node.js. */
function tryTypes() {
  const packages = publishedPackages().map(({ name }) => ({ tarball: tarballOf(name) }))
  const problems = errorsWithNewestTypes(packages)
  const failed = problems.length
  report('@types/node', 'latest', { passed: failed > 0 ? 0 : 1, failed, problems })
}

/** Returns the versions to test: the oldest and the newest one of each range, and npm's `latest` unless it is left out. */
function versionsOf(name, ranges, hasLatest) {
  const parts = ranges.split(' || ').flatMap((range) => {
    // npm sorts them as words.
    const published = [view(`${name}@${range}`, 'version')]
      .flat()
      .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    const [oldest, newest] = [published[0], published.at(-1)]
    return [
      // Not all packages of a framework have each version.
      { version: oldest, sibling: `>=${oldest.split('.')[0]}.0.0 <=${oldest}` },
      { version: newest, sibling: range },
    ]
  })
  const latest = hasLatest ? [{ version: view(name, 'dist-tags.latest'), sibling: 'latest' }] : []
  return [...new Map([...parts, ...latest].map((one) => [one.version, one])).values()]
}

function view(name, field) {
  const found = execFileSync('npm', ['view', name, field, '--json'], { encoding: 'utf8' })
  return found === '' ? undefined : JSON.parse(found)
}

/** Returns the name by which the tests import a version: `express4` for `express@4.18.0`. */
function nameInTests(name, version) {
  const [major] = version.split('.')
  const alias = aliases.find(([, spec]) => spec.startsWith(`npm:${name}@^${major}.`))
  return alias?.[0] ?? name
}

/** Returns a new folder that contains only a package.json. */
function newFolder(name, dependencies) {
  const folder = `${root}.artifacts/canary/${name}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, dependencies }))
  return folder
}

/** Runs npm, without the scripts of packages. @returns What failed. */
function npm(folder, args, node = process.execPath) {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=warn']
  const { status, stderr } = spawnSync('npm', [...args, ...options], {
    cwd: folder,
    encoding: 'utf8',
    // npm runs on the first Node.js of the path.
    env: { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` },
  })
  // With some versions that do not fit together, npm only warns and installs them nevertheless.
  if (status === 0 && !stderr.includes('ERESOLVE')) return undefined
  return { passed: 0, failed: 1, problems: [`npm ${args.join(' ')}\n${stderr}`] }
}

/** Runs tests with the versions in a folder. */
function runTests(folder, files, node = process.execPath) {
  const file = `${folder}/report.json`
  const reporters = ['--reporter=json', `--outputFile.json=${file}`]
  const { stdout, stderr } = spawnSync(
    node,
    ['node_modules/vitest/vitest.mjs', 'run', '--typecheck.enabled=false', ...reporters, ...files],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1024 ** 3,
      env: { ...process.env, IDENTITY_WEB_VERSIONS: folder },
    },
  )
  if (!existsSync(file)) return { passed: 0, failed: 1, problems: [stdout + stderr] }
  const results = JSON.parse(readFileSync(file, 'utf8'))
  const { numPassedTests: passed, numFailedTests, testResults } = results
  const failedTests = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed'),
  )
  // A file that cannot be loaded does not have a test that fails.
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  return {
    passed,
    failed: numFailedTests + unloaded.length,
    problems: [
      ...failedTests.map(
        ({ fullName, failureMessages: [message = ''] }) => `${fullName}: ${message}`,
      ),
      ...unloaded.map(({ name, message }) => `${name}: ${message}`),
    ],
  }
}

function report(name, version, { passed, failed, problems }) {
  rows.push({ name, version, passed, failed })
  console.log(`${failed > 0 ? '✗' : '✓'} ${name} ${version}: ${passed} passed, ${failed} failed`)
  for (const problem of problems) console.log(problem.trim().replaceAll(/^/gm, '    '))
}

/** Replaces the name of one of our packages, which are not on npm yet, with its tarball. */
function withTarball(name) {
  const [own] = /^(?:create-)?identity-web(?:-dev|-cli)?(?=@|$)/.exec(name) ?? []
  return own === undefined ? name : tarballOf(own)
}

function tarballOf(name) {
  const { version } = read('packages/identity-web/package.json')
  return `${root}.artifacts/packages/${name}-${version}.tgz`
}
