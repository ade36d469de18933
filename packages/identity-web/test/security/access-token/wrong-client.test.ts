import {
  describe,
  CLIENT,
  TODO_API,
  PLAIN_API,
  OTHER,
  ROLE,
  test,
  expectRejected,
  expectAccepted,
  type Tokens,
} from './guarded-api.ts'

describe('clients', () => {
  test('that are listed may call, with any spelling of the ID', async ({
    allowed,
    alexToken,
    appToken,
    version1Token,
    tokenWithClaims,
  }) => {
    const api = await allowed()

    await expectAccepted(api, await alexToken())
    await expectAccepted(api, await appToken(), '/role')
    await expectAccepted(api, await version1Token({ as: 'alex' }))
    await expectAccepted(api, await tokenWithClaims({ azp: OTHER }))
  })

  test.for([
    ['a user’s', ({ alexToken }: Tokens) => alexToken({ app: TODO_API })],
    ['an app-only token', ({ appToken }: Tokens) => appToken({ app: TODO_API, roles: [ROLE] })],
    [
      'a token of version 1',
      ({ version1Token }: Tokens) => version1Token({ as: 'alex', app: TODO_API }),
    ],
    [
      'a token with a longer ID',
      ({ tokenWithClaims }: Tokens) => tokenWithClaims({ azp: `${CLIENT}0` }),
    ],
    [
      'a token with the ID as its subject',
      ({ tokenWithClaims }: Tokens) => tokenWithClaims({ azp: TODO_API, sub: CLIENT, oid: CLIENT }),
    ],
  ] as const)('that are not listed may not: %s', async ([, make], { allowed, tokens }) => {
    await expectRejected(await allowed(), await make(tokens), 'is not allowed to call this API', {
      status: 403,
      error: 'access_denied',
    })
  })

  test('that are listed may call only with their spelling at other providers than Microsoft', async ({
    open,
    provider,
  }) => {
    const api = await open({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      clientId: PLAIN_API,
      audience: undefined,
      allowedClients: ['Reports'],
    })
    const tokenOf = (client_id: string): Promise<string> =>
      provider.accessToken({
        as: 'alex',
        authority: 'oidc',
        api: PLAIN_API,
        scopes: ['x'],
        claims: { client_id },
      })

    await expectRejected(api, await tokenOf('reports'), 'is not allowed to call this API', {
      status: 403,
      error: 'access_denied',
    })
    await expectAccepted(api, await tokenOf('Reports'))
  })

  test.for([
    ['does not contain one', undefined],
    ['contains it in a list', [CLIENT]],
    ['contains an empty one', ''],
  ] as const)('are unknown when a token %s', async ([, clientId], { open, provider }) => {
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

    await expectRejected(api, token, 'is not allowed to call this API', {
      status: 403,
      error: 'access_denied',
    })
  })
})

describe('a token that is bound to its client', () => {
  test.for([
    ['a key (DPoP)', { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' }],
    ['a certificate (mutual TLS)', { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' }],
    ['an unknown binding', { x: 1 }],
    ['an empty binding', {}],
    ['null', null],
    ['a string', 'x'],
  ] as const)(
    'is rejected as a bearer token: with %s',
    async ([, cnf], { open, tokenWithClaims }) => {
      await expectRejected(await open(), await tokenWithClaims({ cnf }), 'it is bound to a key')
    },
  )
})
