import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { createVisitor } from '../guard/visitor.mjs'

/** The number of connections to one server. */
const CONNECTIONS = 250
/** The number of users who sign in at the same time. */
const SIGN_INS = 8
/** A request without a response fails after this time, in milliseconds. */
const TIMEOUT = 20_000
/** A user gives up after this time, in milliseconds. */
const PATIENCE = 60_000

/** Signs all users in with the pages of the provider. Returns their `Cookie` headers. */
export async function signInAll(port, { origin, users }) {
  const headers = []
  const waiting = [...users.entries()]
  const work = async () => {
    for (;;) {
      const next = waiting.shift()
      if (next === undefined) return
      const [index, user] = next
      headers[index] = await signIn(`http://127.0.0.1:${port}`, origin, user)
    }
  }
  await Promise.all(Array.from({ length: SIGN_INS }, work))
  return headers
}

/** Requests a page for each cookie, a few at a time. */
export async function visit(port, path, cookies) {
  const waiting = [...cookies]
  const work = async () => {
    for (let cookie = waiting.pop(); cookie !== undefined; cookie = waiting.pop()) {
      const visitor = createVisitor(`http://127.0.0.1:${port}`, { cookies: cookie })
      const { status } = await visitor.navigate(path)
      if (status >= 400) throw new Error(`${path} returned ${status}.`)
    }
  }
  await Promise.all(Array.from({ length: SIGN_INS }, work))
}

async function signIn(site, providerOrigin, { username }) {
  const [here, there] = [createVisitor(site), createVisitor(providerOrigin)]
  const away = await here.navigate('/')
  const account = await there.navigate(away.location)
  const [, action] = /<form [^>]*action="([^"]+)"/.exec(account.body)
  const agreed = await there.navigate(action, { form: { account: username } })
  const { pathname, search } = new URL(agreed.location)
  const back = await here.navigate(pathname + search)
  if (back.status !== 302) throw new Error(`The callback returned ${back.status}: ${back.body}`)
  return here.cookieHeader
}

/**
 * Sends the requests of all visits at the same time.
 *
 * @param visits - The port of a server, the cookie of a user, and the name that the page must contain.
 * @param repeats - Whether a user repeats a request that failed: after `Retry-After`, or after a second without it.
 * @returns The number of responses by their status (0 for a request without a response), the milliseconds of each visit until its page, and the visits that
 *   did not get their page.
 */
export async function storm(visits, { repeats = false } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const started = performance.now()
  const result = { statuses: {}, durations: [], lost: 0, wrongUser: 0 }
  await Promise.all(
    visits.map(async (one) => {
      for (;;) {
        const { status, retryAfter, body } = await send(agent, one)
        result.statuses[status] = (result.statuses[status] ?? 0) + 1
        const elapsed = performance.now() - started
        if (status === 200) {
          result.durations.push(elapsed)
          if (JSON.parse(body).name !== one.name) result.wrongUser += 1
          return
        }
        const isOver = !repeats || elapsed > PATIENCE || (status < 500 && status !== 0)
        if (isOver) {
          result.lost += 1
          return
        }
        await pause((retryAfter ?? 1) * 1000)
      }
    }),
  )
  agent.destroy()
  result.durations.sort((a, b) => a - b)
  return result
}

function send(agent, { port, cookie }) {
  return new Promise((resolve) => {
    const headers = { cookie, accept: 'text/html', 'sec-fetch-mode': 'navigate' }
    const outgoing = request({ agent, hostname: '127.0.0.1', port, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text) => (body += text))
      response.on('end', () => {
        const retryAfter = response.headers['retry-after']
        resolve({
          status: response.statusCode,
          body,
          ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }),
        })
      })
    })
    outgoing.setTimeout(TIMEOUT, () => outgoing.destroy())
    outgoing.on('error', () => resolve({ status: 0 })).end()
  })
}
