import { describe, expect, test } from 'vitest'
import { microsoftAuthority, oidcAuthority } from '../../src/authority/recognize.ts'

const TENANT = 'c1a00000-0000-4000-8000-000000000003'
const OTHER = 'fab00000-0000-4000-8000-000000000002'
const ISSUER = `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`

describe('an authority of External ID', () => {
  test.each([
    ['https://contoso.ciamlogin.com', 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com'],
    ['https://contoso.ciamlogin.com/', 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com'],
    [
      'https://contoso.ciamlogin.com/contoso.onmicrosoft.com',
      'https://contoso.ciamlogin.com/contoso.onmicrosoft.com',
    ],
    [`https://contoso.ciamlogin.com/${TENANT}`, `https://contoso.ciamlogin.com/${TENANT}`],
    [`https://contoso.ciamlogin.com/${TENANT}/v2.0`, `https://contoso.ciamlogin.com/${TENANT}`],
    [
      `https://contoso.ciamlogin.com/${TENANT}/v2.0/.well-known/openid-configuration`,
      `https://contoso.ciamlogin.com/${TENANT}`,
    ],
  ])('%s is requested at %s, in authority and in oidcAuthority', (value, url) => {
    for (const authority of [microsoftAuthority(value), oidcAuthority(value)]) {
      expect(authority).toMatchObject({
        kind: 'external-id',
        url,
        metadataUrl: `${url}/v2.0/.well-known/openid-configuration`,
        tenants: 'any',
      })
    }
  })

  test.each([
    ['contoso.onmicrosoft.com', ISSUER, true],
    ['contoso.onmicrosoft.com', `https://contoso.ciamlogin.com/${TENANT}/v2.0`, true],
    [TENANT, ISSUER, true],
    [TENANT.toUpperCase(), ISSUER, true],
    [TENANT, ISSUER.replaceAll(TENANT, OTHER), false],
    [TENANT, `https://${OTHER}.ciamlogin.com/${TENANT}/v2.0`, false],
    ['contoso.onmicrosoft.com', `https://${OTHER}.ciamlogin.com/${TENANT}/v2.0`, false],
    ['contoso.onmicrosoft.com', `https://evil.ciamlogin.com/${TENANT}/v2.0`, false],
    [
      'contoso.onmicrosoft.com',
      `https://${TENANT}.ciamlogin.com.evil.example/${TENANT}/v2.0`,
      false,
    ],
    ['contoso.onmicrosoft.com', `http://${TENANT}.ciamlogin.com/${TENANT}/v2.0`, false],
    ['contoso.onmicrosoft.com', `${ISSUER}/`, false],
    ['contoso.onmicrosoft.com', `${ISSUER}/more`, false],
    [
      'contoso.onmicrosoft.com',
      'https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0',
      false,
    ],
    ['contoso.onmicrosoft.com', `https://login.microsoftonline.com/${TENANT}/v2.0`, false],
    ['contoso.onmicrosoft.com', '', false],
  ])('at %s accepts the issuer %s: %s', (tenant, issuer, accepted) => {
    const authority = microsoftAuthority(`https://contoso.ciamlogin.com/${tenant}`)

    expect(authority.acceptsIssuer(issuer)).toBe(accepted)
  })

  test('with a custom domain keeps the issuer of ciamlogin.com, in authority and in oidcAuthority', () => {
    const byAuthority = microsoftAuthority(`https://login.contoso.example/${TENANT}`)
    const byIssuer = oidcAuthority(`https://login.contoso.example/${TENANT}/v2.0`)

    for (const authority of [byAuthority, byIssuer]) {
      expect(authority.metadataUrl).toBe(
        `https://login.contoso.example/${TENANT}/v2.0/.well-known/openid-configuration`,
      )
      expect(authority.acceptsIssuer(ISSUER)).toBe(true)
      expect(authority.acceptsIssuer(`https://login.contoso.example/${TENANT}/v2.0`)).toBe(true)
      expect(authority.acceptsIssuer(ISSUER.replaceAll(TENANT, OTHER))).toBe(false)
    }
  })

  test('cannot use a host of Entra ID or the tenant common', () => {
    const entra = microsoftAuthority(`https://login.microsoftonline.com/${TENANT}`)
    const common = microsoftAuthority('https://login.contoso.example/common')

    expect(entra.acceptsIssuer(ISSUER)).toBe(false)
    expect(common.acceptsIssuer(ISSUER)).toBe(false)
  })

  test('is not recognized if the host only starts like ciamlogin.com', () => {
    const authority = oidcAuthority('https://contoso.ciamlogin.com.example.org')

    expect(authority.kind).toBe('oidc')
  })

  test('applies a list of tenants', () => {
    expect(microsoftAuthority('https://contoso.ciamlogin.com', [TENANT]).tenants).toEqual([TENANT])
  })

  test.each([
    `https://contoso.ciamlogin.com/${TENANT}/v1.0`,
    `https://contoso.ciamlogin.com/${TENANT}/v2.0/more`,
  ])('%s is rejected with an example', (value) => {
    expect(() => microsoftAuthority(value)).toThrow(
      /^authority must consist of a host and a tenant.*https:\/\/contoso\.ciamlogin\.com\.$/,
    )
  })
})
