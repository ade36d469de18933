import { beforeAll } from 'vitest'
import { buildNext, type NextBuild } from '../adapters/hosts/next.ts'
import { nextCases } from '../adapters/next-cases.ts'

// The other bundler, the proxy as a middleware on the edge runtime, and a `basePath`.
let build: NextBuild
beforeAll(async () => {
  build = await buildNext(15, { basePath: '/shop' })
}, 240_000)

nextCases('Next.js 15', () => build, { basePath: '/shop' })
