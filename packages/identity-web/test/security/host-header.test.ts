import { createServer } from 'node:http'
import express from 'express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Auth, loginRequired } from 'identity-web/express'
import type { BrowserResponse } from '../support/browser.ts'
import { sendRaw } from '../support/raw.ts'
import {
  Browser,
  SESSION_SECRET,
  startSignIn,
  sendToCallback,
  close,
  listen,
  signIn,
} from '../support/site.ts'

const test = base
  .extend('trustProxy', (): boolean => false)
  .extend('site', async ({ openSite, trustProxy }) => {
    const site = await openSite()
    site.app.set('trust proxy', trustProxy)
    return site
  })
  /** The origin of an application whose `Auth` is mounted below the path `/sub`. */
  .extend('origin', async ({ provider }, { onCleanup }) => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    onCleanup(() => close(server))
    const inner = express()
    const auth = new Auth(inner, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/sub/redirect`,
      session: { secret: SESSION_SECRET },
    })
    inner.get(
      '/page',
      auth.loginRequired((_req, res, { user }) => void res.json({ name: user.name })),
    )
    const router = express.Router()
    router.get(
      '/deep',
      loginRequired((_req, res, { claims }) => void res.json({ name: claims.name })),
    )
    inner.use('/router', router)
    app.use('/sub', inner)
    app.use((_req, res) => void res.status(404).send('not here'))
    return origin
  })

const LIES = [
  ['Host', { host: 'evil.example' }],
  ['Host with a port', { host: 'evil.example:443' }],
  ['Host with a user', { host: 'localhost@evil.example' }],
  ['an empty Host', { host: '' }],
  ['X-Forwarded-Host', { 'x-forwarded-host': 'evil.example' }],
  ['two hosts in X-Forwarded-Host', { 'x-forwarded-host': 'evil.example, localhost' }],
  ['X-Forwarded-Proto', { 'x-forwarded-proto': 'https' }],
  ['X-Forwarded-Port', { 'x-forwarded-port': '1' }],
  ['X-Forwarded-Prefix', { 'x-forwarded-prefix': '//evil.example' }],
  ['Forwarded', { forwarded: 'for=1.2.3.4;host=evil.example;proto=https' }],
  ['X-Original-URL', { 'x-original-url': '//evil.example/', 'x-rewrite-url': '//evil.example/' }],
  ['X-Host', { 'x-host': 'evil.example', 'x-forwarded-server': 'evil.example' }],
] as const

const parameter = (response: BrowserResponse, name: string): string | null =>
  new URL(response.location ?? '').searchParams.get(name)

describe.each([
  ['without `trust proxy`', false],
  ['with `trust proxy`', true],
] as const)('a site %s', (_name, trustProxy) => {
  test.override('trustProxy', trustProxy)

  test.for(LIES)(
    'uses the redirect URI of its options, not of %s',
    async ([, headers], { site }) => {
      const response = await new Browser().navigate(`${site.origin}/other`, { headers })

      expect(response.status).toBe(302)
      expect(parameter(response, 'redirect_uri')).toBe(`${site.origin}/redirect`)
      expect(response.setCookies[0]).not.toContain('Domain')
      expect(response.text + JSON.stringify(response.headers)).not.toContain('evil')
    },
  )

  test.for(LIES)(
    'returns its own login URL to scripts despite %s',
    async ([, headers], { site }) => {
      const response = await new Browser().script(`${site.origin}/other`, { headers })

      const { loginUrl } = response.json() as { loginUrl: string }
      expect(new URL(loginUrl).origin).toBe(site.origin)
      expect(response.text).not.toContain('evil')
    },
  )

  test.for(LIES)(
    'returns users to its own page despite %s',
    async ([, headers], { site, provider, browser }) => {
      const redirect = await browser.navigate(`${site.origin}/other`, { headers })
      const { url } = await provider.signIn(redirect.location ?? '')

      const response = await browser.navigate(url.href, { headers })

      expect([response.status, response.location]).toEqual([302, '/other'])
    },
  )

  test.for(LIES)('signs out to its own URL despite %s', async ([, headers], { site, signedIn }) => {
    const response = await signedIn.navigate(`${site.origin}/logout`, { headers })

    expect(parameter(response, 'post_logout_redirect_uri')).toBe(`${site.origin}/`)
    expect(response.location).not.toContain('evil')
  })

  test.for(LIES)('does not show %s on its error page', async ([, headers], { site }) => {
    const response = await new Browser().navigate(`${site.origin}/redirect?state=x`, { headers })

    expect(response.status).toBe(400)
    expect(response.text).toContain(`href="${site.origin}/"`)
    expect(response.text).not.toContain('evil')
  })

  test('ignores an absolute URL in the request line', async ({ site }) => {
    const response = await sendRaw(site.origin, [
      'GET http://evil.example/other HTTP/1.1',
      'Host: evil.example',
      'Accept: text/html',
    ])

    expect(response.status).toBe(302)
    expect(response.head).not.toContain('evil')
  })
})

describe('the origin of a sign-out', () => {
  test('is compared with the origin of the options, not with the Host of the request', async ({
    site,
    signedIn,
  }) => {
    const response = await signedIn.navigate(`${site.origin}/logout`, {
      method: 'POST',
      headers: {
        host: 'evil.example',
        origin: 'http://evil.example',
        'sec-fetch-site': undefined,
      },
    })

    expect(response.status).toBe(200)
    expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
  })
})

describe('an application below a path', () => {
  test('has its routes only below the path', async ({ origin }) => {
    const inside = await new Browser().navigate(`${origin}/sub/login`)
    const outside = await new Browser().navigate(`${origin}/login`)

    expect(parameter(inside, 'redirect_uri')).toBe(`${origin}/sub/redirect`)
    expect(inside.setCookies[0]).toContain('; Path=/;')
    expect(outside.status).toBe(404)
  })

  test.for(['/sub/page?a=1', '/sub/router/deep'])(
    'signs in and returns to %s',
    async (path, { origin, provider, browser }) => {
      const response = await sendToCallback(
        browser,
        await startSignIn({ origin }, provider, browser, { path }),
      )

      expect([response.status, response.location]).toEqual([302, path])
      expect((await browser.navigate(origin + path)).json()).toEqual({ name: 'Alex Rivera' })
    },
  )

  test('returns the login URL below the path to scripts', async ({ origin }) => {
    const response = await new Browser().script(`${origin}/sub/page`)

    const { loginUrl } = response.json() as { loginUrl: string }
    expect(loginUrl.startsWith(`${origin}/sub/login?`)).toBe(true)
  })

  test('signs out below the path', async ({ origin, provider }) => {
    const browser = await signIn({ origin }, provider, { path: '/sub/page' })

    const question = await browser.navigate(`${origin}/sub/logout`, {
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    const response = await browser.navigate(`${origin}/sub/logout`)

    expect(question.text).toContain('action="/sub/logout"')
    expect(response.status).toBe(302)
    expect([...browser.cookies.keys()]).toEqual([])
  })
})
