import { Agent } from 'node:http'
import { createVisitor } from '../guard/visitor.mjs'

const CONNECTIONS = 8

/** Visitors of one server who sign in. Each step is one request of every visitor, so that its cost can be measured. */
export function createVisits(origin, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const visits = Array.from({ length: count }, () => ({
    visitor: createVisitor(origin, { agent }),
  }))
  return {
    /** Requests the page. The server redirects each visitor to the provider. */
    redirect: () =>
      forEach(visits, async (visit) => {
        const { status, location } = await visit.visitor.navigate('/')
        if (status !== 302) throw new Error(`Expected a redirect, but received ${status}.`)
        visit.location = location
      }),

    /** Signs the visitors in at the provider. */
    signIn: ({ provider, nextUser }) =>
      forEach(visits, async (visit) => {
        nextUser()
        const { url } = await provider.signIn(visit.location, { as: 'alex', consent: true })
        const { pathname, search } = new URL(url)
        visit.callback = pathname + search
      }),

    /** Opens the redirect URI, where the sign-in ends. */
    callback: () =>
      forEach(visits, async ({ visitor, callback = '/redirect' }) => {
        const { status, location, body } = await visitor.navigate(callback)
        if (status !== 302 || !location.endsWith('/'))
          throw new Error(`The sign-in failed with ${status}: ${body}`)
      }),

    /** Requests the page again. It throws if a visitor is not signed in. */
    check: async () => {
      const { status } = await visits[0].visitor.navigate('/')
      if (status !== 200) throw new Error(`The page returned ${status} after the sign-in.`)
    },

    /** Lets the visitors continue at another server. */
    moveTo(other) {
      for (const visit of visits)
        visit.visitor = createVisitor(other, { agent, cookies: visit.visitor.cookieHeader })
    },

    close: () => agent.destroy(),
  }
}

/** Calls a function for each visit, some of them at the same time. */
async function forEach(visits, act) {
  const rest = [...visits]
  const work = async () => {
    for (let visit = rest.pop(); visit !== undefined; visit = rest.pop()) await act(visit)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
}
