import { Agent } from 'node:http'
import { startChild } from '../child.mjs'
import { OTHER_SCOPES, SIGN_IN_SCOPE } from '../guard/realistic-provider.mjs'
import { startRedis } from '../redis.mjs'
import { describeMemory, TELLS_MEMORY } from '../server/memory.mjs'
import { createUser } from './user.mjs'

/** The users of each site: more than the caches of sessions and refreshed tokens can contain. */
const USERS = 2500
/** The users of each site who are active at the same time. */
const BUSY = 16
/** The share of sign-ins in the actions of users. */
const COMING = 0.15
/** The idle time in seconds. It is short, so that sessions are written again, but they do not expire. */
const IDLE = 150
const SHOWN_ERRORS = 5

/** Runs two sites with thousands of users for the given time, one with sessions in Redis and one in cookies. */
export async function measureSoak({ seconds }) {
  const redis = await startRedis()
  try {
    const sites = await Promise.all([
      soak('in Redis', seconds, redis.url),
      soak('in cookies', seconds),
    ])
    return sites.flat()
  } finally {
    await redis.stop()
  }
}

async function soak(name, seconds, keptIn) {
  const provider = await startChild(new URL('provider.mjs', import.meta.url), { users: USERS })
  const { authority, app, users: accounts } = provider.ready
  const server = await startChild(
    new URL('../guard/servers/identity-web.mjs', import.meta.url),
    { authority, app, signInScope: SIGN_IN_SCOPE, otherScopes: OTHER_SCOPES, keptIn, idle: IDLE },
    { execArgv: TELLS_MEMORY },
  )
  const agent = new Agent({ keepAlive: true })
  const counts = { requests: 0, signIns: 0, signOuts: 0, errors: [] }
  const origin = `http://127.0.0.1:${server.ready.port}`
  const site = { origin, agent, counts, remembersEnds: keptIn !== undefined }
  const users = accounts.map((account) => createUser(account, { site, provider: provider.ready }))

  const memory = [await server.ask({ kind: 'memory' })]
  for (let half = 0; half < 2; half++) {
    await keepBusy(users, counts, seconds / 2)
    memory.push(await server.ask({ kind: 'memory' }))
  }
  const refreshes = await provider.ask({ kind: 'refreshes' })
  agent.destroy()
  await Promise.all([server.stop(), provider.stop()])
  return report(name, { ...counts, refreshes, memory, seconds })
}

/** Runs many users at the same time. Each step picks a free user, and sometimes a new one. */
async function keepBusy(users, counts, seconds) {
  const end = performance.now() + seconds * 1000
  const here = users.filter(({ isSignedIn }) => isSignedIn)
  const away = users.filter(({ isSignedIn }) => !isSignedIn)
  const work = async () => {
    while (performance.now() < end) {
      const comes = here.length === 0 || (away.length > 0 && Math.random() < COMING)
      const user = takeOne(comes ? away : here)
      try {
        await (comes ? user.signIn() : user.act())
      } catch (error) {
        counts.errors.push(error)
        user.giveUp()
      }
      ;(user.isSignedIn ? here : away).push(user)
    }
  }
  await Promise.all(Array.from({ length: BUSY }, work))
}

function takeOne(list) {
  const [one] = list.splice(Math.floor(Math.random() * list.length), 1)
  return one
}

function report(name, { requests, signIns, refreshes, signOuts, errors, memory, seconds }) {
  for (const error of errors.slice(0, SHOWN_ERRORS)) console.error(`${name}: ${error.stack}`)
  const row = (what, figure, rest) => ({ what: `soak, sessions ${name}: ${what}`, figure, ...rest })
  return [
    row('requests', `${requests}, ${(requests / seconds).toFixed(0)} per second`),
    row('sign-ins, refreshes, sign-outs', [signIns, refreshes, signOuts].join(', ')),
    // One error is too many, even in a short run.
    row('errors', String(errors.length), { budget: '0', pass: errors.length === 0, isExact: true }),
    row('server at start, middle, end', describeMemory(memory)),
  ]
}
