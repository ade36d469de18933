import {
  describe,
  CONTOSO,
  FABRIKAM,
  test,
  expectRefused,
  changeKeys,
  type Tokens,
} from './guarded-api.ts'

describe('the tenant', () => {
  const cases: [what: string, make: (tokens: Tokens) => Promise<string>, reason: string][] = [
    ['is another', ({ alexs }) => alexs({ as: 'jo' }), 'its tid is not the tenant'],
    [
      'is another application’s',
      ({ apps }) => apps({ authority: FABRIKAM }),
      'its tid is not the tenant',
    ],
    ['is changed', ({ claimed }) => claimed({ tid: FABRIKAM }), 'its tid is not the tenant'],
    ['is missing', ({ claimed }) => claimed({ tid: undefined }), 'its tid is not a tenant ID'],
    [
      'is no GUID',
      ({ claimed }) => claimed({ tid: 'contoso.onmicrosoft.com' }),
      'its tid is not a tenant ID',
    ],
    [
      'climbs out',
      ({ claimed }) => claimed({ tid: `../${CONTOSO}` }),
      'its tid is not a tenant ID',
    ],
    ['is a list', ({ claimed }) => claimed({ tid: [CONTOSO] }), 'its tid is not a tenant ID'],
    ['is there twice', ({ claimed }) => claimed({ Tid: FABRIKAM }), 'it contains two tenants'],
    [
      'is there twice, and equal',
      ({ claimed }) => claimed({ TID: CONTOSO }),
      'it contains two tenants',
    ],
    [
      'is right, and the issuer of another',
      ({ claimed, provider }) => claimed({ iss: `${provider.origin}/${FABRIKAM}/v2.0` }),
      'its issuer is',
    ],
    [
      'is there twice in version 1',
      ({ version1 }) => version1({ as: 'alex', claims: { tID: CONTOSO } }),
      'it contains two tenants',
    ],
    [
      'is changed in version 1',
      ({ version1 }) => version1({ as: 'alex', claims: { tid: FABRIKAM } }),
      'its tid is not the tenant',
    ],
  ]

  test.for(cases)('rejects a token where it %s', async ([, make, reason], { open, tokens }) => {
    await expectRefused(await open(), await make(tokens), reason)
  })

  const common: [what: string, make: (tokens: Tokens) => Promise<string>, reason: string][] = [
    ['another', ({ claimed }) => claimed({ tid: FABRIKAM }), 'its issuer is'],
    ['a list', ({ claimed }) => claimed({ tid: [CONTOSO] }), 'its tid is not a tenant ID'],
    ['there twice', ({ claimed }) => claimed({ Tid: FABRIKAM }), 'it contains two tenants'],
    ['the template', ({ claimed }) => claimed({ tid: '{tenantid}' }), 'its tid is not a tenant ID'],
    [
      'right, and the issuer is the template',
      ({ claimed, provider }) => claimed({ iss: `${provider.origin}/{tenantid}/v2.0` }),
      'its issuer is',
    ],
    [
      'another than in the issuer of version 1',
      ({ version1 }) => version1({ as: 'alex', claims: { tid: FABRIKAM } }),
      'its issuer is',
    ],
  ]

  test.for(common)(
    'is not %s, where all tenants may call',
    async ([, make, reason], { provider, open, tokens }) => {
      // Keys that do not say whose they are: the issuer is checked by itself.
      provider.tamper = { jwks: changeKeys(({ issuer: _issuer, ...key }) => key) }

      await expectRefused(
        await open({ authority: provider.authority('common') }),
        await make(tokens),
        reason,
      )
    },
  )

  test('that may not call is told to nobody who forges a token of it', async ({
    open,
    provider,
    alexs,
  }) => {
    const api = await open({ authority: provider.authority('common'), tenants: [CONTOSO] })

    await expectRefused(api, await alexs({ as: 'jo', key: 'stranger' }), 'its signature is wrong')
    await expectRefused(api, await alexs({ as: 'jo' }), `The tenant ${FABRIKAM} is not allowed`, {
      status: 403,
      error: 'access_denied',
    })
  })

  test.for([
    ['a slash more', (issuer: string): unknown => `${issuer}/`],
    ['another case', (issuer: string): unknown => issuer.toUpperCase()],
    ['a list', (issuer: string): unknown => [issuer]],
    ['another server', (): unknown => `https://evil.example/${CONTOSO}/v2.0`],
    ['none', (): unknown => undefined],
  ] as const)(
    'does not help where the issuer is spelt otherwise: %s',
    async ([, spell], { provider, open, claimed }) => {
      provider.tamper = { jwks: changeKeys(({ issuer: _issuer, ...key }) => key) }
      const iss = spell(`${provider.authority()}/v2.0`)

      await expectRefused(await open(), await claimed({ iss }), 'its issuer is')
    },
  )
})
