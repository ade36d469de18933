import { signInUsers } from '../guard/sessions.mjs'
import { originOf } from '../guard/stage.mjs'
import { createVisitor } from '../guard/visitor.mjs'

/** Seconds after which the tokens of all sessions have expired. */
const EXPIRY = 3700

/** Measures the CPU time of the server and of Redis for a sign-in, a request, and a request with a refresh. */
export async function measureActions({ realistic, start, users }, { url, client }) {
  const server = await start('identity-web', { keptIn: url, movesClock: true })
  const origin = originOf(server)
  let cookies
  const first = realistic.nextUser() + 1
  const visit = async (path) => {
    for (const [index, header] of cookies.entries()) {
      // The ID token of a refresh belongs to this user.
      realistic.toUser(first + index)
      const { status } = await createVisitor(origin, { cookies: header }).navigate(path)
      if (status !== 200) throw new Error(`${path} returned ${status}.`)
    }
  }
  const actions = {
    'a sign-in': async () => (cookies = await signInUsers(realistic, origin, { users })),
    'the first request of a session in a process': () => visit('/'),
    'a request': () => visit('/'),
    'a request with a refresh': async () => {
      realistic.provider.behave({ clockOffsetSeconds: EXPIRY })
      await server.ask({ kind: 'later', seconds: EXPIRY })
      await visit('/token/0')
    },
  }
  const rows = []
  try {
    for (const [what, act] of Object.entries(actions)) {
      await client.configResetStat()
      const before = [await server.ask({ kind: 'cpu' }), await cpuOf(client)]
      await act()
      const after = [await server.ask({ kind: 'cpu' }), await cpuOf(client)]
      const [own, redis] = after.map((time, index) => (time - before[index]) / users)
      const commands = await commandsOf(client, users)
      rows.push({
        what: `Redis, CPU: ${what}`,
        figure: `${own.toFixed(0)} µs, ${redis.toFixed(0)} µs in Redis for ${commands}`,
      })
    }
    return rows
  } finally {
    realistic.provider.behave({ clockOffsetSeconds: 0 })
    await server.stop()
  }
}

/** Returns the commands of one user. Those in scripts (`EVAL`) count too. */
async function commandsOf(client, users) {
  const stats = await client.info('commandstats')
  return [...stats.matchAll(/cmdstat_([a-z]+):calls=(\d+)/g)]
    .map(([, name, calls]) => [name.toUpperCase(), Math.round(calls / users)])
    .filter(([name, calls]) => name !== 'INFO' && calls > 0)
    .map(([name, calls]) => `${calls} ${name}`)
    .join(', ')
}

/** Returns the CPU time of Redis in microseconds. */
async function cpuOf(client) {
  const cpu = await client.info('cpu')
  return ['user', 'sys']
    .map((kind) => Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(cpu)[1]) * 1e6)
    .reduce((sum, one) => sum + one)
}
