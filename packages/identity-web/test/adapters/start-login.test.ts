import { createServer, type RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import { deviceCode, startDeviceLogin, type StartedDeviceLogin } from 'identity-web/device-code'
import { Auth as ExpressAuth, type AuthOptions, type StartedCodeLogin } from 'identity-web/express'
import { Auth as FastifyAuth } from 'identity-web/fastify'
import { Auth as FetchAuth } from 'identity-web/fetch'
import { Auth as HonoAuth } from 'identity-web/hono'
import { Auth as KoaAuth } from 'identity-web/koa'
import Koa from 'koa'
import { Browser } from '../support/browser.ts'
import { enterCode } from '../support/device.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { close, listen } from '../support/server.ts'
import { SESSION_SECRET, sendToCallback } from '../support/site.ts'

/** `/start` and `/start-code` start a sign-in and return it as JSON, and `/user` returns the signed-in user. */
type Build = (options: AuthOptions) => RequestListener | Promise<RequestListener>

const PARAMETERS = { returnTo: '/user', prompt: 'select_account' } as const

/** A listener that reports its errors itself. */
function toListener(handler: (request: Request) => Response | Promise<Response>): RequestListener {
  const listener = getRequestListener(handler)
  return (request, response) => void listener(request, response)
}

const HOSTS: Readonly<Record<string, Build>> = {
  Express(options) {
    const app = express()
    const auth = new ExpressAuth(app, options)
    app.post('/start', (req, res, next) => {
      auth.startLogin(req, PARAMETERS).then((login) => res.json(login), next)
    })
    app.post('/start-code', (req, res, next) => {
      startDeviceLogin(auth, req, PARAMETERS).then((login) => res.json(login), next)
    })
    app.get('/user', async (req, res) => void res.json((await auth.getUser(req)) ?? null))
    return app
  },
  async Fastify(options) {
    const app = Fastify()
    const auth = new FastifyAuth(app, options)
    app.post('/start', async (request) => auth.startLogin(request, PARAMETERS))
    app.post('/start-code', async (request) => startDeviceLogin(auth, request, PARAMETERS))
    app.get('/user', async (request, reply) => reply.send((await auth.getUser(request)) ?? null))
    await app.ready()
    return (req, res) => app.routing(req, res)
  },
  Koa(options) {
    const app = new Koa()
    const auth = new KoaAuth(app, options)
    app.use(async (ctx) => {
      if (ctx.path === '/start') ctx.body = await auth.startLogin(ctx, PARAMETERS)
      else if (ctx.path === '/start-code') {
        ctx.body = await startDeviceLogin(auth, ctx, PARAMETERS)
      } else ctx.body = JSON.stringify((await auth.getUser(ctx)) ?? null)
    })
    const handle = app.callback()
    return (req, res) => void handle(req, res)
  },
  Hono(options) {
    const app = new Hono()
    const auth = new HonoAuth(app, options)
    app.post('/start', async (c) => c.json(await auth.startLogin(c, PARAMETERS)))
    app.post('/start-code', async (c) => c.json(await startDeviceLogin(auth, c, PARAMETERS)))
    app.get('/user', async (c) => c.json((await auth.getUser(c)) ?? null))
    return toListener(app.fetch)
  },
  fetch(options) {
    const auth = new FetchAuth(options)
    const toBody = async (request: Request): Promise<unknown> => {
      const { pathname } = new URL(request.url)
      if (pathname === '/start') return auth.startLogin(request, PARAMETERS)
      if (pathname === '/start-code') return startDeviceLogin(auth, request, PARAMETERS)
      return (await auth.getUser(request)) ?? null
    }
    return toListener((request) =>
      auth.respond(request, async () => Response.json(await toBody(request))),
    )
  },
}

const test = base.extend('serve', ({ provider, clock }, { onCleanup }) => {
  return async (build: Build, options: AuthOptions = {}) => {
    let listener: RequestListener | undefined
    const server = createServer((req, res) => listener?.(req, res))
    onCleanup(() => close(server))
    const origin = await listen(server)
    listener = await build({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: options.signIn === undefined ? `${origin}/redirect` : undefined,
      session: { secret: SESSION_SECRET },
      logger: {},
      now: clock.now,
      ...options,
    })
    return origin
  }
})

async function start(browser: Browser, url: string): Promise<unknown> {
  const { origin } = new URL(url)
  const response = await browser.script(url, { method: 'POST', headers: { origin } })
  expect(response.status).toBe(200)
  expect(response.headers['cache-control']).toBe('private, no-store')
  expect(response.setCookies).toEqual([expect.stringContaining('-flow-')])
  return response.json()
}

describe.each(Object.entries(HOSTS))('startLogin() on %s', (_, build) => {
  test('returns the URL of the provider, and the sign-in completes', async ({
    provider,
    serve,
  }) => {
    const origin = await serve(build)
    const browser = new Browser()

    const login = (await start(browser, `${origin}/start`)) as StartedCodeLogin

    expect(Object.keys(login)).toEqual(['url'])
    expect(new URL(login.url).searchParams.get('prompt')).toBe('select_account')
    const result = await provider.signIn(login.url, { as: 'alex' })
    const callback = await sendToCallback(browser, result)
    expect(callback.location).toBe('/user')
    expect((await browser.navigate(`${origin}/user`)).json()).toMatchObject({
      preferred_username: provider.user('alex').username,
    })
  })

  test('leads to the page with the code, with signIn: deviceCode()', async ({ serve, browser }) => {
    const origin = await serve(build, { signIn: deviceCode() })

    const response = await browser.script(`${origin}/start`, {
      method: 'POST',
      headers: { origin },
    })
    const { url } = response.json() as StartedCodeLogin

    expect(response.setCookies).toEqual([])
    expect(url).toMatch(/^\/login\?return_to=%2Fuser&request=/)
    expect((await browser.navigate(origin + url)).text).toContain('Sign in with a code')
  })
})

describe.each(Object.entries(HOSTS))('startDeviceLogin() on %s', (_, build) => {
  test('returns the code, and the sign-in completes', async ({ provider, serve, clock }) => {
    const origin = await serve(build, { signIn: deviceCode() })
    const browser = new Browser()

    const login = (await start(browser, `${origin}/start-code`)) as StartedDeviceLogin

    expect(login).toEqual({
      userCode: expect.stringMatching(/^\w{9}$/),
      verificationUri: expect.stringContaining('deviceauth'),
      expiresInSeconds: 900,
      intervalSeconds: 5,
      pollUrl: '/login',
      device: expect.any(String),
      newCodeUrl: expect.stringContaining('/login?return_to=%2Fuser'),
    })
    await enterCode(provider, login, { as: 'alex' })
    clock.advance(5)
    const poll = await browser.script(origin + login.pollUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ device: login.device }).toString(),
    })
    expect(poll.json()).toEqual({ status: 'done', location: '/user' })
    expect((await browser.navigate(`${origin}/user`)).json()).not.toBeNull()
  })
})

describe('startLogin()', () => {
  test('works in the browser that got the response only', async ({ provider, serve }) => {
    const origin = await serve(HOSTS['Express'] as Build)
    const login = await start(new Browser(), `${origin}/start`)
    const victim = new Browser()

    const result = await provider.signIn((login as { url: string }).url, { as: 'alex' })
    await sendToCallback(victim, result)

    expect((await victim.navigate(`${origin}/user`)).json()).toBeNull()
  })

  test('fails if the response cannot set the cookie', async ({ provider }) => {
    const auth = new FetchAuth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      redirectUri: 'http://localhost:3000/redirect',
      session: { secret: SESSION_SECRET },
    })

    await expect(auth.startLogin(new Request('http://localhost:3000/'))).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('must set a cookie'),
    })
  })

  test('returns to a page of this origin only', async ({ openSite, provider, browser }) => {
    const site = await openSite({ homePath: '/home' })
    site.app.get('/evil', async (req, res) => {
      res.json(await site.auth.startLogin(req, { returnTo: 'https://evil.example/' }))
    })
    const { url } = (await browser.script(`${site.origin}/evil`)).json() as { url: string }

    const callback = await sendToCallback(browser, await provider.signIn(url, { as: 'alex' }))

    expect(callback.location).toBe('/home')
  })
})

describe('startDeviceLogin()', () => {
  const request = new Request('http://localhost:3000/')

  test('fails if the Auth signs users in with a redirect URI', async ({ provider }) => {
    const auth = new FetchAuth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      redirectUri: 'http://localhost:3000/redirect',
      session: { secret: SESSION_SECRET },
    })

    await expect(startDeviceLogin(auth, request)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('Set Auth({ signIn: deviceCode() })'),
    })
  })

  test('fails with the problems of a wrong configuration', async () => {
    const auth = new FetchAuth({ signIn: deviceCode(), logger: {} }, {})

    await expect(startDeviceLogin(auth, request)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('clientId is not configured'),
    })
  })

  test('fails if the response cannot set the cookie', async ({ provider }) => {
    const auth = new FetchAuth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      signIn: deviceCode(),
      session: { secret: SESSION_SECRET },
    })

    await expect(startDeviceLogin(auth, request)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('must set a cookie'),
    })
  })
})
