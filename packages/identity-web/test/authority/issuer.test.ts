import { describe, expect, test } from 'vitest'
import { microsoftAuthority, oidcAuthority } from '../../src/authority/recognize.ts'
import {
  assertKeyIssuer,
  assertResponseIssuer,
  assertTenant,
  expectedIssuer,
  type IssuerClaims,
} from '../../src/authority/issuer.ts'
import type { IdentityError } from '../../src/errors.ts'
import type { ProviderKey } from '../../src/authority/keys.ts'
import type { ProviderMetadata } from '../../src/authority/metadata.ts'
import type { TenantPolicy } from '../../src/authority/authority.ts'
import { assertTenantAllowed, isGuid } from '../../src/authority/issuer.ts'

const TENANT = 'c0000000-0000-4000-8000-000000000001'
const OTHER = 'fab00000-0000-4000-8000-000000000002'
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad'
const PUBLIC = 'https://login.microsoftonline.com'
const TEMPLATE = `${PUBLIC}/{tenantid}/v2.0`

const metadataOf = (issuer: string, more: object = {}): ProviderMetadata => ({
  issuer,
  authorization_endpoint: `${PUBLIC}/authorize`,
  token_endpoint: `${PUBLIC}/token`,
  jwks_uri: `${PUBLIC}/keys`,
  ...more,
})

function outcomeOf(run: () => unknown): string {
  try {
    run()
    return 'fine'
  } catch (error) {
    const { code, status } = error as IdentityError
    return `${code} ${status}`
  }
}

describe('the issuer that a token must have', () => {
  const common = microsoftAuthority(`${PUBLIC}/common`)

  test('is the template, filled with the tenant of the token', () => {
    expect(expectedIssuer(common, metadataOf(TEMPLATE), { tid: TENANT })).toBe(
      `${PUBLIC}/${TENANT}/v2.0`,
    )
  })

  test('does not depend on the case of the template', () => {
    const metadata = metadataOf(`${PUBLIC}/{TenantId}/v2.0`)

    expect(expectedIssuer(common, metadata, { tid: TENANT })).toBe(`${PUBLIC}/${TENANT}/v2.0`)
  })

  test('is the issuer of the metadata if that is not a template', () => {
    const one = microsoftAuthority(`${PUBLIC}/contoso.example`)
    const metadata = metadataOf(`${PUBLIC}/${TENANT}/v2.0`)

    expect(expectedIssuer(one, metadata, { tid: TENANT })).toBe(metadata.issuer)
    expect(() => expectedIssuer(one, metadata, { tid: OTHER })).toThrow(
      'not the tenant of the authority',
    )
  })

  test('is the issuer of the metadata at any other provider, even if the token contains a tid', () => {
    const plain = oidcAuthority('https://accounts.example')
    const metadata = metadataOf('https://accounts.example')

    expect(expectedIssuer(plain, metadata, { tid: 'x' })).toBe('https://accounts.example')
    expect(expectedIssuer(plain, metadata, {})).toBe('https://accounts.example')
  })

  test.each([
    undefined,
    null,
    '',
    'common',
    'contoso.example',
    '$&',
    `${TENANT}/x`,
    7,
    [TENANT],
    {},
  ])('cannot be determined for the tenant %j', (tid) => {
    expect(() => expectedIssuer(common, metadataOf(TEMPLATE), { tid })).toThrow(
      'its tid is not a tenant ID',
    )
  })

  test.each(['Tid', 'TID', 'tID'])('cannot be determined if the token also contains %s', (name) => {
    const claims = { tid: TENANT, [name]: TENANT } as IssuerClaims

    expect(() => expectedIssuer(common, metadataOf(TEMPLATE), claims)).toThrow('two tenants')
  })

  test.each([
    ['any', CONSUMERS, true],
    ['work', TENANT, true],
    ['work', CONSUMERS, false],
    ['work', CONSUMERS.toUpperCase(), false],
    [[TENANT], TENANT, true],
    [[TENANT], TENANT.toUpperCase(), true],
    [[TENANT.toUpperCase()], TENANT, true],
    [[TENANT], OTHER, false],
    [[TENANT, OTHER], OTHER, true],
    [[], TENANT, false],
  ] as [TenantPolicy, string, boolean][])(
    'under the policy %j is for %s: %s',
    (policy, tid, allowed) => {
      const run = () => assertTenantAllowed(tid, policy)
      const wholly = () => assertTenant(microsoftAuthority(`${PUBLIC}/common`, policy), { tid })

      expect([outcomeOf(run), outcomeOf(wholly)]).toEqual(
        allowed ? ['fine', 'fine'] : ['access_denied 403', 'access_denied 403'],
      )
    },
  )

  test('is rejected with a hint that contains the option', () => {
    expect(() => assertTenantAllowed(CONSUMERS, 'work')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("tenants: 'any'") as string }),
    )
    expect(() => assertTenantAllowed(OTHER.toUpperCase(), [TENANT])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`'${OTHER}'`) as string }),
    )
  })

  test.each([
    [TENANT, true],
    [TENANT.toUpperCase(), true],
    [`${TENANT}0`, false],
    [`{${TENANT}}`, false],
    [TENANT.replaceAll('-', ''), false],
    [`${TENANT}\n`, false],
    [undefined, false],
  ])('%j is a tenant ID: %s', (value, expected) => {
    expect(isGuid(value)).toBe(expected)
  })
})

describe('a key may sign', () => {
  const claims = { iss: `${PUBLIC}/${TENANT}/v2.0`, tid: TENANT }
  const cases: [what: string, key: ProviderKey, metadata: object, allowed: boolean][] = [
    ['when it says nothing', {}, {}, true],
    ['for every tenant by the template', { issuer: TEMPLATE }, {}, true],
    ['for its own tenant', { issuer: claims.iss }, {}, true],
    ['not for another tenant', { issuer: `${PUBLIC}/${OTHER}/v2.0` }, {}, false],
    [
      'not for work accounts by the consumers’ key',
      { issuer: `${PUBLIC}/${CONSUMERS}/v2.0` },
      {},
      false,
    ],
    [
      'not for another host',
      { issuer: 'https://login.microsoftonline.us/{tenantid}/v2.0' },
      {},
      false,
    ],
    ['not for an issuer that is empty', { issuer: '' }, {}, false],
    ['in its cloud', { cloud_instance_name: 'a' }, { cloud_instance_name: 'a' }, true],
    ['not in another cloud', { cloud_instance_name: 'b' }, { cloud_instance_name: 'a' }, false],
    ['where the provider names no cloud', { cloud_instance_name: 'b' }, {}, true],
    ['where the key names no cloud', {}, { cloud_instance_name: 'a' }, true],
  ]

  test.each(cases)('%s', (_what, key, metadata, allowed) => {
    const run = () => assertKeyIssuer(key, metadataOf(TEMPLATE, metadata), claims)

    expect(outcomeOf(run)).toBe(allowed ? 'fine' : 'invalid_token 401')
  })
})

describe('the issuer of an authorization response', () => {
  const cases: [issuer: string, announced: unknown, iss: string | null, accepted: boolean][] = [
    ['https://a.example', undefined, null, true],
    ['https://a.example', false, null, true],
    ['https://a.example', true, null, false],
    ['https://a.example', true, 'https://a.example', true],
    ['https://a.example', undefined, 'https://a.example', true],
    ['https://a.example', undefined, 'https://b.example', false],
    ['https://a.example', true, 'https://a.example/', false],
    ['https://a.example', true, '', false],
    [TEMPLATE, undefined, `${PUBLIC}/${TENANT}/v2.0`, true],
    [TEMPLATE, undefined, TEMPLATE, false],
    [TEMPLATE, undefined, `${PUBLIC}/contoso.example/v2.0`, false],
    [TEMPLATE, undefined, `${PUBLIC}/${TENANT}/v1.0`, false],
    [TEMPLATE, undefined, `https://evil.example/${TENANT}/v2.0`, false],
    [TEMPLATE, undefined, `https://login.microsoftonline.net/${TENANT}/v2.0`, false],
    [TEMPLATE, undefined, `${PUBLIC}/v2.0`, false],
    [TEMPLATE, undefined, '', false],
  ]

  test.each(cases)('%s, announced %s, answered %j: %s', (issuer, announced, iss, accepted) => {
    const metadata = metadataOf(issuer, {
      authorization_response_iss_parameter_supported: announced,
    })
    const run = () => assertResponseIssuer(metadata, iss)

    expect(outcomeOf(run)).toBe(accepted ? 'fine' : 'invalid_request 400')
  })
})
