// Packs the packages as npm publishes them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { publishedPackages } from './packages.mjs'
import { root } from './setup.mjs'

/** The folder of the tarballs, below the root. */
export const PACKED = '.artifacts/packages'

/** Packs the built packages into `PACKED`. @returns The paths of the tarballs, relative to the root. */
export function packLibraries() {
  const folder = `${root}${PACKED}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return publishedPackages().map((one) => `${PACKED}/${pack(one.folder, folder)}`)
}

/** Packs a folder. @returns The name of the tarball. */
export function pack(folder, destination) {
  const args = ['pack', `./${folder}`, '--pack-destination', destination, '--silent']
  return execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim()
}
