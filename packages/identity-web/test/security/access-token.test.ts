import { createServer } from 'node:http'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, type JWK } from 'jose'
import {
  defaultConfig,
  type AccessTokenRequest,
  type AppConfig,
  type DevProvider,
  type Tamper,
} from 'identity-web-dev'
import type { ApiAuthOptions } from 'identity-web/express'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startApi } from '../support/api.ts'
import { asked } from '../support/attack.ts'
import {
  expectVerified,
  makeKnown,
  startProtectedApi,
  type ApiReply,
  type ProtectedApi,
} from '../support/protected-api.ts'
import { sendRaw } from '../support/raw.ts'
import { close, listen, startDevProvider } from '../support/site.ts'

const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
const CLIENT = '11111111-2222-4333-8444-555555555555'
const TODO_API = '22222222-3333-4444-8555-666666666666'
const TODO_URI = 'api://todos.contoso.example'
const B2C_API = '33333333-4444-4555-8666-777777777777'
const OLD_API = '44444444-5555-4666-8777-888888888888'
const PLAIN_API = 'https://todos.example'
const GRAPH = '00000003-0000-0000-c000-000000000000'
const OTHER = '99999999-9999-4999-8999-999999999999'
const ROLE = 'Todos.Read.All'
const DAY = 24 * 3600

const oldApi: AppConfig = {
  ...defaultConfig.apps.find(({ clientId }) => clientId === TODO_API)!,
  clientId: OLD_API,
  idUri: 'api://old-todos.contoso.example',
  accessTokenVersion: 1,
}

type JsonObject = Record<string, unknown>
type Jwk = JsonWebKey & JsonObject

/** The clock of provider and API: it stands still, so that a second is exactly one. */
const start = Math.floor(Date.now() / 1000)
let seconds = start
const now = (): number => seconds * 1000

let provider: DevProvider
let attackersKey: CryptoKey
let attackersJwk: JWK

beforeAll(async () => {
  provider = await startDevProvider({ now, config: { apps: [...defaultConfig.apps, oldApi] } })
  const pair = await generateKeyPair('RS256')
  attackersKey = pair.privateKey
  attackersJwk = await exportJWK(pair.publicKey)
})
afterAll(() => provider.close())
beforeEach(() => {
  seconds = start
  provider.reset()
})

const ROUTES = {
  '/any': {},
  '/read': { scopes: 'Todos.Read' },
  '/write-or-read': { anyScope: 'Todos.Read Todos.ReadWrite' },
  '/role': { roles: ROLE },
  '/both': { scopes: 'Todos.Read', roles: ROLE },
  '/apps': { appOnly: true },
  '/users': { userOnly: true },
  '/proto-scope': { scopes: '__proto__' },
  '/constructor-scope': { anyScope: ['constructor', 'toString', 'length'] },
  '/proto-role': { roles: ['__proto__', 'constructor', 'includes'] },
} as const

interface GuardedApi extends ProtectedApi {
  /** The tokens whose requests reached a handler. */
  readonly letIn: string[]
}

async function open(options: ApiAuthOptions = {}): Promise<GuardedApi> {
  const letIn: string[] = []
  const site = await startProtectedApi(provider, { now, ...options }, (app, api) => {
    for (const [path, requirement] of Object.entries(ROUTES)) {
      app.all(
        path,
        api.authorizationRequired(requirement, (_req, res, { token, user, app: caller }) => {
          letIn.push(token)
          res.json({ user, app: caller })
        }),
      )
    }
  })
  return { ...site, letIn }
}

/** An API that has its provider's documents: from now on it remembers whom it verified twice. */
async function openWarm(): Promise<GuardedApi> {
  const api = await open()
  await expectLetIn(api, await version1({ as: 'kim', authority: CONTOSO }))
  await expectLetIn(api, await alexs({ as: 'kim', authority: CONTOSO }))
  api.letIn.length = 0
  return api
}

/** An API that knows a token: it lets it in without verifying it. */
async function openKnowing(token: string): Promise<GuardedApi> {
  const api = await openWarm()
  await makeKnown(api, token, '/any')
  api.letIn.length = 0
  return api
}

const openPlain = (): Promise<GuardedApi> =>
  open({
    authority: undefined,
    oidcAuthority: provider.oidcAuthority,
    clientId: PLAIN_API,
    audience: undefined,
  })

const alexs = (request: AccessTokenRequest = {}): Promise<string> =>
  provider.accessToken({ as: 'alex', api: TODO_API, ...request })

const apps = (request: AccessTokenRequest = {}): Promise<string> =>
  provider.accessToken({ api: TODO_API, ...request })

const version1 = (request: AccessTokenRequest = {}): Promise<string> =>
  provider.accessToken({ api: OLD_API, ...request, claims: { aud: TODO_URI, ...request.claims } })

const claimed = (claims: JsonObject): Promise<string> => alexs({ claims })

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A token with any header at all, under the signature of a right one. */
async function underHeader(header: JsonObject): Promise<string> {
  return (await alexs()).replace(/^[^.]+/, encode(header))
}

/** The key id of personal accounts' tokens. */
async function consumersKid(): Promise<string> {
  return decodeProtectedHeader(await provider.accessToken({ as: 'charlie' })).kid!
}

/** What a caller sees of a refusal, whatever it is: no token, no way in. */
function expectNoWayIn(api: GuardedApi, reply: ApiReply, credentials: string): void {
  expect(api.letIn).toEqual([])
  expect(api.errors).toEqual([])
  expect(reply.headers.get('cache-control')).toBe('no-store')
  const said = `${JSON.stringify(reply.body)} ${reply.headers.get('www-authenticate')} ${api.logs.join('\n')}`
  for (const part of credentials.split('.').filter(({ length }) => length > 20)) {
    expect(said).not.toContain(part.slice(0, 20))
  }
}

interface Refusal {
  readonly path?: keyof typeof ROUTES
  readonly status?: number
  readonly error?: string
  readonly init?: RequestInit
}

/** A token that is refused for a reason, which the caller and the log are told. */
async function expectRefused(
  api: GuardedApi,
  token: string,
  reason: string,
  { path = '/any', status = 401, error = 'invalid_token', init }: Refusal = {},
): Promise<void> {
  const reply = await api.call(path, token, init)

  expect(reply.body).toEqual({
    error,
    error_description: expect.stringContaining(reason) as unknown,
  })
  expect(reply.status).toBe(status)
  expectNoWayIn(api, reply, token)
  expect(api.logs.join('\n')).toContain(reason)
  // What no token would change has no challenge.
  expect(reply.challenge?.['error']).toBe(error === 'access_denied' ? undefined : error)
  expect(reply.challenge?.['error_description'] ?? reason).toContain(reason)
}

const expectInsufficient = (
  api: GuardedApi,
  path: keyof typeof ROUTES,
  token: string,
  reason: string,
): Promise<void> =>
  expectRefused(api, token, reason, { path, status: 403, error: 'insufficient_scope' })

async function expectLetIn(
  api: GuardedApi,
  token: string,
  path: keyof typeof ROUTES = '/any',
): Promise<void> {
  const { status, body } = await api.call(path, token)
  expect({ status, body }).toEqual({ status: 200, body: expect.anything() as unknown })
}

/** Sends an `Authorization` header as it is. */
const send = (api: GuardedApi, authorization: string, path = '/any'): Promise<ApiReply> =>
  api.call(path, undefined, { headers: { authorization } })

/** A real ID token, of a sign-in at a client. */
async function idTokenOf(
  clientId: string,
  { authority = provider.authority(), paths = '/oauth2/v2.0', as = 'alex' } = {},
): Promise<string> {
  provider.behave({ consent: 'skip' })
  const app = provider.config.apps.find((one) => one.clientId === clientId)
  const redirect = 'http://localhost/callback'
  const request = new URL(`${authority}${paths}/authorize`)
  request.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'openid profile',
    nonce: 'nonce-of-the-sign-in',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString()
  const { url } = await provider.signIn(request, { as })
  const answer = await fetch(`${authority}${paths}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: clientId,
      ...(app?.clientSecret !== undefined && { client_secret: app.clientSecret }),
      grant_type: 'authorization_code',
      code: url.searchParams.get('code') ?? '',
      redirect_uri: redirect,
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    }),
  })
  const { id_token: token } = (await answer.json()) as { id_token?: string }
  if (token === undefined) throw new Error('There is no ID token')
  return token
}

describe('a signature', () => {
  const forgeries: [what: string, make: () => Promise<string>, reason: string][] = [
    ['is missing (alg none)', () => alexs({ header: { alg: 'none' } }), 'algorithm none'],
    [
      'is missing, and alg is spelt otherwise',
      () => underHeader({ alg: 'nOnE', typ: 'JWT' }),
      'algorithm nOnE',
    ],
    [
      'is missing under the right algorithm',
      async () => (await alexs()).replace(/[^.]+$/, ''),
      'its signature is wrong',
    ],
    [
      'is made with the public key (HS256)',
      () => alexs({ header: { alg: 'HS256' } }),
      'algorithm HS256',
    ],
    [
      'is made with the secret of the API (HS256)',
      () =>
        alexs({
          header: { alg: 'HS256' },
          key: new TextEncoder().encode(provider.api.clientSecret),
        }),
      'algorithm HS256',
    ],
    ['is made with another key', () => alexs({ key: 'stranger' }), 'its signature is wrong'],
    [
      'is made with another key, and no key is named',
      () => alexs({ key: 'stranger', header: { kid: undefined } }),
      'its signature is wrong',
    ],
    [
      'is of other claims',
      async () => {
        const [header, , signature] = (await alexs({ scopes: ['Todos.Read'] })).split('.')
        const claims = { ...decodeJwt(await alexs()), scp: 'Todos.Read Todos.ReadWrite' }
        return `${header}.${encode(claims)}.${signature}`
      },
      'its signature is wrong',
    ],
    [
      'is of another header',
      async () => underHeader({ ...decodeProtectedHeader(await alexs()), x: 1 }),
      'its signature is wrong',
    ],
    ['lost its end', async () => (await alexs()).slice(0, -4), 'its signature is wrong'],
    [
      'is made by an algorithm that the provider does not use (PS256)',
      async () =>
        alexs({ header: { alg: 'PS256' }, key: (await generateKeyPair('PS256')).privateKey }),
      'algorithm PS256',
    ],
    [
      'needs an extension that nobody knows (crit)',
      () => alexs({ header: { crit: ['http://example.com/x'], 'http://example.com/x': 1 } }),
      'malformed',
    ],
    [
      'is by a name of objects',
      () => underHeader({ alg: 'constructor', typ: 'JWT' }),
      'algorithm constructor',
    ],
    ['is by __proto__', () => underHeader({ alg: '__proto__', typ: 'JWT' }), 'algorithm __proto__'],
    ['is by nothing', () => underHeader({ typ: 'JWT' }), 'it names no algorithm'],
    ['is by a list', () => underHeader({ alg: ['RS256'], typ: 'JWT' }), 'it names no algorithm'],
  ]

  test.each(forgeries)('refuses a token where it %s', async (_what, make, reason) => {
    await expectRefused(await open(), await make(), reason)
  })

  test.each(['none', 'HS256'])('is not by %s because the provider announces it', async (alg) => {
    provider.tamper = {
      metadata: (document) => ({ ...document, id_token_signing_alg_values_supported: [alg] }),
    }

    await expectRefused(await open(), await alexs({ header: { alg } }), `algorithm ${alg}`)
  })

  test('is looked for among all keys where the token names none', async () => {
    await expectLetIn(await open(), await alexs({ header: { kid: undefined } }))
  })

  test.each([
    ['encryption (use)', { use: 'enc' }],
    ['another algorithm (alg)', { alg: 'RS512' }],
    ['other operations (key_ops)', { use: undefined, key_ops: ['encrypt'] }],
  ])('is not by a key that is published for %s', async (_what, changes) => {
    provider.tamper = { jwks: changeKeys((key) => ({ ...key, ...changes })) }

    await expectRefused(await open(), await alexs(), 'its key is unknown')
  })
})

const changeKeys =
  (change: (key: Jwk) => JsonObject): NonNullable<Tamper['jwks']> =>
  ({ keys }) => ({ keys: keys.map((key) => change(key as Jwk) as JsonWebKey) })

describe('a key that the token brings along', () => {
  test.each(['jku', 'x5u'])('is not fetched from where %s says', async (parameter) => {
    const attacker = await startApi()
    const url = `${attacker.url}/keys`
    const api = await open()

    await expectRefused(
      api,
      await alexs({ header: { kid: 'mine', [parameter]: url }, key: attackersKey }),
      'its key is unknown',
    )
    await expectRefused(
      api,
      await alexs({ header: { [parameter]: url }, key: attackersKey }),
      'its signature is wrong',
    )
    expect(attacker.calls).toEqual([])
  })

  test.each([
    ['jwk', (): unknown => attackersJwk],
    ['x5c', (): unknown => ['MIIB']],
  ])('is not taken from %s', async (parameter, value) => {
    const api = await open()
    const header = { [parameter]: value() }

    await expectRefused(
      api,
      await alexs({ header: { ...header, kid: 'mine' }, key: attackersKey }),
      'its key is unknown',
    )
    await expectRefused(api, await alexs({ header, key: attackersKey }), 'its signature is wrong')
    await expectRefused(
      api,
      await alexs({ header: { ...header, kid: undefined }, key: attackersKey }),
      'its signature is wrong',
    )
  })
})

describe('a key id', () => {
  test.each([
    'unknown',
    '',
    ' ',
    '../../../../../../dev/null',
    "x' UNION SELECT 'AAAA",
    '$(id)',
    '__proto__',
    'constructor',
    '0',
    'http://localhost/key.pem',
    'x'.repeat(3000),
  ])('that the provider does not have is refused: %s', async (kid) => {
    await expectRefused(
      await open(),
      await alexs({ header: { kid }, key: 'stranger' }),
      'its key is unknown',
    )
  })

  test.each([
    ['a list', (kid: string): unknown => [kid]],
    ['a number', (): unknown => 0],
    ['an object', (kid: string): unknown => ({ kid, toString: 1 })],
    ['null', (): unknown => null],
    ['true', (): unknown => true],
  ])('that is no text is refused, though the right key signed: %s', async (_what, change) => {
    const { kid = '' } = decodeProtectedHeader(await alexs())

    await expectRefused(
      await open(),
      await alexs({ header: { kid: change(kid) } }),
      'its key id (kid) is no text',
    )
  })

  test('that is forged anew each time does not make us ask the provider', async () => {
    const api = await open()
    await expectLetIn(api, await alexs())
    const before = asked(provider, 'keys')
    const forge = (kid: string): Promise<string> => alexs({ header: { kid }, key: 'stranger' })
    seconds += 40

    for (let index = 0; index < 40; index++) {
      await api.call('/any', await forge(`forged-${index}`))
      await api.call('/any', await forge(`${'x'.repeat(300)}${index}`))
    }

    expect(asked(provider, 'keys') - before).toBe(1)
    expect(api.letIn).toHaveLength(1)
  })
})

describe('the key of somebody else', () => {
  const consumers = async (request: AccessTokenRequest): Promise<string> =>
    provider.accessToken({
      ...request,
      key: 'consumers',
      header: { kid: await consumersKid(), ...request.header },
    })

  test.each(['common', 'organizations', CONTOSO])(
    'of personal accounts does not sign for an organisation at %s',
    async (tenant) => {
      const api = await open({ authority: provider.authority(tenant) })
      const request = { as: 'alex', api: TODO_API }

      await expectRefused(api, await consumers(request), 'its key belongs to another issuer')
      await expectRefused(
        api,
        await consumers({ ...request, header: { kid: undefined } }),
        'its key belongs to another issuer',
      )
    },
  )

  test.each(['common', 'organizations', CONTOSO])(
    'of personal accounts does not sign version 1 tokens for an organisation at %s',
    async (tenant) => {
      const api = await open({ authority: provider.authority(tenant) })

      const request = { as: 'alex', api: OLD_API, claims: { aud: TODO_URI } }

      await expectRefused(api, await consumers(request), 'its key')
      await expectRefused(
        api,
        await consumers({ ...request, header: { kid: undefined } }),
        'its key',
      )
    },
  )

  test('is one of another cloud', async () => {
    provider.tamper = {
      jwks: changeKeys((key) => ({ ...key, cloud_instance_name: 'microsoftonline.us' })),
    }

    await expectRefused(await open(), await alexs(), 'its key belongs to another cloud')
  })

  test('is one that names another tenant as its issuer', async () => {
    provider.tamper = {
      jwks: changeKeys((key) => ({ ...key, issuer: `${provider.origin}/${FABRIKAM}/v2.0` })),
    }

    await expectRefused(await open(), await alexs(), 'its key belongs to another issuer')
  })
})

describe('a key that is gone', () => {
  test('takes the tokens along that were verified with it, once a newer one is seen', async () => {
    const old = await alexs()
    const api = await openKnowing(old)
    await provider.rollKeys({ keepOld: false })
    seconds += 40
    await expectLetIn(api, await alexs())

    const reply = await api.call('/any', old)

    expect(reply.status).toBe(401)
    expect(reply.challenge?.['error_description']).toContain('its key is unknown')
  })

  test('takes them along after a day, whoever calls', async () => {
    const old = await alexs({ expiresIn: 3 * DAY })
    const api = await openKnowing(old)
    await provider.rollKeys({ keepOld: false })
    seconds += DAY - 1
    await expectVerified(api, old, { times: 0, path: '/any' })
    seconds += 2

    const reply = await api.call('/any', old)

    expect(reply.status).toBe(401)
    expect(reply.challenge?.['error_description']).toContain('its key is unknown')
  })

  test('leaves the tokens of the others alone', async () => {
    const old = await alexs()
    const api = await openKnowing(old)
    await provider.rollKeys()
    seconds += 40

    await expectLetIn(api, await alexs())
    await expectVerified(api, old, { times: 0, path: '/any' })
  })
})

describe('a token that was verified before', () => {
  test('helps none with the same beginning and another signature', async () => {
    const good = await alexs()
    const api = await openKnowing(good)
    const end = good.slice(-60)
    const forged = [
      good.slice(0, -60) + end.split('').toReversed().join(''),
      good.replace(/[^.]{3}$/, 'AAA'),
      good.replace(/[^.]+$/, ''),
    ]

    for (const token of forged) {
      const reply = await api.call('/any', token)
      expect(reply.status).toBe(401)
      expect(reply.body).toMatchObject({ error: 'invalid_token' })
    }
    expect(api.letIn).toEqual([])
    await expectVerified(api, good, { times: 0, path: '/any' })
  })

  test('helps none with other claims and the same signature', async () => {
    const good = await alexs({ scopes: ['Todos.ReadWrite'] })
    const api = await openKnowing(good)
    const [header, , signature] = good.split('.')
    const claims = encode({ ...decodeJwt(good), scp: 'Todos.Read Todos.ReadWrite' })

    const reply = await api.call('/read', `${header}.${claims}.${signature}`)

    expect(reply.status).toBe(401)
    expect(api.letIn).toEqual([])
  })

  test('is let in after a forgery of it was refused', async () => {
    const api = await openWarm()
    const good = await alexs()

    await expectRefused(api, good.replace(/[^.]+$/, 'AAAA'), 'signature is wrong')
    await expectLetIn(api, good)
  })

  test('is held against each route anew', async () => {
    const token = await alexs({ scopes: ['Todos.ReadWrite'] })
    const api = await openKnowing(token)
    await expectVerified(api, token, { times: 0, path: '/users' })

    const replies = await Promise.all(
      (['/read', '/role', '/both', '/apps'] as const).map((path) => api.call(path, token)),
    )

    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  test('ends when it expires', async () => {
    const token = await alexs({ expiresIn: 600 })
    const api = await openKnowing(token)
    seconds += 599
    await expectVerified(api, token, { times: 0, path: '/any' })
    seconds += 1
    // In the tolerance it is no longer taken from memory.
    await expectVerified(api, token, { times: 1, path: '/any' })
    seconds += 59
    await expectVerified(api, token, { times: 1, path: '/any' })
    seconds += 1

    const reply = await api.call('/any', token)

    expect(reply.status).toBe(401)
    expect(reply.challenge?.['error_description']).toContain('it has expired')
  })

  test('does not let a handler change the claims for the next request', async () => {
    const site = await startProtectedApi(provider, { now }, (app, api) => {
      app.get(
        '/',
        api.authorizationRequired((_req, res, { claims, scopes, roles, user }) => {
          const shared = [claims, claims['amr'], scopes, roles, user]
          res.json(shared.map((value) => Reflect.set(value as object, '0', 'Admin')))
        }),
      )
    })
    const token = await claimed({ amr: ['pwd'], roles: ['Reader'] })

    // The first of all only brings the documents.
    await expectVerified(site, token, { times: 1 })
    await makeKnown(site, token)

    const { body } = await site.call('/', token)

    expect(body).toEqual([false, false, false, false, false])
  })
})

describe('the tenant', () => {
  const cases: [what: string, make: () => Promise<string>, reason: string][] = [
    ['is another', () => alexs({ as: 'jo' }), 'its tid is not the tenant'],
    ['is another application’s', () => apps({ authority: FABRIKAM }), 'its tid is not the tenant'],
    ['is changed', () => claimed({ tid: FABRIKAM }), 'its tid is not the tenant'],
    ['is missing', () => claimed({ tid: undefined }), 'its tid is not a tenant id'],
    ['is no GUID', () => claimed({ tid: 'contoso.onmicrosoft.com' }), 'its tid is not a tenant id'],
    ['climbs out', () => claimed({ tid: `../${CONTOSO}` }), 'its tid is not a tenant id'],
    ['is a list', () => claimed({ tid: [CONTOSO] }), 'its tid is not a tenant id'],
    ['is there twice', () => claimed({ Tid: FABRIKAM }), 'it names its tenant twice'],
    ['is there twice, and equal', () => claimed({ TID: CONTOSO }), 'it names its tenant twice'],
    [
      'is right, and the issuer of another',
      () => claimed({ iss: `${provider.origin}/${FABRIKAM}/v2.0` }),
      'its issuer is',
    ],
    [
      'is there twice in version 1',
      () => version1({ as: 'alex', claims: { tID: CONTOSO } }),
      'it names its tenant twice',
    ],
    [
      'is changed in version 1',
      () => version1({ as: 'alex', claims: { tid: FABRIKAM } }),
      'its tid is not the tenant',
    ],
  ]

  test.each(cases)('refuses a token where it %s', async (_what, make, reason) => {
    await expectRefused(await open(), await make(), reason)
  })

  const common: [what: string, make: () => Promise<string>, reason: string][] = [
    ['another', () => claimed({ tid: FABRIKAM }), 'its issuer is'],
    ['a list', () => claimed({ tid: [CONTOSO] }), 'its tid is not a tenant id'],
    ['there twice', () => claimed({ Tid: FABRIKAM }), 'it names its tenant twice'],
    ['the template', () => claimed({ tid: '{tenantid}' }), 'its tid is not a tenant id'],
    [
      'right, and the issuer is the template',
      () => claimed({ iss: `${provider.origin}/{tenantid}/v2.0` }),
      'its issuer is',
    ],
    [
      'another than in the issuer of version 1',
      () => version1({ as: 'alex', claims: { tid: FABRIKAM } }),
      'its issuer is',
    ],
  ]

  test.each(common)('is not %s, where all tenants may call', async (_what, make, reason) => {
    // Keys that do not say whose they are: the issuer is checked by itself.
    provider.tamper = { jwks: changeKeys(({ issuer: _issuer, ...key }) => key) }

    await expectRefused(
      await open({ authority: provider.authority('common') }),
      await make(),
      reason,
    )
  })

  test('that may not call is told to nobody who forges a token of it', async () => {
    const api = await open({ authority: provider.authority('common'), tenants: [CONTOSO] })

    await expectRefused(api, await alexs({ as: 'jo', key: 'stranger' }), 'its signature is wrong')
    await expectRefused(api, await alexs({ as: 'jo' }), `The tenant ${FABRIKAM} may not`, {
      status: 403,
      error: 'access_denied',
    })
  })

  test.each([
    ['a slash more', (issuer: string): unknown => `${issuer}/`],
    ['another case', (issuer: string): unknown => issuer.toUpperCase()],
    ['a list', (issuer: string): unknown => [issuer]],
    ['another server', (): unknown => `https://evil.example/${CONTOSO}/v2.0`],
    ['none', (): unknown => undefined],
  ])('does not help where the issuer is spelt otherwise: %s', async (_what, spell) => {
    provider.tamper = { jwks: changeKeys(({ issuer: _issuer, ...key }) => key) }
    const iss = spell(`${provider.authority()}/v2.0`)

    await expectRefused(await open(), await claimed({ iss }), 'its issuer is')
  })
})

describe('the audience', () => {
  test.each([
    ['another', OTHER, OTHER],
    ['the client', CLIENT, CLIENT],
    ['nothing', undefined, 'nothing'],
    ['a list without us', [OTHER, 'x'], OTHER],
    ['a number', 7, 'nothing'],
    ['longer than ours', `${TODO_API}0`, `${TODO_API}0`],
    ['ours with a path', `${TODO_URI}/x`, `${TODO_URI}/x`],
  ])('refuses a token where it is %s', async (_what, aud, named) => {
    await expectRefused(
      await open(),
      await claimed({ aud }),
      `it is for ${named}; ask for a scope of this API, such as ${TODO_URI}/.default`,
    )
  })

  test('refuses a token of Microsoft Graph, and says so', async () => {
    await expectRefused(
      await open(),
      await provider.accessToken({ as: 'alex', scopes: ['https://graph.microsoft.com/User.Read'] }),
      `it is for https://graph.microsoft.com; ask for a scope of this API, such as ${TODO_URI}/.default`,
    )
  })

  test.each([GRAPH, 'https://graph.microsoft.com', 'https://graph.microsoft.com/'])(
    'names Graph, whatever it calls itself: %s',
    async (aud) => {
      await expectRefused(
        await open(),
        await claimed({ aud }),
        'it is for https://graph.microsoft.com; ask for a scope of this API',
      )
    },
  )

  test('is quoted without anything that would end its quotes, and cut', async () => {
    const api = await open()

    const reply = await api.call(
      '/any',
      await claimed({ aud: `x", scope="all\r\nx-evil: 1 \u001b[31m${'y'.repeat(500)}` }),
    )

    expect(Object.keys(reply.challenge ?? {})).toEqual(['error', 'error_description'])
    expect(reply.headers.get('x-evil')).toBeNull()
    expect(reply.headers.get('www-authenticate')).not.toContain('y'.repeat(121))
    expect(api.logs.join('')).not.toMatch(CONTROL)
  })
})

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f\u2028]/

describe('an ID token', () => {
  const SENTENCE =
    'it is an ID token, which tells a client who signed in; send the access token for a scope of this API'

  test.each([
    ['of the client', CLIENT],
    ['of the API itself, which signs users in too', TODO_API],
  ])('%s is refused, and the answer says what it is', async (_what, clientId) => {
    await expectRefused(await open(), await idTokenOf(clientId), SENTENCE)
  })

  test.each([
    ['with the role of an application', { roles: [ROLE] }],
    ['with the scope of the route', { scp: 'Todos.Read' }],
    ['of somebody whose sub and oid are the same', { sub: 'x', oid: 'x', roles: [ROLE] }],
    ['that says that it is an application’s', { idtyp: 'app', roles: [ROLE] }],
  ])('%s is refused', async (_what, changes) => {
    const claims = decodeJwt(await idTokenOf(TODO_API))
    const api = await open()

    for (const path of ['/any', '/role', '/read', '/apps'] as const) {
      await expectRefused(api, await provider.sign({ ...claims, ...changes }), SENTENCE, { path })
    }
  })

  test('is what a token is taken for that names no client', async () => {
    const api = await open()

    await expectRefused(api, await claimed({ azp: undefined }), SENTENCE)
    await expectRefused(api, await apps({ claims: { azp: undefined } }), SENTENCE)
    await expectRefused(api, await version1({ as: 'alex', claims: { appid: undefined } }), SENTENCE)
  })

  test('of Azure AD B2C is refused', async () => {
    const api = await open({
      authority: provider.b2cAuthority(),
      clientId: B2C_API,
      audience: undefined,
    })
    const token = await idTokenOf(B2C_API, { authority: provider.b2cAuthority(), as: 'mia' })

    await expectRefused(api, token, SENTENCE)
  })

  test('of AD FS is refused', async () => {
    const api = await open({ authority: provider.adfsAuthority })
    const token = await idTokenOf(TODO_API, {
      authority: provider.adfsAuthority,
      paths: '/oauth2',
    })

    await expectRefused(api, token, SENTENCE)
  })

  test('of any other provider is refused', async () => {
    const api = await open({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      audience: undefined,
    })
    const token = await idTokenOf(TODO_API, { authority: provider.oidcAuthority, paths: '' })
    const { nonce: _nonce, at_hash: _hash, ...refreshed } = decodeJwt(token)

    await expectRefused(api, token, SENTENCE)
    await expectRefused(api, await provider.sign(refreshed), SENTENCE)
    await expectRefused(
      api,
      await provider.sign({ ...decodeJwt(token), scope: 'Todos.Read' }),
      SENTENCE,
    )
  })
})

describe('the type of a token', () => {
  test.each([
    'logout+jwt',
    'dpop+jwt',
    'secevent+jwt',
    'id_token+jwt',
    'JWS',
    'at+jwt ',
    '',
    'JOSE',
  ])('%s is refused, at Microsoft and elsewhere', async (typ) => {
    await expectRefused(await open(), await alexs({ header: { typ } }), 'its type (typ) is ')
    await expectRefused(
      await openPlain(),
      await provider.accessToken({
        as: 'alex',
        authority: 'oidc',
        api: PLAIN_API,
        scopes: ['x'],
        header: { typ },
      }),
      'its type (typ) is ',
    )
  })

  test.each([7, null, ['JWT'], { JWT: 1 }, true])('%o is refused', async (typ) => {
    await expectRefused(await open(), await alexs({ header: { typ } }), 'its type (typ) is nothing')
  })

  test.each(['at+jwt', 'JWT', 'jwt', undefined])('%s is taken', async (typ) => {
    await expectLetIn(await open(), await alexs({ header: { typ } }))
  })
})

describe('the times of a token', () => {
  test.each([
    ['exp', -59],
    ['nbf', 59],
    ['nbf', 60],
    ['iat', 59],
    ['iat', 60],
  ])('may differ a little: %s by %i seconds', async (claim, offset) => {
    await expectLetIn(await open(), await claimed({ [claim]: seconds + offset }))
  })

  test.each([
    ['exp', -60, 'it has expired'],
    ['exp', -61, 'it has expired'],
    ['exp', -DAY, 'it has expired'],
    ['nbf', 61, 'it is not valid yet (nbf)'],
    ['nbf', DAY, 'it is not valid yet (nbf)'],
    ['iat', 61, 'it was issued in the future (iat)'],
    ['iat', DAY, 'it was issued in the future (iat)'],
  ])('may not differ more: %s by %i seconds', async (claim, offset, reason) => {
    await expectRefused(await open(), await claimed({ [claim]: seconds + offset }), reason)
  })

  test.each([
    ['exp', undefined, 'it has expired'],
    ['exp', null, 'it has expired'],
    ['exp', String(start + 600), 'it has expired'],
    ['exp', [start + 600], 'it has expired'],
    ['exp', {}, 'it has expired'],
    ['exp', true, 'it has expired'],
    ['nbf', String(start - 600), '(nbf)'],
    ['nbf', null, '(nbf)'],
    ['nbf', [], '(nbf)'],
    ['iat', String(start - 600), '(iat)'],
    ['iat', null, '(iat)'],
    ['iat', {}, '(iat)'],
  ])('are numbers: %s is not %o', async (claim, value, reason) => {
    await expectRefused(await open(), await claimed({ [claim]: value }), reason)
  })

  test.each(['nbf', 'iat'])('need not include %s', async (claim) => {
    await expectLetIn(await open(), await claimed({ [claim]: undefined }))
  })
})

describe('a token that allows nothing', () => {
  const NOTHING =
    "it has no scopes (scp) and is not an application's own; ask for a scope of this API"

  test.each([
    ['none', undefined],
    ['an empty text', ''],
    ['spaces', '   '],
    ['an empty list', []],
    ['a number', 7],
    ['an object', { 'Todos.Read': true }],
    ['a list of lists', [['Todos.Read']]],
    ['null', null],
  ])('is refused, with scp: %s', async (_what, scp) => {
    const api = await open()

    await expectRefused(api, await claimed({ scp }), NOTHING)
    await expectRefused(api, await version1({ as: 'alex', claims: { scp } }), NOTHING)
  })

  test('is refused for a user who has roles, and is no application because of them', async () => {
    const api = await open()
    const token = await alexs({ as: 'robin', scopes: [], roles: [ROLE] })

    for (const path of ['/any', '/role', '/both', '/apps'] as const) {
      await expectRefused(api, token, NOTHING, { path })
    }
  })

  test('is refused where it names nobody by oid', async () => {
    await expectRefused(
      await open(),
      await alexs({ scopes: [], roles: [ROLE], claims: { oid: undefined } }),
      NOTHING,
    )
  })

  test.each([
    ['/any', 'the application has no role of this API'],
    ['/apps', 'the application has no role of this API'],
    ['/role', `the application needs the role ${ROLE}`],
    ['/both', `the application needs the role ${ROLE}`],
  ] as const)('is refused for an application without a role at %s', async (path, reason) => {
    await expectInsufficient(await open(), path, await apps({ roles: [] }), reason)
  })
})

describe('a token that allows something else', () => {
  const others = [
    'Todos.ReadWrite',
    'Todos.Read.All',
    'Todos',
    'todos.read',
    'TODOS.READ',
    'xTodos.Read',
    'Todos.Read,Todos.ReadWrite',
    'Todos.ReadWrite\tTodos.Read',
    'Todos.ReadWrite\nTodos.Read',
    'Todos.Read\u00a0',
    `${TODO_URI}/Todos.Read`,
    '__proto__ constructor toString',
    '.default',
    '*',
    'user_impersonation',
  ]

  test.each(others)('is refused where the route needs Todos.Read: %s', async (scp) => {
    const api = await open()

    await expectInsufficient(api, '/read', await claimed({ scp }), 'lacks the scope Todos.Read')
    await expectInsufficient(api, '/both', await claimed({ scp }), 'lacks the scope Todos.Read')
  })

  test('is let in where it is one of several', async () => {
    await expectLetIn(await open(), await claimed({ scp: 'a Todos.Read b' }), '/read')
    await expectLetIn(await open(), await claimed({ scp: 'Todos.ReadWrite' }), '/write-or-read')
  })

  test('is refused where it is none of several', async () => {
    await expectInsufficient(
      await open(),
      '/write-or-read',
      await claimed({ scp: 'Todos.Delete' }),
      'needs the scope Todos.Read or Todos.ReadWrite',
    )
  })

  test.each([
    ['another', ['Todos.Write.All']],
    ['a longer one', [`${ROLE}.Users`]],
    ['a shorter one', ['Todos.Read']],
    ['another case', [ROLE.toLowerCase()]],
    ['one of another API', [`api://other/${ROLE}`]],
    ['both in one text of a list', [`${ROLE} Todos.Write.All`]],
    ['names of objects', ['toString', 'hasOwnProperty']],
  ])('is refused for an application whose role is %s', async (_what, roles) => {
    const api = await open()

    await expectInsufficient(api, '/role', await apps({ roles }), `needs the role ${ROLE}`)
    await expectInsufficient(api, '/both', await apps({ roles }), `needs the role ${ROLE}`)
  })

  test('is refused for an application that has its role in another API', async () => {
    await expectRefused(
      await open(),
      await provider.accessToken({ api: OLD_API, roles: [ROLE] }),
      'it is for api://old-todos.contoso.example',
      { path: '/role' },
    )
  })

  test.each(['/proto-scope', '/constructor-scope', '/proto-role'] as const)(
    'is refused where the route asks for a name that all objects have: %s',
    async (path) => {
      const api = await open()
      const token = path === '/proto-role' ? await apps() : await alexs()

      await expectInsufficient(api, path, token, 'Not enough: the ')
    },
  )

  test('may be named like what all objects have', async () => {
    const api = await open()

    await expectLetIn(api, await claimed({ scp: '__proto__' }), '/proto-scope')
    await expectLetIn(api, await apps({ roles: ['constructor'] }), '/proto-role')
  })
})

describe('users and applications', () => {
  test.each(['/role', '/apps'] as const)(
    'are not the same: a user is refused at %s, whatever roles they have',
    async (path) => {
      await expectInsufficient(
        await open(),
        path,
        await alexs({ as: 'robin', roles: [ROLE] }),
        "the token is a user's",
      )
    },
  )

  test.each(['/read', '/users', '/write-or-read'] as const)(
    'are not the same: an application is refused at %s',
    async (path) => {
      await expectInsufficient(
        await open(),
        path,
        await apps({ roles: [ROLE, 'Todos.Read'] }),
        "the token is an application's own",
      )
    },
  )

  test('are told apart where a route takes both: a user needs the scope, not the role', async () => {
    await expectInsufficient(
      await open(),
      '/both',
      await alexs({ as: 'robin', scopes: ['Todos.ReadWrite'], roles: [ROLE] }),
      'lacks the scope Todos.Read',
    )
  })

  test('are told apart where a route takes both: an application needs the role, not the scope', async () => {
    await expectInsufficient(
      await open(),
      '/both',
      await apps({ roles: ['Todos.Read'] }),
      `needs the role ${ROLE}`,
    )
  })

  test.each([
    [
      'AD FS',
      (): ApiAuthOptions => ({ authority: provider.adfsAuthority }),
      (changes: AccessTokenRequest) => alexs({ authority: 'adfs', ...changes }),
    ],
    [
      'Azure AD B2C',
      (): ApiAuthOptions => ({
        authority: provider.b2cAuthority(),
        clientId: B2C_API,
        audience: undefined,
      }),
      (changes: AccessTokenRequest) =>
        provider.accessToken({ as: 'mia', api: B2C_API, ...changes }),
    ],
  ])('are told apart at %s where a user has a role and no scope', async (_where, options, make) => {
    const api = await open(options())
    const token = await make({ claims: { scp: undefined, roles: [ROLE] } })

    for (const path of ['/any', '/role', '/apps', '/both'] as const) {
      await expectRefused(api, token, "is not an application's own", { path })
    }
  })
})

describe('clients', () => {
  const allowed = (): Promise<GuardedApi> => open({ allowedClients: [OTHER, CLIENT.toUpperCase()] })

  test('that are listed may call, however their id is spelt', async () => {
    const api = await allowed()

    await expectLetIn(api, await alexs())
    await expectLetIn(api, await apps())
    await expectLetIn(api, await version1({ as: 'alex' }))
    await expectLetIn(api, await claimed({ azp: OTHER }))
  })

  test.each([
    ['a user’s', () => alexs({ app: TODO_API })],
    ['an application’s own', () => apps({ app: TODO_API, roles: [ROLE] })],
    ['one of version 1', () => version1({ as: 'alex', app: TODO_API })],
    ['one with a longer id', () => claimed({ azp: `${CLIENT}0` })],
    ['one with the id as its subject', () => claimed({ azp: TODO_API, sub: CLIENT, oid: CLIENT })],
  ])('that are not listed may not: %s', async (_what, make) => {
    await expectRefused(await allowed(), await make(), 'may not call this API', {
      status: 403,
      error: 'access_denied',
    })
  })

  test.each([
    ['names none', undefined],
    ['names it in a list', [CLIENT]],
    ['names it empty', ''],
  ])('are not known where a token %s', async (_what, clientId) => {
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

    await expectRefused(api, token, 'may not call this API', {
      status: 403,
      error: 'access_denied',
    })
  })
})

describe('a token that is bound to its client', () => {
  test.each([
    ['a key (DPoP)', { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' }],
    ['a certificate (mutual TLS)', { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' }],
    ['something to come', { x: 1 }],
    ['nothing that it names', {}],
    ['null', null],
    ['a text', 'x'],
  ])('is refused as a bearer token: by %s', async (_what, cnf) => {
    await expectRefused(await open(), await claimed({ cnf }), 'it is bound to a key')
  })
})

describe('what is no token', () => {
  test.each([
    ['a word', 'garbage', 'it is not a JSON Web Token'],
    ['a dot', '.', 'it is not a JSON Web Token'],
    ['two dots', '..', 'it is not a JSON Web Token'],
    ['three dots', '...', 'it is not a JSON Web Token'],
    ['two empty objects', 'e30.e30', 'it'],
    ['empty objects', 'e30.e30.', 'it names no algorithm'],
    ['numbers', 'MQ.MQ.MQ', 'it is not a JSON Web Token'],
    ['a list for a header', 'W10.e30.e30', 'it'],
    ['null', 'bnVsbA.bnVsbA.', 'it is not a JSON Web Token'],
    ['no JSON', 'e3.e3.e3', 'it is not a JSON Web Token'],
    ['six parts', 'e30.e30.e30.e30.e30.e30', 'it'],
    ['an encrypted token', 'e30.e30.e30.e30.e30', 'it is encrypted; take the token encryption out'],
    [
      'an encrypted token as Entra ID makes them',
      `${encode({ alg: 'RSA-OAEP', enc: 'A256CBC-HS512', kid: 'x', cty: 'JWT' })}.a.b.c.d`,
      'it is encrypted; take the token encryption out of the API registration',
    ],
    ['tildes', '~~~~', 'it is not a JSON Web Token'],
  ])('is refused: %s', async (_what, token, reason) => {
    await expectRefused(await open(), token, reason)
  })

  const broken: [what: string, change: (token: string) => string][] = [
    ['a part less', (token) => token.slice(0, token.lastIndexOf('.'))],
    ['a part more', (token) => `${token}.e30`],
    ['an empty part more', (token) => `${token}.`],
    ['an empty header', (token) => token.replace(/^[^.]+/, '')],
    ['empty claims', (token) => token.replace(/\.[^.]+\./, '..')],
    ['claims that are a list', (token) => token.replace(/\.[^.]+\./, '.W10.')],
    ['claims that are cut', (token) => token.replace(/[^.]{9}\.(?=[^.]+$)/, '.')],
    ['its first half', (token) => token.slice(0, token.length / 2)],
    ['padding of base64', (token) => `${token}==`],
    ['a header twice', (token) => `${token.split('.')[0]}.${token}`],
  ]

  test.each(broken)('is refused: a right token with %s', async (_what, change) => {
    await expectRefused(await open(), change(await alexs()), 'The')
  })

  test('is refused where it is longer than any token', async () => {
    const api = await open()
    // Node.js itself takes no headers of that size unless it is told to.
    const roomy = createServer({ maxHeaderSize: 100_000 }, api.app)
    const origin = await listen(roomy)
    onTestFinished(() => close(roomy))
    const call = async (token: string): Promise<Response> =>
      fetch(`${origin}/any`, { headers: { authorization: `Bearer ${token}` } })

    const long = await call(await claimed({ pad: 'x'.repeat(11_000) }))
    const longer = await call(await claimed({ pad: 'x'.repeat(12_500) }))
    const endless = await call('x'.repeat(90_000))

    expect(long.status).toBe(200)
    for (const answer of [longer, endless]) {
      expect(answer.status).toBe(401)
      expect(await answer.json()).toEqual({
        error: 'invalid_token',
        error_description: 'The access token was rejected: it is longer than 16384 characters.',
      })
    }
    expect(api.letIn).toHaveLength(1)
  })

  test('does not get into headers and logs as it is', async () => {
    const evil = `RS256", scope="all\r\nx-evil: 1 \u001b[31m\u2028`
    const right = decodeProtectedHeader(await alexs())

    for (const header of [{ alg: evil }, { ...right, typ: evil }, { ...right, kid: evil }]) {
      const api = await open()
      const reply = await api.call('/any', await underHeader(header))

      expect(reply.status).toBe(401)
      expect(Object.keys(reply.challenge ?? {})).toEqual(['error', 'error_description'])
      expect(reply.headers.get('x-evil')).toBeNull()
      expect(api.logs).toHaveLength(1)
      expect(api.logs.join('')).not.toMatch(CONTROL)
    }
  })

  test('does not fill headers and logs', async () => {
    const api = await open()

    const reply = await api.call('/any', await underHeader({ alg: 'x'.repeat(5000) }))

    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')?.length).toBeLessThan(1000)
    expect(api.logs.join('').length).toBeLessThan(1000)
  })
})

describe('the Authorization header', () => {
  test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('takes the scheme as %s', async (scheme) => {
    const api = await open()

    const { status } = await send(api, `${scheme} ${await alexs()}`)

    expect(status).toBe(200)
  })

  test.each([
    ['two spaces', (token: string): string => `Bearer  ${token}`],
    ['spaces around', (token: string): string => `  Bearer ${token}  `],
  ])('takes %s', async (_what, write) => {
    const api = await open()

    const { status } = await send(api, write(await alexs()))

    expect(status).toBe(200)
  })

  test.each([
    ['the scheme alone', (): string => 'Bearer'],
    ['another scheme alone', (): string => 'Basic'],
    ['a word behind it', (token: string): string => `Bearer ${token} garbage`],
    ['a parameter behind it', (token: string): string => `Bearer ${token};x=1`],
    ['two tokens', (token: string): string => `Bearer ${token}, Bearer ${token}`],
    ['a list', (token: string): string => `Bearer ${token},${token}`],
    ['a comma before it', (token: string): string => `Bearer , ${token}`],
    ['quotes', (token: string): string => `Bearer "${token}"`],
    ['a tab', (token: string): string => `Bearer\t${token}`],
    ['a colon', (token: string): string => `Bearer: ${token}`],
    ['the scheme twice', (token: string): string => `Bearer Bearer ${token}`],
    ['padding in the middle', (token: string): string => `Bearer ${token}=a`],
    ['a letter that is none', (token: string): string => `Bearer ${token}\u00e9`],
    ['the token alone', (token: string): string => token],
    ['another credential', (token: string): string => `Basic eDp5, Bearer ${token}`],
  ])('makes no sense with %s', async (_what, write) => {
    const api = await open()
    const token = await alexs()

    const reply = await send(api, write(token))

    expect(reply.body).toMatchObject({ error: 'invalid_request' })
    expect(reply.status).toBe(400)
    expect(reply.challenge?.['error']).toBe('invalid_request')
    expectNoWayIn(api, reply, token)
  })

  test.each([
    'Basic dXNlcjpwYXNzd29yZC1NQVJLRUQ=',
    'Digest username="x", realm="y"',
    'Negotiate YIIMARKEDMARKEDMARKEDMARKED',
  ])('of another scheme lets nobody in: %s', async (authorization) => {
    const api = await open()

    const reply = await send(api, authorization)

    expect(reply.status).toBe(401)
    expect(reply.challenge).toEqual({})
    expectNoWayIn(api, reply, authorization.replace(/ /, '.'))
  })

  test.each(['DPoP', 'dpop', 'PoP'])(
    'of the scheme %s brings no bearer token, however right',
    async (scheme) => {
      const api = await open()
      const token = await alexs()
      await expectLetIn(api, token)

      const reply = await send(api, `${scheme} ${token}`)

      expect(reply.status).toBe(401)
      expect(reply.challenge).toEqual({})
      expect(api.letIn).toHaveLength(1)
    },
  )

  test.each(['sk-live-0123456789abcdef', 'ApiKey-0123456789abcdef x', 'MARKEDsecret'])(
    'that is a secret of its own is not repeated: %s',
    async (secret) => {
      const api = await open()

      const reply = await send(api, secret)

      expect([400, 401]).toContain(reply.status)
      expect(api.letIn).toEqual([])
      const said = `${JSON.stringify(reply.body)} ${reply.headers.get('www-authenticate')} ${api.logs.join('\n')}`
      expect(said.toLowerCase()).not.toContain(secret.slice(0, 12).toLowerCase())
    },
  )

  const twice: [what: string, lines: (token: string) => string[]][] = [
    ['the same', (token) => [`Bearer ${token}`, `Bearer ${token}`]],
    ['a right one first', (token) => [`Bearer ${token}`, 'Bearer x']],
    ['a right one last', (token) => ['Bearer x', `Bearer ${token}`]],
    ['a password first', (token) => ['Basic eDp5', `Bearer ${token}`]],
    ['a password last', (token) => [`Bearer ${token}`, 'Basic eDp5']],
    ['DPoP first', (token) => [`DPoP ${token}`, `Bearer ${token}`]],
    ['an empty one first', (token) => ['', `Bearer ${token}`]],
    ['an empty one last', (token) => [`Bearer ${token}`, '']],
  ]

  test.each(twice)('may not be there twice: %s', async (_what, lines) => {
    const api = await open()
    const names = ['Authorization', 'aUTHORIZATION']

    const answer = await sendRaw(api.origin, [
      'GET /any HTTP/1.1',
      'Host: localhost',
      ...lines(await alexs()).map((line, index) => `${names[index]}: ${line}`),
    ])

    expect(answer.status).toBe(400)
    expect(answer.head).toContain('error="invalid_request"')
    expect(api.letIn).toEqual([])
  })

  test('is empty', async () => {
    const api = await open()

    const answer = await sendRaw(api.origin, [
      'GET /any HTTP/1.1',
      'Host: localhost',
      'Authorization: ',
    ])

    expect(answer.status).toBe(400)
    expect(api.letIn).toEqual([])
  })
})

describe('a token elsewhere', () => {
  test('in the URL is not looked at', async () => {
    const api = await open()
    const token = await alexs()

    const reply = await api.call(`/any?access_token=${token}`)

    expect(reply.status).toBe(401)
    expect(reply.challenge).toEqual({})
    expect(reply.body).toMatchObject({
      error: 'unauthorized',
      error_description: expect.stringContaining('A token in the URL is not looked at') as unknown,
    })
    expectNoWayIn(api, reply, token)
  })

  test.each(['?access_token=', '?x=1&access_token='])(
    'in the URL is one too many beside the header: %s',
    async (query) => {
      const api = await open()
      const token = await alexs()

      await expectRefused(api, token, 'two tokens', {
        path: `/any${query}${token}` as '/any',
        status: 400,
        error: 'invalid_request',
      })
    },
  )

  test.each([
    ['a form', { method: 'POST' as const, body: true }],
    ['a cookie', { header: 'cookie' }],
    ['a header of a proxy', { header: 'x-forwarded-authorization' }],
    ['another header', { header: 'x-access-token' }],
  ])('in %s is not looked at', async (_what, where) => {
    const api = await open()
    const token = await alexs()
    const init: RequestInit =
      'body' in where
        ? { method: 'POST', body: new URLSearchParams({ access_token: token }) }
        : { headers: { [where.header]: `access_token=${token}` } }

    const reply = await api.call('/any', undefined, init)

    expect(reply.status).toBe(401)
    expect(reply.challenge).toEqual({})
    expectNoWayIn(api, reply, token)
  })

  test('is none: the answer has no error, and the scope to ask for', async () => {
    const api = await open()

    const reply = await api.call('/read')

    expect(reply.status).toBe(401)
    expect(reply.challenge).toEqual({ scope: `${TODO_URI}/Todos.Read` })
    expectNoWayIn(api, reply, '')
  })
})

describe('an API whose provider never answered', () => {
  test.each(['metadata', 'keys'] as const)('lets nobody in without its %s', async (endpoint) => {
    const api = await open()
    const token = await alexs()
    provider.behave({ faults: { [endpoint]: { kind: 'status', status: 500 } } })

    const reply = await api.call('/any', token)

    expect(reply.status).toBe(503)
    expect(reply.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(reply.body).toEqual({ error: 'provider_unavailable' })
    expectNoWayIn(api, reply, token)
  })
})
