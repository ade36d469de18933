import { startChild } from '../child.mjs'
import { OTHER_SCOPES, SIGN_IN_SCOPE, startRealisticProvider } from './realistic-provider.mjs'
import { copySessions, openSession, signInUsers } from './sessions.mjs'
import { CROWD, RETURNING_USERS } from './settings.mjs'
import { createRecorder } from './store.mjs'

/** The first visit of these pages adds the other access tokens to a session. */
const TOKEN_PAGES = OTHER_SCOPES.map((_, index) => `/token/${index + 1}`)

/**
 * Prepares all measurements: a provider, and users who are signed in to an application of ours.
 *
 * @param users - The number of returning users.
 * @param crowd - The number of users who do not fit into the cache of decrypted sessions.
 * @returns Among others:
 *   - `cookies`: the `Cookie` headers of the returning users, with sessions in cookies.
 *   - `ids` and `records`: their headers with sessions in a store, and the contents of this store. A server starts with
 *     these records, so nobody signs in at the process that is measured. Its heap then has the same history as that of
 *     a bare server.
 *   - `crowd`: the headers of the crowd, with sessions in cookies.
 */
export async function setStage({ users = RETURNING_USERS, crowd = CROWD } = {}) {
  const realistic = await startRealisticProvider()
  const { provider } = realistic
  const setup = {
    authority: provider.authority(),
    app: provider.app,
    signInScope: SIGN_IN_SCOPE,
    otherScopes: OTHER_SCOPES,
  }
  /** Runs a server of this folder. */
  const start = (name, { execArgv, ...more } = {}) =>
    startChild(new URL(`servers/${name}.mjs`, import.meta.url), { ...setup, ...more }, { execArgv })

  const site = await start('identity-web')
  const cookies = await signInUsers(realistic, originOf(site), {
    users,
    thenVisit: TOKEN_PAGES,
  })
  await site.stop()
  const session = await openSession(cookies[0], setup)
  setup.claims = session.session.claims
  assertRealistic(session)
  const recorder = createRecorder()
  const ids = await copySessions(session, setup, { count: users, store: recorder })
  return {
    realistic,
    setup,
    start,
    users,
    cookies,
    ids,
    records: recorder.takeRecords(),
    crowd: await copySessions(session, setup, { count: crowd }),
    session,
    close: () => provider.close(),
  }
}

export function originOf({ ready: { port } }) {
  return `http://127.0.0.1:${port}`
}

// The budgets apply to this session. A smaller one, after a change of the provider, would make us look faster.
function assertRealistic({ session, tokens }) {
  const claims = Object.keys(session.claims).length
  const found = `${claims} claims, ${session.claims.groups.length} groups, ${tokens.access.length} access tokens`
  if (found !== '26 claims, 20 groups, 3 access tokens')
    throw new Error(`The session has ${found}.`)
}
