// Packs the libraries as npm publishes them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { root } from './setup.mjs'

/** The folder of the tarballs, below the root. */
export const PACKED = '.artifacts/packages'

const FOLDERS = ['packages/identity-web', 'packages/dev-provider', 'packages/create-identity-web']

/** Packs the built libraries into `PACKED`. @returns The paths of the tarballs, relative to the root. */
export function packLibraries() {
  const folder = `${root}${PACKED}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return FOLDERS.map((name) => {
    const args = ['pack', `./${name}`, '--pack-destination', folder, '--silent']
    return `${PACKED}/${execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim()}`
  })
}
