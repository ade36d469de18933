import { startChild } from '../child.mjs'
import { rawNavigation } from '../guard/visitor.mjs'
import { rawRequest } from '../server/load.mjs'
import { measureInstances, toFigures } from '../server/rounds.mjs'
import { createTokensOf } from './tokens.mjs'

const BARE = 'bare Express'

/** Measures `auth.orBearer(api)` on Express, for a session and for a bearer token, beside the two plain guards. */
export async function measureEither({ realistic, setup, cookies }, effort) {
  const { clientId, tokens } = await createTokensOf(realistic, setup.authority)
  const requestsOf = {
    session: (path) => cookies.map((cookie) => rawNavigation(path, cookie)),
    bearer: (path) => tokens.map((token) => rawRequest(path, { Authorization: `Bearer ${token}` })),
  }
  const subjects = Object.keys(requestsOf).flatMap((kind) =>
    [
      [BARE, '/bare'],
      [`${BARE}, again`, '/bare'],
      [kind === 'session' ? 'loginRequired' : 'authorizationRequired', `/${kind}`],
      ['orBearer', '/either'],
    ].map(([label, path]) => ({
      name: `either, ${kind}: ${label}`,
      base: `either, ${kind}: ${BARE}`,
      requests: requestsOf[kind](path),
    })),
  )
  const start = () =>
    Promise.all(
      subjects.map(async (subject) => ({
        ...subject,
        ...(await startChild(new URL('server.mjs', import.meta.url), {
          ...setup,
          apiClientId: clientId,
        })),
      })),
    )
  const { rounds, requests, warmUp, instances } = effort
  const measured = await measureInstances(instances, start, {
    rounds: Math.ceil((rounds * 2) / instances),
    requests,
    warmUp,
  })
  return [...measured].map(([what, found]) => ({ what, ...toFigures(found) }))
}
