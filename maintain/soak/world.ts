import { randomUUID } from 'node:crypto'
import {
  defaultConfig,
  startDevProvider,
  type DevProvider,
  type UserConfig,
} from 'identity-web-dev'
import { startFleet, type Fleet } from '../../packages/identity-web/test/support/fleet.ts'
import { startRedisPair, type RedisPair } from './redis-pair.ts'

/** A web application on two processes. */
export interface SoakSite {
  /** Where it keeps its sessions. */
  readonly name: string
  readonly fleet: Fleet
  /** Returns the origin of one of its processes. */
  origin(): string
}

/** Everything that runs during a soak. */
export interface World {
  readonly redis: RedisPair
  readonly provider: DevProvider
  readonly users: readonly UserConfig[]
  readonly sites: readonly SoakSite[]
  close(): Promise<void>
}

/**
 * Starts Redis, the provider and two sites with two processes each. One site keeps its sessions in Redis through
 * node-redis. The other one keeps them in cookies, and its deny-list in Redis through ioredis.
 */
export async function startWorld(users: number): Promise<World> {
  const accounts = Array.from({ length: users }, (_, number) => toUser(number))
  const [redis, provider] = await Promise.all([
    startRedisPair(),
    startDevProvider({
      config: { users: accounts },
      // Sessions refresh their access token every half minute, and themselves every minute.
      behaviour: { consent: 'skip', accessTokenSeconds: 30, idTokenSeconds: 60 },
    }),
  ])
  const { api } = provider
  const shared = {
    provider,
    processes: 2,
    api: { authority: provider.authority(), clientId: api.clientId, audience: api.idUri },
  }
  const [stored, inCookies] = await Promise.all([
    startFleet({ ...shared, store: redis.address('node-redis') }),
    startFleet({ ...shared, denyList: redis.address('ioredis') }),
  ])
  const sites = [toSite('store', stored), toSite('cookies and deny-list', inCookies)]
  return {
    redis,
    provider,
    users: accounts,
    sites,
    async close() {
      await Promise.all(sites.map(({ fleet }) => fleet.close()))
      await Promise.all([provider.close(), redis.close()])
    },
  }
}

function toSite(name: string, fleet: Fleet): SoakSite {
  return {
    name,
    fleet,
    origin() {
      const { processes } = fleet
      return processes[Math.floor(Math.random() * processes.length)]?.origin ?? fleet.origin
    },
  }
}

function toUser(number: number): UserConfig {
  return {
    username: `user${number}@contoso.onmicrosoft.com`,
    name: `User ${number}`,
    givenName: `User${number}`,
    surname: String(number),
    oid: randomUUID(),
    tenant: String(defaultConfig.tenants[0]?.id),
  }
}
