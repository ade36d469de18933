// Asks the search of the site the queries of search-queries.json, whose expected pages somebody chose who had not seen the index.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'vitepress'
import { search } from './search.mjs'

/** The MiniSearch of VitePress. */
const MiniSearch = createRequire(createRequire(import.meta.url).resolve('vitepress'))('minisearch')
const known = JSON.parse(readFileSync(new URL('search-queries.json', import.meta.url), 'utf8'))

/**
 * Prints the first three results of each query, and whether the first one is a good page, and the best page is among them.
 *
 * @param {string} folder - The folder `site`, with its prepared pages.
 * @param {string[]} queries - By default, those of search-queries.json. Other queries only have results.
 * @returns Whether each expected page was found.
 */
export async function checkSearch(folder, queries) {
  const index = await indexOf(folder)
  const rows = queries.length === 0 ? known : queries.map((query) => ({ query }))
  const missed = rows.filter(({ query, first, alsoFine }) => {
    const ids = index.search(query).map(({ id }) => id)
    const pages = ids.slice(0, 3).map((id) => id.slice(1).replace(/#.*/, ''))
    const isFound =
      first === undefined || ([first, ...alsoFine].includes(pages[0]) && pages.includes(first))
    console.log(`${isFound ? ' ' : '✗'} ${query.padEnd(40)} ${ids.slice(0, 3).join('  ')}`)
    return !isFound
  })
  return missed.length === 0
}

/** The index as VitePress makes it, with the options that its search uses. */
async function indexOf(folder) {
  const server = await createServer(folder, { port: 0 })
  const code = await server.pluginContainer.load('/@localSearchIndexroot')
  await server.close()
  const { options, searchOptions } = search.options.miniSearch
  return MiniSearch.loadJSON(JSON.parse(code.replace('export default ', '')), {
    fields: ['title', 'titles', 'text'],
    storeFields: ['title', 'titles'],
    searchOptions,
    ...options,
  })
}
