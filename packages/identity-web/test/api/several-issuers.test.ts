import type { AuthorizationRequirement } from 'identity-web/express'
import { ApiAuth, Auth } from 'identity-web/express'
import { sharedTokens } from 'identity-web/token-cache'
import { tokenFor } from 'identity-web-dev/testing'
import { decodeJwt } from 'jose'
import { requestCount } from '../support/attack.ts'
import {
  API_SECRET,
  B2C_API,
  CONTOSO,
  CUSTOMERS,
  CUSTOMERS_ISSUER,
  describe,
  expect,
  FABRIKAM,
  issuerFor,
  OLD_API,
  PLAIN_API,
  test,
  TODO_API,
  TODO_URI,
} from '../support/issuers-fixtures.ts'
import { expectVerifications } from '../support/protected-api.ts'

describe('an API with several issuers', () => {
  test('accepts the tokens of each kind of provider, and the context names the issuer', async ({
    todoToken,
    plainToken,
    provider,
    entries,
    openIssuers,
  }) => {
    const api = await openIssuers(entries)
    const tokens = {
      workforce: await todoToken('alex'),
      customers: await todoToken('nora'),
      b2c: await provider.accessToken({ as: 'mia', api: B2C_API }),
      plain: await plainToken(),
    }

    for (let round = 0; round < 3; round++) {
      for (const [name, token] of Object.entries(tokens)) {
        expect(await issuerFor(api, token)).toBe(name)
      }
    }
    expect(api.errors).toEqual([])
  })

  test('accepts versions 1 and 2 of one tenant', async ({ todoToken, provider, openIssuers }) => {
    const audience = [TODO_API, 'api://old.example']
    const api = await openIssuers({
      workforce: { authority: provider.authority(CONTOSO), clientId: OLD_API, audience },
      plain: { oidcAuthority: provider.oidcAuthority, audience: PLAIN_API },
    })

    const version1 = await provider.accessToken({ as: 'alex', api: OLD_API })
    expect(decodeJwt(version1)['ver']).toBe('1.0')
    expect(await issuerFor(api, version1)).toBe('workforce')
    const version2 = await todoToken('alex')
    expect(await issuerFor(api, version2)).toBe('workforce')
  })

  test('accepts AD FS, whose access tokens have an issuer that only its metadata contain', async ({
    todoToken,
    provider,
    entries: { workforce },
    openIssuers,
  }) => {
    const api = await openIssuers({
      workforce,
      servers: { authority: provider.adfsAuthority, clientId: TODO_API, audience: TODO_URI },
    })
    const token = await todoToken('alex', { authority: 'adfs' })

    expect(await issuerFor(api, token)).toBe('servers')
    expect(await issuerFor(api, await todoToken('alex'))).toBe('workforce')
  })

  test('accepts AD FS whose issuer is below its URL, as at Azure Stack Hub', async ({
    provider,
    entries: { workforce },
    openIssuers,
  }) => {
    const iss = `${provider.adfsAuthority}/c0000000-0000-4000-8000-000000000001/`
    provider.tamper = {
      metadata: (document) =>
        document['issuer'] === provider.adfsAuthority
          ? { ...document, issuer: iss, access_token_issuer: iss }
          : document,
    }
    const api = await openIssuers({
      workforce,
      servers: { authority: provider.adfsAuthority, clientId: TODO_API, audience: TODO_URI },
    })
    const request = { as: 'alex', api: TODO_API, authority: 'adfs' } as const

    const token = await provider.accessToken({ ...request, claims: { iss } })
    expect(await issuerFor(api, token)).toBe('servers')
    const before = await provider.accessToken(request)
    expect((await api.call('/', before)).status).toBe(401)
  })

  test('accepts an issuer with a slash at the end, as its metadata spell it', async ({
    provider,
    entries: { plain, workforce },
    openIssuers,
  }) => {
    const iss = `${provider.oidcAuthority}/`
    provider.tamper = {
      metadata: (metadata) =>
        metadata['issuer'] === provider.oidcAuthority ? { ...metadata, issuer: iss } : metadata,
    }
    const request = {
      as: 'alex',
      api: PLAIN_API,
      authority: 'oidc',
      scopes: ['Todos.Read'],
    } as const

    const api = await openIssuers({ workforce, plain })
    expect(await issuerFor(api, await provider.accessToken({ ...request, claims: { iss } }))).toBe(
      'plain',
    )
    expect(await issuerFor(api, await provider.accessToken(request))).toBe(401)
  })

  test('rejects the tokens of every other issuer', async ({ todoToken, entries, openIssuers }) => {
    const { workforce, plain } = entries
    const api = await openIssuers({ workforce, plain })

    const { status, body } = await api.call('/', await todoToken('nora'))
    expect(status).toBe(401)
    expect(body).toEqual({
      error: 'invalid_token',
      error_description: `The access token was rejected: its issuer is ${CUSTOMERS_ISSUER}, which this API does not accept.`,
    })
  })

  test('verifies a token once', async ({ todoToken, provider, entries, openIssuers }) => {
    const api = await openIssuers(entries)
    const token = await todoToken('nora')
    await api.call('/', token)

    // A token is cached at its second use after the documents of its issuer.
    await expectVerifications(api, token, { times: 1 })
    await expectVerifications(api, token, { times: 1 })
    await expectVerifications(api, token, { times: 0 })
    expect(requestCount(provider, 'metadata')).toBe(1)
  })

  test('with one entry needs no issuer in its requirements', async ({
    todoToken,
    entries: { workforce },
    openIssuers,
  }) => {
    const api = await openIssuers({ workforce }, {}, (app, { authorizationRequired }) => {
      app.get(
        '/reader',
        authorizationRequired({ roles: ['Todos.Reader'] }, (_req, res, { issuer }) => {
          res.json({ issuer })
        }),
      )
    })

    expect(await issuerFor(api, await todoToken('robin'), '/reader')).toBe('workforce')
    expect(await issuerFor(api, await todoToken('alex'), '/reader')).toBe(403)
  })
})

describe('a route that requires an issuer', () => {
  const roles = ['Admin']

  test('rejects the users of the others, although they have the role', async ({
    provider,
    entries: { customers, workforce },
    openIssuers,
  }) => {
    const api = await openIssuers(
      { workforce, customers },
      {},
      (app, { authorizationRequired }) => {
        app.get(
          '/admin',
          authorizationRequired({ issuer: 'workforce', roles }, (_req, res, { issuer }) => {
            res.json({ issuer })
          }),
        )
      },
    )
    const tokenOf = (as: string): Promise<string> =>
      provider.accessToken({ as, api: TODO_API, roles })

    expect(await issuerFor(api, await tokenOf('alex'), '/admin')).toBe('workforce')
    const { status, body } = await api.call('/admin', await tokenOf('nora'))
    expect(status).toBe(403)
    expect(body).toEqual({
      error: 'access_denied',
      error_description: 'Only tokens of the issuer workforce may call this route.',
    })
  })

  test.for([
    [{ roles }, 'roles'],
    [{ scopes: 'Todos.Read', groups: ['11111111-2222-3333-4444-555555555555'] }, 'groups'],
    [{ appPermissions: 'Todos.Read.All' }, 'appPermissions'],
    [{ scopes: 'Todos.Read', claims: { department: 'Press' } }, 'claims'],
  ] as const)('is necessary for %o', async ([requirement, name], { entries }) => {
    const { customers, workforce } = entries
    const api = new ApiAuth<string>({ issuers: { workforce, customers }, logger: false })

    expect(() => api.authorizationRequired(requirement)).toThrow(
      `authorizationRequired() requires issuer together with ${name}, because ApiAuth has several issuers, and ${name} of another issuer must not open the route. Example: authorizationRequired({ issuer: 'workforce', ${name}: … }).`,
    )
    api.authorizationRequired({ issuer: 'workforce', ...requirement })
  })

  test('names one of them', async ({ entries: { customers, workforce } }) => {
    const guard = (requirement: object, options = { issuers: { workforce, customers } }) =>
      new ApiAuth<string>({ ...options, logger: false }).authorizationRequired(
        requirement as AuthorizationRequirement,
      )

    expect(() => guard({ issuer: 'partners' })).toThrow(
      'authorizationRequired() requires one name of the option issuers in issuer, which is workforce, customers.',
    )
    expect(() => guard({ issuer: ['workforce'] })).toThrow(
      'requires one name of the option issuers',
    )
    expect(() => guard({ issuer: undefined })).toThrow('received issuer without a value')
    expect(() => guard({ issuer: 'workforce' }, workforce as never)).toThrow(
      'requires one name of the option issuers in issuer, which is not set.',
    )
  })

  test('is a part of the requirement for tokens, if the route accepts sessions too', async ({
    todoToken,
    entries: { customers, workforce },
    openIssuers,
  }) => {
    const auth = new Auth({
      ...workforce,
      audience: undefined,
      redirectUri: 'http://localhost:3000/redirect',
      logger: false,
    } as never)
    const api = await openIssuers({ workforce, customers }, {}, (app, owner) => {
      auth.initApp(app)
      const either = auth.orBearer(owner)
      expect(() => either.required({ roles }, () => undefined)).toThrow('requires issuer')
      const requirement = { roles, authorization: { issuer: 'workforce' } } as const
      app.get(
        '/either',
        either.required(requirement, (_req, res, context) => {
          res.json({ issuer: context.kind === 'bearer' ? context.issuer : context.kind })
        }),
      )
    })

    const token = await todoToken('alex', { roles })
    expect(await issuerFor(api, token, '/either')).toBe('workforce')
    const other = await todoToken('nora', { roles })
    expect(await issuerFor(api, other, '/either')).toBe(403)
  })
})

describe('the challenge', () => {
  test('contains the scopes of the issuer of a token that was accepted', async ({
    todoToken,
    provider,
    entries: { b2c, workforce },
    openIssuers,
  }) => {
    const api = await openIssuers({ workforce, b2c }, {}, (app, owner) => {
      app.get('/own', async (req, res) => {
        const result = await owner.authenticate(req)
        const error = result.ok ? undefined : result.error
        await owner.sendResponse(req, res, error, { scopes: ['Todos.Read'] })
      })
    })
    const expired = await provider.accessToken({ as: 'mia', api: B2C_API, expiresIn: -120 })
    const narrow = await todoToken('alex', { scopes: ['Todos.Read'] })

    for (const path of ['/read', '/own']) {
      expect((await api.call(path, expired)).challenge).toEqual({
        error: 'invalid_token',
        error_description: expect.stringContaining('it has expired') as unknown,
      })
    }
    expect((await api.call('/write', narrow)).challenge).toMatchObject({
      error: 'insufficient_scope',
      scope: `${TODO_URI}/Todos.ReadWrite`,
    })
  })

  test('without a token contains the scopes that all issuers name alike', async ({
    entries: { b2c, customers, workforce },
    openIssuers,
  }) => {
    const alike = await openIssuers({ workforce, customers })
    expect((await alike.call('/read')).challenge).toEqual({ scope: `${TODO_URI}/Todos.Read` })

    const different = await openIssuers({ workforce, b2c })
    expect((await different.call('/read')).challenge).toEqual({})
  })

  test('sends the user to the issuer of the token', async ({
    provider,
    entries: { customers, workforce },
    openIssuers,
  }) => {
    const api = await openIssuers(
      { workforce, customers },
      {},
      (app, { authorizationRequired }) => {
        for (const issuer of ['workforce', 'customers'])
          app.get(
            `/step-up/${issuer}`,
            authorizationRequired({ acrs: 'c1', issuer }, (_req, res) => void res.json({})),
          )
      },
    )
    const claims = { xms_cc: ['cp1'] }
    for (const [as, tenant, issuer] of [
      ['alex', CONTOSO, 'workforce'],
      ['nora', CUSTOMERS, 'customers'],
    ] as const) {
      const token = await provider.accessToken({ as, api: TODO_API, claims })
      const { challenge } = await api.call(`/step-up/${issuer}`, token)
      expect(challenge).toMatchObject({ error: 'insufficient_claims' })
      expect(challenge?.['authorization_uri']).toContain(tenant)
    }
  })
})

describe('issuers of one cloud', () => {
  test('a tenant takes its tokens from an issuer for many tenants', async ({
    provider,
    entries: { workforce },
    openIssuers,
  }) => {
    const partners = { ...workforce, authority: provider.authority('organizations') }
    for (const authority of [CONTOSO, 'contoso.onmicrosoft.com']) {
      const own = { ...workforce, authority: provider.authority(authority) }
      const api = await openIssuers({ partners, workforce: own })
      const tokenAt = (as: string, tenant: string): Promise<string> =>
        provider.accessToken({ as, api: TODO_API, authority: tenant })

      expect(await issuerFor(api, await tokenAt('alex', CONTOSO))).toBe('workforce')
      expect(await issuerFor(api, await tokenAt('kim', FABRIKAM))).toBe('partners')
      // Kim is a guest of Contoso.
      expect(await issuerFor(api, await tokenAt('kim', CONTOSO))).toBe('workforce')
      const old = await provider.accessToken({
        as: 'alex',
        api: OLD_API,
        claims: { aud: TODO_URI },
      })
      expect(await issuerFor(api, old)).toBe('workforce')
    }
  })

  test('the audience decides if the settings allow the same issuer', async ({
    todoToken,
    provider,
    entries: { workforce },
    openIssuers,
  }) => {
    const api = await openIssuers({
      first: workforce,
      second: { authority: provider.authority(CONTOSO), clientId: OLD_API },
    })

    expect(await issuerFor(api, await todoToken('alex'))).toBe('first')
    const old = await provider.accessToken({ as: 'alex', api: OLD_API, claims: { aud: OLD_API } })
    expect(await issuerFor(api, old)).toBe('second')
  })

  test('two tenants by their domains share an application', async ({
    todoToken,
    provider,
    entries: { workforce },
    openIssuers,
  }) => {
    const api = await openIssuers({
      contoso: { ...workforce, authority: provider.authority('contoso.onmicrosoft.com') },
      fabrikam: { ...workforce, authority: provider.authority('fabrikam.onmicrosoft.com') },
    })

    expect(await issuerFor(api, await todoToken('kim', { authority: FABRIKAM }))).toBe('fabrikam')
    expect(await issuerFor(api, await todoToken('alex'))).toBe('contoso')
    expect(await issuerFor(api, await todoToken('nora'))).toBe(401)
  })
})

describe('two issuers that accept the same tokens', () => {
  const message = (issuer: string): string =>
    `issuers.first and issuers.second both accept tokens with the issuer ${issuer} and the audience ${TODO_API}. Remove one of them, or give each of them its own clientId and audience.`

  test.for([
    ['the same tenant', CONTOSO, CONTOSO],
    ['the same domain', 'contoso.onmicrosoft.com', 'Contoso.OnMicrosoft.com'],
    ['two for many tenants', 'common', 'organizations'],
  ] as const)('are a problem of the configuration: %s', async ([, one, two], { provider }) => {
    const clientId = TODO_API
    const { problems } = new ApiAuth({
      issuers: {
        first: { authority: provider.authority(one), clientId },
        second: { authority: provider.authority(two), clientId },
      },
      logger: false,
    })

    expect(problems).toEqual([
      {
        option: 'issuers.second.authority',
        message: message(problems[0]?.message.match(/the issuer (.+) and the audience/)?.[1] ?? ''),
        example: expect.any(String) as unknown,
      },
    ])
  })

  test('are unavailable if only the metadata show it, and the others work', async ({
    todoToken,
    plainToken,
    provider,
    entries: { plain, workforce },
    openIssuers,
  }) => {
    const api = await openIssuers({
      first: { authority: workforce.authority, clientId: TODO_API },
      second: { authority: provider.authority('contoso.onmicrosoft.com'), clientId: TODO_API },
      plain,
    })
    const { status, body, headers } = await api.call('/', await todoToken('alex'))

    expect(status).toBe(503)
    expect(headers.get('retry-after')).toMatch(/^\d+$/)
    expect(body).toEqual({ error: 'configuration' })
    expect(api.logs.join('\n')).toContain(message(`${provider.origin}/${CONTOSO}/v2.0`))
    const other = await plainToken()
    expect(await issuerFor(api, other)).toBe('plain')
    await expect(api.api.ready()).rejects.toThrow('both accept tokens')
  })

  test('are unavailable for all of their tokens', async ({
    todoToken,
    provider,
    entries: { workforce },
    openIssuers,
  }) => {
    const api = await openIssuers({
      first: workforce,
      second: {
        authority: provider.authority('contoso.onmicrosoft.com'),
        clientId: OLD_API,
        audience: TODO_URI,
      },
    })
    await api.api.ready().catch(() => undefined)

    // Only the first one accepts this audience, and only the second one the other.
    expect(await issuerFor(api, await todoToken('alex'))).toBe(503)
    const old = await provider.accessToken({ as: 'alex', api: OLD_API, claims: { aud: OLD_API } })
    expect(await issuerFor(api, old)).toBe(503)
  })
})

describe('an issuer that does not respond', () => {
  test('makes only its own tokens fail', async ({
    todoToken,
    provider,
    otherProvider,
    entries: { workforce },
    openIssuers,
  }) => {
    const api = await openIssuers(
      {
        workforce,
        customers: { authority: otherProvider.authority(CUSTOMERS), clientId: TODO_API },
        servers: { authority: otherProvider.adfsAuthority, clientId: TODO_API },
      },
      { resource: 'https://api.contoso.example' },
    )
    otherProvider.behave({ faults: { metadata: { kind: 'status', status: 500 } } })
    const theirs = await otherProvider.accessToken({ as: 'nora', api: TODO_API })
    const ours = await todoToken('alex')

    expect(await issuerFor(api, theirs)).toBe(503)
    expect(await issuerFor(api, ours)).toBe('workforce')
    await api.api.ready()
    const { body } = await api.call('/.well-known/oauth-protected-resource')
    expect(body).toMatchObject({
      authorization_servers: [`${provider.origin}/${CONTOSO}/v2.0`],
    })

    otherProvider.behave({ faults: {} })
    await expect.poll(() => issuerFor(api, theirs), { timeout: 5000 }).toBe('customers')
  })

  test('may be the issuer of a token only if the token has its audience', async ({
    todoToken,
    otherProvider,
    entries: { workforce },
    openIssuers,
  }) => {
    // Its issuer, which can be any URI, is known only from its metadata.
    const servers = { authority: otherProvider.adfsAuthority, clientId: 'https://servers.example' }
    const api = await openIssuers({ workforce, servers })
    const tokenWith = (aud: string): Promise<string> =>
      todoToken('kim', { authority: FABRIKAM, claims: { aud } })
    otherProvider.behave({ faults: { metadata: { kind: 'status', status: 500 } } })

    expect(await issuerFor(api, await tokenWith(TODO_API))).toBe(401)
    expect(await issuerFor(api, await tokenWith('https://servers.example'))).toBe(503)

    otherProvider.behave({ faults: {} })
    const known = await tokenWith('https://servers.example')
    await expect.poll(() => issuerFor(api, known), { timeout: 5000 }).toBe(401)
    const theirs = await otherProvider.accessToken({ as: 'alex', api: TODO_API, authority: 'adfs' })
    const { body } = await api.call('/', theirs)
    expect(body).toMatchObject({
      error_description: expect.stringContaining('it is for') as unknown,
    })
  })

  test('fails the readiness only if none responds', async ({ entries, openIssuers, provider }) => {
    const api = await openIssuers({ workforce: entries.workforce, plain: entries.plain })
    provider.behave({ faults: { metadata: { kind: 'status', status: 500 } } })

    await expect(api.api.ready()).rejects.toMatchObject({ code: 'provider_unavailable' })
  })
})

describe('calls to other APIs', () => {
  test('use the credential of the issuer of the caller', async ({
    todoToken,
    otherCustomers,
    provider,
    otherProvider,
    entries: { b2c, workforce },
    openIssuers,
  }) => {
    const api = await openIssuers(
      {
        workforce,
        customers: otherCustomers,
        b2c,
        plain: {
          ...workforce,
          authority: otherProvider.authority(CONTOSO),
          clientCredential: undefined,
        },
      },
      {},
      (app, { authorizationRequired }) => {
        app.get(
          '/graph',
          authorizationRequired(async (_req, res, { getTokenOnBehalfOf }) => {
            const { accessToken } = await getTokenOnBehalfOf(['User.Read'])
            res.json({ issuer: decodeJwt(accessToken).iss })
          }),
        )
      },
    )

    const alex = await todoToken('alex')
    expect(await issuerFor(api, alex, '/graph')).toBe(`${provider.origin}/${CONTOSO}/v2.0`)
    const nora = await otherProvider.accessToken({ as: 'nora', api: TODO_API })
    expect(await issuerFor(api, nora, '/graph')).toBe(CUSTOMERS_ISSUER)
    const mia = await api.call('/graph', await provider.accessToken({ as: 'mia', api: B2C_API }))
    expect(mia.body).toMatchObject({ failed: 'configuration' })
    const other = await otherProvider.accessToken({ as: 'alex', api: TODO_API })
    expect((await api.call('/graph', other)).body).toMatchObject({
      message: expect.stringContaining(
        'clientCredential is not configured. Set ApiAuth({ issuers: { plain: { clientCredential } } }).',
      ) as unknown,
    })
  })

  test('an app-only token needs the name of an issuer', async ({
    otherCustomers,
    provider,
    entries: { workforce },
    openIssuers,
  }) => {
    const { api } = await openIssuers({ workforce, customers: otherCustomers })
    const scope = 'https://graph.microsoft.com/.default'
    const issuerOf = async (issuer: string): Promise<unknown> =>
      decodeJwt((await api.getTokenForClient(scope, { issuer })).accessToken).iss

    expect(await issuerOf('workforce')).toBe(`${provider.origin}/${CONTOSO}/v2.0`)
    expect(await issuerOf('customers')).toBe(CUSTOMERS_ISSUER)
    await expect(api.getTokenForClient(scope)).rejects.toThrow(
      "getTokenForClient() requires a name from the option issuers (workforce, customers) in its second argument, for example { issuer: 'workforce' }.",
    )
    await expect(api.getTokenForClient(scope, { issuer: 'partners' })).rejects.toThrow(
      'getTokenForClient() requires a name from the option issuers',
    )
    const one = new ApiAuth<string>({ ...workforce, logger: false })
    await expect(one.getTokenForClient(scope, { issuer: 'workforce' })).rejects.toThrow(
      'the option issuers (not set)',
    )
  })

  test('are separate in the tokens that servers share', async ({
    otherCustomers,
    provider,
    otherProvider,
    entries: { workforce },
    openIssuers,
  }) => {
    const secret = 'secret-of-the-shared-tokens-0123456789-0123456789'
    const store = new Map<string, string>()
    const scope = 'https://graph.microsoft.com/.default'
    const tokensOf = async (): Promise<readonly string[]> => {
      const tokenCache = sharedTokens({ store, secret })
      const { api } = await openIssuers({ workforce, customers: otherCustomers }, { tokenCache })
      const tokens = ['workforce', 'customers'].map(
        async (issuer) => (await api.getTokenForClient(scope, { issuer })).accessToken,
      )
      return Promise.all(tokens)
    }

    const first = await tokensOf()
    expect(first.map((token) => decodeJwt(token).iss)).toEqual([
      `${provider.origin}/${CONTOSO}/v2.0`,
      CUSTOMERS_ISSUER,
    ])
    expect(await tokensOf()).toEqual(first)
    expect([requestCount(provider, 'token'), requestCount(otherProvider, 'token')]).toEqual([1, 1])
  })

  test('a long-running process belongs to the issuer of its user', async ({
    todoToken,
    otherCustomers,
    provider,
    otherProvider,
    entries: { workforce },
    openIssuers,
  }) => {
    const store = new Map<string, string>()
    const longRunning = { store, secret: 'secret-of-the-long-running-process-0123456789' }
    const api = await openIssuers(
      { workforce, customers: otherCustomers },
      { longRunning },
      (app, owner) => {
        app.get('/run/:key', async (req, res) => {
          await owner
            .getTokenInLongRunningProcess(req.params.key, ['User.Read'])
            .catch((error: unknown) => owner.sendResponse(req, res, error))
        })
        app.get(
          '/start',
          owner.authorizationRequired(async (_req, res, { startLongRunningProcess }) => {
            res.json({ issuer: await startLongRunningProcess(['User.Read']) })
          }),
        )
      },
    )
    const alex = await issuerFor(api, await todoToken('alex'), '/start')
    const nora = await issuerFor(
      api,
      await otherProvider.accessToken({ as: 'nora', api: TODO_API }),
      '/start',
    )
    const issuerOf = async (key: unknown): Promise<unknown> =>
      decodeJwt(
        (await api.api.getTokenInLongRunningProcess(String(key), ['User.Read'])).accessToken,
      ).iss

    expect([alex, nora]).toEqual([
      expect.stringMatching(/^workforce\.[\w-]{43}$/),
      expect.stringMatching(/^customers\.[\w-]{43}$/),
    ])
    expect(await issuerOf(alex)).toBe(`${provider.origin}/${CONTOSO}/v2.0`)
    expect(await issuerOf(nora)).toBe(CUSTOMERS_ISSUER)
    await expect(issuerOf(String(nora).replace('customers', 'workforce'))).rejects.toMatchObject({
      code: 'interaction_required',
    })
    await expect(issuerOf(String(nora).replace('customers.', ''))).rejects.toMatchObject({
      code: 'interaction_required',
    })
    const { challenge } = await api.call('/run/customers.unknown')
    expect(challenge).toMatchObject({ error: 'interaction_required' })
    expect(challenge?.['authorization_uri']).toContain(CUSTOMERS)
    await api.api.stopLongRunningProcess(String(nora))
    await expect(issuerOf(nora)).rejects.toMatchObject({ code: 'interaction_required' })
  })
})

test('the metadata of the API contain all issuers', async ({ provider, entries, openIssuers }) => {
  const api = await openIssuers(entries, { resource: 'https://api.contoso.example' })
  const { body } = await api.call('/.well-known/oauth-protected-resource')

  expect(body).toMatchObject({
    authorization_servers: [
      `${provider.origin}/${CONTOSO}/v2.0`,
      CUSTOMERS_ISSUER,
      `${provider.b2cAuthority()}/v2.0`,
      provider.oidcAuthority,
    ],
    scopes_supported: [
      'Todos.Read',
      'Todos.ReadWrite',
      `api://${B2C_API}/Todos.Read`,
      `api://${B2C_API}/Todos.ReadWrite`,
      `${TODO_URI}/Todos.Read`,
      `${TODO_URI}/Todos.ReadWrite`,
    ].toSorted(),
  })
})

test('incomplete metadata of the API are cached for a minute only', async ({
  otherProvider,
  entries: { workforce },
  openIssuers,
  provider,
}) => {
  const api = await openIssuers(
    {
      workforce,
      customers: { authority: otherProvider.authority(CUSTOMERS), clientId: TODO_API },
    },
    { resource: 'https://api.contoso.example' },
  )
  const read = async (): Promise<unknown> => {
    const { body, headers } = await api.call('/.well-known/oauth-protected-resource')
    const { authorization_servers } = body as { readonly authorization_servers: unknown }
    return [authorization_servers, headers.get('cache-control')]
  }
  const ours = `${provider.origin}/${CONTOSO}/v2.0`
  otherProvider.behave({ faults: { metadata: { kind: 'status', status: 500 } } })

  expect(await read()).toEqual([[ours], 'max-age=60'])

  otherProvider.behave({ faults: {} })
  await expect.poll(read, { timeout: 5000 }).toEqual([[ours, CUSTOMERS_ISSUER], 'max-age=3600'])
})

test('the testing kit creates tokens of the first issuer, and of the others by their names', async ({
  entries: { b2c, workforce, customers },
  openIssuers,
}) => {
  const api = await openIssuers({ workforce, customers, b2c })

  const alex = await tokenFor(api.api, { as: 'alex' })
  expect(await issuerFor(api, alex.accessToken)).toBe('workforce')
  const nora = await tokenFor(api.api, { as: 'nora', issuer: 'customers' })
  expect(await issuerFor(api, nora.accessToken)).toBe('customers')
  const mia = await tokenFor(api.api, { as: 'mia', issuer: 'b2c' })
  expect(await issuerFor(api, mia.accessToken)).toBe('b2c')
})

describe('the option issuers', () => {
  const workforce = {
    authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
    clientId: TODO_API,
  }
  const messagesOf = (options: object): readonly string[] =>
    new ApiAuth({ ...options, logger: false } as never).problems.map(
      ({ option, message }) => `${option}: ${message}`,
    )

  test.for([
    ['nothing', {}],
    ['a list', [workforce]],
    ['a name with a dot', { 'work.force': workforce }],
    ['a name that is a number', { 1: workforce }],
    ['a string', { workforce: 'https://login.microsoftonline.com/contoso.onmicrosoft.com' }],
    ['null', { workforce: null }],
  ] as const)('may not contain %s', ([, issuers]) => {
    expect(messagesOf({ issuers })[0]).toMatch(
      /^issuers: issuers must be an object with the options of each issuer, and the name of an issuer may contain only letters and digits, for example ApiAuth\(/,
    )
  })

  test('says where the problem of an issuer is', () => {
    expect(
      messagesOf({ issuers: { workforce, customers: { authority: 'x', tenants: 'none' } } }),
    ).toEqual([
      expect.stringMatching(
        /^issuers\.customers\.authority: authority is not a URL\..* The authority comes from ApiAuth\(\{ issuers: \{ customers: \{ authority \} \} \}\)\.$/,
      ),
      'issuers.customers.clientId: issuers.customers.clientId is not configured. Set ApiAuth({ issuers: { customers: { clientId } } }), for example the Application (client) ID of the app registration.',
      expect.stringMatching(/^issuers\.customers\.tenants: issuers\.customers\.tenants must be/),
    ])
    expect(messagesOf({ issuers: { workforce: {} } })).toEqual([
      'issuers.workforce.authority: issuers.workforce.authority is not configured. Set ApiAuth({ issuers: { workforce: { authority } } }), for example https://login.microsoftonline.com/contoso.onmicrosoft.com. For another provider, set ApiAuth({ issuers: { workforce: { oidcAuthority } } }), for example https://accounts.example.com. For Azure AD B2C, set ApiAuth({ issuers: { workforce: { b2c: { tenantName } } } }), for example fabrikam for fabrikam.onmicrosoft.com, and ApiAuth({ issuers: { workforce: { b2c: { signUpSignInUserFlow } } } }), for example B2C_1_susi.',
      expect.stringContaining('issuers.workforce.clientId'),
    ])
  })

  test.for([
    ['authority', workforce.authority],
    ['oidcAuthority', 'https://accounts.example.com'],
    ['clientId', TODO_API],
    ['clientCredential', API_SECRET],
    ['audience', TODO_URI],
    ['allowedClients', [TODO_API]],
  ] as const)('cannot stand beside %s', ([option, value]) => {
    expect(messagesOf({ issuers: { workforce }, [option]: value })).toEqual([
      `${option}: ${option} and issuers are both configured. ${option} belongs to one issuer, so set ApiAuth({ issuers: { workforce: { ${option} } } }) instead of ApiAuth({ ${option} }).`,
    ])
  })

  test('does not have options of the whole API, and no others', () => {
    expect(
      messagesOf({
        issuers: { workforce: { ...workforce, resource: 'https://x.example', clientID: 'x' } },
      }),
    ).toEqual([
      'issuers.workforce.resource: ApiAuth has no option issuers.workforce.resource.',
      'issuers.workforce.clientID: ApiAuth has no option issuers.workforce.clientID. Did you mean clientId?',
    ])
  })

  test('is not mixed with the environment', async ({ todoToken, openIssuers, entries }) => {
    const { vi } = await import('vitest')
    vi.stubEnv('IDENTITY_AUTHORITY', 'https://login.microsoftonline.com/common')
    vi.stubEnv('IDENTITY_CLIENT_ID', 'the-client-of-the-environment')
    vi.stubEnv('IDENTITY_AUDIENCE', 'api://of-the-environment')
    vi.stubEnv('IDENTITY_B2C_TENANT_NAME', 'fabrikam')
    const api = await openIssuers({ workforce: entries.workforce, b2c: entries.b2c })

    expect(api.api.problems).toEqual([])
    expect(await issuerFor(api, await todoToken('alex'))).toBe('workforce')
    const other = await todoToken('alex', { claims: { aud: 'api://of-the-environment' } })
    expect(await issuerFor(api, other)).toBe(401)
  })
})
