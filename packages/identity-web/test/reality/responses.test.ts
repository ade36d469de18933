import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import type { Description, Members } from '../../../identity-web-cli/src/reality/compare.ts'
import {
  OPEN_RESPONSES,
  readDescriptions,
} from '../../../identity-web-cli/src/reality/descriptions.ts'
import {
  ApiAuth,
  Auth,
  type IdentityError,
  type IdentityErrorCode,
} from '../../src/adapters/fetch/index.ts'
import { invent, inventResponse } from './invent.ts'

const FOLDER = new URL('../../../dev-provider/test/reality/', import.meta.url)
/** A folder with the responses themselves. Nobody else has it, so the tests of its files are skipped. */
const { RECORDINGS } = process.env

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json') && name !== 'results.json')
  .map((name) => new URL(name, FOLDER))
const descriptions = new Map(
  [...files, OPEN_RESPONSES].flatMap(readDescriptions).map((entry) => [entry.id, entry]),
)

const TENANT = '11112222-bbbb-4333-8444-dddd5555eeee'
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad'
const CLIENT = '55556666-ffff-4777-8aaa-8888bbbb9999'
const ORIGIN = 'https://login.microsoftonline.com'
const APP = 'https://app.example'
const GRAPH = 'https://graph.microsoft.com'

const { privateKey, publicKey } = await generateKeyPair('RS256')
const now = Math.floor(Date.now() / 1000)
const closing: { close(): void }[] = []
afterAll(() => closing.forEach((one) => one.close()))

function find(id: string): Description {
  const found = descriptions.get(id)
  if (found === undefined) throw new Error(`There is a test of ${id}, but not its description.`)
  return found
}

const json = (body: unknown): Response =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })

/** The key that signs the tokens of the tests, in the form of a described key. */
async function keyLike(id: string, issuer: string): Promise<JWK> {
  const [key] = (find(id).members as { readonly keys: readonly Members[] }).keys
  return { ...(invent(key ?? {}, { issuer }) as JWK), ...(await exportJWK(publicKey)) }
}

interface World {
  readonly tenant?: string
  readonly keys?: string
  /** Responds to every request that is not for the metadata or the keys. */
  readonly respond?: (request: Request) => Response | Promise<Response>
}

/** The options of an app at Entra ID. */
function optionsOf({ tenant = TENANT, keys = 'entra-v2/keys-organizations', respond }: World) {
  const fetchIt: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const isV1 = !request.url.includes('/v2.0/') && keys.startsWith('entra-v1/')
    const issuer = isV1 ? `https://sts.windows.net/${tenant}/` : `${ORIGIN}/${tenant}/v2.0`
    if (request.url.endsWith('/.well-known/openid-configuration'))
      return json({
        ...(invent(find('entra-v2/openid-configuration-tenant-2024-02').members ?? {}) as object),
        issuer,
        jwks_uri: `${ORIGIN}/keys`,
      })
    if (request.url === `${ORIGIN}/keys`) return json({ keys: [await keyLike(keys, issuer)] })
    return respond?.(request) ?? new Response(null, { status: 500 })
  }
  return {
    authority: `${ORIGIN}/${tenant}`,
    clientId: CLIENT,
    clientCredential: 'a-secret-of-the-app',
    logger: false,
    fetch: fetchIt,
  } as const
}

/** Signs a token with the described header and claims. `claims` replaces values that a token must have here. */
async function mint(id: string, claims: JWTPayload): Promise<string> {
  const { header, payload } = find(id).members as Readonly<Record<string, Members>>
  const times = { iat: now, nbf: now, exp: now + 600 }
  const all = invent(payload ?? {}, { ...times, tid: TENANT, ...claims }) as JWTPayload
  const form = typeof header === 'object' ? (invent(header) as object) : {}
  const kid = 'x'.repeat(27)
  return new SignJWT(all).setProtectedHeader({ ...form, alg: 'RS256', kid }).sign(privateKey)
}

/** Calls an API with an access token. */
async function callApi(token: string, world: World = {}) {
  const api = new ApiAuth(optionsOf(world))
  closing.push(api)
  let seen: unknown
  let error: unknown
  const guarded = api.authorizationRequired(
    { scopes: ['x'], appPermissions: ['x'] },
    async (_request, context) => {
      seen = { user: context.user?.oid, scopes: context.scopes, app: context.clientId }
      error = await context.getTokenOnBehalfOf?.(`${GRAPH}/User.Read`).catch((one: unknown) => one)
      return new Response()
    },
  )
  const headers = { authorization: `Bearer ${token}` }
  const { status } = await guarded(new Request('https://api.example/', { headers }))
  return { status, seen, error }
}

type Outcome = readonly [
  id: string,
  code: IdentityErrorCode,
  reason: string | undefined,
  hint: RegExp,
]

/** Errors of app-only requests: the code, the reason, and what the operator reads. */
const APP_ERRORS: readonly Outcome[] = [
  ['entra-v2/error-700016-unknown-app-2026', 'provider_error', 'credential', /clientId/],
  ['entra-v2/error-7000215-invalid-secret-2026', 'provider_error', 'credential', /secret is wrong/],
  [
    'entra-v2/error-7000216-no-credential',
    'provider_error',
    'credential',
    /not contain a client cr/,
  ],
  [
    'entra-v2/error-7000218-no-credential',
    'provider_error',
    'credential',
    /not contain a client cr/,
  ],
  ['entra-v2/error-7000222-secret-expired-2026', 'provider_error', 'credential', /has expired/],
  [
    'entra-v2/error-7000229-no-service-principal-2025',
    'provider_error',
    'credential',
    /admin consent/,
  ],
  ['entra-v2/error-700027-invalid-signature', 'provider_error', 'credential', /certificate/],
  ['entra-v2/error-700038-unknown-client-2026', 'provider_error', 'credential', /clientId/],
  // The secret is not the cause of these two.
  [
    'entra-v2/error-50011-token-endpoint',
    'provider_error',
    undefined,
    /redirect URI .* registered/,
  ],
  ['entra-v2/error-500112-reply-address', 'provider_error', undefined, /redirectUri/],
  [
    'entra-v2/error-500011-unknown-resource-2026',
    'provider_error',
    undefined,
    /API that does not exist/,
  ],
  ['entra-v2/error-50027-malformed-assertion', 'provider_error', undefined, /not a JWT/],
  ['entra-v2/error-53003-message-only-2025', 'provider_error', undefined, /policy blocks/],
  ['entra-v2/error-90010-common', 'provider_error', undefined, /common/],
  ['entra-v2/error-50033-ccs', 'provider_unavailable', undefined, /overloaded/],
]

/** Errors of on-behalf-of requests. `interaction_required` sends the user to the provider. */
const USER_ERRORS: readonly Outcome[] = [
  ['entra-v2/error-65001-consent-required', 'interaction_required', 'consent', /not consented/],
  ['entra-v2/error-65001-agent-2026', 'interaction_required', 'consent', /not consented/],
  ['entra-v2/error-50076-basic-action', 'interaction_required', undefined, /multi-factor/],
  ['entra-v2/error-50076-password-2024', 'interaction_required', undefined, /multi-factor/],
  ['entra-v2/error-50173-revoked', 'interaction_required', undefined, /revoked/],
  ['entra-v2/error-70043-sign-in-frequency', 'interaction_required', undefined, /frequency/],
  ['entra-v2/error-700082-inactivity-2026', 'interaction_required', undefined, /not used/],
  ['entra-v2/error-700084-spa-lifetime', 'interaction_required', undefined, /24 hours/],
  ['entra-v2/error-50013-signature', 'interaction_required', undefined, /not valid for this/],
  [
    'entra-v2/error-500131-assertion-audience',
    'interaction_required',
    undefined,
    /scope of this API/,
  ],
  ['msa/error-70000-refresh', 'interaction_required', undefined, /sign in again/],
  ['b2c/error-90085-internal', 'interaction_required', undefined, /sign in again/],
  ['b2c/error-90090-refresh-kid', 'interaction_required', undefined, /sign in again/],
]

function expectOutcome(error: unknown, [, code, reason, hint]: Outcome): void {
  expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) })
  expect((error as IdentityError).reason).toBe(reason)
}

/** Returns the response itself from `RECORDINGS`. */
function readRecording(id: string): Response {
  const { response } = JSON.parse(readFileSync(`${RECORDINGS}/${id}.json`, 'utf8')) as {
    readonly response: { readonly status?: number; readonly body: unknown }
  }
  return Response.json(response.body, { status: response.status ?? 400 })
}

/** Where a response comes from: from its description, or from the recordings. */
const SOURCES = [
  ['described', (id: string) => inventResponse(find(id)), () => true],
  ['recorded', readRecording, (id: string) => existsSync(`${RECORDINGS}/${id}.json`)],
] as const

describe.each(SOURCES)('errors as %s', (name, respond, exists) => {
  const skipped = (id: string): boolean =>
    name === 'recorded' && (RECORDINGS === undefined || !exists(id))

  test.for(APP_ERRORS)('%s of an app', async (outcome, { skip }) => {
    const [id] = outcome
    if (skipped(id)) skip()
    const api = new ApiAuth(optionsOf({ respond: () => respond(id) }))
    closing.push(api)
    const error = await api.getTokenForClient(`${GRAPH}/.default`).catch((one: unknown) => one)

    expectOutcome(error, outcome)
  })

  test.for(USER_ERRORS)('%s of a user', async (outcome, { skip }) => {
    const [id] = outcome
    if (skipped(id)) skip()
    const token = await mint('entra-v2/access-token-user-own-api-2026', forUs(TENANT))
    const { error } = await callApi(token, { respond: () => respond(id) })

    expectOutcome(error, outcome)
    const { claims } = find(id).members ?? {}
    expect((error as IdentityError).claimsRequest === undefined).toBe(claims === undefined)
  })
})

/** The claims of a token for the API of the test. */
const forUs = (tenant: string, version = 2): JWTPayload => ({
  aud: CLIENT,
  tid: tenant,
  iss: version === 1 ? `https://sts.windows.net/${tenant}/` : `${ORIGIN}/${tenant}/v2.0`,
})

test.for([
  'entra-v1/token-client-credentials',
  'entra-v2/token-client-credentials-2026',
  'entra-v2/token-client-credentials-graph-2024',
  'entra-v2/token-client-credentials-cae-2025',
  'entra-v2/token-workload-identity',
  'adfs/token-client-credentials',
])('%s is an app token', async (id) => {
  const api = new ApiAuth(optionsOf({ respond: () => inventResponse(find(id)) }))
  closing.push(api)
  const token = await api.getTokenForClient(`${GRAPH}/.default`)

  expect(token).toMatchObject({ tokenType: 'Bearer' })
  expect(token.expiresInSeconds).toBeGreaterThan(3000)
})

test('entra-v2/token-on-behalf-of is a token of the user', async () => {
  const token = await mint('entra-v2/access-token-user-own-api-2026', forUs(TENANT))
  const respond = () => inventResponse(find('entra-v2/token-on-behalf-of'))

  expect((await callApi(token, { respond })).error).toMatchObject({ expiresInSeconds: 3600 })
})

describe('an API', () => {
  test.for([
    ['entra-v2/access-token-user-own-api-2026', 2, { user: TENANT, scopes: ['x'] }],
    ['entra-v1/access-token-user-own-api-2026', 1, { user: TENANT, scopes: ['x'] }],
  ] as const)('accepts %s', async ([id, version, seen]) => {
    const keys = version === 1 ? 'entra-v1/keys-common' : 'entra-v2/keys-common'

    expect(await callApi(await mint(id, forUs(TENANT, version)), { keys })).toMatchObject({
      status: 200,
      seen,
    })
  })

  test('does not take an app without a role for a user', async () => {
    const token = await mint('entra-v2/access-token-own-api-2026', forUs(TENANT))

    expect(await callApi(token)).toMatchObject({ status: 403, seen: undefined })
  })

  test.for([
    'entra-v1/access-token-on-behalf-of-graph-2026',
    'entra-v2/access-token-agent-exchange-2026',
    'external-id/access-token-custom-extension-2026',
    'entra-v2/id-token-guest-2024',
    'msa/id-token-2025',
  ])('refuses %s, which is for another API or not an access token', async (id) => {
    const { aud: _, ...claims } = forUs(TENANT)
    const isIdToken = id.includes('/id-token')

    expect(await callApi(await mint(id, isIdToken ? forUs(TENANT) : claims))).toMatchObject({
      status: 401,
      seen: undefined,
    })
  })
})

/** Signs a user in with a described ID token. */
async function signIn(id: string, tenant: string): Promise<unknown> {
  let nonce = ''
  const auth = new Auth({
    ...optionsOf({
      tenant,
      respond: async () =>
        json({
          ...(invent(find('entra-v2/token-code-guest-msa').members ?? {}) as object),
          id_token: await mint(id, { ...forUs(tenant), nonce }),
        }),
    }),
    redirectUri: `${APP}/redirect`,
    session: { secret: 'a secret of at least thirty-two characters', store: new Map() },
  })
  closing.push(auth)
  const visit = (path: string, cookie = '') =>
    auth.respond(new Request(APP + path, { headers: { cookie } }), () => new Response('home'))
  const cookieOf = ({ headers }: Response): string =>
    headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
  const start = await visit('/login')
  const { searchParams } = new URL(start.headers.get('location') ?? '')
  nonce = searchParams.get('nonce') ?? ''
  const path = `/redirect?code=c&state=${searchParams.get('state')}`
  const back = await visit(path, cookieOf(start))
  const request = new Request(`${APP}/`, { headers: { cookie: cookieOf(back) } })
  return auth.getUser(request)
}

test.for([
  ['entra-v2/id-token-guest-2024', TENANT],
  ['msa/id-token-2025', CONSUMERS],
] as const)('%s signs a user in', async ([id, tenant]) => {
  expect(await signIn(id, tenant)).toMatchObject({ oid: TENANT, tid: tenant, sub: 'x' })
})

test.for(['entra-v2/claims-challenge-arm', 'graph/error-401-insufficient-claims'])(
  '%s gets a token with the claims of the challenge',
  async (id) => {
    const sent: (string | null)[] = []
    const api = new ApiAuth(
      optionsOf({
        respond: async (request) => {
          if (request.method === 'POST') {
            sent.push(new URLSearchParams(await request.text()).get('claims'))
            return inventResponse(find('entra-v2/token-on-behalf-of'))
          }
          return sent.length === 1 ? inventResponse(find(id)) : new Response('done')
        },
      }),
    )
    closing.push(api)
    let text = ''
    const guarded = api.authorizationRequired({ scopes: ['x'] }, async (_request, context) => {
      const scopes = [`${GRAPH}/User.Read`]
      text = await (await context.fetch(`${GRAPH}/v1.0/me`, { scopes })).text()
      return new Response()
    })
    const token = await mint('entra-v2/access-token-user-own-api-2026', forUs(TENANT))
    const headers = { authorization: `Bearer ${token}` }
    await guarded(new Request('https://api.example/', { headers }))

    expect(text).toBe('done')
    expect(sent).toEqual([null, expect.stringContaining('access_token')])
  },
)
