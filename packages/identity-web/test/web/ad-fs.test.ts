import {
  createClientCertificate,
  defaultConfig,
  type DevProvider,
  type Tamper,
} from 'identity-web-dev'
import type { AuthOptions, Claims } from 'identity-web/express'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { expectRejected } from '../support/attack.ts'
import { Browser } from '../support/browser.ts'
import { sendToCallback, type Site } from '../support/site.ts'
import { requestParams, linkUrl } from '../support/steps.ts'

const certificate = createClientCertificate()

const [app, ...apps] = defaultConfig.apps

async function claimsOf(site: Site, browser: Browser): Promise<Claims> {
  const page = await browser.navigate(`${site.origin}/`)
  expect(page.status).toBe(200)
  return (page.json() as { claims: Claims }).claims
}

const WAYS: readonly (readonly [string, (provider: DevProvider) => AuthOptions])[] = [
  ['authority', () => ({})],
  [
    'oidcAuthority',
    ({ adfsAuthority }) => ({ authority: undefined, oidcAuthority: adfsAuthority }),
  ],
  ['authority with a slash', ({ adfsAuthority }) => ({ authority: `${adfsAuthority}/` })],
]

const test = base
  .extend('providerOptions', {
    config: { apps: [{ ...app!, certificates: [certificate.cert] }, ...apps] },
  })
  .extend(
    'open',
    ({ openSite, provider }) =>
      (options: AuthOptions = {}): Promise<Site> =>
        openSite({ authority: provider.adfsAuthority, ...options }),
  )
  .extend('site', ({ open }) => open())
  .extend(
    'pathsOf',
    ({ provider }) =>
      (endpoint: string): string[] =>
        provider.requests.filter((one) => one.endpoint === endpoint).map((one) => one.path),
  )

test('a user of an AD FS server whose issuer is below its URL signs in, as at Azure Stack Hub', async ({
  open,
  provider,
}) => {
  const iss = `${provider.adfsAuthority}/c0000000-0000-4000-8000-000000000001/`
  const metadata = (document: Record<string, unknown>): Record<string, unknown> => ({
    ...document,
    issuer: iss,
    access_token_issuer: iss,
  })
  provider.tamper = {
    metadata,
    idToken: (claims, sign) => sign({ ...claims, iss }),
  }
  const site = await open()

  expect(await claimsOf(site, await site.signIn())).toMatchObject({ iss })

  provider.tamper = { metadata }
  const browser = new Browser()
  const response = await sendToCallback(browser, await site.startSignIn(browser))
  await expectRejected(site, browser, response, 401)
})

describe.each(WAYS)('a user of AD FS, with %s,', (_name, way) => {
  test('signs in with the claims of AD FS', async ({ open, provider, pathsOf }) => {
    const site = await open(way(provider))

    const browser = await site.signIn()

    expect(await claimsOf(site, browser)).toMatchObject({
      iss: provider.adfsAuthority,
      upn: 'alex@contoso.onmicrosoft.com',
      unique_name: String.raw`CONTOSO\alex`,
    })
    expect(pathsOf('metadata')).toEqual(['/adfs/.well-known/openid-configuration'])
  })

  test('stays signed in when the ID token expires', async ({ open, provider, clock }) => {
    const site = await open(way(provider))
    const browser = await site.signIn()
    clock.advance(3700)

    await claimsOf(site, browser)

    const grants = provider.requests.map(({ grantType }) => grantType).filter(Boolean)
    expect(grants).toEqual(['authorization_code', 'refresh_token'])
  })

  test('signs out with the ID token as the hint, and returns', async ({ open, provider }) => {
    const site = await open(way(provider))
    const browser = await site.signIn()

    const { location = '' } = await browser.navigate(`${site.origin}/logout`)

    const { pathname, searchParams } = new URL(location)
    expect(pathname).toBe('/adfs/oauth2/logout')
    expect(decodeJwt(searchParams.get('id_token_hint') ?? '')).toMatchObject({
      aud: provider.app.clientId,
      upn: 'alex@contoso.onmicrosoft.com',
    })
    expect(searchParams.has('logout_hint')).toBe(false)
    const back = await provider.signIn(location)
    const landed = await browser.navigate(back.url.href)
    expect(landed.location).toBe(`${site.origin}/`)
  })
})

describe('AD FS', () => {
  test('gets a request for the scopes that it lists, without offline_access', async ({ site }) => {
    const { location = '' } = await new Browser().navigate(`${site.origin}/`)

    expect(new URL(location).searchParams.get('scope')).toBe('openid profile email')
  })

  test('gets a request without client capabilities and account picker', async ({ open }) => {
    const site = await open({ clientCapabilities: ['cp1'] })
    const browser = new Browser()
    const redirect = requestParams(await browser.navigate(`${site.origin}/other`))
    const query = new URLSearchParams({
      error: 'access_denied',
      state: redirect.get('state') ?? '',
    })
    const declined = await browser.navigate(`${site.origin}/redirect?${query}`)

    const again = requestParams(await browser.navigate(linkUrl(declined, 'Try again')))

    expect(redirect.get('claims')).toBeNull()
    expect(again.get('prompt')).toBeNull()
  })

  test('accepts an assertion with RS256 and x5t, for its own token endpoint', async ({
    open,
    provider,
  }) => {
    const sent: URLSearchParams[] = []
    const site = await open({
      clientCredential: { certificate: certificate.cert, privateKey: certificate.key },
      fetch: (url, init) => {
        if (init?.body !== undefined) sent.push(new URLSearchParams(init.body as string))
        return fetch(url, init)
      },
    })

    const browser = await site.signIn()

    await claimsOf(site, browser)
    const assertion = sent[0]?.get('client_assertion') ?? ''
    expect(decodeProtectedHeader(assertion)).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      x5t: Buffer.from(certificate.thumbprint, 'hex').toString('base64url'),
    })
    expect(decodeJwt(assertion)).toMatchObject({
      iss: provider.app.clientId,
      sub: provider.app.clientId,
      aud: `${provider.adfsAuthority}/oauth2/token/`,
    })
  })

  test('does not name a tenant, so the option tenants is rejected', async ({ open }) => {
    const site = await open({ tenants: 'any' })

    const page = await new Browser().navigate(`${site.origin}/login`)

    expect(page.status).toBe(500)
    expect(page.text.replaceAll(/<\/?code>/g, '')).toContain(
      'tenants works only with Entra ID and External ID, because tokens of AD FS do not contain a tenant',
    )
  })
})

describe('metadata of AD FS is rejected', () => {
  test.for([
    ['of another server', () => 'https://fs.evil.example/adfs'],
    ['with another path', (provider: DevProvider) => `${provider.origin}/adfs2`],
    ['without the path', (provider: DevProvider) => provider.origin],
  ] as const)('whose issuer is the one %s', async ([, issuer], { provider, open }) => {
    provider.tamper = { metadata: (document) => ({ ...document, issuer: issuer(provider) }) }
    const site = await open()

    const response = await new Browser().navigate(`${site.origin}/`)

    expect(response.status).toBe(502)
    expect(site.logs.join()).toContain(
      `contains the issuer ${issuer(provider)}, but ${provider.adfsAuthority} is expected`,
    )
  })
})

describe('an ID token of AD FS is rejected', () => {
  test.for<readonly [string, Tamper | ((provider: DevProvider) => Tamper), string]>([
    [
      'with the issuer of access tokens',
      ({ adfsAuthority }) => ({
        idToken: (claims, sign) => sign({ ...claims, iss: `${adfsAuthority}/services/trust` }),
      }),
      'its issuer is not',
    ],
    [
      'with the issuer of another server',
      { idToken: (claims, sign) => sign({ ...claims, iss: 'https://fs.evil.example/adfs' }) },
      'its issuer is not',
    ],
    [
      'with a trailing slash after the issuer',
      ({ adfsAuthority }) => ({
        idToken: (claims, sign) => sign({ ...claims, iss: `${adfsAuthority}/` }),
      }),
      'its issuer is not',
    ],
    [
      'for another application',
      { idToken: (claims, sign) => sign({ ...claims, aud: 'urn:microsoft:userinfo' }) },
      'it is for another application',
    ],
    [
      'signed with a key of another issuer',
      {
        jwks: ({ keys }) => ({
          keys: keys.map((key) => ({ ...key, issuer: 'https://fs.evil.example/adfs' })),
        }),
      },
      'its key belongs to another issuer',
    ],
  ])('%s', async ([, tamper, reason], { provider, open, browser }) => {
    provider.tamper = typeof tamper === 'function' ? tamper(provider) : tamper
    const site = await open()

    const response = await sendToCallback(browser, await site.startSignIn(browser))

    expect(site.logs.at(-1)).toContain(reason)
    await expectRejected(site, browser, response, 401)
  })
})
