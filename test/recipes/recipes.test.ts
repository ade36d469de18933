import { once } from 'node:events'
import { Auth, type AuthOptions } from 'identity-web/express'
import express from 'express'
import { createServer as createVite, type UserConfig } from 'vite'
import { describe, expect, vi } from 'vitest'
import { Browser } from '../../packages/identity-web/test/support/browser.ts'
import { test as base } from '../../packages/identity-web/test/support/fixtures.ts'
import { freePort } from '../../packages/identity-web/test/support/port.ts'
import { serveRequests } from '../../packages/identity-web/test/support/request-server.ts'
import { SESSION_SECRET, signIn } from '../../packages/identity-web/test/support/site.ts'
import { importRecipe, recipeOf } from './page.ts'

interface Program {
  readonly default: { fetch(request: Request): Promise<Response> }
}

const test = base
  /** Serves the program of a section, and signs a browser in. */
  .extend('serve', ({ provider }, { onCleanup }) => {
    const closing: (() => Promise<void>)[] = []
    onCleanup(async () => {
      vi.useRealTimers()
      await Promise.all(closing.map((close) => close()))
    })
    return async (heading: string) => {
      // The library then reads the clock that a test moves.
      vi.setSystemTime(Date.now())
      let program: Program | undefined
      const server = await serveRequests(async (request) =>
        program === undefined ? new Response() : program.default.fetch(request),
      )
      closing.push(() => server.close())
      vi.stubEnv('IDENTITY_AUTHORITY', provider.authority())
      vi.stubEnv('IDENTITY_CLIENT_ID', provider.app.clientId)
      vi.stubEnv('IDENTITY_CLIENT_SECRET', provider.app.clientSecret)
      vi.stubEnv('IDENTITY_REDIRECT_URI', `${server.origin}/redirect`)
      vi.stubEnv('IDENTITY_SESSION_SECRET', SESSION_SECRET)
      program = await importRecipe<Program>(heading)
      const browser = await signIn(server, provider, { path: '/login' })
      return { origin: server.origin, browser }
    }
  })

describe('the recipe for tRPC', () => {
  const POST = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: '{}',
  }

  test('stores a session that it refreshed, and the next token', async ({ serve, provider }) => {
    provider.behave({ consent: 'skip', reuseDetection: true })
    const { origin, browser } = await serve('tRPC')
    for (const scope of ['first', 'second', 'third']) {
      vi.setSystemTime(Date.now() + 4_000_000)
      const { status, json, setCookies } = await browser.script(`${origin}/trpc/report`, POST)
      expect([scope, status, json()]).toEqual([
        scope,
        200,
        { result: { data: 'a report for true' } },
      ])
      expect(setCookies.join()).toContain('identity')
    }
  })

  test('answers a user, and sends visitors the login URL', async ({ serve }) => {
    const { origin, browser } = await serve('tRPC')
    const user = await browser.script(`${origin}/trpc/hello`)
    const visitor = await new Browser().script(`${origin}/trpc/hello`)

    expect(user.json()).toEqual({ result: { data: 'Hello, Alex Rivera' } })
    expect(visitor.status).toBe(401)
    expect(visitor.json()).toMatchObject({
      error: {
        message: 'login_required',
        data: { loginUrl: expect.stringContaining(`${origin}/login?`) },
      },
    })
  })

  test('sends the login URL, and not the text of the provider, if the user must consent', async ({
    serve,
  }) => {
    const { origin, browser } = await serve('tRPC')
    const mail = await browser.script(`${origin}/trpc/report`, POST)

    expect(mail.status).toBe(401)
    expect(mail.json()).toMatchObject({
      error: {
        message: 'interaction_required',
        data: { loginUrl: expect.stringContaining(`${origin}/login?`) },
      },
    })
    expect(mail.text).not.toMatch(/AADSTS/)
  })

  test('rejects a request of another site', async ({ serve }) => {
    const { origin, browser } = await serve('tRPC')
    const foreign = await browser.script(`${origin}/trpc/report`, {
      ...POST,
      headers: { ...POST.headers, 'sec-fetch-site': 'same-site' },
    })

    expect([foreign.status, foreign.text]).toEqual([
      403,
      expect.stringContaining('"access_denied"'),
    ])
  })
})

describe('the recipe for GraphQL Yoga', () => {
  test('stores a session that it refreshed, and the next token', async ({ serve, provider }) => {
    provider.behave({ consent: 'skip', reuseDetection: true })
    const { origin, browser } = await serve('GraphQL Yoga')
    for (const time of ['first', 'second']) {
      vi.setSystemTime(Date.now() + 4_000_000)
      const { status, json, setCookies } = await browser.script(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ query: '{ hello mail }' }),
      })
      expect([time, status, json()]).toEqual([
        time,
        200,
        { data: { hello: 'Hello, Alex Rivera', mail: 'a report for true' } },
      ])
      expect(setCookies.join()).toContain('identity')
    }
  })

  test('answers a user, and sends others the login URL', async ({ serve }) => {
    const { origin, browser } = await serve('GraphQL Yoga')
    const ask = async (who: Browser, field: string, fetchSite = 'same-origin') => {
      const { status, text } = await who.script(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': fetchSite },
        body: JSON.stringify({ query: `{ ${field} }` }),
      })
      return { status, text, json: JSON.parse(text) as unknown }
    }

    expect((await ask(browser, 'hello')).json).toEqual({ data: { hello: 'Hello, Alex Rivera' } })
    const loginUrl = expect.stringContaining(`${origin}/login?`) as string
    expect((await ask(new Browser(), 'hello')).json).toEqual({ data: { hello: 'Hello, visitor' } })
    const visitor = await ask(new Browser(), 'mail')
    expect([visitor.status, visitor.json]).toMatchObject([
      401,
      { errors: [{ message: 'login_required', extensions: { loginUrl } }] },
    ])
    const ofOtherSite = await ask(browser, 'hello', 'same-site')
    expect(ofOtherSite.json).toEqual({ data: { hello: 'Hello, visitor' } })
    expect((await ask(browser, 'mail', 'same-site')).status).toBe(403)
    const mail = await ask(browser, 'mail')
    expect([mail.status, mail.json]).toMatchObject([
      401,
      { errors: [{ message: 'interaction_required', extensions: { loginUrl } }] },
    ])
    expect(mail.text).not.toMatch(/AADSTS/)
  })
})

describe.each(['h3 2', 'Elysia', 'React Router on your own server'])(
  'the recipe for %s',
  (heading) => {
    test('greets a signed-in user, and sends visitors to the provider and back', async ({
      serve,
      provider,
    }) => {
      const { origin, browser } = await serve(heading)
      const user = await browser.navigate(`${origin}/`)
      const visitor = await new Browser().navigate(`${origin}/?tab=1`)
      const missing = await browser.navigate(`${origin}/missing`)

      expect([user.status, user.text]).toEqual([200, expect.stringContaining('Hello, Alex Rivera')])
      expect(user.headers['cache-control']).toBe('private, no-store')
      expect(visitor.status).toBe(302)
      expect(visitor.location).toContain(provider.authority())
      expect(missing.status).toBe(404)
    })

    test('stores a session that the guard refreshed', async ({ serve }) => {
      const { origin, browser } = await serve(heading)
      vi.setSystemTime(Date.now() + 4_000_000)
      const refreshed = await browser.navigate(`${origin}/`)

      expect(refreshed.status).toBe(200)
      expect(refreshed.setCookies.length).toBeGreaterThan(0)
    })
  },
)

describe('the recipe for Vite', () => {
  test('signs in through the proxy of Vite, and accepts the requests of its pages', async ({
    provider,
    onTestFinished,
  }) => {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const app = express()
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/auth/redirect`,
      homePath: '/',
      session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    } satisfies AuthOptions)
    app.all(
      '/api/me',
      auth.loginRequired((_req, res, { user }) => void res.json(user.name)),
    )
    const server = app.listen(0, 'localhost')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port: backend } = server.address() as { port: number }
    const code = recipeOf('Vite in front of a server')
    const { default: config } = (await import(
      `data:text/javascript,${encodeURIComponent(
        code
          .replace("'http://localhost:3000'", `'http://localhost:${backend}'`)
          .replace(
            "import { defineConfig } from 'vite'",
            'const defineConfig = (config) => config',
          ),
      )}`
    )) as { default: UserConfig }
    const vite = await createVite({
      configFile: false,
      logLevel: 'silent',
      root: import.meta.dirname,
      server: {
        ...config.server,
        port,
        strictPort: true,
        host: 'localhost',
        hmr: false,
        ws: false,
      },
    })
    await vite.listen()
    onTestFinished(() => vite.close())

    const visitor = await new Browser().script(`${origin}/api/me`, {
      headers: { referer: `${origin}/orders?page=2` },
    })
    expect(visitor.status).toBe(401)
    const { loginUrl } = visitor.json() as { loginUrl: string }
    expect(new URL(loginUrl).origin).toBe(origin)
    expect(new URL(loginUrl).searchParams.get('return_to')).toBe('/orders?page=2')

    const browser = await signIn({ origin }, provider, { path: '/auth/login' })
    const posted = await browser.script(`${origin}/api/me`, {
      method: 'POST',
      headers: { origin, 'sec-fetch-site': 'same-origin' },
    })
    expect([posted.status, posted.json()]).toEqual([200, 'Alex Rivera'])
    const foreign = await browser.script(`${origin}/api/me`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' },
    })
    expect(foreign.status).toBe(403)
  })
})
