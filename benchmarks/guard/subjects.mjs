import { authJsSessions, signInUsers } from './sessions.mjs'
import { RETURNING_USERS } from './settings.mjs'
import { originOf } from './stage.mjs'
import { createVisitor, rawNavigation } from './visitor.mjs'

/** The base of all ratios: what a server pays for the cookies that the browser sends, read or not. */
export const BASE = 'bare Express, same cookie bytes'
export const GUARD = 'identity-web'
export const TOKEN = 'identity-web, with an access token'

/** Starts every server, each with the requests that its signed-in users send. */
export async function startSubjects({ start, realistic, setup, cookies, crowd }) {
  const subjects = []
  const add = async (name, server, cookiesOf, path = '/') => {
    const running = await start(server)
    const all = await cookiesOf(originOf(running))
    const requests = all.map((cookie) => rawNavigation(path, cookie))
    subjects.push({ name, ...running, requests, cookieCharacters: all[0]?.length ?? 0 })
  }
  await add('bare Express, no cookies', 'bare', () => [''])
  await add(BASE, 'bare', () => cookies)
  await add(GUARD, 'identity-web', () => cookies)
  await add(`identity-web, ${crowd.length} users`, 'identity-web', () => crowd)
  await add(TOKEN, 'identity-web', () => cookies, '/token/0')
  await add('express-openid-connect', 'express-openid-connect', (origin) =>
    signInUsers(realistic, origin, { users: RETURNING_USERS }),
  )
  await add('@auth/express', 'auth-express', () => authJsSessions(setup.claims, RETURNING_USERS))
  await add('express-session, in memory', 'express-session', sessionIds)
  return subjects
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
