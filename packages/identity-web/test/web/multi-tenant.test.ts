import { CONSUMERS_TENANT_ID, startDevProvider, type DevProvider } from 'identity-web-dev'
import type { AuthOptions, Claims } from 'identity-web/express'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { expectRefused, openSite } from '../support/attack.ts'
import { Browser, type Answer } from '../support/browser.ts'
import { playHost } from '../support/played-host.ts'
import { begin, callBack, signIn, type Site } from '../support/site.ts'

const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'

let provider: DevProvider
let ahead = 0
/** Milliseconds, some seconds ahead of the true time. */
const now = (): number => Date.now() + ahead * 1000

beforeAll(async () => {
  provider = await startDevProvider({ now })
})
afterAll(() => provider.close())
beforeEach(() => {
  ahead = 0
  provider.reset()
  provider.behave({ consent: 'skip' })
})
afterEach(() => void vi.unstubAllEnvs())

const open = (tenant: string, options: AuthOptions = {}): Promise<Site> =>
  openSite(provider, { authority: provider.authority(tenant), now, ...options })

async function claimsOf(site: Site, browser: Browser): Promise<Claims> {
  const page = await browser.navigate(`${site.origin}/`)
  expect(page.status).toBe(200)
  return (page.json() as { claims: Claims }).claims
}

async function attempt(site: Site, browser: Browser, as: string): Promise<Answer> {
  return callBack(browser, await begin(site, provider, browser, { as }))
}

describe('a user is let in', () => {
  test.each([
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
  ] as const)('at %s with tenants %s: %s', async (authority, tenants, as, tid) => {
    const site = await open(authority, { tenants })

    const browser = await signIn(site, provider, { as })

    expect(await claimsOf(site, browser)).toMatchObject({
      tid,
      iss: `${provider.origin}/${tid}/v2.0`,
    })
  })
})

describe('a user is turned away', () => {
  test.each([
    ['common', 'work', 'charlie', 'Personal accounts may not', "set the option tenants: 'any'"],
    [
      'common',
      [CONTOSO],
      'jo',
      `The tenant ${FABRIKAM} may not`,
      `add '${FABRIKAM}' to the list of the option tenants`,
    ],
    [
      'common',
      [CONTOSO],
      'kim',
      `The tenant ${FABRIKAM} may not`,
      `add '${FABRIKAM}' to the list of the option tenants`,
    ],
    [
      'common',
      [CONTOSO],
      'charlie',
      `The tenant ${CONSUMERS_TENANT_ID} may not`,
      `add '${CONSUMERS_TENANT_ID}' to`,
    ],
    [
      'organizations',
      [CONTOSO],
      'jo',
      `The tenant ${FABRIKAM} may not`,
      `add '${FABRIKAM}' to the list of the option tenants`,
    ],
    [
      'common',
      [],
      'alex',
      `The tenant ${CONTOSO} may not`,
      `add '${CONTOSO}' to the list of the option tenants`,
    ],
    [
      CONTOSO,
      [FABRIKAM],
      'kim',
      `The tenant ${CONTOSO} may not`,
      `add '${CONTOSO}' to the list of the option tenants`,
    ],
  ] as const)('at %s with tenants %s: %s', async (authority, tenants, as, message, hint) => {
    const site = await open(authority, { tenants })
    const browser = new Browser()

    const answer = await attempt(site, browser, as)

    await expectRefused(site, browser, answer, 403)
    const page = answer.text.replaceAll('&#39;', "'")
    expect(page).toContain(message)
    expect(page).toContain(hint)
    expect(site.logs.join('\n')).toContain(message)
    expect(site.logs.join('\n')).toContain(hint)
  })

  test('in production with calm words on the page, and the tenant in the log', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const site = await open('common', { tenants: [CONTOSO] })

    const answer = await attempt(site, new Browser(), 'jo')

    expect(answer.status).toBe(403)
    expect(answer.text).toContain('your account is not allowed to use this application')
    expect(answer.text).not.toContain(FABRIKAM)
    expect(site.logs.join('\n')).toContain(`add '${FABRIKAM}' to the list of the option tenants`)
  })

  test('at organizations with a personal account, even if the provider let it through', async () => {
    const [tid, iss] = [CONSUMERS_TENANT_ID, `${provider.origin}/${CONSUMERS_TENANT_ID}/v2.0`]
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, tid, iss }) }
    const site = await open('organizations')
    const browser = new Browser()

    const answer = await attempt(site, browser, 'alex')

    await expectRefused(site, browser, answer, 403)
  })

  test('when a session is renewed and the tenant is allowed no more', async () => {
    const browser = await signIn(await open('common'), provider, { as: 'jo' })
    const site = await open('common', { tenants: [CONTOSO] })
    // Cookies don't know ports: this is the same application, started anew with other options.
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    ahead = 3700

    const answer = await browser.navigate(`${site.origin}/`)

    expect(answer.status).toBe(302)
  })

  test.each([
    ['whose tenant is not its issuer’s', { tid: FABRIKAM }],
    ['whose issuer is not its tenant’s', { iss: 'FABRIKAM' }],
    ['whose tenant is the template', { tid: '{tenantid}', iss: 'TEMPLATE' }],
    ['whose tenant is no id', { tid: 'contoso.onmicrosoft.com' }],
  ])('with an ID token %s', async (_name, forged) => {
    const issuers: Record<string, string> = {
      FABRIKAM: `${provider.origin}/${FABRIKAM}/v2.0`,
      TEMPLATE: `${provider.origin}/{tenantid}/v2.0`,
    }
    const { iss = '', ...others } = forged as { tid?: string; iss?: string }
    provider.tamper = {
      idToken: (claims, sign) => sign({ ...claims, ...others, iss: issuers[iss] ?? claims['iss'] }),
    }
    const site = await open('common')
    const browser = new Browser()

    const answer = await attempt(site, browser, 'alex')

    await expectRefused(site, browser, answer, 401)
  })
})

test('a guest is another user at every tenant: tid and oid tell them apart', async () => {
  const guest = await claimsOf(...(await signedIn(CONTOSO, 'kim')))
  const member = await claimsOf(...(await signedIn('common', 'kim')))

  expect(guest).toMatchObject({ tid: CONTOSO, preferred_username: member.preferred_username })
  expect(member.tid).toBe(FABRIKAM)
  expect(guest.oid).not.toBe(member.oid)
  expect(guest.sub).not.toBe(member.sub)
})

async function signedIn(tenant: string, as: string): Promise<[Site, Browser]> {
  const site = await open(tenant)
  return [site, await signIn(site, provider, { as })]
}

describe('a sign-out goes to the tenant of the user', () => {
  test.each([
    ['common', 'alex', CONTOSO],
    ['common', 'jo', FABRIKAM],
    ['common', 'charlie', CONSUMERS_TENANT_ID],
    ['Common', 'jo', FABRIKAM],
    ['organizations', 'jo', FABRIKAM],
    [CONTOSO, 'kim', CONTOSO],
    ['contoso.onmicrosoft.com', 'kim', CONTOSO],
  ])('at %s: that of %s', async (authority, as, tenant) => {
    const site = await open(authority)
    const browser = await signIn(site, provider, { as })

    const { location = '' } = await browser.navigate(`${site.origin}/logout`)

    expect(new URL(location).pathname).toBe(`/${tenant}/oauth2/v2.0/logout`)
    const back = await provider.signIn(location)
    expect(back.url.origin).toBe(site.origin)
  })
})

describe('another cloud', () => {
  test.each([
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
  ])('https://%s/common signs a user in, at %s', async (named, host) => {
    const cloud = playHost(provider, host)
    provider.tamper = cloud.tamper
    const site = await openSite(provider, {
      authority: `https://${named}/common`,
      fetch: cloud.fetch,
    })
    const browser = new Browser()
    const { location = '' } = await browser.navigate(`${site.origin}/other`)

    const answer = await callBack(
      browser,
      await provider.signIn(cloud.toProvider(location), { as: 'jo' }),
    )

    expect(answer.location).toBe('/other')
    expect((await claimsOf(site, browser)).iss).toBe(`https://${host}/${FABRIKAM}/v2.0`)
    expect(cloud.asked[0]).toBe(`https://${host}/common/v2.0/.well-known/openid-configuration`)
  })

  async function signInAtUsGov(tamper: DevProvider['tamper']): Promise<[Site, Browser, Answer]> {
    const cloud = playHost(provider, 'login.microsoftonline.us')
    provider.tamper = { ...cloud.tamper, ...tamper }
    const authority = `${cloud.origin}/common`
    const site = await openSite(provider, { authority, fetch: cloud.fetch })
    const browser = new Browser()
    const { location = '' } = await browser.navigate(`${site.origin}/`)
    const back = await provider.signIn(cloud.toProvider(location), { as: 'jo' })
    return [site, browser, await callBack(browser, back)]
  }

  test('does not take the ID token of the public cloud', async () => {
    const [site, browser, answer] = await signInAtUsGov({
      idToken: (claims, sign) =>
        sign({ ...claims, iss: `https://login.microsoftonline.com/${FABRIKAM}/v2.0` }),
    })

    await expectRefused(site, browser, answer, 401)
  })

  test.each([
    ['name', { cloud_instance_name: 'microsoftonline.us' }, 'another cloud'],
    ['issuer', { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }, 'another issuer'],
  ])('does not take a key of another cloud, by its %s', async (_name, changed, reason) => {
    const [site, browser, answer] = await signInAtUsGov({
      jwks: ({ keys }) => ({
        keys: keys.map((key) => ({
          ...key,
          issuer: 'https://login.microsoftonline.us/{tenantid}/v2.0',
          ...changed,
        })),
      }),
    })

    expect(site.logs.at(-1)).toContain(`its key belongs to ${reason}`)
    await expectRefused(site, browser, answer, 401)
  })
})

describe('an authority with a query', () => {
  test.each(['common', CONTOSO, 'contoso.onmicrosoft.com/v2.0'])(
    'at %s brings it to the metadata, and to nothing else',
    async (tenant) => {
      const asked: string[] = []
      const site = await open('common', {
        authority: `${provider.origin}/${tenant}?appid=${provider.app.clientId}`,
        fetch: (url, init) => {
          asked.push(new Request(url).url)
          return fetch(url, init)
        },
      })

      const browser = await signIn(site, provider)

      await claimsOf(site, browser)
      const path = `${tenant.replace('/v2.0', '')}/v2.0/.well-known/openid-configuration`
      expect(asked[0]).toBe(`${provider.origin}/${path}?appid=${provider.app.clientId}`)
      expect(asked.slice(1).join()).not.toContain('appid')
    },
  )
})
