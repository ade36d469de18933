import type { SignInOptions } from 'identity-web-dev'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { AuthOptions, Claims } from 'identity-web/express'
import { Browser, type Answer } from '../support/browser.ts'
import { callBack } from '../support/site.ts'

const test = base
  .extend('open', ({ openSite, provider }) => async (options: AuthOptions = {}) => {
    const site = await openSite({ authority: undefined, b2c: provider.b2c, ...options })
    site.app.get('/profile', async (req, res) => {
      res.json({ url: (await site.auth.getEditProfileUrl(req)) ?? null })
    })
    return site
  })
  .extend('site', ({ open }) => open())

  /** Follows an address of the site to the provider, and the provider's answer to the callback. */
  .extend(
    'go',
    ({ provider }) =>
      async (browser: Browser, url: string, options: SignInOptions = {}): Promise<Answer> => {
        const away = await browser.navigate(url)
        expect(away.status).toBe(302)
        const answer = await provider.signIn(away.location ?? '', { as: 'mia', ...options })
        return callBack(browser, answer)
      },
  )

  /** What stands in place of a page that the development provider does not have, with a state of its own. */
  .extend('forgot', ({ site }) => (browser: Browser, away: string): Promise<Answer> => {
    const query = new URLSearchParams({
      error: 'access_denied',
      error_description: 'AADB2C90118: The user has forgotten their password.',
      state: new URL(away).searchParams.get('state') ?? '',
    })
    return browser.navigate(`${site.origin}/redirect?${query}`)
  })
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
  test('signs in at the policy and comes back to the page that was wanted', async ({
    go,
    site,
    claimsOf,
  }) => {
    const browser = new Browser()

    const answer = await go(browser, `${site.origin}/other?a=1`)

    expect(answer.location).toBe('/other?a=1')
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

  test('is rejected with a token of another policy', async ({ provider, go, site }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, tfp: 'B2C_1_edit' }) }

    const answer = await go(new Browser(), `${site.origin}/`)

    expect(answer.status).toBe(401)
    expect(site.logs.at(-1)).toContain('its policy (tfp or acr) is not the requested policy')
  })

  test('signs in by the URL of the policy alone', async ({ open, provider, go, claimsOf }) => {
    const other = await open({ authority: provider.b2cAuthority(), b2c: undefined })
    const browser = new Browser()

    await go(browser, `${other.origin}/`)

    expect(await claimsOf(browser, other)).toMatchObject({ tfp: 'B2C_1_susi' })
  })

  test('asks for the client id where no API is asked for, and for nothing that B2C does not know', async ({
    site,
    provider,
  }) => {
    const browser = new Browser()
    const { location = '' } = await browser.navigate(`${site.origin}/`)

    const scopes = new URL(location).searchParams.get('scope')
    expect(scopes).toBe(`openid profile offline_access ${provider.app.clientId}`)
  })

  test('is asked for without a word of client capabilities, which B2C does not know', async ({
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

  test('gets an access token for an API of the tenant', async ({ open, go }) => {
    const scope = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'
    const other = await open({})
    other.app.get(
      '/todos',
      other.auth.loginRequired({ scopes: scope }, (_req, res, { scopes }) => void res.json(scopes)),
    )
    const browser = new Browser()

    await go(browser, `${other.origin}/todos`)

    const page = await browser.navigate(`${other.origin}/todos`)
    expect(page.status).toBe(200)
    expect(page.json()).toContain('Todos.Read')
    const { location = '' } = await new Browser().navigate(`${other.origin}/todos`)
    expect(new URL(location).searchParams.get('scope')).toBe(
      `openid profile offline_access ${scope}`,
    )
  })

  test('stays signed in when the ID token expires, by a refresh at the policy that signed in', async ({
    go,
    site,
    clock,
    claimsOf,
    asked,
  }) => {
    const browser = new Browser()
    await go(browser, `${site.origin}/`)
    clock.advance(3700)

    await claimsOf(browser)

    expect(asked('token').at(-1)).toMatch(/\/B2C_1_susi\/oauth2/i)
  })
})

describe('a forgotten password', () => {
  test('leads to the policy that resets it, and on to the page that was wanted', async ({
    go,
    site,
    provider,
    claimsOf,
  }) => {
    const browser = new Browser()
    const detour = await go(browser, `${site.origin}/other`, { press: 'forgot-password' })
    expect(detour.status).toBe(302)
    expect(detour.location).toMatch(/\/B2C_1_reset\/oauth2/i)

    const answer = await callBack(
      browser,
      await provider.signIn(detour.location ?? '', { as: 'mia' }),
    )

    expect(answer.location).toBe('/other')
    expect(await claimsOf(browser)).toMatchObject({ tfp: 'B2C_1_reset', name: 'Mia Santos' })
  })

  test('starts a session that is renewed and ended at that policy', async ({
    go,
    site,
    provider,
    clock,
    claimsOf,
    asked,
  }) => {
    const browser = new Browser()
    const detour = await go(browser, `${site.origin}/`, { press: 'forgot-password' })
    await callBack(browser, await provider.signIn(detour.location ?? '', { as: 'mia' }))
    clock.advance(3700)

    await claimsOf(browser)
    const signOut = await browser.navigate(`${site.origin}/logout`)

    expect(asked('token').at(-1)).toMatch(/\/B2C_1_reset\/oauth2/i)
    expect(signOut.location).toMatch(/\/B2C_1_reset\/oauth2\/v2\.0\/logout/i)
  })

  test('forgotten once more on the way ends on a page, not at the same policy again', async ({
    go,
    site,
    forgot,
  }) => {
    const browser = new Browser()
    const detour = await go(browser, `${site.origin}/`, { press: 'forgot-password' })

    const answer = await forgot(browser, detour.location ?? '')

    expect(answer.status).toBe(403)
    expect(answer.location).toBeUndefined()
  })

  test('leads on with the scopes that the page needs', async ({ open, go }) => {
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

  test('does not count anew how often the browser lost its cookie', async ({
    site,
    provider,
    forgot,
  }) => {
    const browser = new Browser()
    const away = await browser.navigate(`${site.origin}/`)
    const first = await provider.signIn(away.location ?? '', { as: 'mia' })
    loseFlows(browser)
    const second = await callBack(browser, first)
    const detour = await forgot(browser, second.location ?? '')
    const last = await provider.signIn(detour.location ?? '', { as: 'mia' })
    loseFlows(browser)

    const answer = await callBack(browser, last)

    expect(answer.status).toBe(400)
    expect(answer.location).toBeUndefined()
  })

  test('and a cancelled sign-in lead on by GET where the provider answers by form post', async ({
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

  test('starts a session that has nothing of the tokens of the policy that signed in before', async ({
    go,
    site,
    provider,
    clock,
    asked,
    claimsOf,
  }) => {
    const browser = new Browser()
    await go(browser, `${site.origin}/`)
    const detour = await go(browser, `${site.origin}/login`, { press: 'forgot-password' })
    provider.tamper = { tokenResponse: ({ refresh_token: _none, ...body }) => body }
    await callBack(browser, await provider.signIn(detour.location ?? '', { as: 'mia' }))
    clock.advance(3700)
    const before = asked('token').length

    expect(await claimsOf(browser)).toMatchObject({ tfp: 'B2C_1_reset' })
    expect(asked('token')).toHaveLength(before)
  })

  test('without such a policy is a page that says what to configure', async ({
    provider,
    open,
    go,
  }) => {
    const { resetPasswordUserFlow: _none, ...b2c } = provider.b2c
    const other = await open({ b2c })

    const answer = await go(new Browser(), `${other.origin}/`, { press: 'forgot-password' })

    expect(answer.status).toBe(403)
    expect(answer.text).toContain('resetPasswordUserFlow')
  })

  test('given up leads home', async ({ go, site, provider }) => {
    const browser = new Browser()
    const detour = await go(browser, `${site.origin}/other`, { press: 'forgot-password' })

    const answer = await callBack(
      browser,
      await provider.signIn(detour.location ?? '', { press: 'cancel' }),
    )

    expect(answer.location).toBe('/')
  })
})

describe('a sign-in that is cancelled', () => {
  test('leads home', async ({ go, site }) => {
    const browser = new Browser()

    const answer = await go(browser, `${site.origin}/other`, { press: 'cancel' })

    expect(answer.status).toBe(302)
    expect(answer.location).toBe('/')
    expect([...browser.cookies.keys()].filter((name) => name.includes('flow'))).toEqual([])
  })
})

describe('an edited profile', () => {
  test('returns to the session that was left, with the new name', async ({
    go,
    site,
    claimsOf,
    editUrl,
  }) => {
    const browser = new Browser()
    const cookies = new Map<string, string>()
    await go(browser, `${site.origin}/`, { cookies })
    const before = await claimsOf(browser)
    const url = await editUrl(browser)

    const answer = await go(browser, url, { cookies, displayName: 'Mia S.' })

    expect(answer.location).toBe('/profile')
    const after = await claimsOf(browser)
    expect(after.name).toBe('Mia S.')
    expect(after).toMatchObject({ iss: before.iss, sub: before.sub, tfp: 'B2C_1_susi' })
    expect(after['exp']).toBe(before['exp'])
  })

  test('does not change anything about who signed in, when and how', async ({
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

  test('keeps the tokens: the next refresh is at the policy that signed in', async ({
    go,
    site,
    editUrl,
    clock,
    claimsOf,
    asked,
  }) => {
    const browser = new Browser()
    const cookies = new Map<string, string>()
    await go(browser, `${site.origin}/`, { cookies })
    await go(browser, await editUrl(browser), { cookies, displayName: 'Mia S.' })
    clock.advance(3700)

    expect((await claimsOf(browser)).name).toBe('Mia S.')
    expect(asked('token').at(-1)).toMatch(/\/B2C_1_susi\/oauth2/i)
  })

  test('is given to onLogin, whose user the session has from then on', async ({
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

  test('is started again at its own policy where the browser lost its cookie', async ({
    go,
    site,
    editUrl,
    provider,
  }) => {
    const browser = new Browser()
    const cookies = new Map<string, string>()
    await go(browser, `${site.origin}/`, { cookies })
    const away = await browser.navigate(await editUrl(browser))
    const answer = await provider.signIn(away.location ?? '', { as: 'mia', cookies })
    const [session] = [...browser.cookies].filter(([name]) => name === 'identity')
    loseFlows(browser)
    browser.cookies.delete('identity')

    const again = await callBack(browser, answer)

    expect(session).toBeDefined()
    expect(again.location).toMatch(/\/B2C_1_edit\/oauth2/i)
  })

  test('given up leads back, and the session goes on', async ({ go, site, editUrl, claimsOf }) => {
    const browser = new Browser()
    const cookies = new Map<string, string>()
    await go(browser, `${site.origin}/`, { cookies })

    const answer = await go(browser, await editUrl(browser), { cookies, press: 'cancel' })

    expect(answer.location).toBe('/profile')
    expect((await claimsOf(browser)).name).toBe('Mia Santos')
  })

  test('of somebody else does not change anything', async ({ go, site, editUrl, claimsOf }) => {
    const browser = new Browser()
    await go(browser, `${site.origin}/`)

    const answer = await go(browser, await editUrl(browser), { as: 'lee', displayName: 'Evil' })

    expect(answer.location).toBe('/profile')
    expect((await claimsOf(browser)).name).toBe('Mia Santos')
  })

  test('with no session left starts none', async ({ go, editUrl, site }) => {
    const browser = new Browser()

    const answer = await go(browser, await editUrl(browser), { displayName: 'Mia S.' })

    expect(answer.location).toBe('/profile')
    const home = await browser.navigate(`${site.origin}/`)
    expect(home.status).toBe(302)
  })

  test('has no URL where no such policy is configured', async ({ provider, open }) => {
    const { editProfileUserFlow: _none, ...b2c } = provider.b2c
    const other = await open({ b2c })
    const page = await new Browser().navigate(`${other.origin}/profile`)

    expect(page.json()).toEqual({ url: null })
  })
})

describe('a sign-out', () => {
  test('ends the session at the policy, with the ID token as a hint', async ({
    go,
    site,
    provider,
  }) => {
    const browser = new Browser()
    await go(browser, `${site.origin}/`)

    const { location = '' } = await browser.navigate(`${site.origin}/logout`)

    const url = new URL(location)
    expect(url.pathname).toMatch(/\/B2C_1_susi\/oauth2\/v2\.0\/logout$/i)
    expect(url.searchParams.get('id_token_hint')).toMatch(/^eyJ/)
    expect(url.searchParams.get('client_id')).toBe(provider.app.clientId)
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${site.origin}/`)
  })
})
