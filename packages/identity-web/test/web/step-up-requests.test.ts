import type { ClaimsRequest } from '../../src/errors.ts'
import type { DevProvider } from 'identity-web-dev'
import { IdentityError, type AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { requestCount, expectErrorPage } from '../support/attack.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { type Site } from '../support/site.ts'
import {
  requestParams,
  requestedClaims,
  followToCallback,
  signInThrough,
  grants,
  linkUrl,
} from '../support/steps.ts'

const REQUESTED = '{"access_token":{"acrs":{"essential":true,"value":"c7"}}}'
const C1 = { acrs: { essential: true, value: 'c1' } }

const ok = (_req: unknown, res: { json(body: object): unknown }): void => void res.json({})

const test = base
  .extend('open', ({ openSite }) => async (options: AuthOptions = {}): Promise<Site> => {
    const site = await openSite(options)
    const { app, auth } = site
    app.get('/vault', auth.loginRequired({ acrs: 'c1' }, ok))
    app.get('/all', auth.loginRequired({ acrs: 'c1', maxAgeSeconds: 600, scopes: 'User.Read' }, ok))
    app.get(
      '/never',
      auth.loginRequired({ scopes: 'User.Read' }, () => {
        return Promise.reject(
          new IdentityError('interaction_required', 'Never.', {
            claimsRequest: JSON.parse(REQUESTED) as ClaimsRequest,
          }),
        )
      }),
    )
    return site
  })
  .extend('site', ({ open }) => open())
  .extend('signInForStepUp', ({ provider }) => async (site: Site): Promise<Browser> => {
    const browser = await site.signIn({ path: '/me' })
    await signInThrough(browser, provider, `${site.origin}/never`)
    return browser
  })
  .extend('sealedRequest', () => async (site: Site): Promise<string> => {
    const browser = await site.signIn({ path: '/me' })
    const { loginUrl } = (await browser.script(`${site.origin}/all`)).json() as { loginUrl: string }
    return new URL(loginUrl).searchParams.get('request') ?? ''
  })

describe('a step-up', () => {
  test.for([
    ['the tenant of the user', undefined, 'alex', null],
    ['common, of a work account', 'common', 'alex', 'organizations'],
    ['common, of a personal account', 'common', 'charlie', 'consumers'],
    ['organizations', 'organizations', 'alex', 'organizations'],
  ] as const)(
    'at %s names the user, so that the provider does not show a picker',
    async ([, tenant, as, domain], { open, provider }) => {
      const site = await open({ authority: provider.authority(tenant) })
      const browser = await site.signIn({ as })
      const { claims } = (await browser.navigate(`${site.origin}/`)).json() as {
        claims: Record<string, unknown>
      }

      const redirect = await browser.navigate(`${site.origin}/vault`)

      expect(requestParams(redirect).get('login_hint')).toBe(claims['login_hint'])
      expect(requestParams(redirect).get('login_hint')).toBeTruthy()
      expect(requestParams(redirect).get('domain_hint')).toBe(domain)
    },
  )

  test('uses the user name when the token does not contain a login_hint', async ({
    provider,
    open,
  }) => {
    provider.tamper = {
      idToken: ({ login_hint: _hint, ...claims }, sign) => sign(claims),
    }
    const site = await open()
    const browser = await site.signIn()

    const redirect = await browser.navigate(`${site.origin}/vault`)

    expect(requestParams(redirect).get('login_hint')).toBe('alex@contoso.onmicrosoft.com')
  })

  test('does not send a login_hint for a visitor who is not signed in', async ({
    open,
    provider,
  }) => {
    const site = await open({ authority: provider.authority('common') })

    const redirect = await new Browser().navigate(`${site.origin}/vault`)

    expect(requestParams(redirect).has('login_hint')).toBe(false)
    expect(requestParams(redirect).has('domain_hint')).toBe(false)
  })

  test.for(['interaction_required', 'consent_required', 'login_required', 'invalid_grant'])(
    'follows a refresh that is rejected with %s, with the claims of the rejection',
    async (error, { provider, site, signedIn }) => {
      provider.behave({ faults: { token: { kind: 'error', error, claims: REQUESTED, times: 1 } } })

      const redirect = await signedIn.navigate(`${site.origin}/me`)
      const back = await followToCallback(signedIn, provider, redirect)

      expect(requestedClaims(redirect)).toEqual(JSON.parse(REQUESTED))
      expect(requestParams(redirect).get('scope')).toContain('User.Read')
      expect(requestParams(redirect).get('login_hint')).toBeTruthy()
      expect(back.location).toBe('/me')
      expect(grants(provider, 'authorization_code').at(-1)?.claims).toEqual(JSON.parse(REQUESTED))
    },
  )

  test.for([
    ['a list', '["evil"]'],
    ['not JSON', '{evil'],
    ['suspiciously long', JSON.stringify({ id_token: { a: { value: 'x'.repeat(9000) } } })],
  ] as const)(
    'ignores claims of a rejection that are %s',
    async ([, claims], { provider, site, signedIn }) => {
      provider.behave({
        faults: { token: { kind: 'error', error: 'interaction_required', claims, times: 1 } },
      })

      expect(requestParams(await signedIn.navigate(`${site.origin}/me`)).has('claims')).toBe(false)
    },
  )

  test('returns 401 to a script, with a login URL that contains the encrypted request', async ({
    provider,
    site,
  }) => {
    const browser = await site.signIn({ path: '/me' })

    const response = await browser.script(`${site.origin}/all`, {
      headers: { referer: `${site.origin}/other?a=1` },
    })
    const { error, loginUrl } = response.json() as { error: string; loginUrl: string }
    const redirect = await browser.navigate(loginUrl)
    const back = await followToCallback(browser, provider, redirect)

    expect([response.status, error]).toEqual([401, 'interaction_required'])
    expect(response.setCookies).toEqual([])
    expect(decodeURIComponent(loginUrl)).not.toMatch(/acrs|User\.Read|alex@/)
    expect(requestedClaims(redirect)).toEqual({ id_token: C1 })
    expect(requestParams(redirect).get('max_age')).toBe('600')
    expect(requestParams(redirect).get('scope')).toContain('User.Read')
    expect(requestParams(redirect).get('login_hint')).toBeTruthy()
    expect(back.location).toBe('/other?a=1')
    expect((await browser.script(`${site.origin}/all`)).status).toBe(200)
  })

  test.for([
    ['consent', { scopes: 'Mail.Read' }],
    ['a step-up', { acrs: 'c1' }],
  ] as const)(
    'of a posted form (%s) returns to the page with the form by GET, and does not post the form again',
    async ([, requirement], { provider, site }) => {
      let posts = 0
      site.app.get('/form', (_req, res) => void res.send('The form'))
      site.app.post(
        '/send',
        site.auth.loginRequired(requirement, (_req, res) => void res.json({ posts: ++posts })),
      )
      const browser = await site.signIn()
      const post = (referer: string | undefined): Promise<BrowserResponse> =>
        browser.navigate(`${site.origin}/send`, {
          method: 'POST',
          headers: {
            origin: site.origin,
            referer,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: 'amount=100',
        })

      const redirect = await post(`${site.origin}/form?step=2`)
      const back = await followToCallback(browser, provider, redirect)
      const form = await browser.navigate(`${site.origin}${back.location}`)

      // 303: the browser must not repeat the POST at the provider, or send the fields there.
      expect(redirect.status).toBe(303)
      expect(redirect.location).not.toContain('amount')
      expect([back.status, back.location]).toEqual([302, '/form?step=2'])
      expect([form.status, form.text, posts]).toEqual([200, 'The form', 0])
      expect((await post(`${site.origin}/form?step=2`)).json()).toEqual({ posts: 1 })
    },
  )

  test.for([undefined, 'https://evil.example/form', 'own.evil.example/form'])(
    'of a posted form with the Referer %s returns to the home page',
    async (referer, { provider, site }) => {
      site.app.post('/send', site.auth.loginRequired({ acrs: 'c1' }, ok))
      const browser = await site.signIn()

      const redirect = await browser.navigate(`${site.origin}/send`, {
        method: 'POST',
        headers: { origin: site.origin, referer: referer?.replace('own', site.origin) },
      })

      expect((await followToCallback(browser, provider, redirect)).location).toBe('/')
    },
  )

  test('is checked in the response to the login URL of a script', async ({ provider, site }) => {
    const browser = await site.signIn()
    const { loginUrl } = (await browser.script(`${site.origin}/vault`)).json() as {
      loginUrl: string
    }
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, acrs: ['c2'] }) }

    expectErrorPage(site, await signInThrough(browser, provider, loginUrl), 403)
  })
})

describe('a page that needs a second sign-in just after the first', () => {
  function expectLoopStopped(site: Site, response: BrowserResponse): void {
    expectErrorPage(site, response, 401)
    expect(response.location).toBeUndefined()
    expect(response.text).toContain('One more step is required')
  }

  test('shows an error page within a minute, however often it is requested', async ({
    signInForStepUp,
    clock,
    provider,
    site,
  }) => {
    const browser = await signInForStepUp(site)
    clock.advance(55)

    expectLoopStopped(site, await browser.navigate(`${site.origin}/never`))
    expectLoopStopped(site, await browser.navigate(`${site.origin}/never`))
    expect(requestCount(provider, 'authorize')).toBe(2)
  })

  test('redirects to the provider again after a minute', async ({
    signInForStepUp,
    clock,
    provider,
    site,
  }) => {
    const browser = await signInForStepUp(site)
    clock.advance(61)

    const redirect = await browser.navigate(`${site.origin}/never`)
    await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toEqual(JSON.parse(REQUESTED))
    expectLoopStopped(site, await browser.navigate(`${site.origin}/never`))
  })

  test('also shows the error page after the login URL of a script', async ({ provider, site }) => {
    const browser = await site.signIn({ path: '/me' })
    const { loginUrl } = (await browser.script(`${site.origin}/never`)).json() as {
      loginUrl: string
    }
    await signInThrough(browser, provider, loginUrl)

    expectLoopStopped(site, await browser.navigate(`${site.origin}/never`))
    expect((await browser.script(`${site.origin}/never`)).json()).toMatchObject({
      error: 'interaction_required',
    })
  })

  test('redirects to the provider at once for another reason', async ({
    signInForStepUp,
    site,
  }) => {
    const browser = await signInForStepUp(site)

    const redirect = await browser.navigate(`${site.origin}/vault`)

    expect(requestedClaims(redirect)).toEqual({ id_token: C1 })
    expect(requestParams(await browser.navigate(`${site.origin}/mail`)).get('scope')).toContain(
      'Mail',
    )
  })

  test('has a link that repeats the whole request and returns', async ({
    signInForStepUp,
    provider,
    site,
  }) => {
    const browser = await signInForStepUp(site)
    const unsatisfied = await browser.navigate(`${site.origin}/never`)

    const redirect = await browser.navigate(linkUrl(unsatisfied, 'Try again'))
    const back = await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toEqual(JSON.parse(REQUESTED))
    expect(requestParams(redirect).get('scope')).toContain('User.Read')
    expect(requestParams(redirect).get('login_hint')).toBeTruthy()
    expect(back.location).toBe('/never')
    expectLoopStopped(site, await browser.navigate(`${site.origin}/never`))
  })

  test('is not a loop after a normal sign-in', async ({ site }) => {
    const browser = await site.signIn({ path: '/me' })

    expect((await browser.navigate(`${site.origin}/never`)).status).toBe(302)
  })
})

describe('a login URL', () => {
  const EXTRA = ['claims', 'max_age', 'login_hint', 'domain_hint', 'prompt']

  async function expectNoExtraRequest(site: Site, request: string): Promise<void> {
    const url = new URL(`${site.origin}/login`)
    url.searchParams.set('request', request)
    const params = requestParams(await new Browser().navigate(url.href))
    expect(EXTRA.filter((name) => params.has(name))).toEqual([])
    expect(params.get('scope')).toBe('openid profile email offline_access')
  }

  test('with a changed request does not request more', async ({ sealedRequest, site }) => {
    const sealed = await sealedRequest(site)

    for (const at of [0, 10, sealed.length >> 1, sealed.length - 2]) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      await expectNoExtraRequest(site, sealed.slice(0, at) + other + sealed.slice(at + 1))
    }
    await expectNoExtraRequest(site, sealed.slice(0, -8))
    await expectNoExtraRequest(site, '')
  })

  test.for<[string, (provider: DevProvider) => AuthOptions]>([
    ['secret', () => ({ session: { secret: 'another-session-secret-of-the-tests-0123' } })],
    ['client', () => ({ clientId: '22222222-3333-4444-8555-666666666666' })],
    ['authority', (provider) => ({ authority: provider.authority('common') })],
  ])(
    'with a request encrypted for another %s does not request more',
    async ([, options], { open, provider, sealedRequest }) => {
      const [site, other] = [await open(), await open(options(provider))]

      await expectNoExtraRequest(other, await sealedRequest(site))
    },
  )

  test('with an encrypted state or session instead of the request does not request more', async ({
    site,
    signedIn,
  }) => {
    const state = requestParams(await signedIn.navigate(`${site.origin}/all`)).get('state') ?? ''

    await expectNoExtraRequest(site, state)
    await expectNoExtraRequest(site, signedIn.cookies.get('identity')?.value ?? '')
  })
})
