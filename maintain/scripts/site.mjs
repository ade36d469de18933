// `npm run site`: builds the documentation site from docs/ and serves it.
//
//   npm run site                  prints the address. Ctrl+C stops it
//   npm run site -- --port 4000   on this port, instead of a free one
//   npm run site -- --build       only builds, to maintain/site/.vitepress/dist
//   npm run site -- --check       builds, and checks all pages, most of them with axe, and four with Lighthouse
//   npm run site -- --check --all   also each page of the reference and of the error codes with axe
//   npm run site -- --check --only sign-in,errors   only these pages
//   npm run site -- --search      only builds the index of the search, and prints the results of its test queries
//   npm run site -- --search QUERY   prints the first results of this query
//   add --no-build to use the last build
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installPackages, maintain, root, run } from '../../scripts/setup.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    build: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    only: { type: 'string' },
    port: { type: 'string', default: '0' },
    search: { type: 'boolean', default: false },
  },
})
const folder = join(maintain, 'site')
const built = join(folder, '.vitepress/dist')
const reference = join(root, '.artifacts/site-reference')

installPackages(maintain)
if (values.search) {
  const { preparePages } = await import('../site/build/prepare.mjs')
  await preparePages(existsSync(reference) ? reference : undefined)
  const { printRanks } = await import('../site/build/search-index.mjs')
  process.exit((await printRanks(folder, positionals)) ? 0 : 1)
}
if (!values['no-build'] || !existsSync(built)) await build()
if (values.check) {
  const { checkSite } = await import('../site/build/check.mjs')
  const only = values.only?.split(',')
  const options = { only, ...(values.all && { isComplete: true }) }
  process.exitCode = (await checkSite(built, options)) ? 0 : 1
} else if (!values.build) {
  const { serve } = await import('../site/build/serve.mjs')
  const { url } = await serve(built, Number(values.port))
  console.log(`\n  The documentation is at ${url}\n\n  Press Ctrl+C to stop.\n`)
}

async function build() {
  console.log('Writing the reference…')
  run(process.execPath, [
    'node_modules/typedoc/bin/typedoc',
    '--logLevel',
    'Error',
    '--out',
    reference,
  ])
  const { preparePages, textsFolder } = await import('../site/build/prepare.mjs')
  await preparePages(reference)
  console.log('Building the site…')
  run(process.execPath, ['../node_modules/vitepress/bin/vitepress.js', 'build'], { cwd: folder })
  // VitePress would read Markdown in its folder of public files as pages.
  cpSync(textsFolder, built, { recursive: true })
  const { writeRedirects } = await import('../site/build/redirects.mjs')
  writeRedirects(built)
}
