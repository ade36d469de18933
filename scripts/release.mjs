// `npm run release`: builds, checks, packs and verifies all packages. It does not change the checkout. Its results are in
// .artifacts/release, and scripts/release/publish.mjs publishes them.
//
//   --prepare   raises the versions by the changesets, and gives the changes in CHANGELOG.md the new version
//   --pack      only builds and packs, in a second job, so that the tarballs of both can be compared
//   --dry-run   also works before a release is complete, and asks npm for a dry run of each publication
//   --quick     leaves out the suites that take minutes, in a dry run
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { publishedPackages } from './packages.mjs'
import { FILE, missingUrls, readUrls } from './release/urls.mjs'
import { writeBill } from './release/bill-of-materials.mjs'
import { describeSizes, overBudget } from './release/budget.mjs'
import { hasSection } from './release/changelog.mjs'
import { incompletePackages } from './release/manifests.mjs'
import { problemsOfNames } from './release/names.mjs'
import { stagePackage } from './release/stage.mjs'
import { problemsOfReport } from './release/tenant-report.mjs'
import { installPackages, maintain, run } from './setup.mjs'

const { values: options } = parseArgs({
  options: {
    'dry-run': { type: 'boolean', default: false },
    prepare: { type: 'boolean', default: false },
    pack: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
})
const isDryRun = options['dry-run']
const repository = process.cwd()

/** What `npm run check` and `npm test` leave out because of its time. The budgets of the gate are for Node.js 20. */
const LONG = [
  'long',
  'coverage',
  'hosts',
  'trees',
  'create',
  'site -- --search',
  'bench -- --gate --node=20',
]

const begin = performance.now()
/** The path of a tool of releases, which `npm ci` in the root does not install. */
function tool(path) {
  installPackages(maintain, ['--ignore-scripts'])
  return `${maintain}node_modules/${path}`
}
if (options.prepare) {
  run(process.execPath, [tool('@changesets/cli/bin.js'), 'version'])
  run('npm', ['install', '--package-lock-only'])
  run(process.execPath, ['scripts/release/changelog.mjs'])
  process.exit()
}
const report = (line) =>
  console.log(`✓ ${line} (${((performance.now() - begin) / 1000).toFixed(0)} s)`)
const stop = (problems) => {
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exit(1)
}

if (!isDryRun && options.quick) stop(['--quick is only for a dry run. Remove it.'])
const packages = publishedPackages(repository)
const urls = readUrls(repository)
const missing = missingUrls(urls)
stop(incompletePackages(packages))
if (!isDryRun && missing.length > 0)
  stop([
    `${FILE} does not contain: ${missing.join(', ')}. A maintainer must write the public URLs of the project there. Then release.`,
  ])
const changelog = readFileSync(join(repository, 'CHANGELOG.md'), 'utf8')
const undescribed = packages.filter(({ manifest }) => !hasSection(changelog, manifest.version))
if (!isDryRun)
  stop(
    undescribed.map(
      ({ name, manifest: { version } }) =>
        `CHANGELOG.md does not contain a section for ${name} ${version}. Run node scripts/release/changelog.mjs, and commit the file.`,
    ),
  )
// The later steps take an hour, so this one asks npm before them. A job that only packs does not publish.
const unready = options.pack
  ? []
  : [
      ...(missing.includes('npm') ? [] : problemsOfNames(packages, urls)),
      ...problemsOfReport(repository, packages.at(-1).manifest.version),
    ]
if (!isDryRun) stop(unready)
const before = git('status', '--porcelain')
if (!isDryRun && before !== '')
  stop(['The checkout has changes that are not committed. Commit them, then release.'])

const isShort = options.quick || options.pack
for (const script of ['build', ...(isShort ? [] : ['check'])]) runScript(script)
for (const script of isShort ? [] : LONG) runScript(script, ['-C', 'maintain'])

const target = join(repository, '.artifacts/release')
rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
const staged = packages.map((one) => stagePackage(repository, one, urls, target))
for (const one of staged) report(describeSizes(one))
stop(overBudget(repository, staged))
if (options.pack) process.exit()

for (const one of staged) {
  run('npx', ['publint', '--strict', one.staged], { cwd: repository })
  // CommonJS loads the same ES modules, because every supported version of Node.js can require() them.
  const attw = [one.tarball, '--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm']
  if (one.manifest.exports !== undefined && hasTypes(one.manifest))
    run(process.execPath, [tool('@arethetypeswrong/cli/dist/index.js'), ...attw], {
      cwd: repository,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  report(`${one.name}: contents and types of the tarball`)
  const { file, count } = writeBill(one, staged)
  report(`${file.slice(repository.length + 1)}: npm installs ${count} other packages with it`)
}

const { verifyTarballs } = await import('./release/verify.mjs')
verifyTarballs(staged, report)

if (isDryRun) {
  run(process.execPath, ['scripts/release/publish.mjs', target, target, '--dry-run'], {
    cwd: repository,
  })
  if (git('status', '--porcelain') !== before)
    stop(['The dry run changed the checkout. See git status.'])
  const broken = staged.flatMap(({ name, broken: links }) =>
    links.map((link) => `${name}: ${link}`),
  )
  if (broken.length > 0)
    console.log(
      `${broken.length} links of the packages do not work on npm, because ${FILE} does not name the repository yet.`,
    )
  if (missing.length > 0)
    console.log(`Before the release, write into ${FILE}: ${missing.join(', ')}.`)
  for (const problem of unready) console.log(`Before the release: ${problem}`)
  if (undescribed.length > 0)
    console.log(
      'Before the release, run node scripts/release/changelog.mjs, and commit CHANGELOG.md.',
    )
  if (options.quick) console.log(`--quick: did not run ${['check', ...LONG].join(', ')}.`)
  console.log('The packages are ready. --dry-run: not published.')
}

function runScript(script, folder = []) {
  run('npm', ['run', '--silent', ...folder, ...script.split(' ')], { cwd: repository })
  report(script)
}

function hasTypes({ exports }) {
  return JSON.stringify(exports).includes('"types"')
}

function git(...args) {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim()
}
