import { createServer } from 'node:http'
import express, { type ErrorRequestHandler } from 'express'
import { AccessDenied, IdentityError } from 'identity-web'
import { ApiAuth, Auth, type ApiAuthOptions, type EitherRequirement } from 'identity-web/express'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, close, listen, signIn, type Site } from '../support/site.ts'

const bearer = (token: string): { headers: Record<string, string> } => ({
  headers: { authorization: `Bearer ${token}` },
})

const test = base

  /** A site whose `/both` accepts a session or a token, and with routes for only one of them. */
  .extend(
    'open',
    ({ openSite, provider }) =>
      async (options: ApiAuthOptions = {}, requirement?: EitherRequirement): Promise<Site> => {
        const site = await openSite()
        const api = new ApiAuth(site.app, {
          authority: provider.authority(),
          clientId: provider.api.clientId,
          audience: provider.api.idUri,
          logger: { error: () => undefined },
          ...options,
        })
        const either = site.auth.orBearer(api)
        site.app.all(
          '/both',
          either.required(
            requirement ?? { authorization: { scopes: ['Todos.Read'] } },
            (_req, res, context) => {
              res.json(
                context.kind === 'bearer'
                  ? { bearer: context.user?.oid ?? context.app?.clientId }
                  : { session: context.claims.oid },
              )
            },
          ),
        )
        site.app.get(
          '/api-only',
          api.authorizationRequired({ scopes: ['Todos.Read'] }, (_req, res) => void res.json('in')),
        )
        return site
      },
  )

  .extend('site', ({ open }) => open())
  /** An API without an application. */
  .extend(
    'apiOf',
    ({ provider }) =>
      (): ApiAuth =>
        new ApiAuth({
          authority: provider.authority(),
          clientId: provider.api.clientId,
          audience: provider.api.idUri,
        }),
  )

describe('a route for a session or a token', () => {
  test('accepts a browser with a session and a client with a token', async ({ site, provider }) => {
    const robin = await signIn(site, provider, { as: 'robin' })
    const token = await provider.accessToken({ as: 'alex' })

    const page = await robin.navigate(`${site.origin}/both`)
    const script = await robin.script(`${site.origin}/both`)
    const client = await new Browser().send(`${site.origin}/both`, bearer(token))

    expect(page.json()).toEqual({ session: provider.user('robin').oid })
    expect(script.json()).toEqual({ session: provider.user('robin').oid })
    expect(client.json()).toEqual({ bearer: provider.user('alex').oid })
  })

  test('uses the token of a request that has both, and never mixes the two users', async ({
    site,
    provider,
  }) => {
    const robin = await signIn(site, provider, { as: 'robin' })
    const token = await provider.accessToken({ as: 'alex' })

    const answer = await robin.script(`${site.origin}/both`, bearer(token))

    expect(answer.json()).toEqual({ bearer: provider.user('alex').oid })
  })

  test('rejects an invalid token although the cookie is valid', async ({ site, provider }) => {
    const robin = await signIn(site, provider, { as: 'robin' })
    const bad: [string, number][] = [
      ['Bearer a.b.c', 401],
      [`Bearer ${await provider.accessToken({ as: 'robin', key: 'stranger' })}`, 401],
      [`Bearer ${await provider.accessToken({ as: 'robin', expiresIn: -3600 })}`, 401],
      [`Bearer ${await provider.accessToken({ as: 'robin', claims: { scp: 'Other' } })}`, 403],
      [`Bearer ${await provider.accessToken()}`, 403],
      ['Bearer', 400],
      ['Bearer ', 400],
      ['Basic cm9iaW46eA==, Bearer a.b.c', 400],
      ['Bearer a.b.c, Basic cm9iaW46eA==', 400],
    ]

    for (const [authorization, status] of bad) {
      for (const ask of ['navigate', 'script'] as const) {
        const answer = await robin[ask](`${site.origin}/both`, { headers: { authorization } })
        expect([authorization.slice(0, 20), answer.status]).toEqual([
          authorization.slice(0, 20),
          status,
        ])
        expect(answer.text).not.toContain(provider.user('robin').oid)
        expect(answer.location).toBeUndefined()
      }
    }
    expect((await robin.navigate(`${site.origin}/both`)).status).toBe(200)
  })

  test('rejects an app-only token whose scp is "/", also if the route requires a role', async ({
    open,
    provider,
  }) => {
    const id = '77777777-8888-4999-8aaa-bbbbbbbbbbbb'
    const claims = { idtyp: undefined, scp: '/', oid: id, sub: id, roles: ['Editor'] }
    const site = await open({}, { roles: ['Editor'] })
    const token = await provider.accessToken({ claims })

    const answer = await new Browser().send(`${site.origin}/both`, bearer(token))

    expect(answer.status).toBe(403)
    expect(answer.json()).toMatchObject({ error: 'insufficient_scope' })
  })

  test('leaves other schemes than Bearer to the session, as a proxy of a staging environment needs it', async ({
    site,
    provider,
  }) => {
    const robin = await signIn(site, provider, { as: 'robin' })

    for (const authorization of ['Basic cm9iaW46eA==', 'Unknown a.b.c', 'Bearish a.b.c', '']) {
      const headers = { authorization }
      const page = await robin.navigate(`${site.origin}/both`, { headers })
      const stranger = await new Browser().script(`${site.origin}/both`, { headers })

      expect([authorization, page.json()]).toEqual([
        authorization,
        { session: provider.user('robin').oid },
      ])
      expect([authorization, stranger.status]).toEqual([authorization, 401])
      expect(stranger.json()).toMatchObject({ error: 'login_required' })
    }
  })

  test('redirects a page navigation without both to the provider', async ({ site, provider }) => {
    const answer = await new Browser().navigate(`${site.origin}/both`)

    expect(answer.status).toBe(302)
    expect(answer.location).toContain(`${provider.authority()}/oauth2/v2.0/authorize?`)
    expect(answer.headers).not.toHaveProperty('www-authenticate')
  })

  test('tells a script without both how to authenticate', async ({ open }) => {
    const site = await open({ resource: 'https://api.contoso.example' })

    const answer = await new Browser().script(`${site.origin}/both`)

    expect(answer.status).toBe(401)
    expect(answer.json()).toEqual({
      error: 'login_required',
      loginUrl: expect.stringContaining(`${site.origin}/login`),
    })
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer scope="api://todos.contoso.example/Todos.Read", resource_metadata="https://api.contoso.example/.well-known/oauth-protected-resource"',
    )
    expect(answer.headers['cache-control']).toBe('private, no-store')
  })

  test('ignores a token in the URL', async ({ site, provider }) => {
    const token = await provider.accessToken({ as: 'alex' })

    const answer = await new Browser().script(`${site.origin}/both?access_token=${token}`)

    expect(answer.status).toBe(401)
    expect(answer.json()).toMatchObject({ error: 'login_required' })
  })

  test('checks the session requirement for a session and the token requirement for a token', async ({
    open,
    provider,
  }) => {
    const site = await open(
      {},
      { login: { scopes: ['Mail.Read'] }, authorization: { appPermissions: ['Todos.Read.All'] } },
    )
    const robin = await signIn(site, provider, { as: 'robin' })

    expect((await robin.navigate(`${site.origin}/both`)).status).toBe(302)
    const daemon = await new Browser().send(
      `${site.origin}/both`,
      bearer(await provider.accessToken()),
    )
    expect(daemon.json()).toEqual({ bearer: provider.app.clientId })
    const user = await new Browser().send(
      `${site.origin}/both`,
      bearer(await provider.accessToken({ as: 'robin' })),
    )
    expect(user.status).toBe(403)
  })

  test("without a requirement accepts a signed-in user or a user's token with a scope", async ({
    open,
    provider,
  }) => {
    const site = await open({}, {})

    expect((await new Browser().navigate(`${site.origin}/both`)).status).toBe(302)
    for (const [request, status] of [
      [{ as: 'alex' }, 200],
      [{}, 403],
      [{ roles: [] }, 403],
      [{ as: 'alex', claims: { scp: undefined } }, 401],
    ] as const) {
      const token = await provider.accessToken(request)
      expect((await new Browser().send(`${site.origin}/both`, bearer(token))).status).toBe(status)
    }
  })

  test("may be declared with only its handler, for a signed-in user or a user's token with a scope", async ({
    site,
    apiOf,
    provider,
  }) => {
    site.app.get(
      '/bare',
      site.auth.orBearer(apiOf()).required((_req, res, context) => {
        res.json(
          context.kind === 'bearer'
            ? { bearer: context.clientId }
            : { session: context.claims.oid },
        )
      }),
    )
    const robin = await signIn(site, provider, { as: 'robin' })
    const url = `${site.origin}/bare`

    expect((await robin.navigate(url)).json()).toEqual({ session: provider.user('robin').oid })
    for (const [request, status] of [
      [{ as: 'alex' }, 200],
      [{}, 403],
      [{ roles: [] }, 403],
    ] as const) {
      const token = await provider.accessToken(request)
      expect((await robin.send(url, bearer(token))).status).toBe(status)
    }
    expect((await new Browser().navigate(url)).status).toBe(302)
    const script = await new Browser().script(url)
    expect(script.status).toBe(401)
    expect(script.headers['www-authenticate']).toBe('Bearer')
  })

  test('does not open the routes of one kind to the other', async ({ site, provider }) => {
    const robin = await signIn(site, provider, { as: 'robin' })
    const token = await provider.accessToken({ as: 'alex' })

    expect((await robin.script(`${site.origin}/api-only`)).status).toBe(401)
    expect((await new Browser().script(`${site.origin}/`, bearer(token))).status).toBe(401)
    expect((await new Browser().send(`${site.origin}/api-only`, bearer(token))).status).toBe(200)
    expect((await robin.navigate(`${site.origin}/`)).status).toBe(200)
  })

  test('does not set a cookie for a client with a token', async ({ site, provider }) => {
    const token = await provider.accessToken({ as: 'alex' })

    const answer = await new Browser().send(`${site.origin}/both`, bearer(token))

    expect(answer.setCookies).toEqual([])
  })
})

describe('a requirement of users holds for sessions and for tokens', () => {
  test.for<[string, EitherRequirement]>([
    ['roles', { roles: ['Todos.Approver'] }],
    ['claims', { claims: ({ name }) => name === 'Robin Chen' }],
    ['claims as an object', { claims: { name: 'Robin Chen' } }],
    ['roles beside scopes', { roles: ['Todos.Approver'], authorization: { scopes: 'Todos.Read' } }],
  ])('%s', async ([, requirement], { open, provider }) => {
    const site = await open({}, requirement)
    const url = `${site.origin}/both`
    const robin = await signIn(site, provider, { as: 'robin' })
    const sam = await signIn(site, provider, { as: 'sam' })

    expect((await robin.navigate(url)).status).toBe(200)
    expect((await sam.navigate(url)).status).toBe(403)
    expect((await sam.script(url)).json()).toEqual({ error: 'access_denied' })
    for (const [as, status] of [
      ['robin', 200],
      ['sam', 403],
    ] as const) {
      const token = await provider.accessToken({ as })
      expect((await new Browser().send(url, bearer(token))).status).toBe(status)
    }
  })

  test('acrs: a session steps up, and a token is rejected', async ({ open, provider }) => {
    const site = await open({}, { acrs: 'c1' })
    const url = `${site.origin}/both`
    const robin = await signIn(site, provider, { as: 'robin' })
    const token = await provider.accessToken({ as: 'robin' })
    const strong = await provider.accessToken({ as: 'robin', claims: { acrs: ['c1'] } })

    const answer = await robin.navigate(url)

    expect(answer.status).toBe(302)
    expect(answer.location).toContain('/authorize?')
    expect((await new Browser().send(url, bearer(token))).status).toBe(403)
    expect((await new Browser().send(url, bearer(strong))).status).toBe(200)
  })

  test('applications need their app permission and no roles', async ({ open, provider }) => {
    const site = await open(
      {},
      { roles: ['Todos.Approver'], authorization: { appPermissions: ['Todos.Read.All'] } },
    )
    const url = `${site.origin}/both`
    const app = await provider.accessToken({ roles: ['Todos.Read.All'] })
    const other = await provider.accessToken({ roles: ['Todos.Approver'] })

    expect((await new Browser().send(url, bearer(app))).status).toBe(200)
    expect((await new Browser().send(url, bearer(other))).status).toBe(403)
  })

  test('AccessDenied of a handler has status 403 for both', async ({ site, provider }) => {
    const api = new ApiAuth({
      authority: provider.authority(),
      clientId: provider.api.clientId,
      audience: provider.api.idUri,
    })
    const message = 'Für <Gäste> gesperrt.'
    site.app.get(
      '/sync',
      site.auth.orBearer(api).required(() => {
        throw new AccessDenied({ message })
      }),
    )
    site.app.get(
      '/async',
      site.auth.orBearer(api).required(async () => Promise.reject(new AccessDenied({ message }))),
    )
    const robin = await signIn(site, provider, { as: 'robin' })
    const token = await provider.accessToken({ as: 'robin' })

    for (const path of ['/sync', '/async']) {
      const page = await robin.navigate(site.origin + path)
      const script = await robin.script(site.origin + path)
      const client = await new Browser().send(site.origin + path, bearer(token))

      expect([page.status, script.status, client.status]).toEqual([403, 403, 403])
      expect(page.text).toContain('Für &lt;Gäste&gt; gesperrt.')
      expect(script.json()).toEqual({ error: 'access_denied', message })
      expect(client.json()).toEqual({ error: 'access_denied', error_description: message })
    }
  })
})

describe('an invalid requirement is rejected when the route is declared', () => {
  test.for<[string, unknown]>([
    ['a misspelt name', { authorisation: { scopes: ['Todos.Read'] } }],
    ['the options of tokens at the wrong place', { scopes: ['Todos.Read'] }],
    ['an unset variable for tokens', { authorization: undefined }],
    ['nothing for tokens', { authorization: {} }],
    ['nothing for sessions', { login: {} }],
    ['null for tokens', { authorization: null }],
    ['an unset variable for sessions', { login: undefined }],
    ['empty scopes', { authorization: { scopes: [] } }],
    ['a misspelt option of sessions', { login: { scope: ['Mail.Read'] } }],
    ['a misspelt option of tokens', { authorization: { scope: ['Todos.Read'] } }],
    ['a handler in its place', () => undefined],
    ['an unset variable for everything', undefined],
    ['null for everything', null],
    ['a list for everything', []],
    ['a text for everything', 'Todos.Read'],
    ['a text for tokens', { authorization: 'Todos.Read' }],
    ['a list for tokens', { authorization: [] }],
    ['null for sessions', { login: null }],
    ['a text for sessions', { login: 'Mail.Read' }],
    ['a right one beside a misspelt one', { authorization: { scopes: ['A'] }, logins: {} }],
    ['roles of sessions only', { login: { roles: ['Editor'] } }],
    ['groups of sessions only', { login: { groups: ['90000000-0000-4000-8000-000000000021'] } }],
    ['claims of sessions only', { login: { claims: { plan: 'pro' } } }],
    ['acrs of sessions only', { login: { acrs: 'c1' } }],
    ['roles of tokens only', { authorization: { scopes: ['A'], roles: ['Editor'] } }],
    ['claims of tokens only', { authorization: { claims: () => true } }],
    ['acrs of tokens only', { authorization: { acrs: ['c1'] } }],
    ['no roles', { roles: [] }],
    ['an unset variable for roles', { roles: undefined }],
    ['an unset variable for acrs', { acrs: undefined }],
    ['no claims', { claims: {} }],
    ['an unset variable in login', { login: { maxAgeSeconds: undefined } }],
    ['the scopes of the handler at the wrong place', { maxAgeSeconds: 60 }],
    ['app permissions at the wrong place', { appPermissions: ['Todos.Read.All'] }],
  ])('%s', async ([, requirement], { provider, site }) => {
    const either = site.auth.orBearer(
      new ApiAuth({ authority: provider.authority(), clientId: provider.api.clientId }),
    )

    expect(() =>
      either.required(requirement as EitherRequirement, (_req, res) => void res.end('in')),
    ).toThrow(expect.objectContaining({ code: 'configuration' }))
  })
})

describe('if one of the two is not configured', () => {
  test('tokens get status 500, and sessions still work', async ({ open, provider }) => {
    const site = await open({ clientId: 7 as unknown as string })
    const robin = await signIn(site, provider, { as: 'robin' })
    const token = await provider.accessToken({ as: 'alex' })

    const answer = await new Browser().send(`${site.origin}/both`, bearer(token))
    expect(answer.status).toBe(500)
    expect(answer.json()).toMatchObject({ error: 'configuration' })
    expect((await robin.navigate(`${site.origin}/both`)).json()).toEqual({
      session: provider.user('robin').oid,
    })
    expect((await robin.script(`${site.origin}/both`, bearer(token))).status).toBe(500)
  })

  test('sessions of an Auth without an application get an error, and tokens still work', async ({
    provider,
    apiOf,
  }) => {
    const errors: unknown[] = []
    const app = express()
    const auth = new Auth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      redirectUri: 'http://localhost:3000/redirect',
      session: { secret: 'a-secret-of-thirty-two-characters' },
    })
    let reached = 0
    const either = auth.orBearer(apiOf())
    app.get(
      '/bare',
      either.required((_req, res) => {
        reached++
        res.json('in')
      }),
    )
    app.get(
      '/both',
      either.required({ authorization: { scopes: ['Todos.Read'] } }, (_req, res) => {
        reached++
        res.json('in')
      }),
    )
    const last: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
      errors.push(error)
      res.status(500).end()
    }
    app.use(last)
    const server = createServer(app)
    const origin = await listen(server)
    onTestFinished(() => close(server))
    const token = await provider.accessToken({ as: 'alex' })

    for (const path of ['/bare', '/both']) {
      expect((await fetch(origin + path)).status).toBe(500)
      expect((await fetch(origin + path, { headers: { cookie: 'identity=x' } })).status).toBe(500)
    }
    expect(reached).toBe(0)
    expect(errors.map((error) => IdentityError.is(error) && error.code)).toEqual(
      Array.from({ length: 4 }, () => 'configuration'),
    )
    for (const path of ['/bare', '/both']) {
      expect((await fetch(origin + path, bearer(token))).status).toBe(200)
      expect((await fetch(origin + path, bearer('a.b.c'))).status).toBe(401)
    }
    expect(reached).toBe(2)
  })
})
