import { startChild } from '../child.mjs'
import { isWithin } from '../dispersion.mjs'
import { rawNavigation } from '../guard/visitor.mjs'
import { rawRequest } from '../server/load.mjs'
import { measureRounds, toFigures } from '../server/rounds.mjs'
import { createTokensOf } from './tokens.mjs'

/** The budgets of the plain guards. A guard of both must not cost more. */
const BUDGETS = { session: 1.2, bearer: 1.12 }

/** Measures `auth.orBearer(api)` on Express, for a session and for a bearer token, compared with the two plain guards. */
export async function measureEither({ realistic, setup, cookies }, effort) {
  const { clientId, tokens } = await createTokensOf(realistic, setup.authority)
  const requestsOf = {
    session: (path) => cookies.map((cookie) => rawNavigation(path, cookie)),
    bearer: (path) => tokens.map((token) => rawRequest(path, { Authorization: `Bearer ${token}` })),
  }
  const subjects = []
  for (const kind of ['session', 'bearer']) {
    for (const [name, path] of [
      [`bare Express, ${kind}`, '/bare'],
      [`bare Express again, ${kind}`, '/bare'],
      [kind === 'session' ? 'loginRequired' : 'authorizationRequired', `/${kind}`],
      [`orBearer, ${kind}`, '/either'],
    ]) {
      const server = await startChild(new URL('server.mjs', import.meta.url), {
        ...setup,
        apiClientId: clientId,
      })
      const base = `bare Express, ${kind}`
      subjects.push({ name, kind, base, ...server, requests: requestsOf[kind](path) })
    }
  }
  const measured = await measureRounds(subjects, effort)
  await Promise.all(subjects.map((subject) => subject.stop()))
  return subjects.map(({ name, kind }) => {
    const figures = toFigures(measured.get(name))
    const again = toFigures(measured.get(`bare Express again, ${kind}`))
    const budget = name.startsWith('bare') ? undefined : BUDGETS[kind]
    return {
      what: `either: ${name}`,
      ...figures,
      ...(budget && {
        budget: `≤ ${budget} ×`,
        pass: isWithin(figures.ratio, budget, again.ratio),
      }),
    }
  })
}
