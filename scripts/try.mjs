// `npm run try -- ../my-app`: packs the packages, which are not on npm yet, and installs them in a project of yours. If the
// folder contains no project, the command creates one, and passes the other options to create-identity-web.
//
//   npm run try -- ../my-app --framework hono --tenant oidc
//   npm run try -- ../my-app --no-install
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { packLibraries } from './pack.mjs'
import { publishedPackages } from './packages.mjs'
import { build, installPackages, root, run } from './setup.mjs'

/** The project keeps the tarballs, so that it also installs on another machine. */
const TARBALLS = '.identity-web'
const NO_INSTALL = '--no-install'

const [given, ...all] = process.argv.slice(2)
const options = all.filter((option) => option !== NO_INSTALL)
const installs = options.length === all.length
if (given === undefined || given.startsWith('-')) {
  console.error('Name the folder of the project, for example: npm run try -- ../my-app')
  process.exit(1)
}
// npm runs scripts in the folder of package.json. A user means the folder in which the command was typed.
const start = process.env.INIT_CWD ?? process.cwd()
const folder = resolve(start, given)
if (!relative(root, folder).startsWith('..')) {
  console.error(`${folder} is in this repository. Choose a folder outside, for example ../my-app.`)
  process.exit(1)
}

installPackages()
build()
packLibraries()
const isNew = !existsSync(join(folder, 'package.json'))
if (isNew) createProject()
else if (options.length > 0) {
  console.error(`${given} contains a project, so these options do not apply: ${options.join(' ')}`)
  process.exit(1)
}
const manager = managerOf(folder)
addPackages()
if (installs) {
  console.log(`Installing the packages with ${manager}…`)
  run(manager, ['install'], { cwd: folder })
}
const place = relative(start, folder)
const steps = [place && `cd ${place}`, !installs && `${manager} install`, `${manager} run dev`]
const guides = readdirSync(join(root, 'docs')).filter((name) => name.startsWith('from-'))
const created = `Next, run this and open the URL that it prints:

${steps.flatMap((step) => (step ? `  ${step}` : [])).join('\n')}`
const added = `${installs ? 'Installed' : 'Added'} identity-web, identity-web-dev and identity-web-cli in ${given}.

${installs ? 'Next,' : `Run ${manager} install, and then`} follow docs/sign-in.md or docs/protect-an-api.md of this repository. To move from another library, follow its guide:
${guides.map((name) => `docs/${name}`).join(', ')}`
console.log(`
${isNew ? created : added}`)

function createProject() {
  const program = join(root, 'packages/create-identity-web/bin/create-identity-web.mjs')
  const args = [program, folder, '--yes', NO_INSTALL, ...options]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) {
    console.error(stderr.trim())
    process.exit(1)
  }
  // The next steps, which follow, are those of this command.
  console.log(stdout.split('\n')[0])
}

/** Copies the tarballs to the project and writes them to its package.json. */
function addPackages() {
  const path = join(folder, 'package.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  rmSync(join(folder, TARBALLS), { recursive: true, force: true })
  mkdirSync(join(folder, TARBALLS))
  for (const { name, manifest: own } of publishedPackages()) {
    if (name === 'create-identity-web') continue
    const tarball = join(root, `.artifacts/packages/${name}-${own.version}.tgz`)
    // Package managers do not install a changed file again that has the same name.
    const hash = createHash('sha256').update(readFileSync(tarball)).digest('hex').slice(0, 8)
    const copy = `${TARBALLS}/${name}-${own.version}-${hash}.tgz`
    copyFileSync(tarball, join(folder, copy))
    const group = name === 'identity-web' ? 'dependencies' : 'devDependencies'
    manifest[group] = { ...manifest[group], [name]: `file:${copy}` }
    // Other managers would look for the package of identity-web-cli at the registry. npm uses the installed one.
    if (name === 'identity-web' && manager !== 'npm')
      manifest.resolutions = { ...manifest.resolutions, [name]: `file:${copy}` }
  }
  writeFileSync(path, `${JSON.stringify(manifest, undefined, 2)}\n`)
}

/** Returns the package manager of a project, by its lockfile. */
function managerOf(project) {
  const lockfiles = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'bun.lock': 'bun' }
  const found = Object.keys(lockfiles).find((file) => existsSync(join(project, file)))
  return lockfiles[found] ?? 'npm'
}
