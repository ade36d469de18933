import { describe, expect, test } from 'vitest'
import { b2cUrl } from '../../src/authority/b2c.ts'
import { assertPolicy } from '../../src/authority/issuer.ts'
import { microsoftAuthority, oidcAuthority } from '../../src/authority/recognize.ts'

const TENANT = 'b2c00000-0000-4000-8000-000000000004'
const OTHER = 'fab00000-0000-4000-8000-000000000002'
const HOST = 'https://fabrikam.b2clogin.com'
const POLICY = `${HOST}/fabrikam.onmicrosoft.com/B2C_1_susi`

describe('the URL of an Azure AD B2C policy', () => {
  test.each([
    [POLICY, POLICY],
    [`${POLICY}/`, POLICY],
    [`${POLICY}/v2.0`, POLICY],
    [`${POLICY}/v2.0/.well-known/openid-configuration`, POLICY],
    [`${HOST}/fabrikam.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_susi`, POLICY],
    [
      `https://login.fabrikam.example/${TENANT}/v2.0?p=b2c_1_susi`,
      `https://login.fabrikam.example/${TENANT}/b2c_1_susi`,
    ],
    [`${HOST}/${TENANT}/B2C_1A_signup`, `${HOST}/${TENANT}/B2C_1A_signup`],
    [`${HOST}/tfp/${TENANT}/b2c_1_susi`, `${HOST}/tfp/${TENANT}/b2c_1_susi`],
    [
      `https://login.fabrikam.example/${TENANT}/B2C_1_susi`,
      `https://login.fabrikam.example/${TENANT}/B2C_1_susi`,
    ],
    [
      `https://login.fabrikam.example/tfp/${TENANT}/B2C_1_susi/v2.0/`,
      `https://login.fabrikam.example/tfp/${TENANT}/B2C_1_susi`,
    ],
  ])('%s is requested at %s, in authority and in oidcAuthority', (value, url) => {
    for (const authority of [microsoftAuthority(value), oidcAuthority(value)]) {
      expect(authority).toMatchObject({
        kind: 'b2c',
        url,
        metadataUrl: `${url}/v2.0/.well-known/openid-configuration`,
        policy: url.split('/').at(-1),
      })
      expect(authority.tenants).toBeUndefined()
    }
  })

  test.each([HOST, `${HOST}/fabrikam.onmicrosoft.com`, `${POLICY}/more`])(
    '%s is rejected with an example',
    (value) => {
      expect(() => microsoftAuthority(value)).toThrow(
        /^authority is .* which does not contain a policy.*fabrikam\.onmicrosoft\.com\/B2C_1_susi\.$/,
      )
    },
  )

  test('does not support tenants, because tokens do not contain a tenant', () => {
    expect(() => microsoftAuthority(POLICY, 'work')).toThrow(/^tenants works only with Entra ID/)
  })

  test('is built from the tenant name and the user flow', () => {
    const b2c = { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' }

    expect(b2cUrl(b2c, 'B2C_1_edit')).toBe(`${HOST}/fabrikam.onmicrosoft.com/B2C_1_edit`)
    expect(b2cUrl({ ...b2c, customDomain: 'login.fabrikam.example' }, 'B2C_1_edit')).toBe(
      'https://login.fabrikam.example/fabrikam.onmicrosoft.com/B2C_1_edit',
    )
    expect(b2cUrl({ ...b2c, customDomain: 'http://localhost:5100/' }, 'B2C_1_edit')).toBe(
      'http://localhost:5100/fabrikam.onmicrosoft.com/B2C_1_edit',
    )
  })
})

describe('the issuer in the metadata of an Azure AD B2C policy', () => {
  const byName = microsoftAuthority(POLICY)
  const byId = microsoftAuthority(`${HOST}/${TENANT}/B2C_1_susi`)
  const ownDomain = microsoftAuthority(`https://login.fabrikam.example/${TENANT}/B2C_1_susi`)

  test('can end with a slash and not contain the policy', () => {
    for (const authority of [byName, byId]) {
      expect(authority.acceptsIssuer(`${HOST}/${TENANT}/v2.0/`)).toBe(true)
      expect(authority.acceptsIssuer(`${HOST}/${TENANT}/v2.0`)).toBe(false)
    }
  })

  test('can be the tfp issuer of this policy, but not of another policy', () => {
    expect(byName.acceptsIssuer(`${HOST}/tfp/${TENANT}/b2c_1_susi/v2.0/`)).toBe(true)
    expect(byName.acceptsIssuer(`${HOST}/tfp/${TENANT}/b2c_1_edit/v2.0/`)).toBe(false)
    expect(byName.acceptsIssuer(`${HOST}/tfp/${TENANT}/v2.0/`)).toBe(false)
    expect(byName.acceptsIssuer(`${HOST}/${TENANT}/b2c_1_susi/v2.0/`)).toBe(false)
  })

  test('can contain the custom domain or b2clogin.com', () => {
    expect(ownDomain.acceptsIssuer(`https://login.fabrikam.example/${TENANT}/v2.0/`)).toBe(true)
    expect(ownDomain.acceptsIssuer(`${HOST}/${TENANT}/v2.0/`)).toBe(true)
  })

  test('cannot contain another tenant, another host, or a name instead of the ID', () => {
    expect(byId.acceptsIssuer(`${HOST}/${OTHER}/v2.0/`)).toBe(false)
    expect(ownDomain.acceptsIssuer(`${HOST}/${OTHER}/v2.0/`)).toBe(false)
    for (const issuer of [
      `https://evil.example/${TENANT}/v2.0/`,
      `http://fabrikam.b2clogin.com/${TENANT}/v2.0/`,
      `https://fabrikam.b2clogin.com.evil.example/${TENANT}/v2.0/`,
      `https://b2clogin.com/${TENANT}/v2.0/`,
      `${HOST}/fabrikam.onmicrosoft.com/v2.0/`,
      `${HOST}/${TENANT}/v2.0/?p=b2c_1_susi`,
      `${HOST}/${TENANT}/v2.0/#x`,
      `${HOST}/`,
      '',
    ]) {
      expect([issuer, byName.acceptsIssuer(issuer)]).toEqual([issuer, false])
    }
  })
})

describe('a token of a policy', () => {
  const authority = microsoftAuthority(POLICY)

  test.each([[{ tfp: 'B2C_1_susi' }], [{ acr: 'b2c_1_susi' }], [{ tfp: 'b2c_1_SUSI', acr: 'x' }]])(
    '%j belongs to the requested policy',
    (claims) => {
      expect(() => assertPolicy(authority, claims)).not.toThrow()
    },
  )

  test.each([
    [{ tfp: 'B2C_1_edit' }],
    [{ acr: 'b2c_1_reset' }],
    [{ tfp: 'B2C_1_edit', acr: 'B2C_1_susi' }],
    [{ tfp: ['B2C_1_susi'] }],
    [{ tfp: '' }],
    [{}],
  ])('%j is rejected', (claims) => {
    expect(() => assertPolicy(authority, claims)).toThrow(/its policy \(tfp or acr\)/)
  })

  test('is not required in tokens of Entra ID', () => {
    const entra = microsoftAuthority(`https://login.microsoftonline.com/${TENANT}`)

    expect(() => assertPolicy(entra, { acr: '1' })).not.toThrow()
  })
})
