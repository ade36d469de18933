import { createServer } from 'node:http'
import express from 'express'
import { easyAuth, type EasyAuthOptions } from 'identity-web/easy-auth'
import { Auth as ExpressAuth } from 'identity-web/express'
import { Auth, type AuthOptions } from 'identity-web/fetch'
import { onTestFinished, vi } from 'vitest'
import { Browser } from '../support/browser.ts'
import { describe, expect, signInAtPlatform, test } from '../support/platform-fixtures.ts'
import { sendRaw } from '../support/raw.ts'
import { close, listen } from '../support/site.ts'

const TENANT = 'c0000000-0000-4000-8000-000000000001'
const SETTINGS = {
  IDENTITY_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
  IDENTITY_AUTHORITY: `https://login.microsoftonline.com/${TENANT}`,
}
const PROOF = { ...SETTINGS, WEBSITE_AUTH_ENABLED: 'True' }

type Claims = Readonly<Record<string, string>>

function principal(claims: Claims = {}, provider = 'aad'): string {
  const all = { iss: 'i', sub: 'admin', tid: TENANT, roles: 'Admin', ...claims }
  const pairs = Object.entries(all).map(([typ, val]) => ({ typ, val }))
  return Buffer.from(JSON.stringify({ auth_typ: provider, claims: pairs })).toString('base64')
}

interface Attack {
  readonly environment: Readonly<Record<string, string>>
  readonly options?: AuthOptions
  readonly easy?: EasyAuthOptions
  readonly headers: Readonly<Record<string, string>>
}

/** Sends a request to a guarded page, and returns the status and whether the user is known on a public page. */
async function attack({ environment, options, easy, headers }: Attack) {
  const auth = new Auth(
    { signIn: easyAuth(easy), logger: false, environment: 'production', ...options },
    environment,
  )
  const page = auth.loginRequired(() => new Response('inside'))
  const request = (): Request =>
    new Request('http://localhost/page', { headers: { accept: 'text/html', ...headers } })
  const first = request()
  const response = await auth.respond(first, () => page(first))
  const user = await auth.getUser(request())
  const context = await auth.authenticate(request())
  return { status: response.status, user, isAuthenticated: context.ok }
}

const REJECTED = { user: undefined, isAuthenticated: false }

describe('forged headers of the platform', () => {
  test('sign a user in only with the proof of the platform', async () => {
    const headers = { 'x-ms-client-principal': principal() }

    expect(await attack({ environment: PROOF, headers })).toMatchObject({
      status: 200,
      isAuthenticated: true,
    })
    expect(await attack({ environment: SETTINGS, headers })).toEqual({ status: 503, ...REJECTED })
    expect(
      await attack({
        environment: { ...SETTINGS, WEBSITE_AUTH_ENABLED: 'False', WEBSITE_SITE_NAME: 'shop' },
        headers,
      }),
    ).toEqual({ status: 503, ...REJECTED })
  })

  test('do not sign a user in on Container Apps without the option', async () => {
    const environment = { ...SETTINGS, CONTAINER_APP_NAME: 'shop' }
    const headers = { 'x-ms-client-principal': principal() }

    expect(await attack({ environment, headers })).toEqual({ status: 503, ...REJECTED })
    const easy = { trustContainerApps: true }
    expect(await attack({ environment, easy, headers })).toMatchObject({ status: 200 })
    // Everywhere else, clients can reach the application directly.
    expect(await attack({ environment: SETTINGS, easy, headers })).toEqual({
      status: 503,
      ...REJECTED,
    })
  })

  test('do not sign a user in without signIn, although the platform is in front', async () => {
    const options = {
      signIn: undefined,
      redirectUri: 'http://localhost/redirect',
      session: { secret: 'a-secret-of-the-test-with-32-characters' },
    }
    const headers = { 'x-ms-client-principal': principal() }
    const result = await attack({ environment: PROOF, options, headers })

    expect(result.status).not.toBe(200)
    expect(result).toMatchObject(REJECTED)
  })

  test('are removed by the platform of the development provider', async ({
    openPlatformSite,
    browser,
  }) => {
    const site = await openPlatformSite()
    const forged = [
      'x-ms-client-principal',
      'X-MS-CLIENT-PRINCIPAL',
      'x_ms_client_principal',
      'x-ms-client-principal-id',
      'x-ms-token-aad-access-token',
    ]
    const received: string[] = []
    site.app.get('/headers', (req, res) => {
      received.push(...Object.keys(req.headers).filter((name) => /ms[-_]/.test(name)))
      res.end()
    })

    for (const name of forged) {
      const headers = { [name]: principal() }
      // oxlint-disable-next-line no-await-in-loop -- One attack after the other.
      expect((await browser.script(`${site.origin}/`, { headers })).status).toBe(401)
      // oxlint-disable-next-line no-await-in-loop
      await browser.script(`${site.origin}/headers`, { headers })
    }
    expect(received).toEqual([])
  })
})

describe('users of the platform who do not belong to the application', () => {
  test('are not signed in with another identity provider', async () => {
    const headers = { 'x-ms-client-principal': principal({}, 'google') }

    expect(await attack({ environment: PROOF, headers })).toEqual({ status: 302, ...REJECTED })
  })

  test('are rejected if their tenant is not that of the authority', async () => {
    const tid = 'fab00000-0000-4000-8000-000000000002'
    const headers = { 'x-ms-client-principal': principal({ tid }) }

    expect(await attack({ environment: PROOF, headers })).toEqual({ status: 403, ...REJECTED })
  })

  test('are rejected if their tenant is not in tenants', async () => {
    const environment = {
      ...PROOF,
      IDENTITY_AUTHORITY: 'https://login.microsoftonline.com/organizations',
    }
    const options = { tenants: [TENANT] }
    const other = principal({ tid: 'fab00000-0000-4000-8000-000000000002' })
    const status = async (header: string): Promise<number> =>
      (await attack({ environment, options, headers: { 'x-ms-client-principal': header } })).status

    expect(await status(principal())).toBe(200)
    expect(await status(other)).toBe(403)
  })

  test('are not signed in as an application without a user', async () => {
    const headers = { 'x-ms-client-principal': principal({ idtyp: 'app' }) }

    expect(await attack({ environment: PROOF, headers })).toEqual({ status: 302, ...REJECTED })
  })

  // `idtyp` is an optional claim. The platform also accepts the token in X-ZUMO-AUTH, after a POST to /.auth/login/aad.
  test('are not signed in as an application whose token does not contain idtyp', async () => {
    const headers = { 'x-ms-client-principal': principal({ oid: 'same', sub: 'same' }) }

    expect(await attack({ environment: PROOF, headers })).toEqual({ status: 302, ...REJECTED })
    const external = { ...PROOF, IDENTITY_AUTHORITY: `https://contoso.ciamlogin.com/${TENANT}` }
    expect(await attack({ environment: external, headers })).toEqual({ status: 302, ...REJECTED })
  })

  test('are signed in where oid and sub do not tell applications: at Azure AD B2C and other providers', async () => {
    const claims = { oid: 'same', sub: 'same' }
    const b2c = {
      ...PROOF,
      IDENTITY_AUTHORITY: 'https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_sign_in',
    }
    const other = {
      ...PROOF,
      IDENTITY_AUTHORITY: '',
      IDENTITY_OIDC_AUTHORITY: 'https://id.example',
    }
    const headers = { 'x-ms-client-principal': principal(claims) }

    expect(await attack({ environment: b2c, headers })).toMatchObject({ isAuthenticated: true })
    expect(await attack({ environment: other, headers })).toMatchObject({ isAuthenticated: true })
  })

  test.for([
    'Basic eDp5, Bearer a.b.c',
    'Basic eDp5,Bearer a.b.c',
    'Basic eDp5,\tbearer a.b.c',
    'Bearer a.b.c, Basic eDp5',
    ', Bearer a.b.c',
  ])('are not signed in if one of several headers is a bearer token: %j', async (authorization) => {
    const headers = { authorization, 'x-ms-client-principal': principal() }

    expect(await attack({ environment: PROOF, headers })).toEqual({ status: 302, ...REJECTED })
  })

  test('are not signed in if the second header of a request is a bearer token', async () => {
    for (const [name, value] of Object.entries(PROOF)) vi.stubEnv(name, value)
    const app = express()
    const auth = new ExpressAuth(app, { signIn: easyAuth(), logger: false })
    app.get(
      '/page',
      auth.loginRequired((_req, res) => void res.send('inside')),
    )
    const server = createServer(app)
    const origin = await listen(server)
    onTestFinished(() => close(server))
    const ask = (...authorization: string[]): ReturnType<typeof sendRaw> =>
      sendRaw(origin, [
        'GET /page HTTP/1.1',
        'Host: localhost',
        `X-MS-Client-Principal: ${principal()}`,
        ...authorization.map((value) => `Authorization: ${value}`),
      ])

    expect((await ask('Basic eDp5')).status).toBe(200)
    expect((await ask('Basic eDp5', 'Bearer a.b.c')).status).toBe(302)
    expect((await ask('Bearer a.b.c', 'Basic eDp5')).status).toBe(302)
  })

  test('are not signed in by a bearer token, which another application may have', async ({
    openPlatformSite,
    provider,
    browser,
  }) => {
    const site = await openPlatformSite()
    const token = await provider.sign({
      aud: provider.app.clientId,
      iss: `${provider.authority()}/v2.0`,
      sub: 'alex',
      tid: provider.user('alex').tenant,
      scp: 'access',
    })
    const principals: unknown[] = []
    site.app.get('/principal', (req, res) => {
      principals.push(req.headers['x-ms-client-principal-idp'])
      res.end()
    })
    const headers = { authorization: `Bearer ${token}` }

    await browser.script(`${site.origin}/principal`, { headers })
    const response = await browser.script(`${site.origin}/`, { headers })

    // The platform accepts the token and describes its user.
    expect(principals).toEqual(['aad'])
    expect(response.status).toBe(401)
    const scheme = { authorization: `bearer\t${token}`, 'x-ms-client-principal': principal() }
    expect((await attack({ environment: PROOF, headers: scheme })).status).toBe(302)
  })
})

describe('the tokens and the session of the platform', () => {
  test('are not in log lines, errors, URLs or pages', async ({
    openPlatformSite,
    provider,
    browser,
    clock,
  }) => {
    const site = await openPlatformSite({}, { scopes: ['User.Read'] })
    await signInAtPlatform(site, provider, browser, { path: '/' })
    const session = browser.cookies.get('AppServiceAuthSession')?.value ?? 'missing'
    const { accessToken } = (await browser.navigate(`${site.origin}/token`)).json() as {
      accessToken: string
    }
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })
    clock.advance(7200)

    const pages = [
      await browser.navigate(`${site.origin}/me`),
      await browser.navigate(`${site.origin}/mail`),
      await browser.navigate(`${site.origin}/logout`),
    ]

    const everything = [
      ...site.logs,
      ...pages.flatMap(({ text, headers }) => [text, JSON.stringify(headers)]),
    ].join('\n')
    expect(site.logs.length).toBeGreaterThan(0)
    for (const secret of [session, accessToken, provider.app.clientSecret ?? 'missing']) {
      expect(everything).not.toContain(secret)
    }
  })

  test('are sent to the configured host only, and without the other cookies', async ({
    openPlatformSite,
    provider,
    browser,
    clock,
  }) => {
    const sent: { url: string; cookie: string | null }[] = []
    const site = await openPlatformSite(
      {
        async fetch(input, init) {
          const { url, headers } = new Request(input as string, init)
          sent.push({ url, cookie: headers.get('cookie') })
          return fetch(input, init)
        },
      },
      { scopes: ['User.Read'] },
    )
    await signInAtPlatform(site, provider, browser, { path: '/me' })
    await browser.navigate(`${site.origin}/me`)
    clock.advance(3500)

    const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    await fetch(`${site.origin}/me`, {
      headers: { cookie: `${cookie}; other=1`, 'x-forwarded-host': 'attacker.example' },
    })

    const withCookie = sent.filter((request) => request.cookie !== null)
    expect(withCookie.map(({ url }) => url)).toEqual([
      `${site.origin}/.auth/refresh`,
      `${site.origin}/.auth/me`,
    ])
    for (const request of withCookie)
      expect(request.cookie).toMatch(/^AppServiceAuthSession=[\w-]+$/)
  })

  test('of one user never reach another one', async ({ openPlatformSite, provider }) => {
    const site = await openPlatformSite({}, { scopes: ['User.Read'] })
    const [alex, robin] = [new Browser(), new Browser()]
    await signInAtPlatform(site, provider, alex, { path: '/me', as: 'alex' })
    await signInAtPlatform(site, provider, robin, { path: '/me', as: 'robin' })

    const names = await Promise.all(
      [alex, robin, alex, robin].map(async (each) => {
        const { body } = (await each.navigate(`${site.origin}/me`)).json() as {
          body: { displayName: string }
        }
        return body.displayName
      }),
    )

    expect(names).toEqual([
      provider.user('alex').name,
      provider.user('robin').name,
      provider.user('alex').name,
      provider.user('robin').name,
    ])
  })
})

test('a return path cannot lead to another site', async ({ openPlatformSite, browser }) => {
  const site = await openPlatformSite()

  for (const target of ['https://attacker.example/', '//attacker.example', '/\\attacker.example']) {
    // oxlint-disable-next-line no-await-in-loop -- One attack after the other.
    const response = await browser.navigate(
      `${site.origin}/login?return_to=${encodeURIComponent(target)}`,
    )
    expect(response.location).toBe('/.auth/login/aad?post_login_redirect_uri=%2F')
  }
})
