import { beforeAll, describe, expect, test } from 'vitest'
import { buildNext, failToBuildNext, type NextBuild } from './hosts/next.ts'
import { nextCases } from './next-cases.ts'

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

describe('an application below a path', () => {
  let build: NextBuild
  beforeAll(async () => {
    build = await buildNext(16, { basePath: '/shop', isBrief: true })
  }, 240_000)

  nextCases('Next.js 16', () => build, { basePath: '/shop', isBrief: true })
})
