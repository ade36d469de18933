import { setTimeout as delay } from 'node:timers/promises'
import type { StoreAddress } from '../../packages/identity-web/test/support/fleet-messages.ts'
import {
  startRedisSentinel,
  startRedisServer,
  type RedisServer,
} from '../../packages/identity-web/test/support/redis-server.ts'
import {
  startTcpProxy,
  type ProxyState,
} from '../../packages/identity-web/test/support/tcp-proxy.ts'

/** The name of the master at the sentinel. */
const NAME = 'sessions'
/** Longer than any fault that must not cause a failover, in milliseconds. */
const NEVER = '600000'
/** Milliseconds after which the sentinel replaces a master, while failovers are on. */
const SOON = '1000'

/**
 * A Redis master with a replica and a sentinel. The application reaches all three through proxies, which can cut it off
 * while the sentinel still sees both servers.
 */
export interface RedisPair {
  address(kind: StoreAddress['kind']): StoreAddress
  /** Returns the present master. */
  master(): Promise<RedisServer>
  /** Sets whether the sentinel replaces a master that does not respond. */
  setFailover(isOn: boolean): Promise<void>
  /** Asks the sentinel to make the replica the master now. */
  promote(): Promise<void>
  /** Waits until the master is another server. */
  waitForOtherMaster(than: RedisServer): Promise<void>
  /** Waits until the other server is a replica and has all data. */
  waitForReplica(): Promise<void>
  /** Cuts the application off, or connects it again. */
  connectApplication(state: ProxyState): Promise<void>
  close(): Promise<void>
}

export async function startRedisPair(): Promise<RedisPair> {
  const options = {
    appendonly: true,
    settings: {
      'repl-diskless-sync-delay': '0',
      // A master without its replica must not confirm a sign-out. A failover would lose it.
      'min-replicas-to-write': '1',
      'min-replicas-max-lag': '2',
    },
  }
  const servers = await Promise.all([startRedisServer(options), startRedisServer(options)])
  const [first, second] = servers
  await second.command(`REPLICAOF 127.0.0.1 ${first.port}`)
  const sentinel = await startRedisSentinel(first, NAME, {
    'down-after-milliseconds': NEVER,
    'failover-timeout': '2000',
  })
  const programs = [...servers, sentinel]
  const proxies = await Promise.all(programs.map(({ port }) => startTcpProxy(port)))
  const nodes = Object.fromEntries(
    programs.map(({ port }, index) => [
      `127.0.0.1:${port}`,
      { host: '127.0.0.1', port: Number(proxies[index]?.port) },
    ]),
  )

  async function master(): Promise<RedisServer> {
    const reply = await sentinel.command(`SENTINEL GET-MASTER-ADDR-BY-NAME ${NAME}`)
    return reply.includes(String(second.port)) ? second : first
  }

  const pair: RedisPair = {
    address: (kind) => ({
      kind,
      url: `redis://127.0.0.1:${proxies[2]?.port}`,
      sentinel: { name: NAME, nodes },
    }),
    master,
    async setFailover(isOn) {
      await sentinel.command(`SENTINEL SET ${NAME} down-after-milliseconds ${isOn ? SOON : NEVER}`)
    },
    async promote() {
      await sentinel.command(`SENTINEL FAILOVER ${NAME}`)
    },
    waitForOtherMaster: (than) => until(async () => (await master()) !== than),
    waitForReplica: () =>
      until(async () => {
        const replication = await (await master()).command('INFO replication')
        const known = await sentinel.command(`SENTINEL REPLICAS ${NAME}`)
        return (
          replication.includes('state=online') &&
          known.includes('master-link-status\r\n$2\r\nok') &&
          !/[so]_down|disconnected/.test(known)
        )
      }),
    async connectApplication(state) {
      await Promise.all(proxies.map((proxy) => proxy.become(state)))
    },
    async close() {
      await Promise.all(proxies.map((proxy) => proxy.close()))
      await Promise.all(programs.map((program) => program.close()))
    },
  }
  await until(async () => {
    const known = await sentinel.command(`SENTINEL REPLICAS ${NAME}`)
    return known.includes('master-link-status')
  })
  await pair.waitForReplica()
  return pair
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 40_000
  while (!(await condition().catch(() => false))) {
    if (performance.now() > end) throw new Error('Redis did not reach the expected state.')
    await delay(100)
  }
}
