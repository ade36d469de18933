import { Agent } from 'node:http'
import { startChild } from '../child.mjs'
import { OTHER_SCOPES, SIGN_IN_SCOPE } from '../guard/realistic-provider.mjs'
import { startRedis } from '../redis.mjs'
import { describeMemory, TELLS_MEMORY } from '../server/memory.mjs'
import { createUser } from './user.mjs'

/** Of each site; more than the library remembers opened sessions and refreshed tokens of. */
const USERS = 2500
/** Users of each site who do something at the same moment. */
const BUSY = 16
/** How much of what users do is a sign-in. */
const COMING = 0.15
/** Seconds: short enough that sessions are touched meanwhile, long enough that none ends by itself. */
const IDLE = 150
const SHOWN_ERRORS = 5

/** Two sites, one with sessions in Redis and one in cookies, used by thousands for as long as is said. */
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

/** Many at a time, each doing one thing after the other: whoever is free, now and then somebody who comes. */
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
    // One is too many, however short the run.
    row('errors', String(errors.length), { budget: '0', pass: errors.length === 0, isExact: true }),
    row('server at start, middle, end', describeMemory(memory)),
  ]
}
