import * as openid from 'openid-client'
import type { ApiAuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { parseChallenges } from '../../src/client/challenges.ts'
import type { ProtectedApiResponse, ProtectedApi } from '../support/protected-api.ts'

const PREFIX = 'api://todos.contoso.example'
// RFC 6750, section 3: one challenge, each name once, and only characters that need no escape.
const PARAMETER = '[a-z_]+="[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*"'
const STRICT = new RegExp(`^Bearer(?: ${PARAMETER}(?:, ${PARAMETER})*)?$`)
// The largest challenge. Servers and clients usually allow 8 KB of headers.
const MAX_HEADER = 4096

/** Reads the challenge of a response by the grammar and checks that it is unambiguous. */
function strictly({ headers }: ProtectedApiResponse): Record<string, string> {
  const header = headers.get('www-authenticate') ?? ''
  expect(header).toMatch(STRICT)
  expect(header.length).toBeLessThan(MAX_HEADER)
  const names = [...header.matchAll(/(?:^Bearer|,) ([a-z_]+)="/g)].map(([, name]) => name)
  expect(new Set(names).size).toBe(names.length)
  const [challenge, ...others] = parseChallenges(header)
  expect(others).toEqual([])
  expect(challenge?.scheme).toBe('bearer')
  return Object.fromEntries(challenge?.parameters ?? [])
}

function expectJson({ headers, body }: ProtectedApiResponse): Record<string, unknown> {
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(body).toBeTypeOf('object')
  return body as Record<string, unknown>
}

const test = base

  /** The routes of these tests: a user's scope, an app role, a step-up, a `claims` function. */
  .extend('open', ({ openApi }) => (options: ApiAuthOptions = {}): Promise<ProtectedApi> => {
    return openApi(options, (app, api) => {
      const { authorizationRequired: guard } = api
      app.all(
        '/todos',
        guard({ scopes: ['Todos.Read'] }, (_req, res) => void res.json('in')),
      )
      app.get(
        '/write',
        guard({ scopes: 'Todos.Read Todos.ReadWrite' }, (_req, res) => void res.json('in')),
      )
      app.get(
        '/any',
        guard(
          { scopes: { anyOf: ['Todos.ReadWrite', 'Todos.Admin'] } },
          (_req, res) => void res.json('in'),
        ),
      )
      app.get(
        '/jobs',
        guard({ appPermissions: ['Todos.Admin.All'] }, (_req, res) => void res.json('in')),
      )
      app.get(
        '/step-up',
        guard({ scopes: ['Todos.Read'], acrs: ['c1', 'c2'] }, (_req, res) => void res.json('in')),
      )
      app.get(
        '/picky',
        guard({ scopes: ['Todos.Read'], claims: () => false }, (_req, res) => void res.json('in')),
      )
    })
  })
  .extend('api', ({ open }) => open())

describe('a response by RFC 6750', () => {
  test('without a token tells how to get one and does not name an error', async ({ open }) => {
    const api = await open({ resource: 'https://api.contoso.example/v1' })

    const reply = await api.call('/todos')

    expect(reply.status).toBe(401)
    expect(strictly(reply)).toEqual({
      scope: `${PREFIX}/Todos.Read`,
      resource_metadata: 'https://api.contoso.example/.well-known/oauth-protected-resource/v1',
    })
    expect(expectJson(reply)).toEqual({
      error: 'unauthorized',
      error_description: expect.stringContaining('Authorization header'),
    })
  })

  test('without a token contains only the scheme if there is nothing else to say', async ({
    api,
  }) => {
    const reply = await api.call('/jobs')

    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer')
  })

  test.for([
    ['a scheme without a token', { authorization: 'Bearer' }],
    ['a token with a space in it', { authorization: 'Bearer a.b.c d' }],
    ['a token in commas', { authorization: 'Bearer a.b.c, Bearer d.e.f' }],
    ['an empty header', { authorization: '' }],
    ['a token with no scheme', { authorization: 'a.b.c' }],
    ['an unknown scheme', { authorization: 'Token a.b.c' }],
    ['two schemes', { authorization: 'Basic eDp5, Bearer a.b.c' }],
    ['two schemes run together', { authorization: 'Basic eDp5,Bearer a.b.c' }],
  ] as const)('to %s is 400 invalid_request', async ([, headers], { api }) => {
    const reply = await api.call('/todos', undefined, { headers })

    expect(reply.status).toBe(400)
    expect(strictly(reply)).toMatchObject({ error: 'invalid_request' })
    expect(expectJson(reply)).toMatchObject({ error: 'invalid_request' })
  })

  test.for(['Bearer a.b.c, Bearer d.e.f', 'Basic eDp5, Bearer a.b.c', 'Bearer a.b.c,Basic eDp5'])(
    'to two joined headers names the problem: %s',
    async (authorization, { api }) => {
      const reply = await api.call('/todos', undefined, { headers: { authorization } })

      expect(reply.status).toBe(400)
      expect(strictly(reply)['error_description']).toContain('more than one Authorization header')
    },
  )

  test('to a token in both header and URL is 400, and to one only in the URL 401 with advice', async ({
    api,
    provider,
  }) => {
    const token = await provider.accessToken({ as: 'alex' })

    const both = await api.call(`/todos?access_token=${token}`, token)
    const alone = await api.call(`/todos?access_token=${token}`)

    expect(both.status).toBe(400)
    expect(strictly(both)).toMatchObject({ error: 'invalid_request' })
    expect(alone.status).toBe(401)
    expect(strictly(alone)).toEqual({ scope: `${PREFIX}/Todos.Read` })
    expect(expectJson(alone)['error_description']).toContain('URL')
  })

  test('to a token does not change if a URL only seems to contain another one', async ({
    api,
    provider,
  }) => {
    const token = await provider.accessToken({ as: 'alex' })

    for (const query of ['?my_access_token=x', '?q=access_token=x', '?access_tokens=x']) {
      expect((await api.call(`/todos${query}`, token)).status).toBe(200)
      const { body } = await api.call(`/todos${query}`)
      expect(JSON.stringify(body)).not.toContain('URL')
    }
  })

  test('to a bad token is 401 invalid_token, the same in header and body', async ({
    open,
    provider,
  }) => {
    const api = await open({ resource: 'https://api.contoso.example' })
    const token = await provider.accessToken({ as: 'alex', key: 'stranger' })

    const reply = await api.call('/todos', token)

    expect(reply.status).toBe(401)
    const { error, error_description: description, ...rest } = strictly(reply)
    expect(error).toBe('invalid_token')
    expect(description).toBeTruthy()
    expect(rest).toEqual({
      scope: 'api://todos.contoso.example/Todos.Read',
      resource_metadata: 'https://api.contoso.example/.well-known/oauth-protected-resource',
    })
    expect(expectJson(reply)).toEqual({ error, error_description: description })
  })

  test.for([
    [2, 'not a JSON Web Token'],
    [4, 'not a JSON Web Token'],
    [5, 'encrypted'],
    [6, 'not a JSON Web Token'],
  ] as const)('to a token of %i parts names its kind', async ([parts, what], { api }) => {
    const token = Array.from({ length: parts }, () => 'e30').join('.')

    const reply = await api.call('/todos', token)

    expect(reply.status).toBe(401)
    expect(strictly(reply)['error_description']).toContain(what)
  })

  test('during an outage of the provider is 503 without details', async ({ open, provider }) => {
    const lines: [string, string][] = []
    const to =
      (level: string) =>
      (message: string): void =>
        void lines.push([level, message])
    const api = await open({ logger: { info: to('info'), warn: to('warn'), error: to('error') } })
    const token = await provider.accessToken({ as: 'alex' })
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    const reply = await api.call('/todos', token)

    expect(reply.status).toBe(503)
    expect(expectJson(reply)).toEqual({ error: 'provider_unavailable' })
    expect(reply.headers.get('retry-after')).toBe('5')
    expect(reply.headers.has('www-authenticate')).toBe(false)
    expect(lines).toEqual([['warn', expect.stringContaining(provider.origin)]])
  })

  test.for([
    ['/write', ['Todos.Read'], `${PREFIX}/Todos.Read ${PREFIX}/Todos.ReadWrite`],
    ['/any', ['Todos.Read'], `${PREFIX}/Todos.ReadWrite ${PREFIX}/Todos.Admin`],
  ] as const)(
    'to a token without the scopes of %s is 403 with all of them',
    async ([path, scopes, scope], { api, provider }) => {
      const reply = await api.call(path, await provider.accessToken({ as: 'alex', scopes }))

      expect(reply.status).toBe(403)
      expect(strictly(reply)).toMatchObject({ error: 'insufficient_scope', scope })
      expect(expectJson(reply)).toMatchObject({ error: 'insufficient_scope' })
    },
  )

  test('to an application without the role is 403 insufficient_scope without a scope', async ({
    api,
    provider,
  }) => {
    const reply = await api.call('/jobs', await provider.accessToken())

    expect(reply.status).toBe(403)
    const { error, error_description: description, ...rest } = strictly(reply)
    expect(error).toBe('insufficient_scope')
    expect(description).toContain('Todos.Admin.All')
    expect(rest).toEqual({})
  })

  test('to a client, a tenant and claims that are not allowed is 403 without a challenge', async ({
    api: picky,
    provider,
    open,
  }) => {
    const token = await provider.accessToken({ as: 'alex' })
    const closed = await open({ allowedClients: ['99999999-9999-4999-8999-999999999999'] })
    const elsewhere = await open({
      authority: provider.authority('organizations'),
      tenants: ['fab00000-0000-4000-8000-000000000002'],
    })

    for (const reply of [
      await picky.call('/picky', token),
      await closed.call('/todos', token),
      await elsewhere.call('/todos', token),
    ]) {
      expect(reply.status).toBe(403)
      expect(reply.headers.has('www-authenticate')).toBe(false)
      expect(expectJson(reply)).toMatchObject({ error: 'access_denied' })
    }
  })

  test('is understood by another OAuth client', async ({ open, provider }) => {
    const api = await open({ resource: 'https://api.contoso.example' })
    const config = new openid.Configuration(
      { issuer: provider.origin },
      provider.app.clientId,
      undefined,
    )
    openid.allowInsecureRequests(config)
    const challengesFor = async (token: string, path: string): Promise<unknown> => {
      try {
        await openid.fetchProtectedResource(config, token, new URL(api.origin + path), 'GET')
      } catch (error) {
        return (error as { cause: unknown }).cause
      }
      return undefined
    }

    const bad = await challengesFor('a.b.c', '/todos')
    const less = await challengesFor(
      await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] }),
      '/write',
    )

    expect(bad).toMatchObject([{ scheme: 'bearer', parameters: { error: 'invalid_token' } }])
    expect(less).toMatchObject([
      {
        scheme: 'bearer',
        parameters: {
          error: 'insufficient_scope',
          scope: `${PREFIX}/Todos.Read ${PREFIX}/Todos.ReadWrite`,
        },
      },
    ])
  })
})

describe('a claims challenge', () => {
  const wanted = (value: string): object => ({ access_token: { acrs: { essential: true, value } } })
  const claimsIn = (reply: ProtectedApiResponse): unknown =>
    JSON.parse(Buffer.from(strictly(reply)['claims'] ?? '', 'base64').toString('utf8'))

  test('of a route tells a client that supports it which context to request, one after the other', async ({
    api,
    provider,
  }) => {
    const first = await api.call(
      '/step-up',
      await provider.accessToken({ as: 'alex', claims: { xms_cc: ['cp1'] } }),
    )
    const second = await api.call(
      '/step-up',
      await provider.accessToken({ as: 'alex', claims: { xms_cc: ['CP1'], acrs: ['c1'] } }),
    )
    const done = await api.call(
      '/step-up',
      await provider.accessToken({ as: 'alex', claims: { xms_cc: ['cp1'], acrs: ['c2', 'c1'] } }),
    )

    expect([first.status, second.status, done.status]).toEqual([401, 401, 200])
    expect(claimsIn(first)).toEqual(wanted('c1'))
    expect(claimsIn(second)).toEqual(wanted('c2'))
    const { claims, authorization_uri: uri, error, client_id: client } = strictly(first)
    expect(error).toBe('insufficient_claims')
    expect(claims).toMatch(/^[A-Za-z0-9+/]+=*$/)
    expect(uri).toBe(`${provider.authority()}/oauth2/v2.0/authorize`)
    expect(client).toBe(provider.api.clientId)
    expect(expectJson(first)).toMatchObject({ error: 'insufficient_claims' })
  })

  test.for([
    ['no capabilities', undefined],
    ['other capabilities', ['cp2', 'xcp1']],
    ['a capability that is not a string', [{ cp1: true }]],
  ] as const)(
    'is not sent to a client with %s, which does not support it',
    async ([, capabilities], { api, provider }) => {
      const token = await provider.accessToken({ as: 'alex', claims: { xms_cc: capabilities } })

      const reply = await api.call('/step-up', token)

      expect(reply.status).toBe(403)
      expect(reply.headers.has('www-authenticate')).toBe(false)
      expect(expectJson(reply)).toMatchObject({ error: 'access_denied' })
    },
  )

  test('comes after the scopes, so a caller without the scopes does not step up', async ({
    api,
    provider,
  }) => {
    const token = await provider.accessToken({
      as: 'alex',
      scopes: ['Todos.ReadWrite'],
      claims: { xms_cc: ['cp1'] },
    })

    const reply = await api.call('/step-up', token)

    expect(reply.status).toBe(403)
    expect(strictly(reply)).toMatchObject({ error: 'insufficient_scope' })
  })
})

describe('errorBody', () => {
  test.for<[string, () => unknown, string]>([
    [
      'throws',
      () => {
        throw new RangeError('MARKED')
      },
      'RangeError',
    ],
    ['is asynchronous', () => Promise.reject(new Error('MARKED')), 'TypeError'],
    ['returns nothing', () => undefined, 'SyntaxError'],
    ['returns a list', () => [], 'TypeError'],
    ['returns a string', () => 'MARKED', 'TypeError'],
    ['returns a value without JSON', () => ({ id: 1n }), 'TypeError'],
  ])(
    'that %s is replaced by the standard body, and reported',
    async ([, errorBody, reason], { openApi }) => {
      const api = await openApi({ errorBody: errorBody as () => object })

      const reply = await api.call('/')

      expect([reply.status, reply.body]).toMatchObject([401, { error: 'unauthorized' }])
      const logs = api.logs.join('\n')
      expect(logs).toContain(`"hook":"errorBody","reason":"${reason}"`)
      expect(logs).not.toContain('MARKED')
    },
  )

  test('gets the ID and the claims of an error, and the challenge stays', async ({
    openApi,
    provider,
  }) => {
    const api = await openApi({ errorBody: (error) => error }, (app, auth) => {
      app.get(
        '/',
        auth.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, _res, context) => {
          await context.getTokenOnBehalfOf(['User.Read'])
        }),
      )
    })
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'
    provider.behave({
      faults: { token: { kind: 'error', error: 'interaction_required', status: 400, claims } },
    })

    const reply = await api.call('/', await provider.accessToken({ as: 'alex' }))

    expect([reply.status, reply.body]).toEqual([
      401,
      {
        status: 401,
        code: 'insufficient_claims',
        message: expect.any(String),
        correlationId: expect.any(String),
        claims,
      },
    ])
    expect(reply.challenge?.['claims']).toBe(btoa(claims))
  })
})

describe('hostile tokens', () => {
  const HOSTILE = [
    ['quotes', 'x", error="none", realm="'],
    ['backslashes', 'x\\", scope="\\'],
    ['line breaks', 'x\r\nSet-Cookie: a=b\r\n\r\n<script>'],
    ['a null and other controls', 'x\u0000\u0007\u001b[31m'],
    ['letters beyond ASCII', 'ünïcödé \u{1f4a3} \u202e\u2028'],
    ['a long text', 'x'.repeat(9000)],
    ['markup', '<img src=x onerror=alert(1)>'],
  ] as const

  async function expectCalm(api: ProtectedApi, reply: ProtectedApiResponse): Promise<void> {
    expect(reply.status).toBe(401)
    expect(strictly(reply)).toMatchObject({ error: 'invalid_token' })
    expect(reply.headers.getSetCookie()).toEqual([])
    const { error_description: description } = expectJson(reply)
    expect(description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(String(description).length).toBeLessThan(600)
    expect(api.errors).toEqual([])
    // The log shows one entry, without characters that control a terminal.
    const messages = api.logs.map((line) => line.slice(0, line.lastIndexOf(' {')))
    expect(messages).not.toEqual([])
    for (const message of messages) {
      expect(message).toMatch(/^[\x20-\x7e]*$/)
      expect(message.length).toBeLessThan(600)
    }
  }

  describe.each(HOSTILE)('with %s', (_, text) => {
    test.for(['aud', 'iss', 'ver', 'tid'])(
      'in %s get a well-formed response',
      async (claim, { api, provider }) => {
        const token = await provider.accessToken({ as: 'alex', claims: { [claim]: text } })

        await expectCalm(api, await api.call('/todos', token))
      },
    )

    test.for(['alg', 'kid', 'typ'])(
      'in the header as %s get one as well',
      async (parameter, { api, provider }) => {
        const [head = '', payload, signature] = (await provider.accessToken({ as: 'alex' })).split(
          '.',
        )
        const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as object
        const forged = Buffer.from(JSON.stringify({ ...header, [parameter]: text })).toString(
          'base64url',
        )

        await expectCalm(api, await api.call('/todos', `${forged}.${payload}.${signature}`))
      },
    )
  })

  test.for([
    ['numbers', 7],
    ['null', null],
    ['objects', { toString: 'x', length: 3 }],
    ['nested lists', [[['x']]]],
    ['booleans', true],
  ] as const)('with %s instead of strings get one', async ([, value], { api, provider }) => {
    for (const claim of ['aud', 'iss', 'ver', 'tid', 'exp', 'nbf', 'iat']) {
      // Long ago, which only matters for the expiry.
      if (value === 7 && ['exp', 'nbf', 'iat'].includes(claim)) continue
      const token = await provider.accessToken({ as: 'alex', claims: { [claim]: value } })
      await expectCalm(api, await api.call('/todos', token))
    }
  })

  test('a client ID with quotes is rejected without a failure', async ({ open, provider }) => {
    const api = await open({ allowedClients: [provider.app.clientId] })
    const azp = 'x"\r\nSet-Cookie: a=b'

    const reply = await api.call(
      '/todos',
      await provider.accessToken({ as: 'alex', claims: { azp } }),
    )

    expect(reply.status).toBe(403)
    expect(expectJson(reply)['error_description']).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(api.logs.join('')).not.toContain('Set-Cookie: ')
  })
})

test('responses and log lines never contain a token or a secret', async ({ open, provider }) => {
  const secret = 'MARKED-client-secret-0123456789'
  const api = await open({ clientCredential: secret })
  const tokens = [
    await provider.accessToken({ as: 'alex' }),
    await provider.accessToken({ as: 'alex', key: 'stranger' }),
    await provider.accessToken({ as: 'alex', expiresIn: -3600 }),
    await provider.accessToken({ as: 'alex', claims: { aud: 'other' } }),
    await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] }),
    await provider.accessToken(),
    'MARKED.MARKED.MARKED',
    'MARKED-key-without-dots',
  ]
  const seen: string[] = []
  for (const token of tokens) {
    for (const path of ['/todos', '/write', '/jobs', '/step-up', '/picky']) {
      for (const authorization of [
        `Bearer ${token}`,
        `bearer  ${token}`,
        `Bearer "${token}"`,
        `Basic ${token}`,
        `DPoP ${token}`,
        `${token} Bearer`,
        token,
      ]) {
        const reply = await api.call(path, undefined, { headers: { authorization } })
        seen.push(JSON.stringify([...reply.headers]), JSON.stringify(reply.body))
      }
      const reply = await api.call(`${path}?access_token=${token}`)
      seen.push(JSON.stringify([...reply.headers]), JSON.stringify(reply.body))
    }
  }

  const everything = [...seen, ...api.logs].join('\n').toLowerCase()
  expect(api.logs.length).toBeGreaterThan(50)
  const secrets = ['marked', ...tokens.flatMap((token) => token.toLowerCase().split('.'))]
  expect(secrets.filter((text) => everything.includes(text.slice(0, 16)))).toEqual([])
})

test('each rejection is logged once at info, with its reason', async ({ open, provider }) => {
  const levels: [string, string][] = []
  const to =
    (level: string) =>
    (message: string): void =>
      void levels.push([level, message])
  const api = await open({
    logger: { debug: to('debug'), info: to('info'), warn: to('warn'), error: to('error') },
  })

  await api.call('/todos', await provider.accessToken({ as: 'alex', expiresIn: -3600 }))
  await api.call('/write', await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] }))
  await api.call('/picky', await provider.accessToken({ as: 'alex' }))

  expect(levels).toEqual([
    ['info', expect.stringContaining('expired')],
    ['info', expect.stringContaining('Todos.ReadWrite')],
    ['info', expect.stringContaining('claims')],
  ])
})
