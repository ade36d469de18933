import { redisStore } from '../../packages/identity-web/dist/stores/redis.js'
import { authJsSessions, copySessions, oidcAuthSessions, signInUsers } from './sessions.mjs'
import { CROWD, RETURNING_USERS } from './settings.mjs'
import { originOf, TOKEN_PAGES } from './stage.mjs'
import { createVisitor, rawNavigation } from './visitor.mjs'

/** The base of all ratios: a server that receives the same cookies, but does not read them. */
export const BASE = 'bare Express, same cookie bytes'
export const GUARD = 'identity-web'
export const TOKEN = 'identity-web, with an access token'
export const STORED_GUARD = 'identity-web, in memory'

/** Starts every server with sessions in cookies, each with the requests that its signed-in users send. */
export async function startSubjects({ start, realistic, setup, cookies, crowd }) {
  const subjects = []
  const add = adder(start, subjects)
  await add('bare Express, no cookies', 'bare', () => [''])
  await add(BASE, 'bare', () => cookies)
  await add(GUARD, 'identity-web', () => cookies)
  await add(`identity-web, ${crowd.length} users`, 'identity-web', () => crowd)
  await add(TOKEN, 'identity-web', () => cookies, { path: '/token/0' })
  await add('express-openid-connect', 'express-openid-connect', (origin) =>
    signInUsers(realistic, origin, { users: RETURNING_USERS }),
  )
  await add('@auth/express', 'auth-express', () => authJsSessions(setup.claims, RETURNING_USERS))
  await add('express-session, in memory', 'express-session', sessionIds, { keptIn: 'memory' })
  return subjects
}

/** Starts every server with sessions in a store: in the memory of the server, and in Redis. */
export async function startStoredSubjects({ start, realistic, setup, session }, redis) {
  const subjects = []
  const add = adder(start, subjects)
  const signInHere = (origin) => signInUsers(realistic, origin, { users: RETURNING_USERS })
  const signInToAll = (origin) =>
    signInUsers(realistic, origin, { users: RETURNING_USERS, thenVisit: TOKEN_PAGES })
  const stores = [
    ['in memory', 'memory'],
    ['in Redis', redis.url],
  ]
  for (const [where, keptIn] of stores) {
    let cookies = []
    await add(
      `identity-web, ${where}`,
      'identity-web',
      async (origin) => {
        cookies = await signInToAll(origin)
        return cookies
      },
      { keptIn },
    )
    if (keptIn === 'memory') await add(BASE, 'bare', () => cookies)
    await add(`express-openid-connect, ${where}`, 'express-openid-connect', signInHere, { keptIn })
    await add(`express-session, ${where}`, 'express-session', sessionIds, { keptIn })
  }
  const store = redisStore(redis.client)
  await add(
    `identity-web, in Redis, ${CROWD} users`,
    'identity-web',
    () => copySessions(session, setup, { count: CROWD, store }),
    { keptIn: redis.url },
  )
  return subjects
}

const frameworkBase = (framework) => `${framework}: bare, same cookie bytes`

/** Starts the guard on frameworks whose bare request costs a tenth of Express, so every microsecond is visible. */
export async function startFrameworkSubjects({ start, realistic, setup, cookies }) {
  const subjects = []
  const add = adder(start, subjects)
  const signInHere = (origin) => signInUsers(realistic, origin, { users: RETURNING_USERS })
  for (const [framework, server] of [
    ['Fastify', 'fastify'],
    ['Hono', 'hono'],
  ]) {
    const base = frameworkBase(framework)
    await add(base, `${server}-bare`, () => cookies, { base })
    await add(`${framework}: identity-web`, `${server}-identity-web`, () => cookies, { base })
    await add(
      `${framework}: identity-web, stored in memory`,
      `${server}-identity-web`,
      signInHere,
      {
        base,
        keptIn: 'memory',
      },
    )
  }
  const fastify = { base: frameworkBase('Fastify') }
  await add('Fastify: @fastify/secure-session', 'fastify-secure-session', sessionIds, fastify)
  await add('Fastify: @fastify/session, in memory', 'fastify-session', sessionIds, fastify)
  await add(
    'Hono: @hono/oidc-auth',
    'hono-oidc-auth',
    () => oidcAuthSessions(setup.claims, RETURNING_USERS),
    { base: frameworkBase('Hono') },
  )
  return subjects
}

function adder(start, subjects) {
  return async (name, server, cookiesOf, { path = '/', keptIn, base = BASE } = {}) => {
    const running = await start(server, { keptIn })
    const all = await cookiesOf(originOf(running))
    const requests = all.map((cookie) => rawNavigation(path, cookie))
    subjects.push({ name, base, ...running, requests, cookieCharacters: all[0]?.length ?? 0 })
  }
}

async function sessionIds(origin) {
  const ids = []
  for (let user = 0; user < RETURNING_USERS; user++) {
    const visitor = createVisitor(origin)
    await visitor.navigate('/sign-in')
    ids.push(visitor.cookieHeader)
  }
  return ids
}
