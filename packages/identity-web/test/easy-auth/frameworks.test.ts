import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { easyAuth } from 'identity-web/easy-auth'
import { ApiAuth, Auth as ExpressAuth } from 'identity-web/express'
import { Auth as FastifyAuth } from 'identity-web/fastify'
import { Auth as HonoAuth } from 'identity-web/hono'
import { Auth as KoaAuth } from 'identity-web/koa'
import Koa from 'koa'
import { describe, expect, test, vi } from '../support/fixtures.ts'

// The platform is simulated by its headers, because the frameworks differ only in how they read them.

const TENANT = 'c0000000-0000-4000-8000-000000000001'
const CLIENT_ID = '11111111-2222-4333-8444-555555555555'
const OPTIONS = { signIn: easyAuth(), logger: false } as const

function principal(claims: Readonly<Record<string, string>> = {}, provider = 'aad'): string {
  const all = { iss: 'i', sub: 's', tid: TENANT, name: 'Alex Rivera', ...claims }
  const pairs = Object.entries(all).map(([typ, val]) => ({ typ, val }))
  return Buffer.from(JSON.stringify({ auth_typ: provider, claims: pairs })).toString('base64')
}

type Send = (path: string, headers?: Record<string, string>) => Promise<Response>

async function serve(handler: Parameters<typeof createServer>[1]): Promise<[Send, () => void]> {
  const server = createServer(handler).listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return [
    (path, headers = {}) =>
      fetch(`http://localhost:${port}${path}`, { headers, redirect: 'manual' }),
    () => {
      server.close()
      server.closeAllConnections()
    },
  ]
}

const STARTS: Readonly<Record<string, () => Promise<[Send, () => unknown]>>> = {
  express() {
    const app = express()
    const auth = new ExpressAuth(app, OPTIONS)
    app.get(
      '/',
      auth.loginRequired((_req, res, { claims }) => void res.send(claims.name)),
    )
    return serve(app)
  },

  async fastify() {
    const app = fastify()
    const auth = new FastifyAuth(OPTIONS)
    auth.initApp(app)
    app.get('/', { preHandler: auth.loginRequired() }, (request) => request.identity?.claims.name)
    await app.ready()
    return [
      async (url, headers = {}) => {
        const { statusCode, headers: given, body } = await app.inject({ url, headers })
        return new Response(body, {
          status: statusCode,
          headers: { location: String(given.location) },
        })
      },
      () => app.close(),
    ]
  },

  koa() {
    const app = new Koa()
    const auth = new KoaAuth(app, OPTIONS)
    app.use(auth.loginRequired((ctx, { claims }) => void (ctx.body = claims.name)))
    const respond = app.callback()
    return serve((request, response) => void respond(request, response))
  },

  async hono() {
    const app = new Hono()
    const auth = new HonoAuth(app, OPTIONS)
    app.get(
      '/',
      auth.loginRequired((c, { claims }) => c.text(claims.name ?? '')),
    )
    return [async (path, headers = {}) => app.request(path, { headers }), () => undefined]
  },
}

function useAppService(): void {
  vi.stubEnv('WEBSITE_AUTH_ENABLED', 'True')
  vi.stubEnv('WEBSITE_AUTH_CLIENT_ID', CLIENT_ID)
  vi.stubEnv('WEBSITE_AUTH_OPENID_ISSUER', `https://sts.windows.net/${TENANT}/`)
}

describe('the user of the platform', () => {
  test.for(Object.keys(STARTS))('reaches a handler of %s', async (name) => {
    useAppService()
    const started = await STARTS[name]?.()
    const [send, stop] = started ?? []
    try {
      const signedIn = await send?.('/', { 'x-ms-client-principal': principal() })
      const visitor = await send?.('/', { accept: 'text/html' })

      expect(signedIn?.status).toBe(200)
      expect(await signedIn?.text()).toBe('Alex Rivera')
      expect(visitor?.status).toBe(302)
      expect(visitor?.headers.get('location')).toBe('/.auth/login/aad?post_login_redirect_uri=%2F')
    } finally {
      await stop?.()
    }
  })

  test('reaches a route for sessions and bearer tokens, which ApiAuth verifies', async ({
    provider,
  }) => {
    useAppService()
    const { clientId, idUri } = provider.api
    const app = express()
    const auth = new ExpressAuth(app, { ...OPTIONS, authority: provider.authority() })
    const api = new ApiAuth(app, {
      logger: false,
      authority: provider.authority(),
      clientId,
      audience: idUri,
    })
    app.get(
      '/',
      auth.orBearer(api).required((_req, res, { kind }) => void res.send(kind)),
    )
    const [send, stop] = await serve(app)
    try {
      // The platform adds its headers for a bearer token too.
      const headers = { 'x-ms-client-principal': principal() }
      const token = await provider.accessToken({ as: 'alex' })

      expect(await (await send('/', headers)).text()).toBe('session')
      const bearer = { ...headers, authorization: `Bearer ${token}` }
      expect(await (await send('/', bearer)).text()).toBe('bearer')
      const forged = { ...headers, authorization: 'Bearer forged' }
      expect((await send('/', forged)).status).toBe(401)
    } finally {
      stop()
    }
  })

  test('can come from an OpenID Connect provider of the platform', async ({ provider }) => {
    vi.stubEnv('WEBSITE_AUTH_ENABLED', 'True')
    const app = express()
    const auth = new ExpressAuth(app, {
      signIn: easyAuth({ provider: 'Contoso' }),
      oidcAuthority: provider.oidcAuthority,
      clientId: CLIENT_ID,
      scopes: ['todos.read'],
      logger: false,
    })
    app.get(
      '/',
      auth.loginRequired(
        { scopes: ['todos.read'] },
        (_req, res, { claims, accessToken }) => void res.json([claims.sub, accessToken]),
      ),
    )
    const [send, stop] = await serve(app)
    try {
      const visitor = await send('/', { accept: 'text/html' })
      const signedIn = await send('/', {
        'x-ms-client-principal': principal({}, 'contoso'),
        'x-ms-token-contoso-access-token': 'opaque',
        'x-ms-token-contoso-expires-on': '2999-01-01T00:00:00.0000000Z',
      })

      expect(visitor.headers.get('location')).toMatch(/^\/\.auth\/login\/contoso\?/)
      expect(await signedIn.json()).toEqual(['s', 'opaque'])
    } finally {
      stop()
    }
  })
})
