import { randomUUID } from 'node:crypto'
import { tsImport } from 'tsx/esm/api'
import { authOptions, SESSION_SECRET } from './settings.mjs'
import { createVisitor, signIn } from './visitor.mjs'

/** Runs real sign-ins with the development provider, each with another user. */
export async function signInUsers({ provider, nextUser }, origin, { users, thenVisit = [] }) {
  const cookies = []
  for (let user = 0; user < users; user++) {
    nextUser()
    const visitor = createVisitor(origin)
    await signIn(visitor, provider)
    for (const path of thenVisit) {
      const { status } = await visitor.navigate(path)
      if (status !== 200) throw new Error(`${path} returned ${status} after the sign-in.`)
    }
    cookies.push(visitor.cookieHeader)
  }
  return cookies
}

/** Starts sessions at a probe, which starts one for each visitor without one. */
export async function sessionIds(origin, { users }) {
  const ids = []
  for (let user = 0; user < users; user++) {
    const visitor = createVisitor(origin)
    await visitor.navigate('/')
    ids.push(visitor.cookieHeader)
  }
  return ids
}

/** Reads the contents of our cookies with the code of the library. */
export async function openSession(cookieHeader, setup) {
  const strategy = ourSessions(setup)
  const session = await strategy.read(cookieHeader)
  const { refreshToken, access, revision } = await strategy.readTokens(cookieHeader, session)
  return { session, tokens: { refreshToken, access, revision } }
}

/**
 * Creates thousands of sessions from the data of real sign-ins with the code of the library, because so many sign-ins
 * would take minutes. A server that rejects them returns a redirect, which ends the measurement.
 *
 * @param count - The number of sessions, each with another user.
 * @param from - The number of the first user.
 * @param store - The session store, as in `session.store`. Without it, sessions are in cookies.
 * @returns Their `Cookie` headers.
 */
export async function copySessions({ session, tokens }, setup, { count, store, from = 0 }) {
  const strategy = ourSessions(setup, store)
  const copies = []
  for (let index = from; index < from + count; index++) {
    const number = String(index).padStart(5, '0')
    const copy = {
      ...session,
      id: `${session.id.slice(0, -5)}${number}`,
      claims: {
        ...session.claims,
        sub: `${session.claims.sub.slice(0, -5)}${number}`,
        oid: randomUUID(),
        sid: randomUUID(),
      },
    }
    const cookies = await strategy.start('', copy, tokens)
    copies.push(toCookieHeader(cookies))
  }
  return copies
}

function toCookieHeader(setCookies) {
  return setCookies
    .filter((line) => !line.includes('Max-Age=0'))
    .map((line) => line.slice(0, line.indexOf(';')))
    .join('; ')
}

/** Creates session cookies of Auth.js: an encrypted JWT with the same claims, but without access tokens. */
export async function authJsSessions(claims, users) {
  // Only these sessions need the library.
  const { encode } = await import('@auth/core/jwt')
  const name = 'authjs.session-token'
  return Promise.all(
    Array.from({ length: users }, async (_, index) => {
      const token = { name: claims.name, email: claims.email, sub: `${claims.sub}${index}`, claims }
      return `${name}=${await encode({ token, secret: SESSION_SECRET, salt: name })}`
    }),
  )
}

// Imports internal modules, because the public API cannot create sessions without a sign-in.
const sources = '../../../packages/identity-web/src'
const { resolveOptions } = await tsImport(`${sources}/options/resolve-auth.ts`, import.meta.url)
const { createServices } = await tsImport(`${sources}/web/create-services.ts`, import.meta.url)

export function ourSessions(setup, store) {
  const { resolved } = resolveOptions(authOptions(setup, { store }), {})
  const events = { emit: () => undefined }
  return createServices(resolved, { events, variables: {} }).sessions
}
