import type { Fault as ProviderFault } from 'identity-web-dev'
import type { RedisServer } from '../../packages/identity-web/test/support/redis-server.ts'
import type { World } from './world.ts'

/** Something that breaks while the users work. */
export interface SoakFault {
  readonly name: string
  /** Whether users may have to sign in again, because Redis can lose data. */
  readonly losesData: boolean
  /** Whether there is nothing to repair. */
  readonly isInstant?: true
  /** Breaks it. Returns a function that repairs it. */
  start(world: World): Promise<() => Promise<void>>
}

const nothing = async (): Promise<void> => undefined

/** The faults in their order. Each one ends before the next one starts. */
export const FAULTS: readonly SoakFault[] = [
  fault('Redis is killed', async ({ redis }) => {
    const master = await redis.master()
    await master.stop('SIGKILL')
    return async () => {
      await master.start()
      await redis.waitForReplica()
    }
  }),
  fault('Redis is frozen', async ({ redis }) => {
    const master = await redis.master()
    master.pause()
    return async () => master.resume()
  }),
  {
    ...instant('Redis is flushed', async ({ redis }) => (await redis.master()).command('FLUSHALL')),
    losesData: true,
  },
  network('the network drops all packets to Redis', 'silent'),
  network('the network rejects connections to Redis', 'closed'),
  {
    name: 'failover: planned',
    losesData: false,
    isInstant: true,
    async start({ redis }) {
      const before = await redis.master()
      await redis.promote()
      await redis.waitForOtherMaster(before)
      return () => redis.waitForReplica()
    },
  },
  failover('failover: the master is killed', {
    end: (master) => master.stop('SIGKILL'),
    begin: (master) => master.start(),
  }),
  failover('failover: the master is frozen, and returns', {
    end: (master) => master.pause(),
    begin: (master) => master.resume(),
  }),
  providerFault('the provider returns 503', { kind: 'status', status: 503, retryAfter: '2' }),
  providerFault('the provider returns 500 as HTML', { kind: 'html', status: 500 }),
  providerFault('the provider hangs, and has new keys', { kind: 'hang' }, async ({ provider }) =>
    provider.rollKeys(),
  ),
  instant('the provider adds a key', ({ provider }) => provider.rollKeys()),
  instant('the provider replaces all keys', ({ provider }) =>
    provider.rollKeys({ keepOld: false }),
  ),
]

function fault(name: string, start: SoakFault['start']): SoakFault {
  return { name, losesData: false, start }
}

/** A fault without a repair. */
function instant(name: string, act: (world: World) => Promise<unknown>): SoakFault {
  return {
    name,
    losesData: false,
    isInstant: true,
    async start(world) {
      await act(world)
      return nothing
    },
  }
}

/** A network between the application and Redis that fails. */
function network(name: string, state: 'silent' | 'closed'): SoakFault {
  return fault(name, async ({ redis }) => {
    await redis.connectApplication(state)
    return () => redis.connectApplication('open')
  })
}

/** A master that ends, so that the replica takes its place, and that is the replica when it begins again. */
function failover(
  name: string,
  { end, begin }: Record<'end' | 'begin', (master: RedisServer) => Promise<void> | void>,
): SoakFault {
  return fault(name, async ({ redis }) => {
    const before = await redis.master()
    await redis.setFailover(true)
    await end(before)
    return async () => {
      await redis.waitForOtherMaster(before)
      await begin(before)
      await redis.waitForReplica()
      await redis.setFailover(false)
    }
  })
}

/** A failure of the endpoints that servers call. Browsers still reach the sign-in page. */
function providerFault(
  name: string,
  kind: ProviderFault,
  also: (world: World) => Promise<void> = nothing,
): SoakFault {
  return fault(name, async (world) => {
    await also(world)
    world.provider.behave({ faults: { metadata: kind, keys: kind, token: kind } })
    return async () => world.provider.behave({ faults: {} })
  })
}
