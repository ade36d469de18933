// `npm run site`: builds the documentation site from docs/ with VitePress, which finds dead links, and serves it.
//
//   npm run site                  prints the address. Ctrl+C stops it
//   npm run site -- --build       only builds, to maintain/site/.vitepress/dist
//   npm run site -- --search      asks the search its test queries, and fails if it does not find an expected page
//   npm run site -- --search QUERY   prints the first results of this query
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installPackages, maintain, run } from '../../scripts/setup.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { build: { type: 'boolean' }, search: { type: 'boolean' } },
})
const folder = join(maintain, 'site')
const vitePress = (command) =>
  run(process.execPath, ['../node_modules/vitepress/bin/vitepress.js', command], { cwd: folder })

installPackages(maintain)
const { preparePages } = await import('../site/build/prepare.mjs')
preparePages()
if (values.search) {
  const { checkSearch } = await import('../site/build/check-search.mjs')
  process.exit((await checkSearch(folder, positionals)) ? 0 : 1)
}
vitePress('build')
const { writeRedirects } = await import('../site/build/redirects.mjs')
writeRedirects(join(folder, '.vitepress/dist'))
if (!values.build) vitePress('serve')
