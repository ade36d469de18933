import type { DevProvider, SignInOptions, Tamper } from 'identity-web-dev'
import type { AuthOptions, Claims } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { expectRejected } from '../support/attack.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { simulateHost } from '../support/simulated-host.ts'
import { sendToCallback, type Site } from '../support/site.ts'

const TENANT = 'c1a00000-0000-4000-8000-000000000003'
const OTHER = 'c1a00000-0000-4000-8000-0000000000ff'
const issuerOf = (tenant: string): string => `https://${tenant}.ciamlogin.com/${tenant}/v2.0`

/** Every way to write the authority of a tenant on its own domain. */
const WAYS: readonly (readonly [string, (provider: DevProvider) => AuthOptions])[] = [
  ['authority with the domain', ({ externalIdAuthority }) => ({ authority: externalIdAuthority })],
  ['authority with the id', ({ origin }) => ({ authority: `${origin}/${TENANT}` })],
  [
    'oidcAuthority',
    ({ origin }) => ({ authority: undefined, oidcAuthority: `${origin}/${TENANT}/v2.0` }),
  ],
]

async function claimsOf(site: Site, browser: Browser): Promise<Claims> {
  const page = await browser.navigate(`${site.origin}/`)
  expect(page.status).toBe(200)
  return (page.json() as { claims: Claims }).claims
}

const test = base

  /** Opens a URL of the site, signs in at the provider and sends the authorization response to the callback. */
  .extend(
    'go',
    ({ provider }) =>
      async (
        site: Site,
        browser: Browser,
        path: string,
        options: SignInOptions = { as: 'nora' },
      ): Promise<BrowserResponse> => {
        const redirect = await browser.navigate(site.origin + path)
        expect(redirect.status).toBe(302)
        return sendToCallback(browser, await provider.signIn(redirect.location ?? '', options))
      },
  )
  .extend(
    'grants',
    ({ provider }) =>
      (): (string | undefined)[] =>
        provider.requests
          .filter(({ endpoint }) => endpoint === 'token')
          .map((one) => one.grantType),
  )

describe.each(WAYS)('a customer, with %s,', (_name, way) => {
  test('signs in with the issuer whose host contains the tenant ID', async ({
    openSite,
    provider,
    go,
  }) => {
    const site = await openSite(way(provider))
    const browser = new Browser()

    const response = await go(site, browser, '/other?a=1')

    expect(response.location).toBe('/other?a=1')
    expect(await claimsOf(site, browser)).toMatchObject({
      iss: issuerOf(TENANT),
      tid: TENANT,
      name: 'Nora Lind',
    })
  })

  test('stays signed in when the ID token expires', async ({
    openSite,
    provider,
    go,
    clock,
    grants,
  }) => {
    const site = await openSite(way(provider))
    const browser = new Browser()
    await go(site, browser, '/')
    clock.advance(3700)

    const claims = await claimsOf(site, browser)

    expect(claims.iss).toBe(issuerOf(TENANT))
    expect(grants()).toEqual(['authorization_code', 'refresh_token'])
  })

  test('gets the scopes of a page without a question, because administrators consent for customers', async ({
    openSite,
    provider,
    go,
    grants,
  }) => {
    const site = await openSite(way(provider))
    const browser = new Browser()
    await go(site, browser, '/')

    const page = await browser.navigate(`${site.origin}/mail`)

    expect(page.status).toBe(200)
    expect(page.json()).toMatchObject({ scopes: ['Mail.Read'] })
    expect(grants()).toEqual(['authorization_code', 'refresh_token'])
  })

  test('goes to the tenant for the scopes of a page when consent is missing', async ({
    openSite,
    provider,
    go,
  }) => {
    const site = await openSite(way(provider))
    const browser = new Browser()
    const cookies = new Map<string, string>()
    await go(site, browser, '/', { as: 'nora', cookies })
    const fault = {
      kind: 'error',
      error: 'invalid_grant',
      suberror: 'consent_required',
      codes: [65001],
    } as const
    provider.behave({ faults: { token: { ...fault, times: 1 } } })
    const redirect = await browser.navigate(`${site.origin}/mail`)

    const url = new URL(redirect.location ?? '')
    const response = await sendToCallback(
      browser,
      await provider.signIn(url, { as: 'nora', cookies }),
    )

    expect(url.pathname).toBe(`/${TENANT}/oauth2/v2.0/authorize`)
    expect(url.searchParams.get('scope')).toContain('Mail.Read')
    expect(response.location).toBe('/mail')
    const page = await browser.navigate(`${site.origin}/mail`)
    expect(page.json()).toMatchObject({ scopes: ['Mail.Read'] })
  })

  test('signs out at the tenant with the logout hint, without a token', async ({
    openSite,
    provider,
    go,
  }) => {
    const site = await openSite(way(provider))
    const browser = new Browser()
    await go(site, browser, '/')

    const { location = '' } = await browser.navigate(`${site.origin}/logout`)

    const { pathname, searchParams } = new URL(location)
    expect(pathname).toBe(`/${TENANT}/oauth2/v2.0/logout`)
    expect(searchParams.get('logout_hint')).toMatch(/^O\./)
    expect(searchParams.has('id_token_hint')).toBe(false)
    expect((await provider.signIn(location)).url.origin).toBe(site.origin)
  })
})

describe('a sign-up', () => {
  const customer: SignInOptions = { name: 'Zoe Quinn', email: 'zoe@new.example' }

  test('with the option prompt reaches the provider and signs the new customer in', async ({
    openSite,
    provider,
    go,
  }) => {
    const site = await openSite({ authority: provider.externalIdAuthority, prompt: 'create' })
    const browser = new Browser()

    const response = await go(site, browser, '/other', customer)

    expect(response.location).toBe('/other')
    const claims = await claimsOf(site, browser)
    expect(claims).toMatchObject({ name: 'Zoe Quinn', tid: TENANT })
  })

  test('from a page of the application returns to the path of that page', async ({
    openSite,
    provider,
    go,
  }) => {
    const site = await openSite({ authority: provider.externalIdAuthority })
    site.app.get('/join', (req, res) =>
      site.auth.login(req, res, { prompt: 'create', returnTo: '/other' }),
    )
    const browser = new Browser()

    const response = await go(site, browser, '/join', customer)

    expect(response.location).toBe('/other')
    expect((await claimsOf(site, browser)).name).toBe('Zoe Quinn')
  })

  test('is not part of a normal sign-in', async ({ openSite, provider, go, browser }) => {
    const site = await openSite({ authority: provider.externalIdAuthority })

    await go(site, browser, '/', customer)

    expect((await claimsOf(site, browser)).name).toBe('Nora Lind')
  })
})

describe('the authority', () => {
  test.for([
    ['', 'contosocustomers.onmicrosoft.com'],
    ['/', 'contosocustomers.onmicrosoft.com'],
    ['/contosocustomers.onmicrosoft.com', 'contosocustomers.onmicrosoft.com'],
    [`/${TENANT}`, TENANT],
    [`/${TENANT}/v2.0`, TENANT],
    [
      '/contosocustomers.onmicrosoft.com/v2.0/.well-known/openid-configuration',
      'contosocustomers.onmicrosoft.com',
    ],
  ] as const)(
    'https://contosocustomers.ciamlogin.com%s signs a customer in',
    async ([path, tenant], { provider, openSite }) => {
      const host = simulateHost(provider, 'contosocustomers.ciamlogin.com')
      provider.tamper = host.tamper
      for (const door of ['authority', 'oidcAuthority']) {
        const site = await openSite({
          authority: undefined,
          [door]: host.origin + path,
          fetch: host.fetch,
        })
        const browser = new Browser()
        const redirect = await browser.navigate(`${site.origin}/other`)

        const response = await sendToCallback(
          browser,
          await provider.signIn(host.toProvider(redirect.location ?? ''), { as: 'theo' }),
        )

        expect(response.location).toBe('/other')
        expect(await claimsOf(site, browser)).toMatchObject({
          iss: issuerOf(TENANT),
          name: 'Theo Brandt',
        })
      }
      expect(host.fetchedUrls[0]).toBe(
        `${host.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
      )
      expect(host.fetchedUrls).toContain(`${host.origin}/${TENANT}/oauth2/v2.0/token`)
    },
  )
})

describe('metadata is rejected', () => {
  test.for<[string, () => string]>([
    ['of another tenant', () => issuerOf(OTHER)],
    ['of another tenant’s host', () => `https://${OTHER}.ciamlogin.com/${TENANT}/v2.0`],
    ['of another tenant’s path', () => `https://${TENANT}.ciamlogin.com/${OTHER}/v2.0`],
    [
      'of a host with a similar name',
      () => `https://${TENANT}.ciamlogin.com.evil.example/${TENANT}/v2.0`,
    ],
    ['without HTTPS', () => issuerOf(TENANT).replace('https', 'http')],
    ['of the older endpoint', () => issuerOf(TENANT).replace('/v2.0', '')],
  ])('whose issuer is %s', async ([, issuer], { provider, openSite }) => {
    provider.tamper = { metadata: (document) => ({ ...document, issuer: issuer() }) }
    const site = await openSite({ authority: `${provider.origin}/${TENANT}` })

    const response = await new Browser().navigate(`${site.origin}/`)

    expect(response.status).toBe(502)
    expect(site.logs.join()).toContain(`contains the issuer ${issuer()}`)
  })

  test('whose host and path name two tenants, also when the authority names a domain', async ({
    provider,
    openSite,
  }) => {
    const issuer = `https://${OTHER}.ciamlogin.com/${TENANT}/v2.0`
    provider.tamper = { metadata: (document) => ({ ...document, issuer }) }
    const site = await openSite({ authority: provider.externalIdAuthority })

    const response = await new Browser().navigate(`${site.origin}/`)

    expect(response.status).toBe(502)
  })
})

describe('an ID token is rejected', () => {
  test.for<readonly [string, Tamper | ((provider: DevProvider) => Tamper), string]>([
    [
      'that another tenant issued',
      { idToken: (claims, sign) => sign({ ...claims, iss: issuerOf(OTHER) }) },
      'its issuer is not',
    ],
    [
      'that another tenant issued to its own user',
      { idToken: (claims, sign) => sign({ ...claims, iss: issuerOf(OTHER), tid: OTHER }) },
      'its tid is not the tenant of the authority',
    ],
    [
      'of the right issuer with the user of another tenant',
      { idToken: (claims, sign) => sign({ ...claims, tid: OTHER }) },
      'its tid is not the tenant of the authority',
    ],
    [
      'without a tenant',
      { idToken: ({ tid: _tid, ...claims }, sign) => sign(claims) },
      'its tid is not a tenant ID',
    ],
    [
      'with two tenants',
      { idToken: (claims, sign) => sign({ ...claims, TID: OTHER }) },
      'it contains two tenants',
    ],
    [
      'signed with the key of another tenant',
      {
        jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, issuer: issuerOf(OTHER) })) }),
      },
      'its key belongs to another issuer',
    ],
    [
      'whose issuer is the URL of the authority',
      ({ origin }) => ({
        idToken: (claims, sign) => sign({ ...claims, iss: `${origin}/${TENANT}/v2.0` }),
      }),
      'its issuer is not',
    ],
  ])('%s', async ([, tamper, reason], { provider, openSite, go }) => {
    provider.tamper = typeof tamper === 'function' ? tamper(provider) : tamper
    for (const [, way] of WAYS) {
      const site = await openSite(way(provider))
      const browser = new Browser()

      const response = await go(site, browser, '/')

      expect(site.logs.at(-1)).toContain(reason)
      await expectRejected(site, browser, response, 401)
    }
  })

  test('of the tenant whose metadata replaced that of the domain', async ({
    provider,
    openSite,
    go,
  }) => {
    provider.tamper = { metadata: (document) => ({ ...document, issuer: issuerOf(OTHER) }) }
    const site = await openSite({ authority: provider.externalIdAuthority })
    const browser = new Browser()

    const response = await go(site, browser, '/')

    await expectRejected(site, browser, response, 401)
  })
})
