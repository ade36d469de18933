import { expect, test } from 'vitest'
import { failToBuildNext } from './hosts/next.ts'

// One build reports all routes. `next-cases.ts` has a static route that Next.js does not render before its first request.
test('a build fails for each route that would store the response to one visitor for all', async () => {
  const output = await failToBuildNext(16)

  const [log = '', failed = ''] = output.split('Export encountered errors on')
  expect(failed.match(/(?<=: )\/\S+/g)?.toSorted()).toEqual([
    '/static-page',
    '/static-revalidated',
    '/static-route',
    '/static-sign-in/login',
    '/static-user',
  ])
  expect(log).toContain("Remove export const dynamic = 'force-static' from the route")
}, 240_000)
