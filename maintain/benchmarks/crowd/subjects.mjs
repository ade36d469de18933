import { startChild } from '../child.mjs'
import { copySessions, signInUsers } from '../guard/sessions.mjs'
import { CROWD, RETURNING_USERS } from '../guard/settings.mjs'
import { originOf } from '../guard/stage.mjs'
import { createVisitor, rawNavigation } from '../guard/visitor.mjs'
import { redisStore } from '../../../packages/identity-web/dist/stores/redis.js'

const BASE = 'bare Express, same cookie bytes'

/**
 * Starts every server with the requests of its users.
 *
 * The cost of the peers does not depend on the number of users, because they decrypt or read each session for each
 * request. So a few hundred users are sufficient there.
 */
export async function startCrowd(stage, redis) {
  const { realistic, setup, session, crowd, cookies } = stage
  const subjects = []
  const add = async (name, server, cookiesOf, options) => {
    const running = await startServer(stage, server, options)
    const all = await cookiesOf(running)
    const requests = all.map((cookie) => rawNavigation('/', cookie))
    subjects.push({ name, ...running, requests, cookieCharacters: all[0].length })
  }
  const ours = new URL('servers/identity-web.mjs', import.meta.url)
  const store = redisStore(redis.client)
  const stored = await copySessions(session, setup, { count: CROWD, store })
  const signInHere = (running) =>
    signInUsers(realistic, originOf(running), { users: RETURNING_USERS })

  await add(BASE, 'bare', () => crowd)
  await add(`${BASE}, again`, 'bare', () => crowd)
  await add('bare Express, an id of 54 bytes', 'bare', () => stored)
  await add(`identity-web, ${cookies.length} users`, ours, () => cookies)
  await add(`identity-web, ${CROWD} users`, ours, () => crowd)
  await add(`identity-web, ${CROWD} users, a cache for all of them`, ours, () => crowd, {
    cacheEntries: CROWD,
  })
  await add(`identity-web, ${CROWD} users, in memory`, ours, ({ ready }) => ready.cookies, {
    keptIn: 'memory',
    create: { count: CROWD, session },
  })
  await add(`identity-web, ${CROWD} users, in Redis`, ours, () => stored, { keptIn: redis.url })
  await add(`identity-web, ${CROWD} users, in Redis, a cache for all`, ours, () => stored, {
    keptIn: redis.url,
    cacheEntries: CROWD,
  })
  await add('express-openid-connect', 'express-openid-connect', signInHere)
  await add('express-openid-connect, in Redis', 'express-openid-connect', signInHere, {
    keptIn: redis.url,
  })
  await add('express-session, in Redis', 'express-session', startSessions, { keptIn: redis.url })
  return subjects
}

function startServer({ start, setup }, server, options) {
  return typeof server === 'string'
    ? start(server, options)
    : startChild(server, { ...setup, ...options })
}

async function startSessions(running) {
  const ids = []
  for (let user = 0; user < RETURNING_USERS; user++) {
    const visitor = createVisitor(originOf(running))
    await visitor.navigate('/sign-in')
    ids.push(visitor.cookieHeader)
  }
  return ids
}
