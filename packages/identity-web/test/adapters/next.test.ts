import { afterAll, beforeAll } from 'vitest'
import { adapterContract } from './contract.ts'
import { buildNext, type NextBuild } from './hosts/next.ts'
import { nextCases } from './next-cases.ts'
import { WITHOUT_APPLICATION, WITHOUT_FUNCTIONS } from './hosts/on-requests.ts'
import { tellingHosts } from './hosts/told.ts'

let build: NextBuild
let server: Awaited<ReturnType<NextBuild['start']>>
beforeAll(async () => {
  build = await buildNext(16)
  server = await build.start({})
}, 180_000)
afterAll(() => server.close())

nextCases('Next.js 16', () => build)

adapterContract(
  'Next.js 16',
  tellingHosts(() => server.url),
  {
    ...WITHOUT_APPLICATION,
    ...WITHOUT_FUNCTIONS,
    startOfResponse: 'Next.js does not tell when the response of a route handler has started.',
    errorHandler: 'Next.js answers the errors of route handlers itself, 500.',
    everyHeader: 'Next.js hands on the first of two Authorization headers.',
  },
)
