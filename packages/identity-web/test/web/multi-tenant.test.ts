import { CONSUMERS_TENANT_ID, type DevProvider } from 'identity-web-dev'
import type { AuthOptions, Claims } from 'identity-web/express'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { expectRejected } from '../support/attack.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { simulateHost } from '../support/simulated-host.ts'
import { sendToCallback, type Site } from '../support/site.ts'

const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'

async function claimsOf(site: Site, browser: Browser): Promise<Claims> {
  const page = await browser.navigate(`${site.origin}/`)
  expect(page.status).toBe(200)
  return (page.json() as { claims: Claims }).claims
}

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend(
    'open',
    ({ openSite, provider }) =>
      (tenant: string, options: AuthOptions = {}): Promise<Site> =>
        openSite({ authority: provider.authority(tenant), ...options }),
  )
  .extend(
    'attempt',
    () =>
      async (site: Site, browser: Browser, as: string): Promise<BrowserResponse> => {
        return sendToCallback(browser, await site.startSignIn(browser, { as }))
      },
  )
  .extend(
    'signInAt',
    ({ open }) =>
      async (tenant: string, as: string): Promise<[Site, Browser]> => {
        const site = await open(tenant)
        return [site, await site.signIn({ as })]
      },
  )
  .extend(
    'signInAtUsGov',
    ({ provider, openSite }) =>
      async (tamper: DevProvider['tamper']): Promise<[Site, Browser, BrowserResponse]> => {
        const cloud = simulateHost(provider, 'login.microsoftonline.us')
        provider.tamper = { ...cloud.tamper, ...tamper }
        const authority = `${cloud.origin}/common`
        const site = await openSite({ authority, fetch: cloud.fetch })
        const browser = new Browser()
        const { location = '' } = await browser.navigate(`${site.origin}/`)
        const back = await provider.signIn(cloud.toProvider(location), { as: 'jo' })
        return [site, browser, await sendToCallback(browser, back)]
      },
  )

describe('a user is accepted', () => {
  test.for([
    ['common', undefined, 'alex', CONTOSO],
    ['common', 'any', 'charlie', CONSUMERS_TENANT_ID],
    ['common', 'work', 'jo', FABRIKAM],
    ['common', [FABRIKAM], 'jo', FABRIKAM],
    ['common', [FABRIKAM.toUpperCase()], 'jo', FABRIKAM],
    ['common', [CONTOSO, CONSUMERS_TENANT_ID], 'charlie', CONSUMERS_TENANT_ID],
    ['organizations', undefined, 'jo', FABRIKAM],
    ['organizations', 'any', 'alex', CONTOSO],
    ['organizations', [CONTOSO], 'alex', CONTOSO],
    ['consumers', undefined, 'charlie', CONSUMERS_TENANT_ID],
    [CONTOSO, undefined, 'kim', CONTOSO],
    [CONTOSO, [CONTOSO], 'alex', CONTOSO],
    ['contoso.onmicrosoft.com', 'work', 'kim', CONTOSO],
  ] as const)(
    'at %s with tenants %s: %s',
    async ([authority, tenants, as, tid], { open, provider }) => {
      const site = await open(authority, { tenants })

      const browser = await site.signIn({ as })

      expect(await claimsOf(site, browser)).toMatchObject({
        tid,
        iss: `${provider.origin}/${tid}/v2.0`,
      })
    },
  )
})

describe('a user is rejected', () => {
  test.for([
    ['common', 'work', 'charlie', 'Personal accounts are not allowed', "set tenants: 'any'"],
    [
      'common',
      [CONTOSO],
      'jo',
      `The tenant ${FABRIKAM} is not allowed`,
      `add '${FABRIKAM}' to the list in tenants`,
    ],
    [
      'common',
      [CONTOSO],
      'kim',
      `The tenant ${FABRIKAM} is not allowed`,
      `add '${FABRIKAM}' to the list in tenants`,
    ],
    [
      'common',
      [CONTOSO],
      'charlie',
      `The tenant ${CONSUMERS_TENANT_ID} is not allowed`,
      `add '${CONSUMERS_TENANT_ID}' to`,
    ],
    [
      'organizations',
      [CONTOSO],
      'jo',
      `The tenant ${FABRIKAM} is not allowed`,
      `add '${FABRIKAM}' to the list in tenants`,
    ],
    [
      'common',
      [],
      'alex',
      `The tenant ${CONTOSO} is not allowed`,
      `add '${CONTOSO}' to the list in tenants`,
    ],
    [
      CONTOSO,
      [FABRIKAM],
      'kim',
      `The tenant ${CONTOSO} is not allowed`,
      `add '${CONTOSO}' to the list in tenants`,
    ],
  ] as const)(
    'at %s with tenants %s: %s',
    async ([authority, tenants, as, message, hint], { open, attempt, browser }) => {
      const site = await open(authority, { tenants })

      const response = await attempt(site, browser, as)

      await expectRejected(site, browser, response, 403)
      const page = response.text.replaceAll('&#39;', "'")
      expect(page).toContain(message)
      expect(page).toContain(hint)
      expect(site.logs.join('\n')).toContain(message)
      expect(site.logs.join('\n')).toContain(hint)
    },
  )

  test('in production with a general text on the page, and the tenant in the log', async ({
    open,
    attempt,
  }) => {
    vi.stubEnv('NODE_ENV', 'production')
    const site = await open('common', { tenants: [CONTOSO] })

    const response = await attempt(site, new Browser(), 'jo')

    expect(response.status).toBe(403)
    expect(response.text).toContain('your account is not allowed to use this application')
    expect(response.text).not.toContain(FABRIKAM)
    expect(site.logs.join('\n')).toContain(`add '${FABRIKAM}' to the list in tenants`)
  })

  test('when a session is refreshed and the tenant is no longer allowed', async ({
    open,
    clock,
  }) => {
    const before = await open('common')
    const browser = await before.signIn({ as: 'jo' })
    // The same application, restarted with other options.
    const redirectUri = `${before.origin}/redirect`
    const site = await open('common', { redirectUri, tenants: [CONTOSO] })
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    clock.advance(3700)

    const response = await browser.navigate(`${site.origin}/`)

    expect(response.status).toBe(302)
  })

  test.for([
    ['whose tenant is not that of its issuer', { tid: FABRIKAM }],
    ['whose issuer is not that of its tenant', { iss: 'FABRIKAM' }],
    ['whose tenant is the template', { tid: '{tenantid}', iss: 'TEMPLATE' }],
    ['whose tenant is not an ID', { tid: 'contoso.onmicrosoft.com' }],
  ] as const)('with an ID token %s', async ([, forged], { provider, open, attempt, browser }) => {
    const issuers: Record<string, string> = {
      FABRIKAM: `${provider.origin}/${FABRIKAM}/v2.0`,
      TEMPLATE: `${provider.origin}/{tenantid}/v2.0`,
    }
    const { iss = '', ...others } = forged as { tid?: string; iss?: string }
    provider.tamper = {
      idToken: (claims, sign) => sign({ ...claims, ...others, iss: issuers[iss] ?? claims['iss'] }),
    }
    const site = await open('common')

    const response = await attempt(site, browser, 'alex')

    await expectRejected(site, browser, response, 401)
  })
})

test('a guest is a different user in each tenant, by tid and oid', async ({ signInAt }) => {
  const guest = await claimsOf(...(await signInAt(CONTOSO, 'kim')))
  const member = await claimsOf(...(await signInAt('common', 'kim')))

  expect(guest).toMatchObject({ tid: CONTOSO, preferred_username: member.preferred_username })
  expect(member.tid).toBe(FABRIKAM)
  expect(guest.oid).not.toBe(member.oid)
  expect(guest.sub).not.toBe(member.sub)
})

describe('a sign-out goes to the tenant of the user', () => {
  test.for([
    ['common', 'alex', CONTOSO],
    ['common', 'jo', FABRIKAM],
    ['common', 'charlie', CONSUMERS_TENANT_ID],
    ['Common', 'jo', FABRIKAM],
    ['organizations', 'jo', FABRIKAM],
    [CONTOSO, 'kim', CONTOSO],
    ['contoso.onmicrosoft.com', 'kim', CONTOSO],
  ] as const)('at %s, for %s', async ([authority, as, tenant], { open, provider }) => {
    const site = await open(authority)
    const browser = await site.signIn({ as })

    const { location = '' } = await browser.navigate(`${site.origin}/logout`)

    expect(new URL(location).pathname).toBe(`/${tenant}/oauth2/v2.0/logout`)
    const back = await provider.signIn(location)
    expect(back.url.origin).toBe(site.origin)
  })
})

describe('another cloud', () => {
  test.for([
    ['login.microsoftonline.com', 'login.microsoftonline.com'],
    ['login.windows.net', 'login.microsoftonline.com'],
    ['login.microsoft.com', 'login.microsoftonline.com'],
    ['sts.windows.net', 'login.microsoftonline.com'],
    ['login.microsoftonline.us', 'login.microsoftonline.us'],
    ['login.usgovcloudapi.net', 'login.microsoftonline.us'],
    ['login.partner.microsoftonline.cn', 'login.partner.microsoftonline.cn'],
    ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
    ['login.sovcloud-identity.fr', 'login.sovcloud-identity.fr'],
    ['login.sovcloud-identity.de', 'login.sovcloud-identity.de'],
    ['login.sovcloud-identity.sg', 'login.sovcloud-identity.sg'],
  ] as const)(
    'https://%s/common signs a user in, at %s',
    async ([named, host], { provider, openSite, browser }) => {
      const cloud = simulateHost(provider, host)
      provider.tamper = cloud.tamper
      const site = await openSite({
        authority: `https://${named}/common`,
        fetch: cloud.fetch,
      })
      const { location = '' } = await browser.navigate(`${site.origin}/other`)

      const response = await sendToCallback(
        browser,
        await provider.signIn(cloud.toProvider(location), { as: 'jo' }),
      )

      expect(response.location).toBe('/other')
      expect((await claimsOf(site, browser)).iss).toBe(`https://${host}/${FABRIKAM}/v2.0`)
      expect(cloud.fetchedUrls[0]).toBe(
        `https://${host}/common/v2.0/.well-known/openid-configuration`,
      )
    },
  )

  // Metadata of the US Government name the public Graph, and those of External ID with a custom domain can.
  test.for([
    ['login.microsoftonline.us', 'common', 'https://graph.microsoft.us/oidc/userinfo'],
    ['login.contoso.example', FABRIKAM, 'https://graph.microsoft.com/oidc/userinfo'],
  ] as const)(
    '%s/%s sends a token only to the UserInfo endpoint of its cloud',
    async ([host, tenant, expected], { provider, openSite }) => {
      const cloud = simulateHost(provider, host)
      const metadata: typeof cloud.tamper.metadata = (...given) => ({
        ...cloud.tamper.metadata(...given),
        userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
      })
      provider.tamper = { ...cloud.tamper, metadata }
      const authority = `${cloud.origin}/${tenant}`
      const site = await openSite({ authority, fetch: cloud.fetch, userInfo: true })
      const browser = new Browser()
      const { location = '' } = await browser.navigate(`${site.origin}/`)

      await sendToCallback(browser, await provider.signIn(cloud.toProvider(location), { as: 'jo' }))

      const asked = cloud.fetchedUrls.filter((url) => url.endsWith('/userinfo'))
      expect(asked).toEqual([expected])
    },
  )

  test('rejects the ID token of the public cloud', async ({ signInAtUsGov }) => {
    const [site, browser, response] = await signInAtUsGov({
      idToken: (claims, sign) =>
        sign({ ...claims, iss: `https://login.microsoftonline.com/${FABRIKAM}/v2.0` }),
    })

    await expectRejected(site, browser, response, 401)
  })

  test.for([
    ['name', { cloud_instance_name: 'microsoftonline.us' }, 'another cloud'],
    ['issuer', { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }, 'another issuer'],
  ] as const)(
    'rejects a key of another cloud, by its %s',
    async ([, changed, reason], { signInAtUsGov }) => {
      const [site, browser, response] = await signInAtUsGov({
        jwks: ({ keys }) => ({
          keys: keys.map((key) => ({
            ...key,
            issuer: 'https://login.microsoftonline.us/{tenantid}/v2.0',
            ...changed,
          })),
        }),
      })

      expect(site.logs.at(-1)).toContain(`its key belongs to ${reason}`)
      await expectRejected(site, browser, response, 401)
    },
  )
})

describe('an authority with a query', () => {
  test.for(['common', CONTOSO, 'contoso.onmicrosoft.com/v2.0'])(
    'at %s adds it only to the metadata request',
    async (tenant, { open, provider }) => {
      const asked: string[] = []
      const site = await open('common', {
        authority: `${provider.origin}/${tenant}?appid=${provider.app.clientId}`,
        fetch: (url, init) => {
          asked.push(new Request(url).url)
          return fetch(url, init)
        },
      })

      const browser = await site.signIn()

      await claimsOf(site, browser)
      const path = `${tenant.replace('/v2.0', '')}/v2.0/.well-known/openid-configuration`
      expect(asked[0]).toBe(`${provider.origin}/${path}?appid=${provider.app.clientId}`)
      expect(asked.slice(1).join()).not.toContain('appid')
    },
  )
})
