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
    let ids = []
    const signInAsIds = async (origin) => (ids = await signInHere(origin))
    await add(base, `${server}-bare`, () => cookies, { base })
    await add(name('identity-web'), `${server}-identity-web`, () => cookies, { base })
    await add(name('probe, opened cookies'), `${server}-probe-cookie`, () => cookies, { base })
    const stored = { base: `${framework}: bare, cookie of an ID`, keptIn: 'memory' }
    await add(name('identity-web, stored in memory'), `${server}-identity-web`, signInAsIds, stored)
    await add(stored.base, `${server}-bare`, () => ids, stored)
    await add(name('probe, IDs in a map'), `${server}-probe-store`, sessionsOfProbe, stored)
    if (framework !== 'Hono') continue
    const handler = `${server}-handler-probe`
    await add(name('probe of a handler, opened cookies'), `${handler}-cookie`, () => cookies, {
      base,
    })
    await add(name('probe of a handler, IDs in a map'), `${handler}-store`, sessionsOfProbe, stored)
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
