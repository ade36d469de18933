import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vitest/config'
import entries from '../packages/identity-web/entries.json' with { type: 'json' }

const source = (path: string): string =>
  fileURLToPath(new URL(`../packages/${path}`, import.meta.url))

/** The implementation of a module for runtimes without Node.js, in place of that for Node.js. */
export const webAlias = (name: keyof typeof entries.imports) => ({
  find: new RegExp(`^${name}$`),
  replacement: source(`identity-web/${entries.imports[name].default}`),
})

/** Where the sources of the packages are. The tests and the processes that they start import them instead of `dist`. */
export const aliases = [
  ...Object.entries(entries.imports).map(([name, files]) => ({
    find: new RegExp(`^${name}$`),
    replacement: source(`identity-web/${files.node}`),
  })),
  ...Object.entries(entries.exports).map(([path, row]) => ({
    find: new RegExp(`^identity-web${path.slice(1)}$`),
    replacement: source(`identity-web/${row.source}`),
  })),
  {
    find: /^#?tanstack-(?:router-entry|start-(?:entry|plugin-adapters|server-fn-resolver|manifest:v))$/,
    replacement: source('identity-web/test/adapters/hosts/tanstack-entries.ts'),
  },
  { find: /^identity-web-dev$/, replacement: source('dev-provider/src/index.ts') },
  {
    find: /^identity-web-dev\/(testing|playwright)$/,
    replacement: source('dev-provider/src/$1/index.ts'),
  },
]

/**
 * A plugin that imports packages in other versions than those of the lock file. `npm run -C maintain canary` uses it.
 *
 * @param folder - A folder with the other versions. Its package.json lists the packages that the tests import from there.
 */
export function otherVersions(folder: string | undefined): Plugin {
  const names = folder === undefined ? [] : Object.keys(versionsIn(folder))
  return {
    name: 'other-versions',
    enforce: 'pre',
    async resolveId(id, importer, options) {
      const isOther = names.some((name) => id === name || id.startsWith(`${name}/`))
      if (!isOther || folder === undefined || importer?.startsWith(folder)) return undefined
      const from = `${folder}/package.json`
      const resolved = await this.resolve(id, from, { ...options, skipSelf: true })
      // Otherwise, the tests would run with the version of the lock file, which a folder above contains.
      return resolved?.id.startsWith(folder)
        ? resolved
        : this.error(`${id} is not installed in ${folder}.`)
    },
  }
}

/** Returns the packages of a folder and their versions, as its package.json lists them. */
export function versionsIn(folder: string): Readonly<Record<string, string>> {
  const manifest = readFileSync(`${folder}/package.json`, 'utf8')
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> }
  return dependencies
}
