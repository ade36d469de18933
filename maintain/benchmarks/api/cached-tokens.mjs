import { sendLoad } from '../server/load.mjs'
import { TELLS_HEAP } from '../server/heap.mjs'
import { rawCall } from './subjects.mjs'
import { NEW_TOKENS } from './tokens.mjs'

/** Measures the memory of a cached token: how much the heap of an API grows while it caches all tokens. */
export async function measureCachedTokens({ start, tokens }) {
  const server = await start('identity-web', { cacheEntries: NEW_TOKENS, execArgv: TELLS_HEAP })
  const { port } = server.ready
  const requests = tokens.map(rawCall)
  const heap = () => server.ask({ kind: 'heap' })
  try {
    // The code is compiled, and the filter has seen every token, before the first token is cached.
    await sendLoad(port, requests.slice(0, 1), { count: 2000 })
    await sendLoad(port, requests, { count: tokens.length })
    const before = await heap()
    await sendLoad(port, requests, { count: 2 * tokens.length })
    const bytes = ((await heap()) - before) / tokens.length
    return {
      what: `API, memory of a cached token of ${tokens[0].length} characters`,
      figure: `${(bytes / 1000).toFixed(2)} kB`,
    }
  } finally {
    await server.stop()
  }
}
