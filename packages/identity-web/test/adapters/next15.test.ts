import { beforeAll } from 'vitest'
import { buildNext, type NextBuild } from './hosts/next.ts'
import { nextCases } from './next-cases.ts'

// The other bundler, the proxy as a middleware on the edge runtime, and a `basePath`. All cases take long, so that
// `npm run -C maintain matrix -- next15` runs them.
let build: NextBuild
beforeAll(async () => {
  build = await buildNext(15, { basePath: '/shop', isBrief: true })
}, 240_000)

nextCases('Next.js 15', () => build, { basePath: '/shop', isBrief: true })
