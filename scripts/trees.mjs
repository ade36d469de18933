// The packages of an example, which `npm ci` in the root does not install. Each example has a lockfile. It installs our packages
// as npm gets them.
//
//   node scripts/trees.mjs examples/azure-sdk
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { packLibraries } from './pack.mjs'
import { publishedPackages } from './packages.mjs'
import { build, installPackages, root, run } from './setup.mjs'

/** Where the lockfiles expect our packages. The names do not contain the version, so a release does not change the lockfiles. */
const TARBALLS = `${root}.artifacts/trees/`

/** Installs the packages of an example, unless its lockfile and our packages are the same as at the last installation. */
export function installTree(folder) {
  build()
  packLibraries()
  const lock = readFileSync(join(folder, 'package-lock.json'))
  const hash = createHash('sha256').update(lock)
  for (const tarball of copyTarballs()) hash.update(readFileSync(tarball))
  const needed = hash.digest('hex')
  const stamp = join(folder, 'node_modules/.installed-for')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === needed) return
  run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: folder,
  })
  writeFileSync(stamp, needed)
}

/** Copies our packages to the place that the lockfiles name. @returns Their paths. */
export function copyTarballs() {
  mkdirSync(TARBALLS, { recursive: true })
  return publishedPackages().map(({ name, manifest }) => {
    const tarball = `${TARBALLS}${name}.tgz`
    copyFileSync(`${root}.artifacts/packages/${name}-${manifest.version}.tgz`, tarball)
    return tarball
  })
}

if (process.argv[1] === import.meta.filename) {
  installPackages()
  for (const folder of process.argv.slice(2)) installTree(resolve(folder))
}
