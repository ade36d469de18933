import type { DevProvider, SignInOptions, Tamper } from 'identity-web-dev'
import type { AuthOptions, Claims } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { expectRefused } from '../support/attack.ts'
import { Browser, type Answer } from '../support/browser.ts'
import { playHost } from '../support/played-host.ts'
import { callBack, type Site } from '../support/site.ts'

const TENANT = 'c1a00000-0000-4000-8000-000000000003'
const OTHER = 'c1a00000-0000-4000-8000-0000000000ff'
const issuerOf = (tenant: string): string => `https://${tenant}.ciamlogin.com/${tenant}/v2.0`

/** Every way to write the authority of a tenant on a domain of its own. */
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

  /** Follows an address of the site to the provider, and the provider's answer to the callback. */
  .extend(
    'go',
    ({ provider }) =>
      async (
        site: Site,
        browser: Browser,
        path: string,
        options: SignInOptions = { as: 'nora' },
      ): Promise<Answer> => {
        const away = await browser.navigate(site.origin + path)
        expect(away.status).toBe(302)
        return callBack(browser, await provider.signIn(away.location ?? '', options))
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

describe.each(WAYS)('a customer, by %s,', (_name, way) => {
  test('signs in, and the issuer is the one on a host of the id', async ({
    openSite,
    provider,
    go,
  }) => {
    const site = await openSite(way(provider))
    const browser = new Browser()

    const answer = await go(site, browser, '/other?a=1')

    expect(answer.location).toBe('/other?a=1')
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

  test('gets what a page needs without a question, since administrators consent for customers', async ({
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

  test('goes to the tenant for what a page needs when consent is missing', async ({
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
    const away = await browser.navigate(`${site.origin}/mail`)

    const url = new URL(away.location ?? '')
    const answer = await callBack(browser, await provider.signIn(url, { as: 'nora', cookies }))

    expect(url.pathname).toBe(`/${TENANT}/oauth2/v2.0/authorize`)
    expect(url.searchParams.get('scope')).toContain('Mail.Read')
    expect(answer.location).toBe('/mail')
    const page = await browser.navigate(`${site.origin}/mail`)
    expect(page.json()).toMatchObject({ scopes: ['Mail.Read'] })
  })

  test('signs out at the tenant, named by the hint and by no token', async ({
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

  test('by the option prompt reaches the provider and signs the new customer in', async ({
    openSite,
    provider,
    go,
  }) => {
    const site = await openSite({ authority: provider.externalIdAuthority, prompt: 'create' })
    const browser = new Browser()

    const answer = await go(site, browser, '/other', customer)

    expect(answer.location).toBe('/other')
    const claims = await claimsOf(site, browser)
    expect(claims).toMatchObject({ name: 'Zoe Quinn', tid: TENANT })
  })

  test('by a page of the application comes back to where that says', async ({
    openSite,
    provider,
    go,
  }) => {
    const site = await openSite({ authority: provider.externalIdAuthority })
    site.app.get('/join', (req, res) =>
      site.auth.login(req, res, { prompt: 'create', returnTo: '/other' }),
    )
    const browser = new Browser()

    const answer = await go(site, browser, '/join', customer)

    expect(answer.location).toBe('/other')
    expect((await claimsOf(site, browser)).name).toBe('Zoe Quinn')
  })

  test('is not what a plain sign-in is', async ({ openSite, provider, go }) => {
    const site = await openSite({ authority: provider.externalIdAuthority })
    const browser = new Browser()

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
      const host = playHost(provider, 'contosocustomers.ciamlogin.com')
      provider.tamper = host.tamper
      for (const door of ['authority', 'oidcAuthority']) {
        const site = await openSite({
          authority: undefined,
          [door]: host.origin + path,
          fetch: host.fetch,
        })
        const browser = new Browser()
        const away = await browser.navigate(`${site.origin}/other`)

        const answer = await callBack(
          browser,
          await provider.signIn(host.toProvider(away.location ?? ''), { as: 'theo' }),
        )

        expect(answer.location).toBe('/other')
        expect(await claimsOf(site, browser)).toMatchObject({
          iss: issuerOf(TENANT),
          name: 'Theo Brandt',
        })
      }
      expect(host.asked[0]).toBe(`${host.origin}/${tenant}/v2.0/.well-known/openid-configuration`)
      expect(host.asked).toContain(`${host.origin}/${TENANT}/oauth2/v2.0/token`)
    },
  )
})

describe('metadata is rejected', () => {
  test.for<[string, () => string]>([
    ['of another tenant', () => issuerOf(OTHER)],
    ['of another tenant’s host', () => `https://${OTHER}.ciamlogin.com/${TENANT}/v2.0`],
    ['of another tenant’s path', () => `https://${TENANT}.ciamlogin.com/${OTHER}/v2.0`],
    [
      'of a host that only looks like it',
      () => `https://${TENANT}.ciamlogin.com.evil.example/${TENANT}/v2.0`,
    ],
    ['without https', () => issuerOf(TENANT).replace('https', 'http')],
    ['of an older endpoint', () => issuerOf(TENANT).replace('/v2.0', '')],
  ])('whose issuer is %s', async ([, issuer], { provider, openSite }) => {
    provider.tamper = { metadata: (document) => ({ ...document, issuer: issuer() }) }
    const site = await openSite({ authority: `${provider.origin}/${TENANT}` })

    const answer = await new Browser().navigate(`${site.origin}/`)

    expect(answer.status).toBe(502)
    expect(site.logs.join()).toContain(`contains the issuer ${issuer()}`)
  })

  test('whose host and path name two tenants, also where the authority names a domain', async ({
    provider,
    openSite,
  }) => {
    const issuer = `https://${OTHER}.ciamlogin.com/${TENANT}/v2.0`
    provider.tamper = { metadata: (document) => ({ ...document, issuer }) }
    const site = await openSite({ authority: provider.externalIdAuthority })

    const answer = await new Browser().navigate(`${site.origin}/`)

    expect(answer.status).toBe(502)
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
      'whose issuer is the address of the authority',
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

      const answer = await go(site, browser, '/')

      expect(site.logs.at(-1)).toContain(reason)
      await expectRefused(site, browser, answer, 401)
    }
  })

  test('of the tenant whose metadata took the place of the domain’s', async ({
    provider,
    openSite,
    go,
  }) => {
    provider.tamper = { metadata: (document) => ({ ...document, issuer: issuerOf(OTHER) }) }
    const site = await openSite({ authority: provider.externalIdAuthority })
    const browser = new Browser()

    const answer = await go(site, browser, '/')

    await expectRefused(site, browser, answer, 401)
  })
})
