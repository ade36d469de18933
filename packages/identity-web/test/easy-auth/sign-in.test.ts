import { serveRequests } from '../support/request-server.ts'
import { easyAuth } from 'identity-web/easy-auth'
import { Auth } from 'identity-web/fetch'
import { Browser } from '../support/browser.ts'
import {
  describe,
  expect,
  signInAtPlatform,
  test as base,
  type PlatformSite,
} from '../support/platform-fixtures.ts'

/** The application of each host: its pages, and the object of the library. */
interface Host {
  readonly origin: string
  readonly auth: Pick<PlatformSite['auth'], 'paths' | 'problems'>
}

const test = base
  .extend('express', ({ openPlatformSite }) => async (): Promise<Host> => {
    const { origin, auth, app } = await openPlatformSite({}, { scopes: ['User.Read'] })
    app.get(
      '/admin',
      auth.loginRequired({ roles: ['Todos.Admin'] }, (_req, res) => void res.json('in')),
    )
    app.post(
      '/save',
      auth.loginRequired((_req, res) => void res.json('saved')),
    )
    return { origin, auth }
  })
  .extend('fetch', ({ openPlatform }, { onCleanup }) => async (): Promise<Host> => {
    let direct = ''
    const { origin } = await openPlatform({ target: () => direct, scopes: ['User.Read'] })
    const auth = new Auth({ signIn: easyAuth(), logger: false })
    const pages: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
      'GET /': auth.loginRequired((_request, context) => Response.json(context)),
      'GET /admin': auth.loginRequired({ roles: ['Todos.Admin'] }, () => Response.json('in')),
      'GET /me': auth.loginRequired({ scopes: 'User.Read' }, async (_request, context) => {
        const response = await context.fetch('/me')
        return Response.json({ status: response.status, body: await response.json() })
      }),
      'GET /open': async (request) =>
        Response.json({ user: (await auth.getUser(request)) ?? null }),
      'POST /save': auth.loginRequired(() => Response.json('saved')),
    }
    const server = await serveRequests((request) =>
      auth.respond(request, () => {
        const page = pages[`${request.method} ${new URL(request.url).pathname}`]
        return page?.(request) ?? new Response(null, { status: 404 })
      }),
    )
    onCleanup(() => server.close())
    direct = server.origin
    return { origin, auth }
  })

describe.for(['express', 'fetch'] as const)('behind the platform, %s', (name) => {
  const hosted = test.extend('host', async ({ express, fetch }) =>
    name === 'express' ? express() : fetch())

  hosted('sends a visitor to the platform, and returns to the page', async ({ host, browser }) => {
    expect(host.auth.problems).toEqual([])

    const response = await browser.navigate(`${host.origin}/admin?tab=2`)

    expect(response.status).toBe(302)
    expect(response.location).toBe('/.auth/login/aad?post_login_redirect_uri=%2Fadmin%3Ftab%3D2')
    expect(response.setCookies).toEqual([])
  })

  hosted('gives a script the URL of the sign-in', async ({ host, browser }) => {
    const response = await browser.script(`${host.origin}/`)

    expect(response.status).toBe(401)
    expect(response.json()).toEqual({
      error: 'login_required',
      loginUrl: '/.auth/login/aad?post_login_redirect_uri=%2F',
    })
  })

  hosted('returns a script to the page that it belongs to', async ({ host, browser }) => {
    const loginUrl = async (referer: string): Promise<unknown> =>
      (await browser.script(`${host.origin}/me`, { headers: { referer } })).json()

    expect(await loginUrl(`${host.origin}/open?a=1`)).toMatchObject({
      loginUrl: '/.auth/login/aad?post_login_redirect_uri=%2Fopen%3Fa%3D1',
    })
    expect(await loginUrl('https://attacker.example/open')).toMatchObject({
      loginUrl: '/.auth/login/aad?post_login_redirect_uri=%2F',
    })
  })

  hosted('passes the user to the handler', async ({ host, browser, provider }) => {
    const arrived = await signInAtPlatform(host, provider, browser, { path: '/' })
    const response = await browser.navigate(arrived)

    const { oid, tenant: tid } = provider.user('alex')
    expect(response.json()).toMatchObject({
      kind: 'session',
      user: { name: 'Alex Rivera', oid, tid },
      claims: { preferred_username: 'alex@contoso.onmicrosoft.com' },
    })
    expect(response.headers['cache-control']).toBe('private, no-store')
    expect((await browser.script(`${host.origin}/open`)).json()).toMatchObject({ user: { oid } })
  })

  hosted('checks the roles of the user', async ({ host, browser, provider }) => {
    await signInAtPlatform(host, provider, browser, { as: 'sam' })
    expect((await browser.navigate(`${host.origin}/admin`)).json()).toBe('in')

    const other = new Browser()
    await signInAtPlatform(host, provider, other, { as: 'robin' })
    expect((await other.navigate(`${host.origin}/admin`)).status).toBe(403)
  })

  hosted('calls Microsoft Graph with a token', async ({ host, browser, provider }) => {
    await signInAtPlatform(host, provider, browser, { path: '/me' })

    expect((await browser.navigate(`${host.origin}/me`)).json()).toMatchObject({
      status: 200,
      body: { displayName: 'Alex Rivera' },
    })
  })

  hosted('signs out at the platform and at the provider', async ({ host, browser, provider }) => {
    await signInAtPlatform(host, provider, browser)

    const response = await browser.navigate(host.origin + host.auth.paths.logout)

    expect(response.status).toBe(302)
    expect(response.location).toBe('/.auth/logout?post_logout_redirect_uri=%2F')
    const platform = await browser.navigate(new URL(response.location ?? '', host.origin).href)
    expect(platform.location).toContain(`${provider.authority()}/oauth2/v2.0/logout?`)
    expect((await browser.script(`${host.origin}/`)).status).toBe(401)
  })

  hosted('has the login route, with its parameters', async ({ host, browser }) => {
    const response = await browser.navigate(
      `${host.origin}${host.auth.paths.login}?return_to=/admin&prompt=select_account&login_hint=a`,
    )

    expect(response.location).toBe(
      '/.auth/login/aad?post_login_redirect_uri=%2Fadmin&prompt=select_account&login_hint=a',
    )
  })

  hosted('rejects a form of another site', async ({ host, browser, provider }) => {
    await signInAtPlatform(host, provider, browser)
    const post = (site: string) =>
      browser.script(`${host.origin}/save`, {
        method: 'POST',
        headers: { 'sec-fetch-site': site },
      })

    expect((await post('same-origin')).json()).toBe('saved')
    expect((await post('same-site')).status).toBe(403)
  })
})
