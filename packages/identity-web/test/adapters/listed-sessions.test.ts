import { createServer } from 'node:http'
import { Hono } from 'hono'
import { memoryStore } from 'identity-web'
import * as forFetch from 'identity-web/fetch'
import * as forHono from 'identity-web/hono'
import * as forKoa from 'identity-web/koa'
import { sessionFor, type TestedAuth } from 'identity-web-dev/testing'
import Koa from 'koa'
import { expect, test } from '../support/fixtures.ts'
import { close, listen } from '../support/server.ts'
import { SESSION_SECRET } from '../support/site.ts'

// The context of every framework names its session. Other tests use Express and `authenticate`.

const ORIGIN = 'http://localhost:3000'

interface App {
  readonly auth: TestedAuth<unknown>
  get(headers: Readonly<Record<string, string>>): Promise<Response>
}

const APPS: Readonly<Record<string, (options: forFetch.AuthOptions) => App>> = {
  fetch(options) {
    const auth = new forFetch.Auth(options)
    const devices = auth.loginRequired(async (_request, context) =>
      Response.json(await auth.listSessions(context)),
    )
    return { auth, get: async (headers) => devices(new Request(`${ORIGIN}/devices`, { headers })) }
  },
  hono(options) {
    const app = new Hono()
    const auth = new forHono.Auth(app, options)
    app.get('/devices', auth.loginRequired(), async (c) =>
      c.json(await auth.listSessions(auth.contextOf(c))),
    )
    return { auth, get: async (headers) => app.request(`${ORIGIN}/devices`, { headers }) }
  },
  koa(options) {
    const app = new Koa()
    const auth = new forKoa.Auth(app, options)
    app.use(
      auth.loginRequired(async (ctx, context) => {
        ctx.body = await auth.listSessions(context)
      }),
    )
    return {
      auth,
      async get(headers) {
        const server = createServer((req, res) => void app.callback()(req, res))
        const response = await fetch(`${await listen(server)}/devices`, { headers })
        const body = await response.text()
        await close(server)
        return new Response(body, response)
      },
    }
  },
}

test.for(Object.entries(APPS))(
  'listSessions(context) marks the current session in %s',
  async ([, open], { provider, clock }) => {
    const { auth, get } = open({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${ORIGIN}/redirect`,
      session: { secret: SESSION_SECRET, store: memoryStore() },
      logger: false,
      now: clock.now,
    })
    const { headers } = await sessionFor({ auth }, { as: 'alex' })
    await sessionFor({ auth }, { as: 'alex' })
    await sessionFor({ auth }, { as: 'robin' })

    const response = await get(headers)

    expect(await response.json()).toMatchObject([{ current: false }, { current: true }])
  },
)
