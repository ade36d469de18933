import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import { type SiteOptions, describe, expect, test as base } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { signInAtOidcProvider } from '../support/oidc-provider.ts'
import { SESSION_SECRET, close, listen } from '../support/site.ts'

// A certified provider that is not part of this project. It shows that the library follows the standard.

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('server', async ({}, { onCleanup }) => {
    const server = createServer()
    onCleanup(() => close(server))
    return { server, issuer: await listen(server) }
  })
  .extend('issuer', ({ server }) => server.issuer)
  .extend('siteOptions', ({ issuer, store }): SiteOptions => (origin) => ({
    authority: undefined,
    oidcAuthority: issuer,
    clientId: 'web',
    clientCredential: 'MARKED-client-secret',
    redirectUri: `${origin}/redirect`,
    postLogoutRedirectUri: `${origin}/`,
    scopes: ['email'],
    session: { secret: SESSION_SECRET, store },
  }))
  /** Starts oidc-provider for the site, and counts how often it rotated a refresh token. */
  .extend('rotations', ({ server: { server, issuer }, site: { origin } }) => {
    const rotations = { count: 0 }
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'web',
          client_secret: 'MARKED-client-secret',
          redirect_uris: [`${origin}/redirect`],
          post_logout_redirect_uris: [`${origin}/`],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          backchannel_logout_uri: `${origin}/back-channel-logout`,
          backchannel_logout_session_required: true,
        },
      ],
      claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
      scopes: ['openid', 'offline_access', 'email', 'profile'],
      findAccount: (_context: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.com`, name: `User ${id}` }),
      }),
      features: { backchannelLogout: { enabled: true } },
      // The default fetch rejects loopback addresses, where the application runs.
      fetch: (url, request) => fetch(url, { ...request, dispatcher: undefined } as RequestInit),
      issueRefreshToken: () => true,
      rotateRefreshToken: () => {
        rotations.count++
        return true
      },
      ttl: { AccessToken: 30 },
    })
    const handle = provider.callback()
    server.on('request', (request, response) => void handle(request, response))
    return rotations
  })

describe('with oidc-provider', () => {
  test('a user signs in, calls an API, gets rotated refresh tokens, and signs out', async ({
    site,
    clock,
    rotations,
    issuer,
  }) => {
    const browser = new Browser()
    const atProvider = new Browser()

    const redirect = await browser.navigate(`${site.origin}/other`)
    const back = await browser.navigate(
      await signInAtOidcProvider(atProvider, redirect.location ?? '', site.origin),
    )
    expect(back.location).toBe('/other')
    const page = await browser.navigate(`${site.origin}/other`)
    // Its ID tokens contain only `sub`. UserInfo has the other claims.
    expect(page.json()).toMatchObject({
      user: { sub: 'ada', email: 'ada@example.com', name: 'User ada' },
    })

    site.app.get(
      '/userinfo',
      site.auth.loginRequired({ scopes: ['openid', 'email'] }, async (_req, res, context) => {
        const response = await context.fetch(`${issuer}/me`)
        res.json({ status: response.status, body: await response.json() })
      }),
    )
    const called = await browser.navigate(`${site.origin}/userinfo`)
    expect(called.json()).toMatchObject({ status: 200, body: { sub: 'ada' } })
    // Its access tokens expire after 30 seconds. The library refreshes them earlier.
    clock.advance(25)
    expect((await browser.navigate(`${site.origin}/userinfo`)).json()).toMatchObject({
      status: 200,
    })
    expect(rotations.count).toBe(1)

    const logout = await browser.navigate(`${site.origin}/logout`)
    const target = new URL(logout.location ?? '')
    expect(target.origin).toBe(issuer)
    expect(target.searchParams.get('id_token_hint')).toBeTruthy()
    expect((await atProvider.navigate(target.href)).status).toBe(200)
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  })

  test('a sign-out at the provider ends the session by the back channel', async ({
    site,
    issuer,
    rotations: _started,
  }) => {
    const browser = new Browser()
    const atProvider = new Browser()
    const redirect = await browser.navigate(`${site.origin}/`)
    await browser.navigate(
      await signInAtOidcProvider(atProvider, redirect.location ?? '', site.origin),
    )
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)

    const question = await atProvider.navigate(`${issuer}/session/end`)
    const xsrf = /name="xsrf" value="(\w+)"/.exec(question.text)?.[1] ?? ''
    await atProvider.navigate(`${issuer}/session/end/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
    })

    expect(site.logs.join('\n')).toContain('A user signed out at the provider.')
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  })
})
