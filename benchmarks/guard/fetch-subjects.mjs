import { signInUsers } from './sessions.mjs'
import { RETURNING_USERS } from './settings.mjs'
import { createVisitor } from './visitor.mjs'

/** Adds the servers of `Request` and `Response`: Hono on Node.js, and the same server without a framework. */
export async function addFetchSubjects(add, { realistic, cookies }) {
  const signInHere = (origin) => signInUsers(realistic, origin, { users: RETURNING_USERS })
  for (const [framework, server] of [
    ['Hono', 'hono'],
    ['fetch', 'fetch'],
  ]) {
    const base = `${framework}: bare, same cookie bytes`
    const name = (what) => `${framework}: ${what}`
    await add(base, `${server}-bare`, () => cookies, { base })
    await add(name('identity-web'), `${server}-identity-web`, () => cookies, { base })
    await add(name('probe, opened cookies'), `${server}-probe-cookie`, () => cookies, { base })
    await add(name('identity-web, stored in memory'), `${server}-identity-web`, signInHere, {
      base,
      keptIn: 'memory',
    })
    await add(name('probe, IDs in a map'), `${server}-probe-store`, sessionsOfProbe, { base })
  }
}

/** The probe starts a session for every visitor. */
async function sessionsOfProbe(origin) {
  const sessions = []
  for (let user = 0; user < RETURNING_USERS; user++) {
    const visitor = createVisitor(origin)
    await visitor.navigate('/')
    sessions.push(visitor.cookieHeader)
  }
  return sessions
}
