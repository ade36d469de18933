// The packages that npm publishes: each folder of `packages` whose package.json is not private.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

/**
 * Returns the published packages. A package comes after the packages that it depends on.
 *
 * @param repository - The folder of the repository.
 * @returns For each package, its folder relative to the repository, its name and its package.json.
 */
export function publishedPackages(repository = root) {
  const all = readdirSync(join(repository, 'packages'))
    .map((folder) => `packages/${folder}`)
    .filter((folder) => existsSync(join(repository, folder, 'package.json')))
    .map((folder) => {
      const text = readFileSync(join(repository, folder, 'package.json'), 'utf8')
      const manifest = JSON.parse(text)
      return { folder, name: manifest.name, manifest }
    })
    .filter(({ manifest }) => manifest.private !== true)
  const sorted = []
  const visit = (one) => {
    if (sorted.includes(one)) return
    for (const other of all)
      if (one.manifest.dependencies?.[other.name] !== undefined && other !== one) visit(other)
    sorted.push(one)
  }
  for (const one of all) visit(one)
  return sorted
}
