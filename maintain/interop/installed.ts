import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { NotAvailable } from './provider.ts'

type Target = string | { readonly [condition: string]: Target }

/**
 * Imports a package of npm that only `npm run -C maintain interop` installs.
 *
 * @param packages - The folder that contains the packages.
 * @throws {@link NotAvailable} if it is not installed.
 */
export async function importInstalled<Exports>(
  packages: string,
  name: string,
  path = '.',
): Promise<Exports> {
  const folder = requirePackage(packages, name)
  const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly exports?: Target
    readonly main?: string
  }
  const target = fileOf(description.exports, path) ?? description.main ?? 'index.js'
  return (await import(pathToFileURL(join(folder, target)).href)) as Exports
}

/**
 * Returns the folder of a package of npm.
 *
 * @throws {@link NotAvailable} if it is not installed.
 */
function requirePackage(packages: string, name: string): string {
  const folder = resolve(join(packages, name))
  if (!existsSync(folder)) throw new NotAvailable(`The package ${name} is not installed.`)
  return folder
}

function fileOf(target: Target | undefined, path: string): string | undefined {
  if (target === undefined || typeof target === 'string') return target
  const next = target[path] ?? target['import'] ?? target['default']
  return fileOf(next, path)
}

/** @throws {@link NotAvailable} if a file of a Debian package does not exist. */
export function requireFile(path: string, debianPackage: string): string {
  if (!existsSync(path))
    throw new NotAvailable(`The Debian package ${debianPackage} is not installed.`)
  return path
}
