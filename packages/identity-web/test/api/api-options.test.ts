import { createServer } from 'node:http'
import express from 'express'
import { ApiAuth } from 'identity-web/express'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { close, listen } from '../support/site.ts'

const OTHER = '99999999-9999-4999-8999-999999999999'

const SECRET = 'a-secret-of-thirty-two-characters'

/** Valid options, for a provider that does not run. */
const RIGHT = {
  authority: 'http://localhost:1/contoso.onmicrosoft.com',
  clientId: '22222222-3333-4444-8555-666666666666',
}

interface Configured {
  /** The messages that were logged as errors when the API was made. */
  readonly problems: string[]
  /** The statuses of a wrapped route and of the middleware form, and the body of both. */
  readonly statuses: number[]
  readonly bodies: unknown[]
  readonly caching: (string | null)[]
  readonly api: ApiAuth
  readonly reached: number
}

/** Makes an `ApiAuth` whose logs are recorded, and calls its routes with a token. */
async function configure(
  options: object,
  {
    environment = {},
    token = 'a.b.c',
  }: { environment?: Record<string, string>; token?: string } = {},
): Promise<Configured> {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('IDENTITY_')) vi.stubEnv(name, undefined)
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const logged: string[] = []
  let reached = 0
  const app = express()
  const api = new ApiAuth(app, {
    logger: { error: (message: string) => void logged.push(message) },
    ...options,
  })
  vi.unstubAllEnvs()
  const problems = [...logged]
  app.get(
    '/wrapped',
    api.authorizationRequired({ scopes: ['Todos.Read'] }, (_req, res) => {
      reached++
      res.json('in')
    }),
  )
  const anyCaller = { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] }
  app.use('/middleware', api.authorizationRequired(anyCaller), (_req, res) => {
    reached++
    res.json('in')
  })
  const server = createServer(app)
  const origin = await listen(server)
  const answers = await Promise.all(
    ['/wrapped', '/middleware'].map((path) =>
      fetch(origin + path, { headers: { authorization: `Bearer ${token}` } }),
    ),
  )
  const bodies = await Promise.all(answers.map((answer) => answer.json() as Promise<unknown>))
  await close(server)
  return {
    problems,
    statuses: answers.map(({ status }) => status),
    bodies,
    caching: answers.map(({ headers }) => headers.get('cache-control')),
    api,
    reached,
  }
}

const only = (...sentences: unknown[]): unknown[] => sentences
const saying = (pattern: RegExp): unknown => expect.stringMatching(pattern)

const test = base
  .extend('mine', ({ provider }) => (): object => ({
    authority: provider.authority(),
    clientId: provider.api.clientId,
  }))
  .extend(
    'tokenFor',
    ({ provider }) =>
      (aud: string): Promise<string> =>
        provider.accessToken({
          as: 'alex',
          authority: provider.oidcAuthority,
          api: aud,
          scopes: ['Todos.Read'],
        }),
  )
  .extend(
    'askWith',
    ({ provider, tokenFor }) =>
      async (options: object, aud: string): Promise<number[]> => {
        const { problems, statuses } = await configure(
          { oidcAuthority: provider.oidcAuthority, ...options },
          { token: await tokenFor(aud) },
        )
        expect(problems).toEqual([])
        return statuses
      },
  )

describe('the options of ApiAuth', () => {
  test('without any option, the message names what is missing, with option, variable and example', async () => {
    const { problems } = await configure({})

    expect(problems).toEqual([
      saying(
        /^authority is not configured.*ApiAuth\(\{ authority \}\) or IDENTITY_AUTHORITY, for example https:\/\//,
      ),
      saying(/clientId is not configured.*ApiAuth\(\{ clientId \}\) or IDENTITY_CLIENT_ID/),
    ])
    expect(problems.join('\n')).not.toMatch(/\bAuth\(/)
  })

  test('do not need a secret, a session or a redirect URI', async () => {
    const { problems, statuses } = await configure(RIGHT)

    expect(problems).toEqual([])
    expect(statuses).toEqual([401, 401])
  })

  test('all problems are reported together', async () => {
    const { problems } = await configure({
      authority: 'http://login.example.com/contoso',
      audience: 7,
      allowedClients: [],
      resource: 'http://api.contoso.com',
      longRunning: { store: {}, secret: 'short' },
      timeoutSeconds: -1,
      tenants: ['contoso'],
      clientCapabilities: 'cp1',
      clientSecret: 'one',
      clientCredential: 'other',
      audiences: ['x'],
      redirectUri: 'http://localhost:3000/redirect',
    })

    for (const pattern of [
      /authority must start with https/,
      /clientId is not configured/,
      /audience must be a list of strings/,
      /allowedClients must be a list of client IDs/,
      /resource must be the https/,
      /longRunning\.store must have the methods get, set and delete/,
      /longRunning\.secret is shorter than 32/,
      /timeoutSeconds must be a number greater than 0/,
      /tenants must be/,
      /clientCapabilities must be a list/,
      /clientCredential and clientSecret are both configured/,
      /ApiAuth has no option audiences\. Did you mean audience\?/,
      /ApiAuth has no option redirectUri\./,
    ]) {
      expect(problems).toContainEqual(saying(pattern))
    }
    expect(problems).toHaveLength(13)
    expect(problems.join('\n')).not.toMatch(/\bAuth\(/)
  })

  test.each([
    ['audience', 7],
    ['audience', [7]],
    ['audience', null],
    ['audience', { 0: 'api://x' }],
    ['allowedClients', []],
    ['allowedClients', OTHER],
    ['allowedClients', [undefined]],
    ['allowedClients', null],
    ['allowedClients', new Set([OTHER])],
    ['resource', 'api.contoso.com'],
    ['resource', 'http://api.contoso.com'],
    ['resource', 'https://api.contoso.com/?a=b'],
    ['resource', 'https://api.contoso.com/#top'],
    ['resource', 'https://api.contoso.com/v1#'],
    ['resource', 'https://api.contoso.com/v1?'],
    ['resource', 'https://user@api.contoso.com'],
    ['resource', 'https://:MARKED@api.contoso.com/v1'],
    ['resource', 'ftp://api.contoso.com'],
    ['resource', 7],
    ['resource', null],
    ['cacheEntries', 0],
    ['cacheEntries', -1],
    ['cacheEntries', 1.5],
    ['cacheEntries', NaN],
    ['cacheEntries', Infinity],
    ['cacheEntries', 1_000_001],
    ['cacheEntries', '1000'],
    ['cacheEntries', null],
  ])('%s may not be %o, and the message shows a valid value', async (option, value) => {
    const { problems, statuses } = await configure({ ...RIGHT, [option]: value })

    expect(problems).toEqual(only(saying(new RegExp(`^${option} must be .*, for example .+`))))
    expect(problems.join('')).not.toContain('MARKED')
    expect(statuses).toEqual([500, 500])
  })

  test.each([1, 1000, 1_000_000])('cacheEntries may be %i', async (cacheEntries) => {
    expect((await configure({ ...RIGHT, cacheEntries })).problems).toEqual([])
  })

  test.each([
    ['https://api.contoso.com'],
    ['https://api.contoso.com:8443/v1/'],
    ['http://localhost:3000'],
    ['http://127.0.0.1:3000/api'],
  ])('resource may be %s', async (resource) => {
    expect((await configure({ ...RIGHT, resource })).problems).toEqual([])
  })

  test.each([
    ['no store', { secret: SECRET }, /longRunning\.store/],
    ['a store without delete', { store: { get: 1, set: 1 }, secret: SECRET }, /\.store/],
    ...['get', 'set', 'delete'].map((name): [string, object, RegExp] => [
      `a store whose ${name} is no function`,
      {
        store: { get: () => null, set: () => null, delete: () => null, [name]: 'x' },
        secret: SECRET,
      },
      /\.store must have the methods get, set and delete/,
    ]),
    [
      'a secret that is not a string',
      { store: new Map(), secret: [new Uint8Array(32)] },
      /longRunning\.secret/,
    ],
    ['no secret', { store: new Map() }, /longRunning\.secret.*IDENTITY_SESSION_SECRET/],
    ['an empty list of secrets', { store: new Map(), secret: [] }, /longRunning\.secret/],
    ['an empty secret', { store: new Map(), secret: '' }, /longRunning\.secret/],
    [
      'a short one among secrets',
      { store: new Map(), secret: [SECRET, 'MARKED'] },
      /longRunning\.secret/,
    ],
    [
      'a secret of one repeated character',
      { store: new Map(), secret: 'x'.repeat(64) },
      /longRunning\.secret has fewer than 6 different characters/,
    ],
    [
      'a secret that repeats a word',
      { store: new Map(), secret: 'change-me'.repeat(4) },
      /longRunning\.secret repeats a short string/,
    ],
    ['a misspelt name', { store: new Map(), secret: SECRET, ttl: 5 }, /no option longRunning\.ttl/],
  ])('longRunning may not have %s', async (_, longRunning, pattern) => {
    const { problems } = await configure({ ...RIGHT, longRunning })

    expect(problems).toEqual(only(saying(pattern)))
    expect(problems.join('')).not.toContain('MARKED')
  })

  test('an authority on this machine causes a warning in production only', async () => {
    const warnings: string[] = []
    const logger = { warn: (message: string) => void warnings.push(message) }

    await configure({ ...RIGHT, logger }, { environment: { NODE_ENV: 'development' } })
    expect(warnings).toEqual([])
    await configure({ ...RIGHT, logger }, { environment: { NODE_ENV: 'production' } })

    expect(warnings).toEqual([
      saying(/The authority is a URL of this machine.* Change ApiAuth\(\{ authority \}\)/),
    ])
  })

  test('longRunning may not be null', async () => {
    const { problems, statuses } = await configure({ ...RIGHT, longRunning: null })

    expect(problems).toContainEqual(saying(/longRunning\.store/))
    expect(statuses).toEqual([500, 500])
  })

  test('a secret for longRunning may come from the environment', async () => {
    const { problems } = await configure(
      { ...RIGHT, longRunning: { store: new Map() } },
      { environment: { IDENTITY_SESSION_SECRET: SECRET } },
    )

    expect(problems).toEqual([])
  })

  test('the credential is checked and never shown', async () => {
    const { problems, bodies } = await configure({ ...RIGHT, clientCredential: 'MARKED\nsecret' })

    expect(problems).toEqual(only(saying(/clientCredential contains a line break/)))
    expect(JSON.stringify([problems, bodies])).not.toContain('MARKED')
  })

  test('two authorities are rejected', async () => {
    const { problems } = await configure({ ...RIGHT, oidcAuthority: 'https://id.example.com' })

    expect(problems).toEqual(
      only(
        saying(/authority and oidcAuthority are both configured.*ApiAuth\(\{ oidcAuthority \}\)/),
      ),
    )
  })

  test('Azure AD B2C has its own options', async ({ provider }) => {
    const right = { ...RIGHT, authority: undefined, b2c: provider.b2c }
    const missing = { ...RIGHT, authority: undefined, b2c: { tenantName: 'fabrikam' } }

    expect((await configure(right)).problems).toEqual([])
    expect(
      (await configure({ ...right, b2c: { ...provider.b2c, tenant: 'fabrikam' } })).problems,
    ).toEqual(only(saying(/ApiAuth has no option b2c\.tenant\./)))
    expect((await configure(missing)).problems).toEqual(
      only(
        saying(
          /b2c\.signUpSignInUserFlow is not configured.*ApiAuth\(\{ b2c.*IDENTITY_B2C_SIGN_UP/,
        ),
      ),
    )
  })
})

describe('an ApiAuth with wrong options', () => {
  test('returns 500 on guarded routes, whatever the token', async ({ provider }) => {
    const token = await provider.accessToken({ as: 'alex' })
    const { statuses, bodies, caching, reached, problems } = await configure(
      { authority: provider.authority(), clientId: provider.api.clientId, resource: 'x' },
      { token },
    )

    expect(statuses).toEqual([500, 500])
    for (const body of bodies) {
      expect(body).toEqual({
        error: 'configuration',
        problems: problems.map((problem) => expect.objectContaining({ message: problem })),
      })
    }
    expect(caching).toEqual(['no-store', 'no-store'])
    expect(reached).toBe(0)
    expect(provider.requests).toEqual([])
  })

  test('does not return tokens', async () => {
    const { api } = await configure({ ...RIGHT, resource: 'x' })

    for (const ask of [
      api.getTokenForClient('https://graph.microsoft.com/.default'),
      api.getTokenInLongRunningProcess('key', 'User.Read'),
      api.stopLongRunningProcess('key'),
    ]) {
      await expect(ask).rejects.toMatchObject({
        code: 'configuration',
        message: expect.stringContaining('resource'),
      })
    }
  })

  test('is reported on the console without a logger', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue()

    await configure({ logger: undefined })

    expect(error).toHaveBeenCalledTimes(2)
  })
})

describe('the environment', () => {
  test('may contain all options', async ({ provider }) => {
    const token = await provider.accessToken({ as: 'alex', claims: { aud: 'api://other' } })
    const { problems, statuses } = await configure(
      {},
      {
        token,
        environment: {
          IDENTITY_AUTHORITY: provider.authority(),
          IDENTITY_CLIENT_ID: OTHER,
          IDENTITY_CLIENT_SECRET: 'secret',
          IDENTITY_AUDIENCE: 'api://todos.contoso.example api://other',
          IDENTITY_RESOURCE: 'https://api.contoso.example',
        },
      },
    )

    expect(problems).toEqual([])
    expect(statuses).toEqual([200, 200])
  })

  test('is overridden by the code, also for the audience', async ({ provider }) => {
    const token = await provider.accessToken({ as: 'alex', claims: { aud: 'api://other' } })
    const { statuses } = await configure(
      { authority: provider.authority(), clientId: OTHER, audience: ['api://mine'] },
      {
        token,
        environment: { IDENTITY_AUDIENCE: 'api://other', IDENTITY_CLIENT_ID: 'api://other' },
      },
    )

    expect(statuses).toEqual([401, 401])
  })

  test('treats an empty variable as missing', async () => {
    const { problems } = await configure(RIGHT, {
      environment: {
        IDENTITY_AUDIENCE: '',
        IDENTITY_RESOURCE: '',
        IDENTITY_OIDC_AUTHORITY: '',
        IDENTITY_CLIENT_SECRET: '',
      },
    })

    expect(problems).toEqual([])
  })

  test('is checked like the code', async () => {
    const { problems } = await configure(
      {},
      { environment: { IDENTITY_AUTHORITY: 'contoso', IDENTITY_RESOURCE: 'api.contoso.com' } },
    )

    expect(problems).toEqual([
      saying(/authority is not a URL.*ApiAuth\(\{ authority \}\) or IDENTITY_AUTHORITY/),
      saying(/clientId is not configured/),
      saying(/resource must be.*IDENTITY_RESOURCE/),
    ])
  })
})

describe('the effect of the options', () => {
  test.for([
    ['the client id', '22222222-3333-4444-8555-666666666666', 200],
    ['api:// and the client id', 'api://22222222-3333-4444-8555-666666666666', 200],
    ['that with a slash', 'api://22222222-3333-4444-8555-666666666666/', 200],
    ['the App ID URI that is configured', 'api://todos.contoso.example', 200],
    ['that with a slash', 'api://todos.contoso.example/', 200],
    ['the beginning of it', 'api://todos.contoso', 401],
    ['more than it', 'api://todos.contoso.example/x', 401],
    ['it in capitals', 'API://TODOS.CONTOSO.EXAMPLE', 401],
    ['two slashes', 'api://todos.contoso.example//', 401],
    ['nothing', '', 401],
    ['a slash', '/', 401],
  ] as const)('a token for %s (%s) gets status %i', async ([, aud, status], { mine, provider }) => {
    const { statuses } = await configure(
      { ...mine(), audience: ['api://todos.contoso.example', '', '/'].slice(0, 2) },
      { token: await provider.accessToken({ as: 'alex', claims: { aud } }) },
    )

    expect(statuses).toEqual([status, status])
  })

  test('allowedClients are client IDs in any case, for users and applications', async ({
    provider,
    mine,
  }) => {
    const user = await provider.accessToken({ as: 'alex' })
    const application = await provider.accessToken()
    const nameless = await provider.accessToken({
      as: 'alex',
      header: { typ: 'at+jwt' },
      claims: { azp: undefined },
    })
    const letters = 'abcdefab-cdef-4abc-8def-abcdefabcdef'
    const capital = await provider.accessToken({
      as: 'alex',
      claims: { azp: letters.toUpperCase() },
    })

    const askFor = async (allowedClients: string[], token: string): Promise<number[]> =>
      (await configure({ ...mine(), allowedClients }, { token })).statuses

    const { clientId } = provider.app
    expect(await askFor([OTHER, clientId], user)).toEqual([200, 200])
    expect(await askFor([clientId], application)).toEqual([403, 200])
    expect(await askFor([OTHER], user)).toEqual([403, 403])
    expect(await askFor([OTHER], application)).toEqual([403, 403])
    expect(await askFor([clientId, ''], nameless)).toEqual([403, 403])
    expect(await askFor([letters], capital)).toEqual([200, 200])
    expect(await askFor([letters.toUpperCase()], capital)).toEqual([200, 200])
    expect(await askFor([clientId.slice(0, -1)], user)).toEqual([403, 403])
  })

  test('a list that is changed later has no effect', async ({ mine, provider }) => {
    const allowedClients = [OTHER]
    const audience = ['api://mine']
    const app = express()
    const api = new ApiAuth({ ...mine(), allowedClients, audience })
    app.get(
      '/',
      api.authorizationRequired((_req, res) => void res.json('in')),
    )
    allowedClients.push(provider.app.clientId)
    audience.push('api://other')
    const server = createServer(app)
    const origin = await listen(server)
    const token = await provider.accessToken({ as: 'alex' })

    const { status } = await fetch(origin, { headers: { authorization: `Bearer ${token}` } })
    await close(server)

    expect(status).toBe(403)
  })
})

describe('at a provider other than Microsoft’s', () => {
  const AUDIENCE = 'https://todos.contoso.example/api'

  test('the audience is enough without a client ID', async ({ askWith }) => {
    expect(await askWith({ audience: AUDIENCE }, AUDIENCE)).toEqual([200, 200])
    expect(await askWith({ audience: ['first', AUDIENCE] }, AUDIENCE)).toEqual([200, 200])
    expect(await askWith({ audience: ['first', AUDIENCE] }, 'first')).toEqual([200, 200])
    expect(await askWith({ audience: AUDIENCE }, 'https://other.example')).toEqual([401, 401])
    expect(await askWith({ audience: AUDIENCE, clientId: '' }, AUDIENCE)).toEqual([200, 200])
  })

  test('the environment may contain both', async ({ tokenFor, provider }) => {
    const { problems, statuses } = await configure(
      {},
      {
        token: await tokenFor(AUDIENCE),
        environment: {
          IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority,
          IDENTITY_AUDIENCE: AUDIENCE,
          IDENTITY_CLIENT_ID: '',
        },
      },
    )

    expect(problems).toEqual([])
    expect(statuses).toEqual([200, 200])
  })

  test('a client ID is used in addition to the audience', async ({ askWith }) => {
    const both = { clientId: 'todos', audience: AUDIENCE }

    expect(await askWith(both, 'todos')).toEqual([200, 200])
    expect(await askWith(both, AUDIENCE)).toEqual([200, 200])
    expect(await askWith({ clientId: 'todos' }, AUDIENCE)).toEqual([401, 401])
    expect(await askWith({ clientId: 'todos' }, 'api://todos')).toEqual([401, 401])
  })

  test.each([
    ['nothing', {}],
    ['an empty audience', { audience: '' }],
    ['an empty list', { audience: [] }],
    ['spaces', { audience: '  ' }],
    ['a resource alone', { resource: 'https://api.contoso.example' }],
  ])('%s instead of both is not enough', async (_, options) => {
    const { problems } = await configure({ oidcAuthority: 'http://localhost:1/oidc', ...options })

    expect(problems).toContainEqual(saying(/clientId is not configured/))
  })

  test('at Microsoft an audience does not replace the client ID', async () => {
    const { problems } = await configure({ authority: RIGHT.authority, audience: 'api://todos' })

    expect(problems).toEqual(only(saying(/clientId is not configured/)))
  })

  test.for([
    ['https://api.contoso.example', 'https://api.contoso.example', 200],
    ['https://api.contoso.example', 'https://api.contoso.example/', 200],
    ['https://api.contoso.example/', 'https://api.contoso.example', 200],
    ['https://api.contoso.example/v1', 'https://api.contoso.example/v1', 200],
    ['https://api.contoso.example/v1', 'https://api.contoso.example/v1/', 200],
    ['https://api.contoso.example/v1/', 'https://api.contoso.example/v1', 200],
    ['https://api.contoso.example/v1', 'https://api.contoso.example', 401],
    ['https://api.contoso.example', 'https://api.contoso.example/v1', 401],
    ['https://api.contoso.example', 'https://api.contoso.example:8443', 401],
    ['https://api.contoso.example', 'http://api.contoso.example', 401],
  ] as const)(
    'with the resource %s, a token for %s gets status %i',
    async ([resource, aud, status], { askWith }) => {
      expect(await askWith({ clientId: 'todos', resource }, aud)).toEqual([status, status])
    },
  )

  test('at Microsoft the resource is not an audience', async ({ provider }) => {
    for (const aud of ['https://api.contoso.example', 'https://api.contoso.example/']) {
      const { problems, statuses } = await configure(
        {
          authority: provider.authority(),
          clientId: provider.api.clientId,
          resource: 'https://api.contoso.example',
        },
        { token: await provider.accessToken({ as: 'alex', claims: { aud } }) },
      )
      expect(problems).toEqual([])
      expect(statuses).toEqual([401, 401])
    }
  })
})
