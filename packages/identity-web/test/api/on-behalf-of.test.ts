import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check'
import { IdentityError } from 'identity-web'
import type { ApiAuthOptions } from 'identity-web/express'
import {
  createClientCertificate,
  startDevProvider,
  type DevProvider,
  type Fault,
} from 'identity-web-dev'
import { decodeJwt } from 'jose'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { challenged, failed, type ProtectedApi } from '../support/protected-api.ts'
import { createClock } from '../support/site.ts'
import { ANY_CALLER, appsWithThings, OBO, THINGS, THINGS_ID } from '../support/things.ts'

const GRAPH = 'https://graph.microsoft.com'
const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad'

const certificate = createClientCertificate('todos')
const clients = appsWithThings({
  todos: {
    certificates: [certificate.cert],
    preauthorized: ['User.Read', 'Calendars.Read', `${THINGS}/Things.Read`, `${THINGS}/User.Read`],
  },
  things: {
    scopes: [
      { value: 'Things.Read', description: 'Read your things' },
      { value: 'User.Read', description: 'Read who you are there' },
    ],
  },
})

interface Result {
  readonly accessToken: string
  readonly tokenType: string
  readonly expiresInSeconds: number
  readonly scopes: readonly string[]
}

/** The token that an API got for a caller. */
async function tokenOf(api: ProtectedApi, assertion: string, scopes?: string): Promise<Result> {
  const query = scopes === undefined ? '' : `?scopes=${encodeURIComponent(scopes)}`
  const { status, body } = await api.call(`/token${query}`, assertion)
  expect({ status, body }).toMatchObject({ status: 200 })
  return body as Result
}

const claimsOf = ({ accessToken }: Result) => decodeJwt(accessToken)

const test = base
  .extend('providerOptions', { config: { apps: clients } })

  /** An API that returns the token that it gets on behalf of its caller. `/plain` uses the middleware form. */
  .extend('open', ({ openApi }) => (options: ApiAuthOptions = {}): Promise<ProtectedApi> => {
    return openApi(options, (express, api) => {
      express.get(
        '/token',
        api.authorizationRequired(ANY_CALLER, async (req, res, context) => {
          const { scopes } = req.query as { scopes?: string }
          res.json(await context.getTokenOnBehalfOf(scopes ?? 'User.Read'))
        }),
      )
      express.get('/plain', api.authorizationRequired(), async (req, res) => {
        res.json(await api.contextOf(req).getTokenOnBehalfOf('Mail.Read'))
      })
    })
  })
  .extend('api', ({ open }) => open())
  /** The access token with which Alex calls the API. */
  .extend('assertion', ({ provider }) => provider.accessToken({ as: 'alex' }))
  .extend('exchanges', ({ grantRequests }) => grantRequests(OBO))
  /** Makes the provider reject requests for tokens. */
  .extend(
    'rejectWith',
    ({ provider }) =>
      (fault: Omit<Extract<Fault, { kind: 'error' }>, 'kind'>) =>
        provider.behave({ faults: { token: { kind: 'error', ...fault } } }),
  )

describe('on behalf of a user, an API', () => {
  test('gets a token for another API that names the user and itself', async ({ api, provider }) => {
    const result = await tokenOf(api, await provider.accessToken({ as: 'robin' }))

    expect(result).toMatchObject({
      tokenType: 'Bearer',
      scopes: expect.arrayContaining(['User.Read']),
    })
    expect(result.expiresInSeconds).toBeGreaterThan(3590)
    expect(claimsOf(result)).toMatchObject({
      aud: GRAPH,
      azp: provider.api.clientId,
      oid: provider.user('robin').oid,
    })
  })

  test.for(['idUri', 'clientId'] as const)(
    'can use version 1 tokens with the %s as their audience as well',
    async (v1Audience, { open, clock }) => {
      const version1 = await startDevProvider({
        now: clock.now,
        config: { apps: appsWithThings({ todos: { accessTokenVersion: 1, v1Audience } }) },
      })
      try {
        const assertion = await version1.accessToken({ as: 'robin' })
        const result = await tokenOf(await open({ authority: version1.authority() }), assertion)

        expect(decodeJwt(assertion)['ver']).toBe('1.0')
        expect(claimsOf(result)).toMatchObject({ aud: GRAPH, oid: version1.user('robin').oid })
      } finally {
        await version1.close()
      }
    },
  )

  test('requests the token at the user’s tenant if users of any tenant may call', async ({
    open,
    provider,
    exchanges,
  }) => {
    const api = await open({ authority: provider.authority('common') })
    const callers = [
      ['alex', CONTOSO],
      ['jo', FABRIKAM],
      ['charlie', CONSUMERS],
    ] as const
    for (const [as, tenant] of callers) {
      const result = await tokenOf(
        api,
        await provider.accessToken({ as, authority: provider.authority(tenant) }),
      )

      expect(claimsOf(result)).toMatchObject({ tid: tenant, oid: provider.user(as).oid })
      expect(exchanges().at(-1)?.path).toBe(`/${tenant}/oauth2/v2.0/token`)
    }
    expect(exchanges()).toHaveLength(3)
  })

  test('separates a guest in the home tenant from the same guest in another tenant', async ({
    open,
    provider,
    exchanges,
  }) => {
    const api = await open({ authority: provider.authority('organizations') })
    const seats = await Promise.all(
      [CONTOSO, FABRIKAM].map(async (tenant) =>
        tokenOf(
          api,
          await provider.accessToken({ as: 'kim', authority: provider.authority(tenant) }),
        ),
      ),
    )

    expect(seats.map((seat) => claimsOf(seat)['tid'])).toEqual([CONTOSO, FABRIKAM])
    expect(exchanges().map(({ path }) => path.split('/')[1])).toEqual(
      expect.arrayContaining([CONTOSO, FABRIKAM]),
    )
  })

  test('requests the token at the tenant of the authority if it is a single tenant', async ({
    assertion,
    open,
    provider,
    exchanges,
  }) => {
    const api = await open({ authority: provider.authority('contoso.example') })
    await tokenOf(api, assertion)

    // The URL that the metadata of the domain names.
    expect(exchanges()[0]?.path).toBe(`/${CONTOSO}/oauth2/v2.0/token`)
  })

  test('works for customers of External ID', async ({ open, provider }) => {
    const api = await open({ authority: provider.externalIdAuthority })
    const result = await tokenOf(api, await provider.accessToken({ as: 'nora' }))

    expect(claimsOf(result)['oid']).toBe(provider.user('nora').oid)
  })

  test('authenticates with a certificate', async ({ assertion, open, exchanges }) => {
    const api = await open({
      clientCredential: { certificate: certificate.cert, privateKey: certificate.key },
    })
    const result = await tokenOf(api, assertion)

    expect(claimsOf(result)['azpacr']).toBe('2')
    expect(exchanges()[0]?.params).toMatchObject({ client_assertion: '(hidden)' })
    expect(exchanges()[0]?.params).not.toHaveProperty('client_secret')
  })

  test('declares its capabilities with each exchange', async ({ assertion, open, exchanges }) => {
    const api = await open({ clientCapabilities: ['cp1'] })
    const result = await tokenOf(api, assertion)

    expect(JSON.parse(exchanges()[0]?.params?.['claims'] ?? '')).toEqual({
      access_token: { xms_cc: { values: ['cp1'] } },
    })
    expect(claimsOf(result)['xms_cc']).toEqual(['cp1'])
  })

  test('does not declare a capability that is not configured', async ({
    api,
    assertion,
    exchanges,
  }) => {
    await tokenOf(api, assertion)

    expect(exchanges()[0]?.params).not.toHaveProperty('claims')
  })
})

describe('a token is cached', () => {
  test('for its assertion and scopes, in any order, case and form', async ({
    api,
    assertion,
    exchanges,
  }) => {
    const first = await tokenOf(api, assertion, 'User.Read Calendars.Read')
    for (const scopes of [
      'Calendars.Read User.Read',
      'user.read CALENDARS.READ',
      `${GRAPH}/User.Read Calendars.Read`,
      `${GRAPH}/calendars.read ${GRAPH}/user.read`,
      'User.Read  Calendars.Read  User.Read',
    ]) {
      expect((await tokenOf(api, assertion, scopes)).accessToken).toBe(first.accessToken)
    }

    expect(exchanges()).toHaveLength(1)
  })

  test('but not for other scopes, another API with the same scope name, or another assertion', async ({
    api,
    assertion,
    provider,
  }) => {
    const newer = await provider.accessToken({ as: 'alex', claims: { uti: 'another' } })
    const results = [
      await tokenOf(api, assertion, 'User.Read'),
      await tokenOf(api, assertion, 'Calendars.Read'),
      await tokenOf(api, assertion, `${THINGS}/User.Read`),
      await tokenOf(api, newer, 'User.Read'),
    ]

    expect(new Set(results.map(({ accessToken }) => accessToken)).size).toBe(4)
    expect(results.map((result) => claimsOf(result).aud)).toEqual([GRAPH, GRAPH, THINGS_ID, GRAPH])
  })

  test('until shortly before it expires', async ({ api, provider, clock, exchanges }) => {
    const assertion = await provider.accessToken({ as: 'alex', expiresIn: 10_000 })
    const first = await tokenOf(api, assertion)
    clock.advance(3290)
    expect((await tokenOf(api, assertion)).accessToken).toBe(first.accessToken)
    expect((await tokenOf(api, assertion)).expiresInSeconds).toBeLessThanOrEqual(310)
    expect(exchanges()).toHaveLength(1)

    clock.advance(20)
    const second = await tokenOf(api, assertion)
    expect(second.accessToken).not.toBe(first.accessToken)
    expect(second.expiresInSeconds).toBeGreaterThan(3590)
    expect(exchanges()).toHaveLength(2)
  })

  test('and used during an outage of the provider while it is valid', async ({
    api,
    provider,
    clock,
  }) => {
    const assertion = await provider.accessToken({ as: 'alex', expiresIn: 10_000 })
    const { accessToken } = await tokenOf(api, assertion)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })
    clock.advance(3400)
    expect((await tokenOf(api, assertion)).accessToken).toBe(accessToken)

    clock.advance(201)
    expect(await api.call('/token', assertion)).toMatchObject(failed(503, 'provider_unavailable'))
    provider.behave({ faults: {} })
    expect((await tokenOf(api, assertion)).accessToken).not.toBe(accessToken)
  })

  test('and a refresh before its expiry is not requested on every call during an outage', async ({
    api,
    provider,
    clock,
    exchanges,
  }) => {
    const assertion = await provider.accessToken({ as: 'alex', expiresIn: 10_000 })
    await tokenOf(api, assertion)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })
    clock.advance(3400)
    for (let call = 0; call < 5; call++) await tokenOf(api, assertion)

    expect(exchanges()).toHaveLength(2)
  })

  test('but not returned for an expired assertion', async ({ api, provider, clock, exchanges }) => {
    const assertion = await provider.accessToken({ as: 'alex', expiresIn: 600 })
    await tokenOf(api, assertion)
    clock.advance(1200)

    expect(await api.call('/token', assertion)).toMatchObject(challenged(401, 'invalid_token'))
    expect(exchanges()).toHaveLength(1)
  })

  test('but never for an assertion with another signature', async ({ api, assertion }) => {
    await tokenOf(api, assertion)
    const forged = `${assertion.slice(0, -20)}AAAAAAAAAA${assertion.slice(-10)}`

    expect((await api.call('/token', forged)).status).toBe(401)
  })
})

describe('many requests at once', () => {
  test('share one exchange', async ({ api, assertion, provider, exchanges }) => {
    provider.behave({ faults: { token: { kind: 'slow', ms: 100 } } })
    const results = await Promise.all(Array.from({ length: 50 }, () => tokenOf(api, assertion)))

    expect(new Set(results.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(exchanges()).toHaveLength(1)
  })

  test('share its failure, and the next one tries again', async ({
    api,
    assertion,
    provider,
    exchanges,
  }) => {
    provider.behave({ faults: { token: { kind: 'drop', times: 1 } } })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.call('/token', assertion)),
    )

    expect(exchanges().length).toBeLessThan(10)
    expect(answers.some(({ status }) => status === 503)).toBe(true)
    await tokenOf(api, assertion)
  })

  test('never give one user the token of another', async ({ open, provider, clock }) => {
    const api = await open({ authority: provider.authority('organizations') })
    const callers = await Promise.all(
      (
        [
          ['alex', CONTOSO],
          ['robin', CONTOSO],
          ['kim', CONTOSO],
          ['kim', FABRIKAM],
          ['jo', FABRIKAM],
        ] as const
      ).map(async ([as, tenant]) => {
        const assertion = await provider.accessToken({ as, authority: provider.authority(tenant) })
        const { oid, tid } = decodeJwt(assertion)
        return { assertion, expected: { oid, tid } }
      }),
    )
    const wishes = ['User.Read', 'Calendars.Read', 'calendars.read User.Read']
    const burst = array(
      record({ caller: constantFrom(...callers), scopes: constantFrom(...wishes) }),
      { minLength: 2, maxLength: 12 },
    )
    await assert(
      asyncProperty(burst, integer({ min: 0, max: 4000 }), async (calls, seconds) => {
        clock = createClock()
        clock.advance(seconds % 3000)
        await Promise.all(
          calls.map(async ({ caller, scopes }) => {
            const claims = claimsOf(await tokenOf(api, caller.assertion, scopes))
            const granted = String(claims['scp']).toLowerCase().split(' ')

            expect(claims).toMatchObject(caller.expected)
            expect(granted).toEqual(expect.arrayContaining(scopes.toLowerCase().split(' ')))
          }),
        )
      }),
      { numRuns: 25 },
    )
  })
})

describe('a rejection is sent to the client', () => {
  test('as missing consent, with all permissions that the API needs as the scope', async ({
    assertion,
    open,
    provider,
  }) => {
    const api = await open({ resource: 'https://todos.contoso.example' })
    const answer = await api.call('/token?scopes=Mail.Read', assertion)

    expect(answer.status).toBe(401)
    expect(answer.challenge).toMatchObject({
      error: 'consent_required',
      scope: `${provider.api.idUri}/.default`,
      authorization_uri: `${provider.authority()}/oauth2/v2.0/authorize`,
      client_id: provider.api.clientId,
      resource_metadata: 'https://todos.contoso.example/.well-known/oauth-protected-resource',
    })
    expect(answer.challenge).not.toHaveProperty('claims')
    expect(answer.body).toMatchObject({
      error: 'consent_required',
      correlation_id: expect.any(String),
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(api.errors).toEqual([])
  })

  test.for([
    ['by its number', { error: 'invalid_grant', codes: [65001] }],
    ['by its kind', { error: 'invalid_grant', suberror: 'consent_required' }],
    ['by its name', { error: 'consent_required' }],
  ] as const)(
    'as missing consent, which the provider reports %s',
    async ([, fault], { api, assertion, rejectWith }) => {
      rejectWith(fault)
      const answer = await api.call('/token', assertion)

      expect(answer).toMatchObject(challenged(401, 'consent_required'))
    },
  )

  test('with the client ID as prefix if no other audience is set', async ({
    assertion,
    open,
    provider,
  }) => {
    const api = await open({ audience: undefined })
    const answer = await api.call('/token?scopes=Mail.Read', assertion)

    expect(answer.challenge?.['scope']).toBe(`api://${provider.api.clientId}/.default`)
  })

  test('and only the log tells the operator which registration needs consent', async ({
    api,
    assertion,
  }) => {
    const answer = await api.call('/token?scopes=Mail.Read', assertion)
    const log = api.logs.find((line) => line.includes('AADSTS65001')) ?? ''

    expect(log).toContain('knownClientApplications')
    expect(JSON.stringify([answer.challenge, answer.body])).not.toContain('AADSTS')
  })

  test('as claims that the user must satisfy, and their next token is accepted', async ({
    api,
    assertion,
    rejectWith,
    provider,
  }) => {
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } })
    rejectWith({
      error: 'interaction_required',
      suberror: 'basic_action',
      codes: [50076],
      claims,
      times: 1,
    })
    const answer = await api.call('/token', assertion)

    expect(answer.status).toBe(401)
    expect(answer.challenge).toMatchObject({ error: 'insufficient_claims' })
    expect(atob(answer.challenge?.['claims'] ?? '')).toBe(claims)
    expect(answer.body).toMatchObject({ error: 'insufficient_claims', claims })
    await tokenOf(api, await provider.accessToken({ as: 'alex', claimsRequest: claims }))
  })

  test('with claims in other alphabets, unchanged', async ({ api, assertion, rejectWith }) => {
    const claims = JSON.stringify({ access_token: { acrs: { value: 'größer"\\ 東' } } })
    rejectWith({ error: 'interaction_required', claims })
    const answer = await api.call('/token', assertion)

    expect(Buffer.from(answer.challenge?.['claims'] ?? '', 'base64').toString('utf8')).toBe(claims)
    expect(answer.body).toMatchObject({ claims })
  })

  test('but without claims that are not a JSON object', async ({ api, rejectWith, provider }) => {
    for (const claims of ['nonsense', '[1]', `{"a":"${'x'.repeat(3000)}"}`]) {
      rejectWith({ error: 'interaction_required', claims })
      const answer = await api.call(
        '/token',
        await provider.accessToken({ as: 'alex', claims: { uti: claims.length } }),
      )

      expect(answer.challenge).toMatchObject({ error: 'interaction_required' })
      expect(answer.body).not.toHaveProperty('claims')
    }
  })

  test('as a new sign-in if the user was revoked', async ({ api, provider }) => {
    const assertion = await provider.accessToken({ as: 'robin' })
    provider.revokeUser('robin')
    const answer = await api.call('/token', assertion)

    expect(answer.status).toBe(401)
    expect(answer.challenge).toMatchObject({ error: 'interaction_required' })
    expect(answer.challenge).not.toHaveProperty('scope')
    expect(answer.body).toMatchObject({ error: 'interaction_required' })
    await tokenOf(api, await provider.accessToken({ as: 'robin' }))
  })

  test('and the provider cannot inject headers into it', async ({ api, assertion, rejectWith }) => {
    rejectWith({
      error: 'interaction_required',
      description: 'AADSTS50076: x", error="none"\r\nset-cookie: stolen=1\r\n\r\n<script>',
    })
    const answer = await api.call('/token', assertion)

    expect(answer.status).toBe(401)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.challenge).toMatchObject({ error: 'interaction_required' })
    expect(JSON.stringify(answer.body)).not.toMatch(/<script>|50076|stolen/)
  })

  test('and cached for half a minute, and then the token is requested again', async ({
    api,
    assertion,
    provider,
    exchanges,
    clock,
  }) => {
    for (let call = 0; call < 5; call++) {
      const answer = await api.call('/token?scopes=Mail.Read', assertion)
      expect(answer.challenge).toMatchObject({ error: 'consent_required' })
    }
    expect(exchanges()).toHaveLength(1)
    clock.advance(25)
    await api.call('/token?scopes=Mail.Read', assertion)
    expect(exchanges()).toHaveLength(1)

    provider.behave({ consent: 'skip' })
    clock.advance(10)
    await tokenOf(api, assertion, 'Mail.Read')
    expect(exchanges()).toHaveLength(2)
  })

  test('and does not affect other users or other scopes', async ({ api, assertion, provider }) => {
    await api.call('/token?scopes=Mail.Read', assertion)
    await tokenOf(api, assertion, 'User.Read')
    provider.behave({ consent: 'skip' })

    await tokenOf(api, await provider.accessToken({ as: 'robin' }), 'Mail.Read')
    await tokenOf(api, assertion, 'Calendars.Read')
  })

  test('by the error handler for the middleware form', async ({ assertion, open, openApi }) => {
    const without = await open()
    expect(await without.call('/plain', assertion)).toMatchObject({
      status: 401,
      challenge: undefined,
      body: { failed: 'interaction_required' },
    })

    const api = await openApi({}, (express, auth) => {
      express.get('/plain', auth.authorizationRequired(), async (req, res) => {
        res.json(await auth.contextOf(req).getTokenOnBehalfOf('Mail.Read'))
      })
      express.use(auth.errorHandler)
    })
    expect(await api.call('/plain', assertion)).toMatchObject({
      status: 401,
      challenge: { error: 'consent_required' },
      body: { error: 'consent_required' },
    })
    expect(api.errors).toEqual([])
  })
})

describe('an error that the client cannot solve reaches the application', () => {
  const configurationFaults: readonly (readonly [
    string,
    (provider: DevProvider) => ApiAuthOptions,
    (provider: DevProvider) => Promise<string>,
  ])[] = [
    [
      'a call of an application itself',
      () => ({}),
      (provider) => provider.accessToken({ roles: ['Todos.Read.All'] }),
    ],
    [
      'a missing credential',
      () => ({ clientCredential: undefined }),
      (provider) => provider.accessToken({ as: 'alex' }),
    ],
    [
      'Azure AD B2C',
      (provider) => ({
        authority: provider.b2cAuthority(),
        clientId: '33333333-4444-4555-8666-777777777777',
        audience: 'https://fabrikamb2c.onmicrosoft.com/todos',
      }),
      (provider) => provider.accessToken({ as: 'mia' }),
    ],
    [
      'a plain OpenID provider',
      (provider) => ({ authority: undefined, oidcAuthority: provider.oidcAuthority }),
      (provider) =>
        provider.accessToken({
          as: 'alex',
          authority: provider.oidcAuthority,
          api: provider.api.clientId,
          scopes: ['Todos.Read'],
        }),
    ],
  ]
  test.for(configurationFaults)(
    '%s is a configuration error',
    async ([, options, token], { open, provider, exchanges }) => {
      const api = await open(options(provider))
      const answer = await api.call('/token', await token(provider))

      expect(answer).toMatchObject({ status: 500, challenge: undefined })
      expect(answer.body).toMatchObject({ failed: 'configuration' })
      expect(exchanges()).toEqual([])
    },
  )

  test.for([
    ['scopes of two APIs', `User.Read ${THINGS}/Things.Read`],
    ['empty scopes', ' '],
    ['scopes of no API', 'openid profile'],
  ] as const)('%s are a configuration error', async ([, scopes], { api, assertion, exchanges }) => {
    const answer = await api.call(`/token?scopes=${encodeURIComponent(scopes)}`, assertion)

    expect(answer).toMatchObject(failed(500, 'configuration'))
    expect(exchanges()).toEqual([])
  })

  test('a provider that is down or returns an invalid response', async ({
    api,
    assertion,
    provider,
  }) => {
    for (const [fault, status, code] of [
      [{ kind: 'status', status: 503, retryAfter: '7' }, 503, 'provider_unavailable'],
      [{ kind: 'drop' }, 503, 'provider_unavailable'],
      [{ kind: 'error', error: 'invalid_client', codes: [7000215] }, 502, 'provider_error'],
      [{ kind: 'html' }, 502, 'invalid_response'],
      [{ kind: 'huge', bytes: 3_000_000 }, 502, 'invalid_response'],
    ] as const) {
      provider.behave({ faults: { token: fault } })
      const answer = await api.call('/token', assertion)

      expect(answer).toMatchObject({ status, challenge: undefined, body: { failed: code } })
      expect(api.errors.at(-1)).toBeInstanceOf(IdentityError)
    }
    provider.behave({ faults: {} })
    await tokenOf(api, assertion)
  })

  test('its own errors are not sent to the client, although they have the same code', async ({
    assertion,
    openApi,
  }) => {
    const own = new IdentityError('interaction_required', 'Of the application itself.', {
      claimsRequest: { id_token: { acrs: { value: 'c9' } } },
    })
    const api = await openApi({}, (express, auth) => {
      express.get(
        '/own',
        auth.authorizationRequired(async () => {
          throw own
        }),
      )
      express.get(
        '/copy',
        auth.authorizationRequired(async (_req, _res, context) => {
          await context.getTokenOnBehalfOf('Mail.Read').catch((error: IdentityError) => {
            throw new IdentityError(error.code, error.message)
          })
        }),
      )
      express.get('/middleware', auth.authorizationRequired(), () => {
        throw own
      })
      express.use(auth.errorHandler)
    })
    for (const path of ['/own', '/copy', '/middleware']) {
      expect(await api.call(path, assertion)).toMatchObject({
        status: 401,
        challenge: undefined,
        body: { failed: 'interaction_required' },
      })
    }
    expect(api.errors).toHaveLength(3)
  })

  test('a rejection after the response has started', async ({ assertion, openApi }) => {
    const api = await openApi({}, (express, auth) => {
      express.get(
        '/late',
        auth.authorizationRequired(async (_req, res, context) => {
          res.write('begun')
          await context.getTokenOnBehalfOf('Mail.Read')
        }),
      )
      express.get('/later', auth.authorizationRequired(), async (req, res) => {
        res.write('begun')
        await auth.contextOf(req).getTokenOnBehalfOf('Mail.Read')
      })
      express.use(auth.errorHandler)
    })
    for (const path of ['/late', '/later']) {
      await expect(api.call(path, assertion)).rejects.toThrow('terminated')
    }

    expect(api.errors).toMatchObject([
      { code: 'interaction_required' },
      { code: 'interaction_required' },
    ])
  })

  test('a handler may catch a rejection and continue without the other API', async ({
    assertion,
    openApi,
  }) => {
    const api = await openApi({}, (express, auth) => {
      express.get(
        '/',
        auth.authorizationRequired(async (_req, res, context) => {
          const result = await context.getTokenOnBehalfOf('Mail.Read').catch(() => undefined)
          res.json({ hasMail: result !== undefined })
        }),
      )
    })

    expect(await api.call('/', assertion)).toMatchObject({
      status: 200,
      body: { hasMail: false },
    })
  })
})

test('log lines and errors never contain an assertion, a token or the secret', async ({
  api,
  assertion,
  rejectWith,
  provider,
}) => {
  const { accessToken } = await tokenOf(api, assertion)
  await api.call('/token?scopes=Mail.Read', assertion)
  rejectWith({
    error: 'invalid_grant',
    description: `AADSTS50013: ${assertion} ${provider.api.clientSecret}`,
  })
  const answer = await api.call('/token?scopes=Notes.Read', assertion)
  const seen = [...api.logs, JSON.stringify(answer.body), JSON.stringify(answer.challenge)].join()

  for (const secret of [assertion, accessToken, provider.api.clientSecret]) {
    expect(seen.includes(secret)).toBe(false)
    expect(seen.includes(secret.slice(-20))).toBe(false)
  }
})
