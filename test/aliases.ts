import { fileURLToPath } from 'node:url'
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
