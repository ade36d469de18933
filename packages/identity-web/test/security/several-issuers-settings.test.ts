import { ApiAuth } from 'identity-web/express'
import { IdentityError } from 'identity-web'
import { requestCount } from '../support/attack.ts'
import {
  B2C_API,
  CUSTOMERS,
  describe,
  expect,
  issuerFor,
  OLD_API,
  OTHER_SECRET,
  PLAIN_API,
  test,
  TODO_API,
  TODO_URI,
  type Issuers,
} from '../support/issuers-fixtures.ts'
import { startMcpServer } from '../mcp/mcp-server.ts'
import type { ProtectedApi } from '../support/protected-api.ts'

describe('the name of an issuer', () => {
  test.for(['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'prototype'])(
    'can be %s, which every object has',
    async (name, { entries: { workforce, customers }, openIssuers, provider }) => {
      const api = await openIssuers({ [name]: workforce, customers }, {}, (app, owner) => {
        app.get(
          '/only',
          owner.authorizationRequired({ issuer: name }, (_req, res, { issuer }) => {
            res.json({ issuer })
          }),
        )
      })

      const alex = await provider.accessToken({ as: 'alex', api: TODO_API })
      expect(await issuerFor(api, alex, '/only')).toBe(name)
      const nora = await provider.accessToken({ as: 'nora', api: TODO_API })
      expect(await issuerFor(api, nora, '/only')).toBe(403)
    },
  )

  test.for(['__proto__', 'constructor', '', 'work.force', ' workforce', 'WORKFORCE', 'undefined'])(
    'is compared exactly, and "%s" is not one',
    async (issuer, { entries: { customers, workforce } }) => {
      const api = new ApiAuth({ issuers: { workforce, customers }, logger: false })

      expect(() => api.authorizationRequired({ issuer } as never, () => undefined)).toThrow(
        issuer === ''
          ? 'received issuer without a value'
          : 'requires one name of the option issuers',
      )
      await expect(
        api.getTokenForClient('https://graph.microsoft.com/.default', { issuer } as never),
      ).rejects.toMatchObject({ code: 'configuration' })
    },
  )

  test('does not come from a changed prototype', async ({ entries: { customers, workforce } }) => {
    const api = new ApiAuth({ issuers: { workforce, customers }, logger: false })
    // oxlint-disable-next-line no-extend-native -- That is the attack.
    Object.defineProperty(Object.prototype, 'issuer', { value: 'workforce', configurable: true })
    try {
      await expect(
        api.getTokenForClient('https://graph.microsoft.com/.default'),
      ).rejects.toMatchObject({ code: 'configuration' })
      expect(() =>
        api.authorizationRequired({ roles: ['Admin'] } as never, () => undefined),
      ).toThrow('requires issuer together with roles')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'issuer')
    }
  })
})

test('problems with issuers do not contain their secrets', ({ entries: { workforce } }) => {
  const secret = 'never-in-a-message'
  const entry = { ...workforce, clientCredential: secret }
  for (const issuers of [
    { 'work-force': entry },
    JSON.parse(JSON.stringify({ entry }).replace('entry', '__proto__')) as unknown,
    [entry],
    { workforce: { ...workforce, clientCredential: [], clientId: [secret] } },
    { workforce: { ...workforce, clientCredential: { secrets: secret } } },
    { first: entry, second: entry },
  ]) {
    const { problems } = new ApiAuth({ issuers, logger: false } as never)
    expect(problems).not.toEqual([])
    expect(JSON.stringify(problems)).not.toContain(secret)
  }
})

test.for(['allowedClients', 'tenants', 'audience'])(
  'the restriction %s of an issuer must have a value',
  (option, { entries: { workforce } }) => {
    const { problems } = new ApiAuth({
      issuers: { workforce: { ...workforce, [option]: undefined } },
      logger: false,
    })

    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(`issuers.workforce.${option} is present but does not have a value`),
    ])
  },
)

describe('a role of any issuer does not open', () => {
  // Any claim can mean something else at another issuer, and so can the claims that a function reads.
  test('a route that requires it as a claim', ({ entries: { customers, workforce } }) => {
    const issuers = { workforce, customers }
    const api = new ApiAuth({ issuers, logger: false })
    const names = ['roles', 'groups', 'sub', 'oid', 'wids', 'role', 'scp', 'department']
    for (const claims of [...names.map((name) => ({ [name]: 'Admin' })), () => true]) {
      const declare = (more: object): unknown =>
        api.authorizationRequired({ ...more, claims } as never, () => undefined)

      expect(() => declare({})).toThrow('requires issuer together with claims')
      expect(() => declare({ scopes: ['Todos.Read'] })).toThrow('requires issuer together')
      expect(() => declare({ issuer: 'workforce' })).not.toThrow()
    }
    // Each tenant defines its own authentication context c1.
    expect(() => api.authorizationRequired({ acrs: 'c1' } as never, () => undefined)).toThrow(
      'requires issuer together with acrs',
    )
  })

  test('a connection', async ({ entries: { customers, workforce }, openIssuers, provider }) => {
    const api = await openIssuers({ workforce, customers })
    const token = await provider.accessToken({
      as: 'nora',
      api: TODO_API,
      claims: { roles: ['Admin'] },
    })
    // The token is known from its second use.
    for (const _ of [1, 2]) expect(await issuerFor(api, token)).toBe('customers')
    const request = new Request('https://api.contoso.example/', {
      headers: { authorization: `Bearer ${token}` },
    })
    for (const [requirement, status] of [
      [{ issuer: 'workforce' }, 403],
      [{ issuer: 'workforce', token }, 403],
      [{ roles: ['Admin'] }, 500],
      [{ appPermissions: ['Admin'] }, 500],
      [{ issuer: undefined, roles: ['Admin'] }, 500],
      [{ issuer: ['customers'], roles: ['Admin'] }, 500],
    ] as const) {
      const result = await api.api.authenticate(request, requirement as never)
      expect(result).toMatchObject({ ok: false, status })
    }
  })

  test('a tool of the official SDK', async ({ provider, entries: { plain, workforce } }) => {
    const results: unknown[] = []
    const server = await startMcpServer(
      provider,
      {
        authority: undefined,
        clientId: undefined,
        clientCredential: undefined,
        issuers: { workforce, plain },
      },
      (app, mcp) => {
        const handlers = [
          mcp.scopeChallenge({ roles: ['Admin'] }),
          mcp.scopeChallenge({ issuer: 'workforce', roles: ['Admin'] }),
        ]
        app.all(
          '/mcp',
          mcp.authorizationRequired(async (_req, res, { authInfo }) => {
            const settled = await Promise.allSettled(handlers.map((run) => run({ authInfo })))
            results.push(settled)
            res.json({})
          }),
        )
      },
    )
    await server.call(
      '/mcp',
      await provider.accessToken({
        as: 'alex',
        api: PLAIN_API,
        authority: 'oidc',
        scopes: ['Todos.Read'],
        claims: { roles: ['Admin'] },
      }),
    )

    expect(results).toEqual([
      [
        { status: 'rejected', reason: expect.objectContaining({ code: 'configuration' }) },
        {
          status: 'fulfilled',
          value: {
            scopes: ['Todos.Read'],
            errorDescription: 'Only tokens of the issuer workforce may call this route.',
          },
        },
      ],
    ])
  })
})

describe('an issuer is selected', () => {
  test('by the audience, if two applications share an AD FS', async ({ openIssuers, provider }) => {
    const authority = provider.adfsAuthority
    const api = await openIssuers({
      todos: { authority, clientId: TODO_API, audience: TODO_URI },
      old: { authority, clientId: OLD_API },
    })
    const todos = await provider.accessToken({ as: 'alex', api: TODO_API, authority: 'adfs' })
    expect(await issuerFor(api, todos)).toBe('todos')
    const old = await provider.accessToken({
      as: 'alex',
      api: OLD_API,
      authority: 'adfs',
      claims: { aud: OLD_API },
    })
    expect(await issuerFor(api, old)).toBe('old')
    const both = { aud: [OLD_API, TODO_API] }
    expect(
      await issuerFor(
        api,
        await provider.accessToken({ as: 'alex', api: TODO_API, authority: 'adfs', claims: both }),
      ),
    ).toBe(401)
  })

  test.for(['default', 'tfp'] as const)(
    'by each user flow of Azure AD B2C that signs users in, with the issuer format %s',
    async (b2cIssuer, { openIssuers, provider, entries: { b2c, workforce } }) => {
      provider.behave({ b2cIssuer })
      const api = await openIssuers({ workforce, b2c })
      const issuerOfFlow = async (flow?: string): Promise<string | number> =>
        issuerFor(
          api,
          await provider.accessToken({
            as: 'mia',
            api: B2C_API,
            authority: provider.b2cAuthority(flow),
          }),
        )

      expect(await issuerOfFlow()).toBe('b2c')
      expect(await issuerOfFlow('B2C_1_reset')).toBe('b2c')
      expect(await issuerOfFlow('B2C_1_edit')).toBe(401)
    },
  )

  test('with few requests if its provider is down and its issuers are forged', async ({
    entries: { workforce },
    openIssuers,
    otherProvider,
    provider,
  }) => {
    const api = await openIssuers({
      workforce,
      partners: { authority: otherProvider.authority('organizations'), clientId: OLD_API },
    })
    otherProvider.behave({ faults: { metadata: { kind: 'status', status: 500 } } })
    for (let index = 0; index < 30; index++) {
      const tid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
      const iss = `${otherProvider.origin}/${tid}/v2.0`
      const claims = { aud: OLD_API, tid, iss }
      const token = await provider.accessToken({ as: 'alex', api: TODO_API, claims })
      expect(await issuerFor(api, token)).toBe(503)
    }

    // One attempt may be repeated after the pause of a failed request.
    expect(requestCount(otherProvider, 'metadata')).toBeLessThan(3)
    const alex = await provider.accessToken({ as: 'alex', api: TODO_API })
    expect(await issuerFor(api, alex)).toBe('workforce')
  })
})

describe('a long-running process', () => {
  const secret = 'secret-of-the-long-running-process-0123456789'

  /** Two issuers with the same client ID, and a function that starts an API with a store that all of them share. */
  const withProcesses = test.extend('processes', ({
    entries: { workforce },
    openIssuers,
    otherProvider,
    provider,
  }) => {
    const store = new Map<string, string>()
    const customers = {
      authority: otherProvider.authority(CUSTOMERS),
      clientId: TODO_API,
      clientCredential: OTHER_SECRET,
    }
    const open = async (issuers: Issuers): Promise<ProtectedApi> =>
      openIssuers(issuers, { longRunning: { store, secret } }, (app, api) => {
        app.get(
          '/start',
          api.authorizationRequired(async (_req, res, { startLongRunningProcess }) => {
            res.json({ issuer: await startLongRunningProcess(['User.Read']) })
          }),
        )
      })
    return {
      customers,
      workforce,
      open,
      start: async (api: ProtectedApi): Promise<string> =>
        String(
          await issuerFor(api, await provider.accessToken({ as: 'alex', api: TODO_API }), '/start'),
        ),
    }
  })

  withProcesses(
    'does not move to another provider with the names',
    async ({ otherProvider, processes: { customers, open, start, workforce } }) => {
      const key = await start(await open({ workforce, customers }))
      const before = requestCount(otherProvider, 'token')
      for (const issuers of [
        { customers, staff: workforce },
        { customers },
        { workforce: customers, customers: workforce },
      ]) {
        const { api } = await open(issuers)
        await expect(api.getTokenInLongRunningProcess(key, ['Mail.Read'])).rejects.toMatchObject({
          code: 'interaction_required',
        })
      }

      // The refresh token was not sent to it.
      expect(requestCount(otherProvider, 'token')).toBe(before)
      const { api } = await open({ customers, workforce })
      expect(await api.getTokenInLongRunningProcess(key, ['User.Read'])).toMatchObject({
        tokenType: 'Bearer',
      })
    },
  )

  withProcesses(
    'sends its user to its own provider',
    async ({ processes: { customers, open, start, workforce }, provider }) => {
      const { api } = await open({ customers, workforce })
      const key = await start(await open({ customers, workforce }))
      await api.stopLongRunningProcess(key)
      const error: unknown = await api
        .getTokenInLongRunningProcess(key, ['Mail.Read'])
        .catch((thrown: unknown) => thrown)
      expect(IdentityError.is(error)).toBe(true)
      const response = await api.toResponse(new Request('https://api.contoso.example/'), error)

      expect(response.headers.get('www-authenticate')).toContain(
        `authorization_uri="${provider.origin}/`,
      )
    },
  )
})
