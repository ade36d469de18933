// `npm run site -- --search`: builds only the index of the search, and prints the first results of each query.
import { createRequire } from 'node:module'
import { createServer } from 'vitepress'
import { isExpected, queries as known } from './check-search.mjs'
import { search } from './search.mjs'

/** The MiniSearch of VitePress. */
const MiniSearch = createRequire(createRequire(import.meta.url).resolve('vitepress'))('minisearch')

/**
 * Prints the first three results of each query, and whether they are the expected pages of search-queries.json. Other queries
 * only have results.
 *
 * @param {string} folder - The folder `site`, with its prepared pages.
 * @param {string[]} queries - By default, those of search-queries.json.
 * @returns Whether each expected page was found.
 */
export async function printRanks(folder, queries) {
  const index = await buildIndex(folder)
  const rows = queries.length === 0 ? known : queries.map((query) => ({ query }))
  const missed = rows.filter(({ query, first, alsoFine }) => {
    const ids = index.search(query).map(({ id }) => id)
    const isFound = first === undefined || isExpected(ids, { first, alsoFine })
    console.log(`${isFound ? ' ' : '✗'} ${query.padEnd(40)} ${ids.slice(0, 3).join('  ')}`)
    return !isFound
  })
  return missed.length === 0
}

/** The index as VitePress makes it, with the options that its search uses. */
async function buildIndex(folder) {
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
