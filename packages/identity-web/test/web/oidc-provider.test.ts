import { createServer, type Server } from 'node:http'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDevProvider } from 'identity-web-dev'
import { Browser } from '../support/browser.ts'
import { CountingStore } from '../support/counting-store.ts'
import {
  SESSION_SECRET,
  close,
  createClock,
  listen,
  startSite,
  type Site,
} from '../support/site.ts'

// A certified provider that is nobody's of ours: what works here is the standard and not our own habits.

let server: Server
let issuer: string
let site: Site
let rotations = 0
const clock = createClock()

beforeAll(async () => {
  server = createServer()
  issuer = await listen(server)
  const dev = await startDevProvider()
  site = await startSite(dev, (origin) => ({
    authority: undefined,
    oidcAuthority: issuer,
    clientId: 'web',
    clientCredential: 'MARKED-client-secret',
    redirectUri: `${origin}/redirect`,
    postLogoutRedirectUri: `${origin}/`,
    endpoint: `${issuer}/me`,
    scopes: ['email'],
    session: { secret: SESSION_SECRET, store: new CountingStore() },
    now: clock.now,
  }))
  await dev.close()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'web',
        client_secret: 'MARKED-client-secret',
        redirect_uris: [`${site.origin}/redirect`],
        post_logout_redirect_uris: [`${site.origin}/`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        backchannel_logout_uri: `${site.origin}/back-channel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
    scopes: ['openid', 'offline_access', 'email', 'profile'],
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.com`, name: `User ${id}` }),
    }),
    conformIdTokenClaims: false,
    features: { backchannelLogout: { enabled: true } },
    // Its own one keeps off this machine's addresses, where the application is.
    fetch: (url, request) => fetch(url, { ...request, dispatcher: undefined } as RequestInit),
    issueRefreshToken: () => true,
    rotateRefreshToken: () => {
      rotations++
      return true
    },
    ttl: { AccessToken: 30 },
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))
})
afterAll(async () => {
  await site.close()
  await close(server)
})

/** Follows the provider's development pages: log in, consent, back. */
async function signInAt(provider: Browser, url: string): Promise<string> {
  let at = url
  for (let steps = 0; steps < 10; steps++) {
    if (at.startsWith(site.origin)) return at
    const page = await provider.navigate(at)
    if (page.location !== undefined) {
      at = new URL(page.location, at).href
      continue
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1] ?? 'login'
    const action = /action="([^"]+)"/.exec(page.text)?.[1] ?? at
    const posted = await provider.navigate(new URL(action, at).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt, login: 'ada', password: 'any' }).toString(),
    })
    at = new URL(posted.location ?? '', at).href
  }
  throw new Error(`No way back from ${at}`)
}

describe('with oidc-provider', () => {
  test('a user signs in, calls an API, gets rotated refresh tokens, and signs out', async () => {
    const browser = new Browser()
    const atProvider = new Browser()

    const redirect = await browser.navigate(`${site.origin}/other`)
    const back = await browser.navigate(await signInAt(atProvider, redirect.location ?? ''))
    expect(back.location).toBe('/other')
    const page = await browser.navigate(`${site.origin}/other`)
    expect(page.json()).toMatchObject({ user: { sub: 'ada', email: 'ada@example.com' } })

    site.app.get(
      '/userinfo',
      site.auth.loginRequired({ scopes: ['openid', 'email'] }, async (_req, res, context) => {
        const response = await context.fetch()
        res.json({ status: response.status, body: await response.json() })
      }),
    )
    const called = await browser.navigate(`${site.origin}/userinfo`)
    expect(called.json()).toMatchObject({ status: 200, body: { sub: 'ada' } })
    // Its access tokens live for 30 seconds: the next one is had ahead of that.
    clock.advance(25)
    expect((await browser.navigate(`${site.origin}/userinfo`)).json()).toMatchObject({
      status: 200,
    })
    expect(rotations).toBe(1)

    const logout = await browser.navigate(`${site.origin}/logout`)
    const target = new URL(logout.location ?? '')
    expect(target.origin).toBe(issuer)
    expect(target.searchParams.get('id_token_hint')).toBeTruthy()
    expect((await atProvider.navigate(target.href)).status).toBe(200)
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  })

  test('a sign-out at the provider ends the session by the back channel', async () => {
    const browser = new Browser()
    const atProvider = new Browser()
    const redirect = await browser.navigate(`${site.origin}/`)
    await browser.navigate(await signInAt(atProvider, redirect.location ?? ''))
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
