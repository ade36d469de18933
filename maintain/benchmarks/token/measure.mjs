import { BUDGETS } from '../budgets.mjs'
import { startChild } from '../child.mjs'
import { median, ratio } from '../statistics.mjs'

/** Measures the CPU time for a valid access token from a session, compared with the cache of MSAL Node. */
export async function measureToken({ setup, cookies, crowd }, { rounds, calls }) {
  const ours = await startChild(new URL('identity-web.mjs', import.meta.url), {
    ...setup,
    cookies,
    crowd,
  })
  const msal = await startChild(new URL('msal-node.mjs', import.meta.url), {})
  const warm = { guard: [], token: [], beyond: [] }
  const anew = { guard: [], token: [], beyond: [] }
  const overGetToken = []
  const msalCosts = { perRequest: [], inMemory: [] }
  const msalCalls = Math.ceil(calls / 20)

  // The first round compiles the code. Its result is not used.
  for (let round = 0; round <= rounds; round++) {
    const keep = (list, cost) => round > 0 && list.push(cost)
    for (const [costs, visitors] of [
      [warm, 'cookies'],
      [anew, 'crowd'],
    ]) {
      const guard = await ours.ask({ route: 'guard', visitors, count: calls })
      const token = await ours.ask({ route: 'token', visitors, count: calls })
      keep(costs.guard, guard)
      keep(costs.token, token)
      keep(costs.beyond, token - guard)
    }
    const ask = (route) => ours.ask({ route, visitors: 'cookies', count: calls })
    const getToken = await ask('getTokenForUser')
    keep(overGetToken, (await ask('azureCredential')) - getToken)
    for (const cache of ['perRequest', 'inMemory']) {
      keep(msalCosts[cache], await msal.ask({ cache, count: msalCalls }))
    }
  }
  await Promise.all([ours.stop(), msal.stop()])

  const row = (what, costs, rest) => ({
    what: `access token: ${what}`,
    figure: `${median(costs).toFixed(1)} µs`,
    ratio: ratio(costs, warm.beyond),
    ...rest,
  })
  const beyond = median(warm.beyond)
  return [
    row('identity-web, beyond its guard', warm.beyond, {
      budget: `< ${BUDGETS.accessToken} µs`,
      pass: beyond < BUDGETS.accessToken,
    }),
    row('identity-web, guard and token', warm.token),
    row('azureCredential, beyond getTokenForUser', overGetToken, {
      budget: `≤ ${BUDGETS.azureCredential} µs`,
      pass: median(overGetToken) <= BUDGETS.azureCredential,
    }),
    row(`identity-web, beyond its guard, ${crowd.length} users`, anew.beyond),
    row('MSAL Node, the user’s cache read per request', msalCosts.perRequest),
    row('MSAL Node, all users in one memory', msalCosts.inMemory),
  ]
}
