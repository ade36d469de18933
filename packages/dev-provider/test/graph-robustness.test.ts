import * as fc from 'fast-check'
import { expect, GRAPH, test } from './support/graph.js'

const OPTIONS = ['$filter', '$search', '$select', '$orderby', '$expand', '$top', '$skip', '$count']
const PATHS = ['/me', '/users', '/me/messages', '/groups', '/me/memberOf', '/me/events']
const SCOPES = ['User.Read.All', 'Group.Read.All', 'Mail.Read', 'Calendars.Read']
const RUNS = { numRuns: 150 }

/** Words of queries and paths, so that random values come close to valid ones. */
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    'displayName',
    'eq',
    'and',
    'or',
    'not',
    'startswith(',
    '(',
    ')',
    "'a'",
    ',',
    '/',
  ),
  fc.constantFrom(
    'users',
    'me',
    '$count',
    "('x')",
    '%00',
    '..',
    '$value',
    'null',
    '"',
    '__proto__',
  ),
)
const words = fc.array(word, { maxLength: 8 })

test('a random query does not cause an internal error', async ({ provider }) => {
  const token = await provider.accessToken({ as: 'alex', api: GRAPH, scopes: SCOPES })
  const headers = { authorization: `Bearer ${token}`, consistencylevel: 'eventual' }
  const path = fc.constantFrom(...PATHS)
  await fc.assert(
    fc.asyncProperty(path, fc.constantFrom(...OPTIONS), words, async (at, option, values) => {
      const query = new URLSearchParams([[option, values.join(' ')]])
      const response = await fetch(`${provider.graph}${at}?${query}`, { headers })
      // 501 is the response for query options that only Graph has.
      expect(response.status === 501 ? 0 : response.status).toBeLessThan(500)
      await response.json()
    }),
    RUNS,
  )
})

test('a random path does not cause an internal error', async ({ provider }) => {
  const token = await provider.accessToken({ as: 'alex', api: GRAPH, scopes: SCOPES })
  const headers = { authorization: `Bearer ${token}` }
  await fc.assert(
    fc.asyncProperty(words, fc.boolean(), async (values, isEncoded) => {
      const path = values.map((value) => (isEncoded ? encodeURIComponent(value) : value)).join('/')
      const response = await fetch(`${provider.graph}/${path}`, { headers }).catch(() => undefined)
      expect(response?.status ?? 0).toBeLessThan(500)
      await response?.arrayBuffer()
    }),
    RUNS,
  )
})
