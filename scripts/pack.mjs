// Packs the packages as npm publishes them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { publishedPackages } from './packages.mjs'
import { root } from './setup.mjs'

/**
 * Packs the built packages into `.artifacts/packages`. It runs only once, because another program can read the packages while a
 * suite runs.
 */
export function packLibraries() {
  if (process.env.IDENTITY_WEB_IS_PACKED) return
  const target = `${root}.artifacts/packages`
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  for (const { folder } of publishedPackages()) pack(folder, target)
  process.env.IDENTITY_WEB_IS_PACKED = 'yes'
}

/** Packs a folder. @returns The name of the tarball. */
export function pack(folder, destination) {
  const args = ['pack', `./${folder}`, '--pack-destination', destination, '--silent']
  return execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim()
}
