import {
  describe,
  CONTOSO,
  FABRIKAM,
  test,
  expectRejected,
  changeKeys,
  type Tokens,
} from './guarded-api.ts'

describe('the tenant', () => {
  const cases: [what: string, make: (tokens: Tokens) => Promise<string>, reason: string][] = [
    ['is another', ({ alexToken }) => alexToken({ as: 'jo' }), 'its tid is not the tenant'],
    [
      'is another application’s',
      ({ appToken }) => appToken({ authority: FABRIKAM }),
      'its tid is not the tenant',
    ],
    [
      'is changed',
      ({ tokenWithClaims }) => tokenWithClaims({ tid: FABRIKAM }),
      'its tid is not the tenant',
    ],
    [
      'is missing',
      ({ tokenWithClaims }) => tokenWithClaims({ tid: undefined }),
      'its tid is not a tenant ID',
    ],
    [
      'is no GUID',
      ({ tokenWithClaims }) => tokenWithClaims({ tid: 'contoso.onmicrosoft.com' }),
      'its tid is not a tenant ID',
    ],
    [
      'climbs out',
      ({ tokenWithClaims }) => tokenWithClaims({ tid: `../${CONTOSO}` }),
      'its tid is not a tenant ID',
    ],
    [
      'is a list',
      ({ tokenWithClaims }) => tokenWithClaims({ tid: [CONTOSO] }),
      'its tid is not a tenant ID',
    ],
    [
      'is there twice',
      ({ tokenWithClaims }) => tokenWithClaims({ Tid: FABRIKAM }),
      'it contains two tenants',
    ],
    [
      'is there twice, and equal',
      ({ tokenWithClaims }) => tokenWithClaims({ TID: CONTOSO }),
      'it contains two tenants',
    ],
    [
      'is right, and the issuer of another',
      ({ tokenWithClaims, provider }) =>
        tokenWithClaims({ iss: `${provider.origin}/${FABRIKAM}/v2.0` }),
      'its issuer is',
    ],
    [
      'is there twice in version 1',
      ({ version1Token }) => version1Token({ as: 'alex', claims: { tID: CONTOSO } }),
      'it contains two tenants',
    ],
    [
      'is changed in version 1',
      ({ version1Token }) => version1Token({ as: 'alex', claims: { tid: FABRIKAM } }),
      'its tid is not the tenant',
    ],
  ]

  test.for(cases)('is rejected if it %s', async ([, make, reason], { open, tokens }) => {
    await expectRejected(await open(), await make(tokens), reason)
  })

  const common: [what: string, make: (tokens: Tokens) => Promise<string>, reason: string][] = [
    ['another', ({ tokenWithClaims }) => tokenWithClaims({ tid: FABRIKAM }), 'its issuer is'],
    [
      'a list',
      ({ tokenWithClaims }) => tokenWithClaims({ tid: [CONTOSO] }),
      'its tid is not a tenant ID',
    ],
    [
      'there twice',
      ({ tokenWithClaims }) => tokenWithClaims({ Tid: FABRIKAM }),
      'it contains two tenants',
    ],
    [
      'the template',
      ({ tokenWithClaims }) => tokenWithClaims({ tid: '{tenantid}' }),
      'its tid is not a tenant ID',
    ],
    [
      'right, and the issuer is the template',
      ({ tokenWithClaims, provider }) =>
        tokenWithClaims({ iss: `${provider.origin}/{tenantid}/v2.0` }),
      'its issuer is',
    ],
    [
      'another than in the issuer of version 1',
      ({ version1Token }) => version1Token({ as: 'alex', claims: { tid: FABRIKAM } }),
      'its issuer is',
    ],
  ]

  test.for(common)(
    'cannot be %s, even when all tenants may call',
    async ([, make, reason], { provider, open, tokens }) => {
      // These keys do not name their issuer, so only the issuer of the token is checked.
      provider.tamper = { jwks: changeKeys(({ issuer: _issuer, ...key }) => key) }

      await expectRejected(
        await open({ authority: provider.authority('common') }),
        await make(tokens),
        reason,
      )
    },
  )

  test('that may not call is not revealed by a forged token', async ({
    open,
    provider,
    alexToken,
  }) => {
    const api = await open({ authority: provider.authority('common'), tenants: [CONTOSO] })

    await expectRejected(
      api,
      await alexToken({ as: 'jo', key: 'stranger' }),
      'its signature is wrong',
    )
    await expectRejected(
      api,
      await alexToken({ as: 'jo' }),
      `The tenant ${FABRIKAM} is not allowed`,
      {
        status: 403,
        error: 'access_denied',
      },
    )
  })

  test.for([
    ['an additional slash', (issuer: string): unknown => `${issuer}/`],
    ['another case', (issuer: string): unknown => issuer.toUpperCase()],
    ['a list', (issuer: string): unknown => [issuer]],
    ['another server', (): unknown => `https://evil.example/${CONTOSO}/v2.0`],
    ['missing', (): unknown => undefined],
  ] as const)(
    'does not correct an issuer with another spelling: %s',
    async ([, spell], { provider, open, tokenWithClaims }) => {
      provider.tamper = { jwks: changeKeys(({ issuer: _issuer, ...key }) => key) }
      const iss = spell(`${provider.authority()}/v2.0`)

      await expectRejected(await open(), await tokenWithClaims({ iss }), 'its issuer is')
    },
  )
})
