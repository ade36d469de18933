import { toLambdaHandler, type LambdaEvent } from 'identity-web/aws-lambda'
import { Auth as FunctionsAuth, toHttpResponseInit } from 'identity-web/azure-functions'
import { Auth, type AuthOptions } from 'identity-web/fetch'
import type { DevProvider } from 'identity-web-dev'
import { Browser } from '../support/browser.ts'
import { startFunctions } from '../serverless/functions-host.ts'
import { describe, expect, test } from '../support/fixtures.ts'
import { SESSION_SECRET, sendToCallback, signIn, startSignIn } from '../support/site.ts'

const optionsOf = (provider: DevProvider, redirectUri: string): AuthOptions => ({
  authority: provider.authority(),
  clientId: provider.app.clientId,
  clientCredential: provider.app.clientSecret,
  redirectUri,
  session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
  logger: false,
})

describe('an event of Lambda', () => {
  /** Sends an event to a guarded handler, and returns the request that it received and the result. */
  async function send(provider: DevProvider, event: Partial<LambdaEvent>) {
    const auth = new Auth(optionsOf(provider, 'http://localhost:4999/redirect'))
    const home = auth.loginRequired(() => new Response('in'))
    const urls: string[] = []
    const handler = toLambdaHandler((request) => {
      urls.push(request.url)
      return auth.respond(request, () => home(request))
    })
    const result = await handler(
      {
        rawPath: '/',
        rawQueryString: '',
        headers: {
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
          accept: 'text/html',
        },
        isBase64Encoded: false,
        requestContext: { domainName: 'site.example', http: { method: 'GET' } },
        ...event,
      },
      {},
    )
    return { url: urls[0], result }
  }

  // HTTP APIs decode the path, so `/logout%3F` arrives as `/logout?`.
  test.for([
    ['/page?admin=true', 'https://site.example/page%3Fadmin=true?real=1'],
    ['/page#', 'https://site.example/page%23?real=1'],
    ['//evil.example/', 'https://site.example//evil.example/?real=1'],
    ['/\\evil.example/', 'https://site.example//evil.example/?real=1'],
    ['@evil.example/', 'https://site.example/@evil.example/?real=1'],
  ] as const)(
    'with the decoded path %s cannot change the query or the host',
    async ([rawPath, url], { provider }) => {
      const sent = await send(provider, { rawPath, rawQueryString: 'real=1' })

      expect(sent.url).toBe(url)
    },
  )

  test('whose path names another host does not lead a user there after the sign-in', async ({
    provider,
  }) => {
    for (const rawPath of ['//evil.example/', '/\\evil.example/']) {
      const { result } = await send(provider, { rawPath })
      expect(result.statusCode).toBe(302)
      const { url } = await provider.signIn(result.headers['location'] ?? '', { as: 'alex' })
      const callback = await send(provider, {
        rawPath: url.pathname,
        rawQueryString: url.search.slice(1),
        cookies: result.cookies.map((cookie) => cookie.split(';', 1)[0] ?? ''),
      })

      expect(callback.result.statusCode).toBe(302)
      expect(new URL(callback.result.headers['location'] ?? '', 'http://localhost:4999').host).toBe(
        'localhost:4999',
      )
    }
  })

  test('cannot choose the host by its headers or its domain', async ({ provider }) => {
    const { result } = await send(provider, {
      headers: {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
        accept: 'text/html',
      },
      requestContext: { domainName: 'evil.example', http: { method: 'GET' } },
    })

    const location = new URL(result.headers['location'] ?? '')
    expect(location.searchParams.get('redirect_uri')).toBe('http://localhost:4999/redirect')
    expect(JSON.stringify(result)).not.toContain('evil.example')
  })
})

describe('the cookies of a function', () => {
  test('keep the attributes that protect a session', async ({ provider }) => {
    const auth = new FunctionsAuth(optionsOf(provider, 'https://site.example/api/auth/redirect'))
    const { HttpRequest } = await import('@azure/functions')
    const request = new HttpRequest({
      method: 'GET',
      url: 'https://site.example/api/auth/login',
      headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' },
    })

    const { cookies = [] } = await auth.handler(request)

    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies) {
      expect(cookie.name).toMatch(/^__Host-/)
      expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/' })
    }
  })

  // Without the attribute, a cookie of one embedded application would be sent to all of them.
  test('are not sent without the attribute Partitioned', () => {
    const headers = { 'set-cookie': 'a=1; Secure; SameSite=None; Partitioned' }

    expect(() => toHttpResponseInit(new Response(null, { headers }))).toThrow(
      expect.objectContaining({
        code: 'configuration',
        message: expect.stringMatching(/cookie a with the attribute Partitioned/) as string,
      }),
    )
  })

  test('belong to one user if a function returns the same response to all users', async ({
    provider,
    clock,
    onTestFinished,
  }) => {
    const shared = { headers: { 'x-own': '1' }, cookies: [{ name: 'own', value: '1' }], body: 'in' }
    const host = await startFunctions(({ app }, origin) => {
      const auth = new FunctionsAuth({
        ...optionsOf(provider, `${origin}/api/auth/redirect`),
        now: clock.now,
      })
      app.http('identity', { route: 'auth/{*path}', handler: auth.handler })
      app.http('page', { handler: auth.loginRequired(() => shared) })
    })
    onTestFinished(() => host.close())
    const site = { origin: `${host.origin}/api` }
    const alex = await signIn(site, provider, { path: '/page', as: 'alex' })
    const robin = await signIn(site, provider, { path: '/page', as: 'robin' })
    // Only the session of the first user is refreshed.
    clock.advance(4000)
    await alex.navigate(`${site.origin}/page`)
    const refreshed = await robin.navigate(`${site.origin}/page`)
    const known = await robin.navigate(`${site.origin}/page`)

    expect(refreshed.setCookies.length).toBeGreaterThan(1)
    expect(known.setCookies).toEqual(['own=1'])
    expect(known.headers['cache-control']).toBe('private, no-store')
    expect(shared.cookies).toEqual([{ name: 'own', value: '1' }])
  })
})

test('a callback at Azure Functions is bound to the browser that started the sign-in', async ({
  provider,
  onTestFinished,
}) => {
  const host = await startFunctions(({ app }, origin) => {
    const auth = new FunctionsAuth(optionsOf(provider, `${origin}/api/auth/redirect`))
    app.http('identity', { route: 'auth/{*path}', handler: auth.handler })
    app.http('page', { handler: auth.loginRequired(() => ({})) })
  })
  onTestFinished(() => host.close())
  const site = { origin: `${host.origin}/api` }
  const started = await startSignIn(site, provider, new Browser(), { path: '/page' })
  const victim = new Browser()

  await sendToCallback(victim, started)

  expect((await victim.script(`${site.origin}/page`)).status).toBe(401)
})
