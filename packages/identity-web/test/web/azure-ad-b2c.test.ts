import type { SignInOptions } from 'identity-web-dev'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { AuthOptions, Claims } from 'identity-web/express'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { sendToCallback } from '../support/site.ts'
import { followToCallback, signInThrough } from '../support/steps.ts'

const test = base
  .extend('open', ({ openSite, provider }) => async (options: AuthOptions = {}) => {
    const site = await openSite({ authority: undefined, b2c: provider.b2c, ...options })
    site.app.get('/profile', async (req, res) => {
      res.json({ url: (await site.auth.getEditProfileUrl(req)) ?? null })
    })
    return site
  })
  .extend('site', ({ open }) => open())

  /** Opens a URL of the site, signs in at the provider and sends the authorization response to the callback. */
  .extend(
    'go',
    ({ provider }) =>
      async (
        browser: Browser,
        url: string,
        options: SignInOptions = {},
      ): Promise<BrowserResponse> =>
        signInThrough(browser, provider, url, { as: 'mia', ...options }),
  )
  /** A browser in which Mia is signed in at `site`. `cookies` has those of the provider. */
  .extend('signedIn', async ({ go, site, cookies, browser }) => {
    await go(browser, `${site.origin}/`, { cookies })
    return browser
  })

  /** Replaces a page that the development provider does not have, with its own state. */
  .extend(
    'reportForgottenPassword',
    ({ site }) =>
      (browser: Browser, redirect: string): Promise<BrowserResponse> => {
        const query = new URLSearchParams({
          error: 'access_denied',
          error_description: 'AADB2C90118: The user has forgotten their password.',
          state: new URL(redirect).searchParams.get('state') ?? '',
        })
        return browser.navigate(`${site.origin}/redirect?${query}`)
      },
  )
  .extend('claimsOf', ({ site }) => async (browser: Browser, at = site): Promise<Claims> => {
    const page = await browser.navigate(`${at.origin}/`)
    expect(page.status).toBe(200)
    return (page.json() as { claims: Claims }).claims
  })
  .extend(
    'asked',
    ({ provider }) =>
      (endpoint: string): string[] =>
        provider.requests.filter((one) => one.endpoint === endpoint).map((one) => one.path),
  )
  .extend('editUrl', ({ site }) => async (browser: Browser, at = site): Promise<string> => {
    const page = await browser.navigate(`${at.origin}/profile`)
    return (page.json() as { url: string }).url
  })

function loseFlows({ cookies }: Browser): void {
  for (const name of cookies.keys()) if (name.includes('flow')) cookies.delete(name)
}

describe('a user of Azure AD B2C', () => {
  test('signs in at the policy and returns to the requested page', async ({
    go,
    site,
    claimsOf,
    browser,
  }) => {
    const response = await go(browser, `${site.origin}/other?a=1`)

    expect(response.location).toBe('/other?a=1')
    const claims = await claimsOf(browser)
    expect(claims).toMatchObject({ tfp: 'B2C_1_susi' })
    expect(claims.iss).toMatch(/\/v2\.0\/$/)
    expect(claims.preferred_username).toBeUndefined()
  })

  test('signs in with the acr claim, and with the tfp issuer', async ({
    provider,
    open,
    go,
    claimsOf,
  }) => {
    provider.behave({ b2cPolicyClaim: 'acr', b2cIssuer: 'tfp' })
    const other = await open({})
    const browser = new Browser()

    await go(browser, `${other.origin}/`)

    const claims = await claimsOf(browser, other)
    expect(claims.iss).toContain('/tfp/')
    expect(claims['acr']).toBe('b2c_1_susi')
    expect(claims['tfp']).toBeUndefined()
  })

  test('is rejected with a token from another policy', async ({ provider, go, site }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, tfp: 'B2C_1_edit' }) }

    const response = await go(new Browser(), `${site.origin}/`)

    expect(response.status).toBe(401)
    expect(site.logs.at(-1)).toContain('its policy (tfp or acr) is not the requested policy')
  })

  test('signs in with only the URL of the policy', async ({ open, provider, go, claimsOf }) => {
    const other = await open({ authority: provider.b2cAuthority(), b2c: undefined })
    const browser = new Browser()

    await go(browser, `${other.origin}/`)

    expect(await claimsOf(browser, other)).toMatchObject({ tfp: 'B2C_1_susi' })
  })

  test('requests the client ID without an API, and only parameters that B2C supports', async ({
    site,
    provider,
    browser,
  }) => {
    const { location = '' } = await browser.navigate(`${site.origin}/`)

    const scopes = new URL(location).searchParams.get('scope')
    expect(scopes).toBe(`openid profile offline_access ${provider.app.clientId}`)
  })

  test('signs in without client capabilities, which B2C does not support', async ({
    open,
    go,
    clock,
    claimsOf,
    asked,
    provider,
  }) => {
    const other = await open({ clientCapabilities: ['cp1'] })
    const browser = new Browser()

    await go(browser, `${other.origin}/`)
    clock.advance(3700)
    await claimsOf(browser, other)

    expect(asked('token').length).toBeGreaterThan(1)
    expect(provider.requests.filter(({ params }) => params?.['claims'] !== undefined)).toEqual([])
  })

  test('gets an access token for an API of the tenant', async ({ open, go, browser }) => {
    const scope = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'
    const other = await open({})
    other.app.get(
      '/todos',
      other.auth.loginRequired({ scopes: scope }, (_req, res, { scopes }) => void res.json(scopes)),
    )

    await go(browser, `${other.origin}/todos`)

    const page = await browser.navigate(`${other.origin}/todos`)
    expect(page.status).toBe(200)
    expect(page.json()).toContain('Todos.Read')
    const { location = '' } = await new Browser().navigate(`${other.origin}/todos`)
    expect(new URL(location).searchParams.get('scope')).toBe(
      `openid profile offline_access ${scope}`,
    )
  })

  test('stays signed in when the ID token expires, by a refresh at the sign-in policy', async ({
    clock,
    claimsOf,
    asked,
    signedIn,
  }) => {
    clock.advance(3700)

    await claimsOf(signedIn)

    expect(asked('token').at(-1)).toMatch(/\/B2C_1_susi\/oauth2/i)
  })
})

describe('a user with a forgotten password', () => {
  test('goes to the reset policy, and then to the requested page', async ({
    go,
    site,
    provider,
    claimsOf,
    browser,
  }) => {
    const detour = await go(browser, `${site.origin}/other`, { press: 'forgot-password' })
    expect(detour.status).toBe(302)
    expect(detour.location).toMatch(/\/B2C_1_reset\/oauth2/i)

    const response = await followToCallback(browser, provider, detour, { as: 'mia' })

    expect(response.location).toBe('/other')
    expect(await claimsOf(browser)).toMatchObject({ tfp: 'B2C_1_reset', name: 'Mia Santos' })
  })

  test('gets a session that is refreshed and ended at that policy', async ({
    go,
    site,
    provider,
    clock,
    claimsOf,
    asked,
    browser,
  }) => {
    const detour = await go(browser, `${site.origin}/`, { press: 'forgot-password' })
    await followToCallback(browser, provider, detour, { as: 'mia' })
    clock.advance(3700)

    await claimsOf(browser)
    const signOut = await browser.navigate(`${site.origin}/logout`)

    expect(asked('token').at(-1)).toMatch(/\/B2C_1_reset\/oauth2/i)
    expect(signOut.location).toMatch(/\/B2C_1_reset\/oauth2\/v2\.0\/logout/i)
  })

  test('sees a page after the second report, instead of the same policy again', async ({
    go,
    site,
    reportForgottenPassword,
    browser,
  }) => {
    const detour = await go(browser, `${site.origin}/`, { press: 'forgot-password' })

    const response = await reportForgottenPassword(browser, detour.location ?? '')

    expect(response.status).toBe(403)
    expect(response.location).toBeUndefined()
  })

  test('continues with the scopes that the page needs', async ({ open, go }) => {
    const scope = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'
    const other = await open({})
    other.app.get(
      '/todos',
      other.auth.loginRequired({ scopes: scope }, (_req, res, { scopes }) => void res.json(scopes)),
    )

    const detour = await go(new Browser(), `${other.origin}/todos`, { press: 'forgot-password' })

    expect(detour.location).toMatch(/\/B2C_1_reset\/oauth2/i)
    expect(new URL(detour.location ?? '').searchParams.get('scope')).toContain(scope)
  })

  test('does not restart the count of lost cookies', async ({
    site,
    provider,
    reportForgottenPassword,
    browser,
  }) => {
    const redirect = await browser.navigate(`${site.origin}/`)
    const first = await provider.signIn(redirect.location ?? '', { as: 'mia' })
    loseFlows(browser)
    const second = await sendToCallback(browser, first)
    const detour = await reportForgottenPassword(browser, second.location ?? '')
    const last = await provider.signIn(detour.location ?? '', { as: 'mia' })
    loseFlows(browser)

    const response = await sendToCallback(browser, last)

    expect(response.status).toBe(400)
    expect(response.location).toBeUndefined()
  })

  test('continues by GET after a form post, also when the sign-in is cancelled', async ({
    open,
    go,
  }) => {
    const other = await open({ responseMode: 'form_post' })

    const detour = await go(new Browser(), `${other.origin}/`, { press: 'forgot-password' })
    const home = await go(new Browser(), `${other.origin}/other`, { press: 'cancel' })

    expect(detour.status).toBe(303)
    expect(detour.location).toMatch(/\/B2C_1_reset\/oauth2/i)
    expect([home.status, home.location]).toEqual([303, '/'])
  })

  test('gets a session without the tokens of the previous policy', async ({
    go,
    site,
    provider,
    clock,
    asked,
    claimsOf,
    signedIn,
  }) => {
    const detour = await go(signedIn, `${site.origin}/login`, { press: 'forgot-password' })
    provider.tamper = { tokenResponse: ({ refresh_token: _none, ...body }) => body }
    await followToCallback(signedIn, provider, detour, { as: 'mia' })
    clock.advance(3700)
    const before = asked('token').length

    expect(await claimsOf(signedIn)).toMatchObject({ tfp: 'B2C_1_reset' })
    expect(asked('token')).toHaveLength(before)
  })

  test('sees a page that says what to configure when the reset policy is missing', async ({
    provider,
    open,
    go,
  }) => {
    const { resetPasswordUserFlow: _none, ...b2c } = provider.b2c
    const other = await open({ b2c })

    const response = await go(new Browser(), `${other.origin}/`, { press: 'forgot-password' })

    expect(response.status).toBe(403)
    expect(response.text).toContain('resetPasswordUserFlow')
  })

  test('returns home after cancelling the reset', async ({ go, site, provider, browser }) => {
    const detour = await go(browser, `${site.origin}/other`, { press: 'forgot-password' })

    const response = await followToCallback(browser, provider, detour, { press: 'cancel' })

    expect(response.location).toBe('/')
  })
})

describe('a sign-in that is cancelled', () => {
  test('leads to the home page', async ({ go, site, browser }) => {
    const response = await go(browser, `${site.origin}/other`, { press: 'cancel' })

    expect(response.status).toBe(302)
    expect(response.location).toBe('/')
    expect([...browser.cookies.keys()].filter((name) => name.includes('flow'))).toEqual([])
  })
})

describe('an edited profile', () => {
  test('returns to the same session, with the new name', async ({
    go,
    claimsOf,
    editUrl,
    signedIn,
    cookies,
  }) => {
    const before = await claimsOf(signedIn)
    const url = await editUrl(signedIn)

    const response = await go(signedIn, url, { cookies, displayName: 'Mia S.' })

    expect(response.location).toBe('/profile')
    const after = await claimsOf(signedIn)
    expect(after.name).toBe('Mia S.')
    expect(after).toMatchObject({ iss: before.iss, sub: before.sub, tfp: 'B2C_1_susi' })
    expect(after['exp']).toBe(before['exp'])
  })

  test('does not change who signed in, when and how', async ({
    provider,
    go,
    site,
    claimsOf,
    editUrl,
    clock,
  }) => {
    const without = { oid: undefined, tid: undefined, sid: undefined, login_hint: undefined }
    const browser = new Browser()
    const cookies = new Map<string, string>()
    provider.tamper = {
      idToken: (claims, sign) => sign({ ...claims, ...without, auth_time: 1000, acrs: ['c9'] }),
    }
    await go(browser, `${site.origin}/`, { cookies })
    const before = await claimsOf(browser)
    const url = await editUrl(browser)
    provider.tamper = {
      idToken: (claims, sign) =>
        sign({
          ...claims,
          oid: 'x',
          tid: 'x',
          sid: 'x',
          login_hint: 'x',
          ver: 'x',
          auth_time: Math.floor(clock.now() / 1000),
          acrs: ['c1'],
        }),
    }

    await go(browser, url, { cookies, displayName: 'Mia S.' })

    expect(before['acrs']).toEqual(['c9'])
    expect(await claimsOf(browser)).toEqual({ ...before, name: 'Mia S.' })
  })

  test('keeps the tokens, and the next refresh is at the sign-in policy', async ({
    go,
    editUrl,
    clock,
    claimsOf,
    asked,
    signedIn,
    cookies,
  }) => {
    await go(signedIn, await editUrl(signedIn), { cookies, displayName: 'Mia S.' })
    clock.advance(3700)

    expect((await claimsOf(signedIn)).name).toBe('Mia S.')
    expect(asked('token').at(-1)).toMatch(/\/B2C_1_susi\/oauth2/i)
  })

  test('passes the claims to onLogin, whose user replaces the one in the session', async ({
    open,
    go,
    editUrl,
  }) => {
    const onLogin = ({ name }: Claims): unknown => ({ calledBy: name })
    const other = await open({ onLogin } as unknown as AuthOptions)
    const browser = new Browser()
    const cookies = new Map<string, string>()
    await go(browser, `${other.origin}/`, { cookies })
    await go(browser, await editUrl(browser, other), { cookies, displayName: 'Mia S.' })

    const page = await browser.navigate(`${other.origin}/`)

    expect(page.json()).toMatchObject({ user: { calledBy: 'Mia S.' } })
  })

  test('restarts at its own policy when the browser lost its cookie', async ({
    editUrl,
    provider,
    signedIn,
    cookies,
  }) => {
    const redirect = await signedIn.navigate(await editUrl(signedIn))
    const response = await provider.signIn(redirect.location ?? '', { as: 'mia', cookies })
    const [session] = [...signedIn.cookies].filter(([name]) => name === 'identity')
    loseFlows(signedIn)
    signedIn.cookies.delete('identity')

    const again = await sendToCallback(signedIn, response)

    expect(session).toBeDefined()
    expect(again.location).toMatch(/\/B2C_1_edit\/oauth2/i)
  })

  test('returns and keeps the session after cancelling', async ({
    go,
    editUrl,
    claimsOf,
    signedIn,
    cookies,
  }) => {
    const response = await go(signedIn, await editUrl(signedIn), { cookies, press: 'cancel' })

    expect(response.location).toBe('/profile')
    expect((await claimsOf(signedIn)).name).toBe('Mia Santos')
  })

  test('of another user does not change the session', async ({
    go,
    editUrl,
    claimsOf,
    signedIn,
  }) => {
    const response = await go(signedIn, await editUrl(signedIn), { as: 'lee', displayName: 'Evil' })

    expect(response.location).toBe('/profile')
    expect((await claimsOf(signedIn)).name).toBe('Mia Santos')
  })

  test('without a session does not start one', async ({ go, editUrl, site, browser }) => {
    const response = await go(browser, await editUrl(browser), { displayName: 'Mia S.' })

    expect(response.location).toBe('/profile')
    const home = await browser.navigate(`${site.origin}/`)
    expect(home.status).toBe(302)
  })

  test('has no URL when the policy is not configured', async ({ provider, open }) => {
    const { editProfileUserFlow: _none, ...b2c } = provider.b2c
    const other = await open({ b2c })
    const page = await new Browser().navigate(`${other.origin}/profile`)

    expect(page.json()).toEqual({ url: null })
  })
})

describe('a sign-out', () => {
  test('ends the session at the policy, with the ID token as a hint', async ({
    site,
    provider,
    signedIn,
  }) => {
    const { location = '' } = await signedIn.navigate(`${site.origin}/logout`)

    const url = new URL(location)
    expect(url.pathname).toMatch(/\/B2C_1_susi\/oauth2\/v2\.0\/logout$/i)
    expect(url.searchParams.get('id_token_hint')).toMatch(/^eyJ/)
    expect(url.searchParams.get('client_id')).toBe(provider.app.clientId)
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${site.origin}/`)
  })
})
