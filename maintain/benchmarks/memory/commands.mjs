import { startSite } from '../refresh-storm/site.mjs'

const USERS = 200
/** Commands of the client and of this measurement. */
const OTHERS = new Set(['INFO', 'CONFIG|RESETSTAT', 'HELLO', 'CLIENT|SETINFO', 'SELECT'])

/**
 * Counts the commands of Redis for each action, and measures the CPU time of Redis. The commands in scripts (`EVAL`) count
 * too.
 */
export async function measureCommands() {
  let cpuBefore = 0
  const site = await startSite('identity-web', {
    users: USERS,
    processes: 1,
    beforeSignIn: async (redis) => (cpuBefore = await cpuOf(redis)),
  })
  const { redis } = site
  const rows = []
  const add = async (what, act) => {
    await redis.command('CONFIG RESETSTAT')
    const before = await cpuOf(redis)
    await act()
    rows.push(await describe(redis, what, before))
  }
  const visit = (path) => () => site.visitAll(path)
  try {
    rows.push(await describe(redis, 'a sign-in', cpuBefore))
    await add('the first request of a session in a process, with a token', visit('/'))
    await add('a request with a token', visit('/'))
    await add('a request', visit('/page'))
    rows.push(toCpuRow('a sign-in', site.signInCpu))
    let refreshes
    await add('a request with a refresh', async () => (refreshes = await site.storm({})))
    rows.push(toCpuRow('a request with a refresh', refreshes.cpu / refreshes.requests))
    await add('a sign-out', visit('/logout'))
  } finally {
    await site.close()
  }
  return rows
}

async function describe(redis, what, cpuBefore) {
  const cpu = ((await cpuOf(redis)) - cpuBefore) / USERS
  const stats = await redis.command('INFO commandstats')
  const commands = [...stats.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)]
    .map(([, name, calls]) => [name.toUpperCase(), Number((calls / USERS).toFixed(1))])
    .filter(([name, calls]) => !OTHERS.has(name) && calls > 0)
    .map(([name, calls]) => `${calls} ${name}`)
  return {
    what: `memory: Redis, commands of ${what}`,
    figure: `${commands.join(', ')}; ${cpu.toFixed(0)} µs of CPU`,
  }
}

function toCpuRow(what, microseconds) {
  return {
    what: `memory: server, CPU of ${what}`,
    figure: `${(microseconds / 1000).toFixed(2)} ms`,
  }
}

/** Returns the CPU time of Redis in microseconds. */
async function cpuOf(redis) {
  const cpu = await redis.command('INFO cpu')
  return ['user', 'sys']
    .map((kind) => Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(cpu)[1]) * 1e6)
    .reduce((sum, one) => sum + one)
}
