import type { Fault as ProviderFault } from 'identity-web-dev'
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
  {
    name: 'Redis is killed',
    losesData: false,
    async start({ redis }) {
      const master = await redis.master()
      await master.stop('SIGKILL')
      return async () => {
        await master.start()
        await redis.waitForReplica()
      }
    },
  },
  {
    name: 'Redis is frozen',
    losesData: false,
    async start({ redis }) {
      const master = await redis.master()
      master.pause()
      return async () => master.resume()
    },
  },
  {
    name: 'Redis is flushed',
    losesData: true,
    isInstant: true,
    async start({ redis }) {
      await (await redis.master()).command('FLUSHALL')
      return nothing
    },
  },
  {
    name: 'the network drops all packets to Redis',
    losesData: false,
    async start({ redis }) {
      await redis.connectApplication('silent')
      return () => redis.connectApplication('open')
    },
  },
  {
    name: 'the network rejects connections to Redis',
    losesData: false,
    async start({ redis }) {
      await redis.connectApplication('closed')
      return () => redis.connectApplication('open')
    },
  },
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
  {
    name: 'failover: the master is killed',
    losesData: false,
    async start({ redis }) {
      const before = await redis.master()
      await redis.setFailover(true)
      await before.stop('SIGKILL')
      return async () => {
        await redis.waitForOtherMaster(before)
        await before.start()
        await redis.waitForReplica()
        await redis.setFailover(false)
      }
    },
  },
  {
    name: 'failover: the master is frozen, and returns',
    losesData: false,
    async start({ redis }) {
      const before = await redis.master()
      await redis.setFailover(true)
      before.pause()
      return async () => {
        await redis.waitForOtherMaster(before)
        before.resume()
        await redis.waitForReplica()
        await redis.setFailover(false)
      }
    },
  },
  providerFault('the provider returns 503', { kind: 'status', status: 503, retryAfter: '2' }),
  providerFault('the provider returns 500 as HTML', { kind: 'html', status: 500 }),
  providerFault('the provider hangs, and has new keys', { kind: 'hang' }, async ({ provider }) =>
    provider.rollKeys(),
  ),
  {
    name: 'the provider adds a key',
    losesData: false,
    isInstant: true,
    async start({ provider }) {
      await provider.rollKeys()
      return nothing
    },
  },
  {
    name: 'the provider replaces all keys',
    losesData: false,
    isInstant: true,
    async start({ provider }) {
      await provider.rollKeys({ keepOld: false })
      return nothing
    },
  },
]

/** A failure of the endpoints that servers call. Browsers still reach the sign-in page. */
function providerFault(
  name: string,
  fault: ProviderFault,
  also: (world: World) => Promise<void> = nothing,
): SoakFault {
  return {
    name,
    losesData: false,
    async start(world) {
      await also(world)
      world.provider.behave({ faults: { metadata: fault, keys: fault, token: fault } })
      return async () => world.provider.behave({ faults: {} })
    },
  }
}
