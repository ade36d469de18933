import { afterAll, beforeAll } from 'vitest'
import { adapterContract } from '../adapters/contract.ts'
import { WITHOUT_APPLICATION, WITHOUT_FUNCTIONS } from '../adapters/hosts/on-requests.ts'
import { storeContract } from '../stores/contract.ts'
import { remoteStore } from '../stores/remote/remote-store.ts'
import { startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { runtimeTest } from './runtime-test.ts'
import { startRuntime, type RuntimeName } from './start-runtime.ts'

/** The program of each framework, and the features that its host does not have in another process. */
const FRAMEWORKS = {
  fetch: ['fetch', { ...WITHOUT_APPLICATION, ...WITHOUT_FUNCTIONS }],
  Hono: ['hono', WITHOUT_FUNCTIONS],
  Express: ['express', WITHOUT_FUNCTIONS],
} as const

/** Declares the contracts of adapters and of Redis stores in a runtime. Sessions in a store are in Redis. */
export function contractsIn(
  runtime: RuntimeName,
  frameworks: readonly (keyof typeof FRAMEWORKS)[],
): void {
  let redis: RedisServer | undefined
  beforeAll(async () => {
    redis = await startRedisServer()
  })
  afterAll(() => redis?.close())
  const variables = (client: string): Record<string, string> => ({
    REDIS_URL: redis?.url ?? '',
    REDIS_CLIENT: client,
  })

  for (const framework of frameworks) {
    const [program, without] = FRAMEWORKS[framework]
    const host = runtimeTest(runtime, program, () => variables('node-redis'))
    adapterContract(`${framework} on ${runtime}`, host, without)
  }

  for (const client of ['node-redis', 'ioredis']) {
    storeContract(
      `${client} on ${runtime}`,
      async () => {
        const running = await startRuntime(runtime, 'store', variables(client))
        return { store: remoteStore(() => running.url), close: () => running.close() }
      },
      { getMany: true, touch: true, lock: true },
    )
  }
}
