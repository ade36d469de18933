import {
  describe,
  CLIENT,
  TODO_API,
  PLAIN_API,
  OTHER,
  ROLE,
  test,
  expectRefused,
  expectLetIn,
  type Tokens,
} from './guarded-api.ts'

describe('clients', () => {
  test('that are listed may call, however their id is spelt', async ({
    allowed,
    alexs,
    apps,
    version1,
    claimed,
  }) => {
    const api = await allowed()

    await expectLetIn(api, await alexs())
    await expectLetIn(api, await apps())
    await expectLetIn(api, await version1({ as: 'alex' }))
    await expectLetIn(api, await claimed({ azp: OTHER }))
  })

  test.for([
    ['a user’s', ({ alexs }: Tokens) => alexs({ app: TODO_API })],
    ['an application’s own', ({ apps }: Tokens) => apps({ app: TODO_API, roles: [ROLE] })],
    ['one of version 1', ({ version1 }: Tokens) => version1({ as: 'alex', app: TODO_API })],
    ['one with a longer id', ({ claimed }: Tokens) => claimed({ azp: `${CLIENT}0` })],
    [
      'one with the id as its subject',
      ({ claimed }: Tokens) => claimed({ azp: TODO_API, sub: CLIENT, oid: CLIENT }),
    ],
  ] as const)('that are not listed may not: %s', async ([, make], { allowed, tokens }) => {
    await expectRefused(await allowed(), await make(tokens), 'is not allowed to call this API', {
      status: 403,
      error: 'access_denied',
    })
  })

  test.for([
    ['names none', undefined],
    ['names it in a list', [CLIENT]],
    ['names it empty', ''],
  ] as const)('are not known where a token %s', async ([, clientId], { open, provider }) => {
    const api = await open({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      clientId: PLAIN_API,
      audience: undefined,
      allowedClients: [CLIENT],
    })
    const token = await provider.accessToken({
      as: 'alex',
      authority: 'oidc',
      api: PLAIN_API,
      scopes: ['x'],
      claims: { client_id: clientId },
    })

    await expectRefused(api, token, 'is not allowed to call this API', {
      status: 403,
      error: 'access_denied',
    })
  })
})

describe('a token that is bound to its client', () => {
  test.for([
    ['a key (DPoP)', { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' }],
    ['a certificate (mutual TLS)', { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' }],
    ['something to come', { x: 1 }],
    ['nothing that it names', {}],
    ['null', null],
    ['a text', 'x'],
  ] as const)('is rejected as a bearer token: by %s', async ([, cnf], { open, claimed }) => {
    await expectRefused(await open(), await claimed({ cnf }), 'it is bound to a key')
  })
})
