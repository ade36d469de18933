import { tsImport } from 'tsx/esm/api'
import { startChild } from '../child.mjs'
import { signInAll, storm, visit } from './client.mjs'
import { EXPIRY } from './settings.mjs'

const support = '../../../packages/identity-web/test/support/redis-server.ts'
const { startRedisServer } = await tsImport(support, import.meta.url)

/**
 * Starts a provider, a Redis that keeps its data, and two servers of one site. Signs all users in.
 *
 * @param server - The name of a file in `servers/`.
 * @param beforeSignIn - Called with Redis before the first sign-in.
 * @param usesRedis - Whether sessions are in Redis. Without it, they are in cookies.
 */
export async function startSite(server, options) {
  const { users, usesRedis = true, processes = 2, beforeSignIn } = options
  const provider = await startChild(new URL('provider.mjs', import.meta.url), { users })
  const redis = usesRedis ? await startRedisServer({ appendonly: true }) : undefined
  const setup = { ...provider.ready, users: undefined, redisUrl: redis?.url }
  const module = new URL(`servers/${server}.mjs`, import.meta.url)
  const servers = await Promise.all(
    Array.from({ length: processes }, () => startChild(module, setup)),
  )
  const ports = servers.map(({ ready }) => ready.port)
  await beforeSignIn?.(redis)
  const askAll = (message) => Promise.all(servers.map(({ ask }) => ask(message)))
  const cpu = async () => (await askAll({ kind: 'cpu' })).reduce((sum, one) => sum + one, 0)

  const cpuBefore = await cpu()
  const cookies = await signInAll(ports[0], provider.ready)
  const signInCpu = ((await cpu()) - cpuBefore) / users
  const names = provider.ready.users.map(({ name }) => name)
  let elapsed = 0

  return {
    redis,
    /** The CPU time of the servers for one sign-in, in microseconds. */
    signInCpu,
    behave: (behaviour) => provider.ask({ kind: 'behave', behaviour }),

    /** Lets the tokens of all users expire. Sends `times` requests of each user at once, in turn to each server. */
    async storm({ users: count = users, times = ports.length, repeats }) {
      elapsed += EXPIRY
      await askAll({ kind: 'advance', seconds: EXPIRY })
      await provider.ask({ kind: 'behave', behaviour: { clockOffsetSeconds: elapsed } })
      await Promise.all([provider.ask({ kind: 'count' }), askAll({ kind: 'events' })])
      const visits = Array.from({ length: times }, (_, time) =>
        cookies.slice(0, count).map((cookie, index) => ({
          cookie,
          port: ports[time % ports.length],
          name: names[index],
        })),
      ).flat()
      const before = await cpu()
      const result = await storm(visits, { repeats })
      return {
        ...result,
        requests: visits.length,
        cpu: (await cpu()) - before,
        provider: await provider.ask({ kind: 'count' }),
        events: addUp(await askAll({ kind: 'events' })),
      }
    },

    /** Sends one request of each user to the first server, a few at a time. */
    visitAll: (path) => visit(ports[0], path, cookies),

    async close() {
      await Promise.all(servers.map((running) => running.stop()))
      await provider.stop()
      await redis?.close()
    },
  }
}

function addUp(counts) {
  const total = {}
  for (const [name, times] of counts.flatMap(Object.entries)) {
    total[name] = (total[name] ?? 0) + times
  }
  return total
}
