import type { Fleet, FleetOptions } from './fleet.ts'
import { test as base } from './fixtures.ts'
import { startPgBouncer } from './pgbouncer.ts'
import { startPostgresServer } from './postgres-server.ts'
import { startRedisServer, type RedisServerOptions } from './redis-server.ts'

/** Starts a fleet that is closed after the test. It uses the test's provider. */
export type OpenFleet = (options?: Omit<FleetOptions, 'provider'>) => Promise<Fleet>

/** Vitest's `test` with servers of databases, and with applications in several processes. */
export const test = base
  /** Options of `redis`. */
  .extend('redisOptions', { scope: 'file' }, async (): Promise<RedisServerOptions> => ({}))
  /** A Redis server. All tests of the file share it. */
  .extend('redis', { scope: 'file' }, async ({ redisOptions }, { onCleanup }) => {
    const redis = await startRedisServer(redisOptions)
    onCleanup(() => redis.close())
    return redis
  })
  /** A PostgreSQL server. All tests of the file share it. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('postgres', { scope: 'file' }, async ({}, { onCleanup }) => {
    const postgres = await startPostgresServer()
    onCleanup(() => postgres.close())
    return postgres
  })
  /** A PgBouncer in transaction mode in front of `postgres`. All tests of the file share it. */
  .extend('pgbouncer', { scope: 'file' }, async ({ postgres }, { onCleanup }) => {
    const pgbouncer = await startPgBouncer(postgres.port)
    onCleanup(() => pgbouncer.close())
    return pgbouncer
  })
  /** Starts an application in several processes. The test fails if a process ends by itself. */
  .extend('openFleet', ({ provider }, { onCleanup }): OpenFleet => {
    const fleets: Fleet[] = []
    onCleanup(async () => {
      await Promise.all(fleets.map((fleet) => fleet.close()))
      const faults = fleets.flatMap((fleet) => fleet.faults)
      if (faults.length > 0) throw new Error(`A process ended by itself: ${faults.join('; ')}`)
    })
    return async (options = {}) => {
      const { startFleet } = await import('./fleet.ts')
      const fleet = await startFleet({ provider, ...options })
      fleets.push(fleet)
      return fleet
    }
  })

export { describe, expect } from 'vitest'
