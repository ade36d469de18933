import type { StoreAddress } from '../support/fleet-messages.ts'
import { startFleet, type Fleet } from '../support/fleet.ts'
import { describe, expect, test as base } from '../support/server-fixtures.ts'
import { signIn } from '../support/site.ts'

/** The stores of the fleets. */
type Kind = StoreAddress['kind'] | 'PgBouncer'

const test = base.extend(
  'fleetOf',
  { scope: 'file' },
  ({ fileProvider: { provider }, redis, postgres, pgbouncer }, { onCleanup }) => {
    const fleets = new Map<Kind, Promise<Fleet>>()
    onCleanup(async () => {
      for (const fleet of fleets.values()) await (await fleet).close()
    })
    const stores: Record<Kind, StoreAddress> = {
      'node-redis': { kind: 'node-redis', url: redis.url },
      ioredis: { kind: 'ioredis', url: redis.url },
      postgres: { kind: 'postgres', url: postgres.url },
      PgBouncer: { kind: 'postgres', url: pgbouncer.url },
      'keyv-postgres': { kind: 'keyv-postgres', url: postgres.url },
    }
    return (kind: Kind): Promise<Fleet> => {
      const fleet = fleets.get(kind) ?? startFleet({ provider, processes: 2, store: stores[kind] })
      fleets.set(kind, fleet)
      return fleet
    }
  },
)

describe.each(['node-redis', 'ioredis', 'postgres', 'PgBouncer', 'keyv-postgres'] as const)(
  'two processes with sessions in %s',
  (kind) => {
    test('recognize a user in each process, and call an API for them', async ({
      fleetOf,
      provider,
    }) => {
      const fleet = await fleetOf(kind)
      const browser = await signIn(fleet, provider, { path: '/me' })

      const responses = await Promise.all(
        Array.from({ length: 4 }, () => browser.navigate(`${fleet.origin}/me`)),
      )

      expect(responses.map(({ status }) => status)).toEqual(Array<number>(4).fill(200))
      expect(new Set(responses.map(({ headers }) => headers['x-process'])).size).toBe(2)
      expect(fleet.faults).toEqual([])
    })

    test('still recognize the user after all processes were killed and restarted', async ({
      fleetOf,
      provider,
    }) => {
      const fleet = await fleetOf(kind)
      const browser = await signIn(fleet, provider)

      await Promise.all(fleet.processes.map((process) => process.restart()))

      expect((await browser.navigate(`${fleet.origin}/`)).status).toBe(200)
      expect(fleet.faults).toEqual([])
    })
  },
)
