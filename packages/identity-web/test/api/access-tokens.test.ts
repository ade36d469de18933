import {
  CONSUMERS_TENANT_ID,
  defaultConfig,
  type AccessTokenRequest,
  type AppConfig,
} from 'identity-web-dev'
import type { ApiAuthOptions } from 'identity-web/express'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import type { ProtectedApi } from '../support/protected-api.ts'

const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
const CUSTOMERS = 'c1a00000-0000-4000-8000-000000000003'
const CLIENT = '11111111-2222-4333-8444-555555555555'
const TODO_API = '22222222-3333-4444-8555-666666666666'
const TODO_URI = 'api://todos.contoso.example'
const B2C_API = '33333333-4444-4555-8666-777777777777'
const OLD_API = '44444444-5555-4666-8777-888888888888'
const PLAIN_API = 'https://todos.example'

/** The same API, registered for version 1 tokens. */
const oldApi: AppConfig = {
  ...defaultConfig.apps.find(({ clientId }) => clientId === TODO_API)!,
  clientId: OLD_API,
  idUri: 'api://old-todos.contoso.example',
  accessTokenVersion: 1,
}

interface Seen {
  readonly user?: Record<string, unknown>
  readonly app?: Record<string, unknown>
  readonly clientId?: string
  readonly scopes: string[]
  readonly roles: string[]
}

const VERSIONS = [2, 1] as const

async function expectLetIn(api: ProtectedApi, token: string): Promise<Seen> {
  const { status, body } = await api.call('/', token)
  expect({ status, body }).toEqual({ status: 200, body: expect.anything() as unknown })
  return body as Seen
}

async function expectRefused(
  api: ProtectedApi,
  token: string,
  reason: string,
  { status = 401, error = 'invalid_token' } = {},
): Promise<void> {
  const reply = await api.call('/', token)
  expect(reply.body).toEqual({
    error,
    error_description: expect.stringContaining(reason) as unknown,
  })
  expect(reply.status).toBe(status)
}

/** Accepts users and applications with the permissions of the tests. */
const ANY_CALLER = {
  scopes: { anyOf: ['Todos.Read', 'Todos.ReadWrite', 'todos:read', 'todos:write'] },
  appPermissions: ['Todos.Read.All', 'todos:read'],
}

const test = base
  .extend('providerOptions', { config: { apps: [...defaultConfig.apps, oldApi] } })
  .extend(
    'open',
    ({ openApi }) =>
      (options: ApiAuthOptions = {}): Promise<ProtectedApi> =>
        openApi(options, (app, api) => {
          app.get(
            '/',
            api.authorizationRequired(
              ANY_CALLER,
              (_req, res, { user, app: caller, clientId, scopes, roles }) => {
                res.json({ user, app: caller, clientId, scopes, roles })
              },
            ),
          )
        }),
  )
  .extend(
    'openPlain',
    ({ open, provider }) =>
      (options: ApiAuthOptions = {}): Promise<ProtectedApi> =>
        open({
          authority: undefined,
          oidcAuthority: provider.oidcAuthority,
          clientId: PLAIN_API,
          audience: undefined,
          ...options,
        }),
  )
  .extend(
    'openB2c',
    ({ open, provider }) =>
      (options: ApiAuthOptions = {}): Promise<ProtectedApi> =>
        open({
          authority: provider.b2cAuthority(),
          clientId: B2C_API,
          audience: undefined,
          ...options,
        }),
  )
  .extend('version2', ({ tokensWith }) => tokensWith({ api: TODO_API }))

  /** A version 1 token for the API that `version2` makes tokens for. */
  .extend(
    'version1',
    ({ provider }) =>
      (request: AccessTokenRequest = {}): Promise<string> =>
        provider.accessToken({
          api: OLD_API,
          // The client has its permission at the API with the other name.
          ...(request.as === undefined && { roles: ['Todos.Read.All'] }),
          ...request,
          claims: { aud: TODO_URI, ...request.claims },
        }),
  )

  /** A token of the version 1 or 2. */
  .extend(
    'tokenOf',
    ({ version1, version2 }) =>
      (version: 1 | 2, request?: AccessTokenRequest): Promise<string> => {
        return version === 1 ? version1(request) : version2(request)
      },
  )
  .extend('mia', ({ tokensWith }) => tokensWith({ as: 'mia', api: B2C_API }))
  .extend('api', ({ open }) => open())
  .extend('plainApi', ({ openPlain }) => openPlain())
  .extend('b2cApi', ({ openB2c }) => openB2c())
  .extend('flow', ({ provider }) => (name: string): { authority: string } => ({
    authority: provider.b2cAuthority(name),
  }))
  .extend(
    'openAdfs',
    ({ open, provider }) =>
      (options: ApiAuthOptions = {}): Promise<ProtectedApi> =>
        open({ authority: provider.adfsAuthority, ...options }),
  )
  .extend('adfsApi', ({ openAdfs }) => openAdfs())
  .extend('alex', ({ tokensWith }) => tokensWith({ as: 'alex', api: TODO_API, authority: 'adfs' }))
  .extend('plain', ({ tokensWith, provider }) =>
    tokensWith({
      api: PLAIN_API,
      authority: provider.oidcAuthority,
      scopes: ['todos:read', 'todos:write'],
    }),
  )

describe('tokens of both versions of one registration', () => {
  test('are both accepted, each with its own issuer, claims and audience', async ({
    api,
    version2,
    version1,
    provider,
  }) => {
    const newer = await expectLetIn(api, await version2({ as: 'alex', scopes: ['Todos.Read'] }))
    const older = await expectLetIn(api, await version1({ as: 'alex', scopes: ['Todos.Read'] }))

    const user = {
      sub: expect.any(String) as unknown,
      oid: 'a1e00000-0000-4000-8000-000000000011',
      tid: CONTOSO,
      name: 'Alex Rivera',
      username: 'alex@contoso.onmicrosoft.com',
    }
    const caller = { clientId: CLIENT, scopes: ['Todos.Read'], roles: [] }
    expect(newer).toEqual({ ...caller, user: { ...user, iss: `${provider.authority()}/v2.0` } })
    expect(older).toEqual({
      ...caller,
      user: { ...user, iss: `https://sts.windows.net/${CONTOSO}/` },
    })
  })

  test.for([
    [2, (authority: string) => `${authority}/v2.0`],
    [1, () => `https://sts.windows.net/${CONTOSO}/`],
  ] as const)(
    'are accepted for an application: version %s',
    async ([version, issuer], { api, tokenOf, provider }) => {
      const seen = await expectLetIn(api, await tokenOf(version))

      expect(seen).toEqual({
        app: {
          clientId: CLIENT,
          oid: expect.any(String) as unknown,
          tid: CONTOSO,
          iss: issuer(provider.authority()),
        },
        clientId: CLIENT,
        scopes: [],
        roles: ['Todos.Read.All'],
      })
    },
  )

  test('need only the documents of their own version', async ({ api, version2, provider }) => {
    await expectLetIn(api, await version2({ as: 'alex' }))

    const paths = provider.requests.map(({ path }) => path)

    expect(paths.filter((path) => path.includes('/.well-known/'))).toEqual([
      expect.stringContaining('/v2.0/.well-known/') as unknown,
    ])
  })

  test.for([
    ['a version 1 token with the issuer of version 2', { ver: '1.0' }],
    ['a version 2 token with the issuer of version 1', { iss: 'sts' }],
  ] as const)(
    'are rejected if version and issuer do not match: %s',
    async ([, claims], { api, version2 }) => {
      const changed =
        'iss' in claims
          ? { iss: `https://sts.windows.net/${CONTOSO}/`, ver: '2.0' }
          : { ...claims, appid: CLIENT }

      await expectRefused(api, await version2({ as: 'alex', claims: changed }), 'its issuer')
    },
  )

  test.for([
    ['none', undefined],
    ['one to come', '3.0'],
    ['a number', 2],
    ['a list', ['2.0']],
    ['a shorter text', '2'],
    ['a name of objects', 'constructor'],
  ] as const)('are rejected with another version: %s', async ([, ver], { api, version2 }) => {
    await expectRefused(api, await version2({ as: 'alex', claims: { ver } }), '(ver)')
  })

  test.for([
    ['a user with an UPN', 'alex', {}, 'alex@contoso.onmicrosoft.com'],
    [
      'the UPN before the unique name',
      'alex',
      { unique_name: 'live.com#alex@other.example' },
      'alex@contoso.onmicrosoft.com',
    ],
    ['a guest, who has none', 'kim', {}, 'kim@fabrikam.onmicrosoft.com'],
    [
      'nothing but an address',
      'kim',
      { unique_name: undefined, email: 'kim@fabrikam.example' },
      'kim@fabrikam.example',
    ],
    ['no name at all', 'kim', { unique_name: '' }, undefined],
  ] as const)(
    'name the user in version 1: %s',
    async ([, as, claims, username], { api, version1 }) => {
      const { user } = await expectLetIn(api, await version1({ as, authority: CONTOSO, claims }))

      expect(user?.['username']).toBe(username)
    },
  )
})

describe('the audience', () => {
  const accepted: [audience: string, options?: ApiAuthOptions][] = [
    [TODO_API],
    [`${TODO_API}/`],
    [`api://${TODO_API}`],
    [`api://${TODO_API}/`],
    [TODO_URI],
    [`${TODO_URI}/`],
    [TODO_URI, { audience: `${TODO_URI}/` }],
    [`${TODO_URI}/`, { audience: `${TODO_URI}/` }],
    ['https://todos.contoso.example', { audience: [TODO_URI, 'https://todos.contoso.example'] }],
    ['https://todos.contoso.example/', { audience: `${TODO_URI} https://todos.contoso.example` }],
    ['urn:todos', { audience: 'urn:todos' }],
    // The two forms of the client ID are accepted with and without the option.
    [TODO_API, { audience: 'urn:todos' }],
    [`api://${TODO_API}`, { audience: undefined }],
  ]
  test.for(
    accepted.flatMap(([aud, options]) => VERSIONS.map((version) => ({ aud, options, version }))),
  )(
    '$aud is this API, with $options, in version $version',
    async ({ aud, options, version }, { tokenOf, open }) => {
      const token = await tokenOf(version, { as: 'alex', claims: { aud } })

      await expectLetIn(await open(options), token)
    },
  )

  test('may be one of several in a list', async ({ api, version2 }) => {
    await expectLetIn(
      api,
      await version2({ as: 'alex', claims: { aud: ['https://other.example', TODO_API] } }),
    )
  })

  test('is taken from the environment', async ({ open, version1 }) => {
    vi.stubEnv('IDENTITY_AUDIENCE', 'urn:one urn:two')
    try {
      const api = await open({ audience: undefined })

      await expectLetIn(api, await version1({ as: 'alex', claims: { aud: 'urn:two' } }))
      await expectRefused(api, await version1({ as: 'alex' }), `it is for ${TODO_URI}`)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test.for(
    (
      [
        ['the URI that was not configured', TODO_URI, { audience: undefined }],
        ['the scheme of another', `http://${TODO_API}`],
        ['another registration', `api://${B2C_API}`],
        ['a longer URI', `${TODO_URI}.evil.example`],
        ['a path below', `${TODO_URI}/Todos.Read`],
        ['two slashes', `${TODO_URI}//`],
        ['a shorter URI', TODO_URI.slice(0, -1)],
        ['another case', TODO_URI.toUpperCase()],
        ['all forms in one text', `${TODO_API} ${TODO_URI}`],
        ['a list of lists', [[TODO_API]]],
        ['an object', { [TODO_API]: true, includes: 1 }],
        ['nothing', undefined],
        ['an empty text', ''],
        ['an empty list', []],
      ] as [string, unknown, ApiAuthOptions?][]
    ).flatMap(([what, aud, options = {}]) =>
      VERSIONS.map((version) => ({ what, aud, options, version })),
    ),
  )(
    'is another with $what, in version $version',
    async ({ aud, options, version }, { open, tokenOf }) => {
      await expectRefused(
        await open(options),
        await tokenOf(version, { as: 'alex', claims: { aud } }),
        typeof aud === 'string' ? 'it is for ' : 'it does not contain an audience (aud)',
      )
    },
  )

  test.for([
    ['the App ID URI', { audience: TODO_URI }, `${TODO_URI}/.default`],
    ['the first URI', { audience: ['plain', 'https://a.example/'] }, 'https://a.example/.default'],
    ['the client id without one', { audience: undefined }, `api://${TODO_API}/.default`],
  ] as const)(
    'is named in the error for a token of another API: %s',
    async ([, options, scope], { open, version2 }) => {
      await expectRefused(
        await open(options),
        await version2({ as: 'alex', claims: { aud: 'api://other' } }),
        `it is for api://other; ask for a scope of this API, such as ${scope}.`,
      )
    },
  )
})

describe('an API for many tenants', () => {
  const KIM = { as: 'kim', authority: 'common' }
  const CHARLIE = { as: 'charlie' }
  const DAEMON = { authority: FABRIKAM }

  test.for([
    ['common', undefined, { as: 'alex' }, CONTOSO],
    ['common', undefined, KIM, FABRIKAM],
    ['common', 'any', { as: 'jo' }, FABRIKAM],
    ['common', 'work', { as: 'jo' }, FABRIKAM],
    ['common', [FABRIKAM], { as: 'jo' }, FABRIKAM],
    ['common', [FABRIKAM.toUpperCase(), CONTOSO], { as: 'jo' }, FABRIKAM],
    ['common', [FABRIKAM], DAEMON, FABRIKAM],
    ['organizations', undefined, { as: 'alex' }, CONTOSO],
    ['organizations', undefined, DAEMON, FABRIKAM],
    ['organizations', [FABRIKAM], { as: 'jo' }, FABRIKAM],
    ['contoso.onmicrosoft.com', undefined, { as: 'alex' }, CONTOSO],
    [CONTOSO, [CONTOSO], { as: 'alex' }, CONTOSO],
  ] as [string, ApiAuthOptions['tenants'], AccessTokenRequest, string][])(
    'at %s with tenants %s accepts both versions: %o of %s',
    async ([authority, tenants, request, tid], { open, provider, version2, version1 }) => {
      const api = await open({ authority: provider.authority(authority), tenants })
      const newer = await expectLetIn(api, await version2(request))
      const older = await expectLetIn(api, await version1(request))

      expect([newer, older].map(({ user, app }) => (user ?? app)?.['tid'])).toEqual([tid, tid])
    },
  )

  test.for(['common', 'consumers'])(
    'at %s accepts a personal account',
    async (tenant, { open, provider, version2 }) => {
      const api = await open({ authority: provider.authority(tenant) })

      const { user } = await expectLetIn(api, await version2(CHARLIE))

      expect(user?.['tid']).toBe(CONSUMERS_TENANT_ID)
    },
  )

  test.for([
    ['common', [CONTOSO], { as: 'jo' }, FABRIKAM],
    ['common', [CONTOSO], DAEMON, FABRIKAM],
    ['organizations', [CONTOSO], { as: 'jo' }, FABRIKAM],
  ] as [string, string[], AccessTokenRequest, string][])(
    'at %s with tenants %o rejects both versions: %o of %s',
    async ([authority, tenants, request, tid], { open, tokenOf, provider }) => {
      const api = await open({ authority: provider.authority(authority), tenants })

      for (const version of VERSIONS) {
        const reply = await api.call('/', await tokenOf(version, request))
        expect(reply.status).toBe(403)
        expect(reply.body).toMatchObject({ error: 'access_denied' })
        expect(reply.challenge).toBeUndefined()
      }
      expect(api.logs.filter((line) => line.includes(tid))).toHaveLength(2)
    },
  )

  test.for([
    ['common', 'work'],
    ['organizations', undefined],
    ['organizations', 'work'],
    ['common', [CONTOSO]],
  ] as [string, ApiAuthOptions['tenants']][])(
    'at %s with tenants %s rejects a personal account',
    async ([authority, tenants], { open, provider, version2 }) => {
      const api = await open({ authority: provider.authority(authority), tenants })

      const reply = await api.call('/', await version2(CHARLIE))

      expect(reply.status).toBe(403)
      expect(reply.body).toMatchObject({ error: 'access_denied' })
    },
  )

  test.for([
    [2, 'its tid is not the tenant of the authority'],
    [1, 'its tid is not the tenant of the authority'],
  ] as const)(
    'differs from an API for one tenant: version %s',
    async ([version, reason], { api, open, tokenOf, provider }) => {
      await expectRefused(api, await tokenOf(version, { as: 'jo' }), reason)
      await expectRefused(api, await tokenOf(version, DAEMON), reason)
      await expectRefused(
        await open({ authority: provider.authority('contoso.example') }),
        await tokenOf(version, { as: 'jo' }),
        reason,
      )
    },
  )

  test('at consumers rejects work accounts', async ({ open, provider, version2 }) => {
    await expectRefused(
      await open({ authority: provider.authority('consumers') }),
      await version2({ as: 'alex' }),
      'its tid is not the tenant of the authority',
    )
  })
})

describe('External ID', () => {
  test('accepts a customer with the issuer at ciamlogin.com', async ({
    open,
    provider,
    version2,
  }) => {
    const api = await open({ authority: provider.externalIdAuthority })

    const { user, scopes } = await expectLetIn(api, await version2({ as: 'nora' }))

    expect(user).toEqual({
      sub: expect.any(String) as unknown,
      iss: `https://${CUSTOMERS}.ciamlogin.com/${CUSTOMERS}/v2.0`,
      oid: 'c0a00000-0000-4000-8000-000000000031',
      tid: CUSTOMERS,
      name: 'Nora Lind',
      username: 'nora@customer.example',
    })
    expect(scopes).toEqual(['Todos.Read', 'Todos.ReadWrite'])
  })

  test('accepts an application', async ({ open, provider, version2 }) => {
    const { app } = await expectLetIn(
      await open({ authority: provider.externalIdAuthority }),
      await version2({ authority: CUSTOMERS }),
    )

    expect(app).toMatchObject({ clientId: CLIENT, tid: CUSTOMERS })
  })

  test('rejects the users of another tenant', async ({ open, provider, version2 }) => {
    await expectRefused(
      await open({ authority: provider.externalIdAuthority }),
      await version2({ as: 'alex' }),
      'its tid is not the tenant of the authority',
    )
  })
})

describe('Azure AD B2C', () => {
  test('accepts a customer without tid and username', async ({ b2cApi, mia, provider }) => {
    const { user, clientId, scopes } = await expectLetIn(b2cApi, await mia())

    expect(user).toEqual({
      sub: 'b2a00000-0000-4000-8000-000000000041',
      oid: 'b2a00000-0000-4000-8000-000000000041',
      iss: `${provider.origin}/b2c00000-0000-4000-8000-000000000004/v2.0/`,
      name: 'Mia Santos',
    })
    expect(clientId).toBe(CLIENT)
    expect(scopes).toEqual(['Todos.Read', 'Todos.ReadWrite'])
  })

  test.for([
    ['the policy is in acr', { b2cPolicyClaim: 'acr' }],
    ['the issuer has the policy in it', { b2cIssuer: 'tfp' }],
    ['both', { b2cPolicyClaim: 'acr', b2cIssuer: 'tfp' }],
  ] as const)('accepts a customer if %s', async ([, behaviour], { b2cApi, provider, mia }) => {
    provider.behave(behaviour)

    const { user } = await expectLetIn(b2cApi, await mia())

    expect(user?.['name']).toBe('Mia Santos')
  })

  test.for([
    ['default', 'B2C_1_susi'],
    ['default', 'B2C_1_reset'],
    ['tfp', 'B2C_1_susi'],
    ['tfp', 'B2C_1_reset'],
  ] as const)(
    'with the issuer %s accepts tokens of the configured user flow %s',
    async ([b2cIssuer, name], { provider, openB2c, mia, flow }) => {
      provider.behave({ b2cIssuer })
      const api = await openB2c({ authority: undefined, b2c: provider.b2c })

      await expectLetIn(api, await mia(flow(name)))
    },
  )

  test.for(['default', 'tfp'] as const)(
    'with the issuer %s rejects tokens of the edit-profile flow, which is not a sign-in',
    async (b2cIssuer, { provider, openB2c, mia, flow }) => {
      provider.behave({ b2cIssuer })
      const api = await openB2c({ authority: undefined, b2c: provider.b2c })

      await expectRefused(api, await mia(flow('B2C_1_edit')), 'its ')
    },
  )

  test('rejects tokens of a user flow that is not configured', async ({ b2cApi, mia, flow }) => {
    await expectRefused(b2cApi, await mia(flow('B2C_1_edit')), 'its policy (tfp or acr)')
    await expectRefused(b2cApi, await mia(flow('B2C_1_reset')), 'its policy (tfp or acr)')
    await expectRefused(
      b2cApi,
      await mia({ claims: { tfp: undefined } }),
      'its policy (tfp or acr)',
    )
    await expectRefused(b2cApi, await mia({ claims: { tfp: 'B2C_1_susi2' } }), 'its policy')
    await expectRefused(b2cApi, await mia({ claims: { tfp: ['B2C_1_susi'] } }), 'its policy')
  })

  test('rejects a token of another tenant', async ({ b2cApi, provider, mia }) => {
    const iss = `${provider.origin}/${FABRIKAM}/v2.0/`

    await expectRefused(b2cApi, await mia({ claims: { iss } }), 'its issuer')
  })

  test('accepts an application by its role if its token contains idtyp', async ({
    b2cApi,
    provider,
  }) => {
    const token = await provider.accessToken({
      api: B2C_API,
      roles: ['Todos.Read.All'],
      claims: { idtyp: 'app' },
    })

    const seen = await expectLetIn(b2cApi, token)

    expect(seen).toMatchObject({ app: { clientId: CLIENT }, roles: ['Todos.Read.All'] })
  })

  test('does not treat a customer without scopes as an application', async ({ b2cApi, mia }) => {
    // A customer gets such a token by requesting the client ID as a scope. Here, the sub of a customer is their oid.
    const token = await mia({ claims: { scp: undefined }, roles: ['Todos.Read.All'] })

    await expectRefused(b2cApi, token, 'is not an app-only token')
  })
})

describe('AD FS', () => {
  test('accepts a user with the issuer that access tokens have there', async ({
    adfsApi,
    alex,
    provider,
  }) => {
    const { user, clientId, scopes } = await expectLetIn(adfsApi, await alex())

    expect(user).toEqual({
      sub: expect.any(String) as unknown,
      iss: `${provider.adfsAuthority}/services/trust`,
      username: 'alex@contoso.onmicrosoft.com',
    })
    expect(clientId).toBe(CLIENT)
    expect(scopes).toEqual(['Todos.Read', 'Todos.ReadWrite'])
  })

  test('rejects the issuer of ID tokens', async ({ adfsApi, alex, provider }) => {
    const token = await alex({ claims: { iss: provider.adfsAuthority } })

    await expectRefused(adfsApi, token, 'its issuer')
  })

  test('uses its only issuer if the metadata does not name one for access tokens', async ({
    adfsApi,
    provider,
    alex,
  }) => {
    provider.tamper = { metadata: ({ access_token_issuer: _other, ...document }) => document }

    await expectLetIn(adfsApi, await alex({ claims: { iss: provider.adfsAuthority } }))
    await expectRefused(adfsApi, await alex(), 'its issuer')
  })

  test('names its scopes after the client ID if the audience is not a URI', async ({
    openAdfs,
    provider,
    alex,
  }) => {
    const api = await openAdfs({ audience: undefined })

    await expectRefused(
      api,
      await alex({ claims: { aud: CLIENT } }),
      `such as ${provider.api.clientId}/.default`,
    )
  })

  test.for([
    ['another', `http://evil.example/adfs/services/trust`],
    ['a list', [`http://localhost/adfs/services/trust`]],
    ['none', undefined],
  ] as const)('rejects any other issuer: %s', async ([, iss], { adfsApi, alex }) => {
    await expectRefused(adfsApi, await alex({ claims: { iss } }), 'its issuer')
  })

  test('accepts an application by its role', async ({ adfsApi, version2, provider }) => {
    const token = await version2({ authority: 'adfs', claims: { roles: ['Todos.Read.All'] } })

    const seen = await expectLetIn(adfsApi, token)

    expect(seen).toEqual({
      app: { clientId: CLIENT, iss: `${provider.adfsAuthority}/services/trust` },
      clientId: CLIENT,
      scopes: [],
      roles: ['Todos.Read.All'],
    })
  })

  test('does not treat a user without scopes as an application', async ({ adfsApi, alex }) => {
    const token = await alex({ claims: { scp: undefined, roles: ['Todos.Read.All'] } })

    await expectRefused(adfsApi, token, 'is not an app-only token')
  })
})

describe('another OpenID Connect provider', () => {
  test('has one issuer, even if its metadata names one for access tokens as AD FS does', async ({
    plainApi,
    provider,
    plain,
  }) => {
    const other = 'https://other.example'
    provider.tamper = { metadata: (document) => ({ ...document, access_token_issuer: other }) }

    await expectLetIn(plainApi, await plain({ as: 'alex' }))
    await expectRefused(plainApi, await plain({ as: 'alex', claims: { iss: other } }), 'its issuer')
  })

  test.for(['at+jwt', 'JWT'] as const)(
    'issues tokens of the type %s for users',
    async (type, { plainApi, provider, plain }) => {
      provider.behave({ oidcAccessTokenType: type })

      const seen = await expectLetIn(plainApi, await plain({ as: 'alex' }))

      expect(seen).toEqual({
        user: { sub: expect.any(String) as unknown, iss: provider.oidcAuthority },
        clientId: CLIENT,
        scopes: ['todos:read', 'todos:write'],
        roles: [],
      })
    },
  )

  test.for(['application/at+jwt', 'AT+JWT', 'jwt', undefined])(
    'may write the type of its tokens as %s',
    async (typ, { plainApi, plain }) => {
      await expectLetIn(plainApi, await plain({ as: 'alex', header: { typ } }))
    },
  )

  test.for([
    ['a text in scope', { scope: 'todos:read  todos:write' }],
    ['a list in scp', { scope: undefined, scp: ['todos:read', 'todos:write'] }],
    ['a text in scp', { scope: undefined, scp: 'todos:read todos:write' }],
    ['one in each', { scope: 'todos:read', scp: ['todos:write'] }],
    ['a list with more than texts', { scope: ['todos:read', 7, null, 'todos:write'] }],
  ] as const)(
    'may name scopes differently: %s',
    async ([, claims], { plainApi, provider, plain }) => {
      provider.behave({ oidcAccessTokenType: 'JWT' })

      const { scopes } = await expectLetIn(plainApi, await plain({ as: 'alex', claims }))

      expect(scopes).toEqual(['todos:read', 'todos:write'])
    },
  )

  test('names the client in azp if client_id is missing', async ({ plainApi, plain }) => {
    const claims = { client_id: undefined, azp: 'client-7' }

    const { clientId } = await expectLetIn(plainApi, await plain({ as: 'alex', claims }))

    expect(clientId).toBe('client-7')
  })

  test.for([
    ['its client id', {}],
    ['its client id with a word behind it', { sub: `${CLIENT}@clients` }],
    ['nothing', { sub: undefined }],
  ] as const)(
    'names an application as %s, and its scopes are its app permissions',
    async ([, claims], { plainApi, plain, provider }) => {
      const seen = await expectLetIn(plainApi, await plain({ claims, roles: ['Admin'] }))

      expect(seen).toEqual({
        app: { clientId: CLIENT, iss: provider.oidcAuthority },
        clientId: CLIENT,
        scopes: ['todos:read', 'todos:write'],
        roles: ['Admin'],
      })
    },
  )

  test.for([
    ['it does not contain a client ID', { client_id: undefined }],
    ['its subject is like the client id', { sub: `${CLIENT}x` }],
    ['its subject is in another case', { sub: 'CLIENT', client_id: 'client' }],
    ['idtyp says so, which is of Microsoft', { sub: 'somebody', idtyp: 'app' }],
    ['it says when somebody signed in', { auth_time: 1 }],
    ['it says who signed in', { preferred_username: 'client' }],
  ] as const)('does not name an application if %s', async ([, claims], { plainApi, plain }) => {
    const seen = await expectLetIn(plainApi, await plain({ claims }))

    expect(seen.app).toBeUndefined()
    expect(seen.user).toBeDefined()
  })

  test.for([
    ['no user', { sub: undefined, client_id: undefined }],
    ['an empty one', { sub: '' }],
    ['a number', { sub: 7 }],
  ] as const)('rejects its token if it names %s', async ([, claims], { plainApi, plain }) => {
    await expectRefused(
      plainApi,
      await plain({ as: 'alex', claims }),
      'does not contain a user (sub)',
    )
  })

  test.for([
    ['a nonce', { nonce: 'n' }],
    ['the hash of an access token', { at_hash: 'x' }],
    ['the hash of a code', { c_hash: 'x' }],
    ['the hash of a state', { s_hash: 'x' }],
    ['the word of Keycloak', { typ: 'ID' }],
    ['the word of Amazon Cognito', { token_use: 'id' }],
  ] as const)(
    'issues an ID token, if the type is not clear, with %s',
    async ([, claims], { plainApi, provider, plain }) => {
      provider.behave({ oidcAccessTokenType: 'JWT' })

      await expectRefused(
        plainApi,
        await plain({ as: 'alex', claims }),
        'it is an ID token; send an access token',
      )
    },
  )

  test.for([
    ['another', 'https://evil.example'],
    ['a slash more', 'slash'],
    ['none', undefined],
  ] as const)(
    'is rejected with another issuer: %s',
    async ([, iss], { plainApi, provider, plain }) => {
      const claims = { iss: iss === 'slash' ? `${provider.oidcAuthority}/` : iss }

      await expectRefused(plainApi, await plain({ as: 'alex', claims }), 'its issuer')
    },
  )

  test('does not accept api:// with the client ID as its audience', async ({
    openPlain,
    plain,
  }) => {
    const api = await openPlain({ clientId: 'todos' })

    await expectLetIn(api, await plain({ as: 'alex', api: 'todos' }))
    await expectRefused(
      api,
      await plain({ as: 'alex', api: 'api://todos' }),
      'it is for api://todos',
    )
  })
})

describe('an app-only token', () => {
  test.for([
    ['idtyp', { idtyp: 'app' }],
    ['idtyp, whatever sub and oid are', { idtyp: 'app', sub: 'other' }],
    ['sub and oid, which are the same', {}],
  ] as const)('is recognized by %s', async ([, claims], { api, tokenOf }) => {
    for (const version of VERSIONS) {
      const { app } = await expectLetIn(api, await tokenOf(version, { claims }))
      expect(app?.['clientId']).toBe(CLIENT)
    }
  })

  test.for([
    ['sub and oid differ', { sub: 'somebody' }],
    ['idtyp says user', { idtyp: 'user' }],
    ['idtyp has an unknown value', { idtyp: 'device' }],
    ['idtyp is a list', { idtyp: ['app'] }],
  ] as const)('is not recognized if %s', async ([, claims], { api, tokenOf }) => {
    for (const version of VERSIONS) {
      await expectRefused(api, await tokenOf(version, { claims }), 'is not an app-only token')
    }
  })

  test('is not a user token with the idtyp user', async ({ api, version2 }) => {
    const { user, app } = await expectLetIn(
      api,
      await version2({ as: 'alex', claims: { idtyp: 'user' } }),
    )

    expect(app).toBeUndefined()
    expect(user?.['name']).toBe('Alex Rivera')
  })

  test.for(VERSIONS)(
    'is rejected without an app permission: version %s',
    async (version, { api, tokenOf }) => {
      const reply = await api.call('/', await tokenOf(version, { roles: [] }))

      expect(reply.status).toBe(403)
      expect(reply.challenge?.['error']).toBe('insufficient_scope')
      expect(reply.body).toMatchObject({
        error: 'insufficient_scope',
        error_description: expect.stringContaining('needs the app permission') as unknown,
      })
    },
  )

  test.for([
    ['a text', 'Todos.Read.All', ['Todos.Read.All']],
    ['a list with more than texts', ['Todos.Read.All', 7, null], ['Todos.Read.All']],
  ] as const)('has roles as %s', async ([, claim, roles], { api, version2 }) => {
    const seen = await expectLetIn(api, await version2({ claims: { roles: claim } }))

    expect(seen.roles).toEqual(roles)
  })
})

describe('the roles of a user', () => {
  test.for(VERSIONS)('are in the context: version %s', async (version, { api, tokenOf }) => {
    const { user, roles } = await expectLetIn(api, await tokenOf(version, { as: 'robin' }))

    expect(user?.['name']).toBe('Robin Chen')
    expect(roles).toEqual(['Todos.Approver', 'Todos.Reader'])
  })
})
