import { createServer } from 'node:http'
import express from 'express'
import { memoryStore } from 'identity-web'
import { Auth, type AuthOptions, type Claims } from 'identity-web/express'
import { sessionFor, type TestSession } from 'identity-web-dev/testing'
import { startDevProvider, type DevProvider } from 'identity-web-dev'
import { close, listen } from '../../../identity-web/test/support/server.js'
import { describe, expect, test as base, vi } from '../support/fixtures.js'

const STAFF = '5f1a3b2c-0000-4000-8000-0000000000aa'
const SECRET = 'a session secret of at least 32 characters'

const test = base.extend('openApp', ({ provider, clock }, { onCleanup }) => {
  const closing: (() => Promise<void>)[] = []
  onCleanup(async () => void (await Promise.all(closing.map((end) => end()))))
  return async <User = Claims>(options: AuthOptions<User> = {}) => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    closing.push(() => close(server))
    const auth = new Auth<User>(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SECRET },
      logger: false,
      now: clock.now,
      ...options,
    })
    app.get(
      '/me',
      auth.loginRequired((_req, res, { user, claims }) => void res.json({ user, claims })),
    )
    app.post(
      '/me',
      auth.loginRequired((_req, res) => void res.json('saved')),
    )
    app.get(
      '/graph',
      auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
        res.json(await (await context.fetch('/me')).json())
      }),
    )
    app.get(
      '/admin',
      auth.loginRequired({ roles: ['Admin'] }, (_req, res) => void res.json('in')),
    )
    app.get(
      '/staff',
      auth.loginRequired({ groups: [STAFF] }, (_req, res) => void res.json('in')),
    )
    const get = (path: string, session?: TestSession<unknown>) =>
      fetch(`${origin}${path}`, { redirect: 'manual', headers: { ...session?.headers } })
    return { auth, origin, get }
  }
})

describe('sessionFor({ auth })', () => {
  test('signs a user in without a request to the provider', async ({ openApp, provider }) => {
    const { auth, get } = await openApp()

    const session = await sessionFor({ auth }, { as: 'robin' })

    const response = await get('/me', session)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ user: session.user, claims: session.claims })
    expect(session.claims).toMatchObject({
      name: 'Robin Chen',
      roles: ['Todos.Approver', 'Todos.Reader'],
    })
    expect(provider.requests).toEqual([])
  })

  test('its headers are those of a script of the page, for the session endpoint and a forwarded path', async ({
    openApp,
    provider,
  }) => {
    const { auth, get } = await openApp({
      browser: { sessionView: ({ name }) => ({ name }) },
      apis: { graph: { baseUrl: provider.graphMe, scopes: ['User.Read'] } },
    })
    auth.forward('/graph-api', { target: provider.graphMe, scopes: ['User.Read'] })
    const session = await sessionFor({ auth }, { as: 'robin', scopes: ['User.Read'] })

    const endpoint = await get('/session', session)
    const forwarded = await get('/graph-api', session)
    const visitor = await get('/me')

    expect(await endpoint.json()).toMatchObject({ user: { name: 'Robin Chen' } })
    expect(await forwarded.json()).toMatchObject({ displayName: 'Robin Chen' })
    // As docs/testing.md says: `fetch` of Node.js is a script and not a page.
    expect(visitor.status).toBe(401)
  })

  test('is the same session as a real sign-in', async ({ openApp, provider }) => {
    const { auth, origin, get } = await openApp()
    const redirect = await fetch(`${origin}/me`, {
      redirect: 'manual',
      headers: { accept: 'text/html' },
    })
    const cookieOf = (response: Response): string =>
      response.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ')
    const { url } = await provider.signIn(redirect.headers.get('location') ?? '', { as: 'robin' })
    const callback = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookieOf(redirect) },
    })
    const real = await get('/me', { headers: { cookie: cookieOf(callback) } } as never)

    const kit = await get('/me', await sessionFor({ auth }, { as: 'robin' }))

    const names = async (response: Response): Promise<string[]> =>
      Object.keys(((await response.json()) as { claims: object }).claims).toSorted()
    expect(await names(kit)).toEqual(await names(real))
  })

  test('accepts a POST, because its headers contain the origin', async ({ openApp }) => {
    const { auth, origin } = await openApp()
    const { headers } = await sessionFor({ auth }, { as: 'alex' })

    const saved = await fetch(`${origin}/me`, { method: 'POST', headers })
    const forged = await fetch(`${origin}/me`, {
      method: 'POST',
      headers: { cookie: headers.cookie },
    })

    expect([saved.status, forged.status]).toEqual([200, 403])
  })

  test('calls onLogin, whose user it returns', async ({ openApp }) => {
    const seen: unknown[] = []
    const { auth, get } = await openApp({
      onLogin: (claims, { tokens, request }) => {
        seen.push(request.url, request.header('cookie'), tokens.accessToken.split('.').length)
        return { id: String(claims.oid), isAdmin: true }
      },
    })

    const session = await sessionFor({ auth }, { as: 'alex' })

    // The type of the user is that of the application.
    expect(session.user.isAdmin).toBe(true)
    expect(session.user.id).toBe('a1e00000-0000-4000-8000-000000000011')
    expect(await (await get('/me', session)).json()).toMatchObject({ user: session.user })
    expect(seen).toEqual(['/redirect', undefined, 3])
  })

  test('passes the error of onLogin on', async ({ openApp }) => {
    const { auth } = await openApp({
      onLogin: () => {
        throw new Error('no such account')
      },
    })

    await expect(sessionFor({ auth }, { as: 'alex' })).rejects.toThrow('no such account')
  })

  test('gives the user roles, groups and claims, also after a refresh', async ({
    openApp,
    clock,
  }) => {
    const { auth, get } = await openApp()
    const plain = await sessionFor({ auth }, { as: 'alex' })
    const session = await sessionFor(
      { auth },
      {
        as: 'alex',
        roles: ['Admin'],
        groups: [STAFF],
        claims: { department: 'HR', preferred_username: undefined },
      },
    )

    expect((await get('/admin', plain)).status).toBe(403)
    expect((await get('/admin', session)).status).toBe(200)
    expect((await get('/staff', session)).status).toBe(200)
    expect(session.claims).toMatchObject({ department: 'HR', roles: ['Admin'], groups: [STAFF] })
    clock.advance(3700)
    const refreshed = await get('/me', session)
    expect(refreshed.headers.getSetCookie().length).toBeGreaterThan(0)
    expect(await refreshed.json()).toMatchObject({
      claims: { department: 'HR', roles: ['Admin'], groups: [STAFF] },
    })
  })

  test('has tokens for the scopes, and refreshes them', async ({ openApp, clock, provider }) => {
    const { auth, get } = await openApp()
    const session = await sessionFor({ auth }, { as: 'alex', scopes: ['User.Read'] })

    expect(await (await get('/graph', session)).json()).toMatchObject({
      displayName: 'Alex Rivera',
    })
    expect(provider.requests.map(({ grantType }) => grantType)).toEqual([undefined])
    clock.advance(3700)
    expect((await get('/graph', session)).status).toBe(200)
    expect(provider.requests.map(({ grantType }) => grantType)).toContain('refresh_token')
  })

  test('has a refresh token for the APIs after the first', async ({ openApp, provider }) => {
    const { auth, get } = await openApp()
    const scopes = [provider.api.scopes[0] ?? '', 'User.Read']
    const session = await sessionFor({ auth }, { as: 'alex', scopes })

    expect((await get('/graph', session)).status).toBe(200)
  })

  test('has consent for its scopes only', async ({ openApp }) => {
    const { auth, get } = await openApp()

    const response = await get('/graph', await sessionFor({ auth }, { as: 'alex' }))

    expect([response.status, await response.json()]).toMatchObject([
      401,
      { error: 'interaction_required' },
    ])
  })

  test('uses the scopes of Auth by default', async ({ openApp }) => {
    const { auth, get } = await openApp({ scopes: ['User.Read'] })

    expect((await get('/graph', await sessionFor({ auth }, { as: 'alex' }))).status).toBe(200)
  })

  test('chooses the first account of the authority by default', async ({ openApp, provider }) => {
    const { auth } = await openApp({ authority: provider.externalIdAuthority })

    expect((await sessionFor({ auth })).claims['name']).toBe('Nora Lind')
  })

  test('works with a store, which ends the session', async ({ openApp }) => {
    const store = memoryStore()
    const { auth, get } = await openApp({ session: { secret: SECRET, store } })
    const session = await sessionFor({ auth }, { as: 'alex' })

    expect(session.cookies).toHaveLength(1)
    expect((await get('/me', session)).status).toBe(200)
    await auth.revokeSessions({ sub: session.claims.sub })
    expect((await get('/me', session)).status).toBe(401)
  })

  test('works with a deny-list', async ({ openApp }) => {
    const { auth, get } = await openApp({ session: { secret: SECRET, denyList: memoryStore() } })
    const session = await sessionFor({ auth }, { as: 'alex' })

    expect((await get('/me', session)).status).toBe(200)
    await auth.revokeSessions({ sub: session.claims.sub })
    expect((await get('/me', session)).status).toBe(401)
    expect((await get('/me', await sessionFor({ auth }, { as: 'alex' }))).status).toBe(200)
  })

  test('follows the settings of the cookie', async ({ openApp }) => {
    const secret = [SECRET, 'the secret before it, which is just as long']
    const { auth } = await openApp({
      redirectUri: 'https://shop.contoso.example/auth/redirect',
      session: { secret, cookie: { name: 'shop', domain: 'contoso.example', sameSite: 'none' } },
    })

    const { cookies, headers } = await sessionFor({ auth }, { as: 'alex' })

    expect(cookies[0]).toMatchObject({
      name: '__Secure-shop',
      domain: 'contoso.example',
      secure: true,
      httpOnly: true,
      sameSite: 'None',
      path: '/',
    })
    expect(headers.origin).toBe('https://shop.contoso.example')
    const own = await openApp({ redirectUri: 'https://shop.contoso.example/redirect' })
    const [cookie] = (await sessionFor({ auth: own.auth }, { as: 'alex' })).cookies
    expect(cookie).toMatchObject({ name: '__Host-identity', domain: 'shop.contoso.example' })
    expect(cookie?.expires).toBeGreaterThan(Date.now() / 1000 + 6 * 86_400)
  })

  test.for([
    [
      'External ID',
      (provider: DevProvider) => ({ authority: provider.externalIdAuthority }),
      'nora',
    ],
    ['AD FS', (provider: DevProvider) => ({ authority: provider.adfsAuthority }), 'alex'],
    ['Azure AD B2C', ({ b2c }: DevProvider) => ({ authority: undefined, b2c }), 'mia'],
    [
      'another provider',
      ({ oidcAuthority }: DevProvider) => ({ authority: undefined, oidcAuthority }),
      'alex',
    ],
  ] as const)('refreshes at %s', async ([, settings, as], { openApp, provider, clock }) => {
    const { auth, get } = await openApp(settings(provider))
    const session = await sessionFor({ auth }, { as })

    expect((await get('/me', session)).status).toBe(200)
    clock.advance(3700)
    const response = await get('/me', session)
    expect(response.status).toBe(200)
    expect(provider.requests.map(({ grantType }) => grantType)).toContain('refresh_token')
  })

  test('ends at a sign-out of the provider', async ({ openApp, provider }) => {
    const { auth, origin, get } = await openApp({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      session: { secret: SECRET, store: memoryStore() },
    })
    provider.register({ backChannelLogoutUri: `${origin}${auth.paths.backChannelLogout}` })
    const session = await sessionFor({ auth }, { as: 'alex' })

    await provider.signOut({ as: 'alex' })

    expect((await get('/me', session)).status).toBe(401)
  })

  test('lists the accounts if the account does not exist', async ({ openApp }) => {
    const { auth } = await openApp()

    await expect(sessionFor({ auth }, { as: 'nobody' })).rejects.toThrow(
      /'nobody' does not exist.*robin@contoso/,
    )
  })

  test('says what is wrong with a scope or an app', async ({ openApp }) => {
    const { auth } = await openApp()
    const other = await openApp({ clientId: '00000000-0000-4000-8000-000000000000' })

    await expect(sessionFor({ auth }, { scopes: ['Nothing.Read'] })).rejects.toThrow(
      "scope 'Nothing.Read'",
    )
    await expect(sessionFor({ auth: other.auth })).rejects.toThrow(/was not found in the directory/)
  })

  test('rejects an object that is not an Auth', async () => {
    const auth = { paths: { login: '/login' }, getUser: async () => undefined }

    await expect(sessionFor({ auth })).rejects.toThrow('auth is not an Auth of identity-web')
  })

  test('rejects a provider whose authority the application does not use', async ({ openApp }) => {
    const { auth } = await openApp()
    const other = await startDevProvider()

    await expect(sessionFor({ auth }, { provider: other })).rejects.toThrow(
      'but the provider of the test is',
    )
    await other.close()
  })

  test('shows the problems of the configuration', async ({ openApp }) => {
    const { auth } = await openApp({ redirectUri: undefined })

    await expect(sessionFor({ auth })).rejects.toThrow('redirectUri is not configured')
  })

  test('is not available in production', async ({ openApp }) => {
    const { auth } = await openApp()
    vi.stubEnv('NODE_ENV', 'production')

    await expect(sessionFor({ auth })).rejects.toThrow('NODE_ENV is "production"')
  })
})
