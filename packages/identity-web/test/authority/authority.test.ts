import { describe, expect, test } from 'vitest'
import { microsoftAuthority, oidcAuthority } from '../../src/authority/recognize.ts'
import { graphBaseUrl, canonicalHost, isSecureUrl } from '../../src/authority/authority.ts'
import { IdentityError } from '../../src/errors.ts'

const TENANT = 'c0000000-0000-4000-8000-000000000001'
const OTHER = 'fab00000-0000-4000-8000-000000000002'
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad'
const PUBLIC = 'https://login.microsoftonline.com'

function errorOf(run: () => unknown): IdentityError {
  try {
    run()
  } catch (error) {
    return error as IdentityError
  }
  throw new Error('Nothing was thrown.')
}

describe('canonicalHost', () => {
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
    ['login.example', 'login.example'],
    ['evil-login.windows.net.example', 'evil-login.windows.net.example'],
  ])('changes %s to %s', (given, canonical) => {
    expect(canonicalHost(given)).toBe(canonical)
    const { metadataUrl, issuerRule } = microsoftAuthority(`https://${given}/${TENANT}`)
    expect(metadataUrl).toBe(`https://${canonical}/${TENANT}/v2.0/.well-known/openid-configuration`)
    expect(issuerRule).toBe(`https://${canonical}/${TENANT}/v2.0`)
  })

  test('ignores case and keeps the port', () => {
    expect(microsoftAuthority(`HTTPS://LOGIN.WINDOWS.NET:443/${TENANT}`).url).toBe(
      `${PUBLIC}/${TENANT}`,
    )
  })
})

describe('an authority of Entra ID', () => {
  test.each([
    `${PUBLIC}/contoso.onmicrosoft.com`,
    `${PUBLIC}/contoso.onmicrosoft.com/`,
    `${PUBLIC}/contoso.onmicrosoft.com/v2.0`,
    `${PUBLIC}/contoso.onmicrosoft.com/v2.0/`,
    `${PUBLIC}//contoso.onmicrosoft.com`,
  ])('accepts %s', (value) => {
    expect(microsoftAuthority(value)).toMatchObject({
      kind: 'entra',
      url: `${PUBLIC}/contoso.onmicrosoft.com`,
      metadataUrl: `${PUBLIC}/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration`,
    })
  })

  test('keeps the query for the metadata, which apps with custom signing keys need', () => {
    expect(microsoftAuthority(`${PUBLIC}/${TENANT}?appid=123`)).toMatchObject({
      url: `${PUBLIC}/${TENANT}`,
      metadataUrl: `${PUBLIC}/${TENANT}/v2.0/.well-known/openid-configuration?appid=123`,
    })
  })

  test.each([
    '',
    'contoso.onmicrosoft.com',
    'login.microsoftonline.com/common',
    PUBLIC,
    `${PUBLIC}/`,
    `${PUBLIC}/..`,
    `${PUBLIC}/${TENANT}/v1.0`,
    `${PUBLIC}/${TENANT}/v2.0/more`,
    `${PUBLIC}/${TENANT}/oauth2/v2.0`,
    `${PUBLIC}/${TENANT}#fragment`,
    `https://user@login.microsoftonline.com/${TENANT}`,
    `https://user:password@login.microsoftonline.com/${TENANT}`,
    `http://login.microsoftonline.com/${TENANT}`,
    `http://localhost.evil.example/${TENANT}`,
    `ftp://localhost/${TENANT}`,
    'javascript:alert(1)',
  ])('%s is rejected with an example', (value) => {
    const error = errorOf(() => microsoftAuthority(value))

    expect(error.code).toBe('configuration')
    expect(error.message).toContain('authority')
    expect(error.message).toContain('https://login.microsoftonline.com/contoso.onmicrosoft.com')
    expect(error.message).not.toContain('password')
  })

  test('can use http on this machine', () => {
    expect(microsoftAuthority(`http://localhost:5100/${TENANT}`).url).toBe(
      `http://localhost:5100/${TENANT}`,
    )
  })

  test.each([
    ['common', undefined, 'any'],
    ['organizations', undefined, 'work'],
    ['Organizations', undefined, 'work'],
    ['consumers', undefined, [CONSUMERS]],
    [TENANT, undefined, 'any'],
    ['contoso.example', undefined, 'any'],
    ['organizations', 'any', 'any'],
    ['common', [TENANT], [TENANT]],
  ] as const)('%s with the policy %j lets in %j', (tenant, given, policy) => {
    expect(microsoftAuthority(`${PUBLIC}/${tenant}`, given).tenants).toEqual(policy)
  })
})

describe('the issuer in the metadata of an Entra ID authority', () => {
  const issuers: [authority: string, issuer: string, accepted: boolean][] = [
    [TENANT, `${PUBLIC}/${TENANT}/v2.0`, true],
    [TENANT.toUpperCase(), `${PUBLIC}/${TENANT}/v2.0`, true],
    [TENANT, `${PUBLIC}/${OTHER}/v2.0`, false],
    [TENANT, `${PUBLIC}/${TENANT}/v2.0/`, false],
    [TENANT, `${PUBLIC}/${TENANT}`, false],
    [TENANT, `${PUBLIC}/{tenantid}/v2.0`, false],
    [TENANT, `https://sts.windows.net/${TENANT}/`, false],
    [TENANT, `https://evil.example/${TENANT}/v2.0`, false],
    ['common', `${PUBLIC}/{tenantid}/v2.0`, true],
    ['common', `${PUBLIC}/{TenantId}/v2.0`, true],
    ['COMMON', `${PUBLIC}/{tenantid}/v2.0`, true],
    ['common', `${PUBLIC}/${TENANT}/v2.0`, false],
    ['common', `https://evil.example/{tenantid}/v2.0`, false],
    ['common', 'https://login.microsoftonline.us/{tenantid}/v2.0', false],
    ['organizations', `${PUBLIC}/{tenantid}/v2.0`, true],
    ['organizations', `${PUBLIC}/${TENANT}/v2.0`, false],
    ['consumers', `${PUBLIC}/${CONSUMERS}/v2.0`, true],
    ['consumers', `${PUBLIC}/{tenantid}/v2.0`, false],
    [CONSUMERS, `${PUBLIC}/${CONSUMERS}/v2.0`, true],
    ['contoso.example', `${PUBLIC}/${TENANT}/v2.0`, true],
    ['contoso.example', `${PUBLIC}/contoso.example/v2.0`, false],
    ['contoso.example', `${PUBLIC}/{tenantid}/v2.0`, false],
    ['contoso.example', `${PUBLIC}/${TENANT}/v2.0/`, false],
    ['contoso.example', `${PUBLIC}/${TENANT}/v1.0`, false],
    ['contoso.example', `https://login.microsoftonline.cxx/${TENANT}/v2.0`, false],
    ['contoso.example', `${PUBLIC}.evil.example/${TENANT}/v2.0`, false],
    ['contoso.example', TENANT, false],
    ['contoso.example', '', false],
  ]

  test.each(issuers)('of %s can be %s: %s', (tenant, issuer, accepted) => {
    expect(microsoftAuthority(`${PUBLIC}/${tenant}`).acceptsIssuer(issuer)).toBe(accepted)
  })

  test.each([
    ['https://login.usgovcloudapi.net/common', 'https://login.microsoftonline.us/{tenantid}/v2.0'],
    [
      `https://login.chinacloudapi.cn/${TENANT}`,
      `https://login.partner.microsoftonline.cn/${TENANT}/v2.0`,
    ],
    [
      'https://login.sovcloud-identity.fr/contoso.example',
      `https://login.sovcloud-identity.fr/${TENANT}/v2.0`,
    ],
  ])('of %s can be %s in the same cloud', (authority, issuer) => {
    expect(microsoftAuthority(authority).acceptsIssuer(issuer)).toBe(true)
    expect(
      microsoftAuthority(authority).acceptsIssuer(issuer.replace(new URL(issuer).origin, PUBLIC)),
    ).toBe(false)
  })
})

describe('an authority of any other provider', () => {
  test.each([
    ['https://accounts.example', 'https://accounts.example'],
    ['https://accounts.example/', 'https://accounts.example'],
    ['https://accounts.example/realms/one', 'https://accounts.example/realms/one'],
    ['https://accounts.example/realms/one/', 'https://accounts.example/realms/one'],
    [
      'https://accounts.example/realms/one/.well-known/openid-configuration',
      'https://accounts.example/realms/one',
    ],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ])('accepts %s as %s', (value, url) => {
    expect(oidcAuthority(value)).toMatchObject({
      kind: 'oidc',
      url,
      metadataUrl: `${url}/.well-known/openid-configuration`,
      issuerRule: url,
    })
    expect(oidcAuthority(value).tenants).toBeUndefined()
  })

  test('keeps the query for the metadata', () => {
    expect(oidcAuthority('https://accounts.example/x?y=1').metadataUrl).toBe(
      'https://accounts.example/x/.well-known/openid-configuration?y=1',
    )
  })

  test.each([
    ['https://accounts.example/x', true],
    ['https://accounts.example/x/', true],
    ['https://accounts.example/x//', false],
    ['https://accounts.example/X', false],
    ['https://accounts.example', false],
    ['http://accounts.example/x', false],
    ['https://evil.example/x', false],
    ['https://accounts.example/x?y=1', false],
  ])('accepts metadata with the issuer %s: %s', (issuer, accepted) => {
    expect(oidcAuthority('https://accounts.example/x').acceptsIssuer(issuer)).toBe(accepted)
  })

  test.each([
    '',
    'accounts.example',
    'http://accounts.example',
    'https://a@accounts.example',
    'https://accounts.example#x',
  ])('%s is rejected with an example', (value) => {
    const error = errorOf(() => oidcAuthority(value))

    expect(error.code).toBe('configuration')
    expect(error.message).toMatch(
      /^oidcAuthority .*for example https:\/\/accounts\.example\.com\.$/,
    )
  })
})

describe('the Microsoft Graph of an authority', () => {
  test.each([
    [`${PUBLIC}/${TENANT}`, 'https://graph.microsoft.com/v1.0'],
    [`https://login.microsoftonline.us/${TENANT}`, 'https://graph.microsoft.us/v1.0'],
    [
      `https://login.partner.microsoftonline.cn/${TENANT}`,
      'https://microsoftgraph.chinacloudapi.cn/v1.0',
    ],
    ['https://contoso.ciamlogin.com', 'https://graph.microsoft.com/v1.0'],
    // The development provider has its own.
    [`http://localhost:3999/${TENANT}`, 'http://localhost:3999/v1.0'],
    // Nobody knows the Graph of another cloud, and Microsoft Graph does not accept the other tokens.
    [`https://login.sovcloud-identity.fr/${TENANT}`, undefined],
    ['https://fabrikam.b2clogin.com/fabrikam.onmicrosoft.com/B2C_1_susi', undefined],
    ['http://localhost:3999/fabrikam.onmicrosoft.com/B2C_1_susi', undefined],
    ['https://fs.contoso.example/adfs', undefined],
    ['http://localhost:3999/adfs', undefined],
  ])('of %s is at %s', (authority, url) => {
    expect(graphBaseUrl(microsoftAuthority(authority))).toBe(url)
  })

  test.each(['https://accounts.example', 'http://localhost:3999/oidc'])(
    'does not exist for the provider %s',
    (issuer) => expect(graphBaseUrl(oidcAuthority(issuer))).toBeUndefined(),
  )
})

describe('isSecureUrl', () => {
  test.each([
    ['https://example.com', true],
    ['http://localhost:3000', true],
    ['http://127.0.0.1', true],
    ['http://127.8.9.10', true],
    ['http://[::1]:80', true],
    ['http://app.localhost', true],
    ['http://example.com', false],
    ['http://localhost.example.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://notlocalhost', false],
    ['http://evil.example/.localhost', false],
    ['http://192.168.0.1', false],
    ['http://0.0.0.0', false],
    ['http://[::2]', false],
    ['ws://localhost', false],
    ['file:///etc/passwd', false],
    ['javascript:1', false],
  ])('%s: %s', (url, safe) => {
    expect(isSecureUrl(new URL(url))).toBe(safe)
  })
})
