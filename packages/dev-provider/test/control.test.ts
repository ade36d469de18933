import { decodeProtectedHeader } from 'jose'
import manifest from '../package.json' with { type: 'json' }
import { sendRequest } from '../src/controls/send-request.js'
import { defaultConfig, type DevProvider, type ProviderCookies } from '../src/index.js'
import { describe, expect, test as base } from './support/fixtures.js'
import { authorizeUrl, claimsOf, getTokens, refresh, requestToken } from './support/flow.js'

/** The state that the actions change. */
interface State {
  readonly provider: DevProvider
  readonly refreshToken: string | undefined
  readonly cookies: ProviderCookies
}

const JSON_TYPE = { 'content-type': 'application/json' }

const test = base
  /** Sends a request with these headers only, and with any `Host`. */
  .extend(
    'send',
    ({ provider }) =>
      async (
        method: string,
        path: string,
        body = '',
        headers: Readonly<Record<string, string>> = JSON_TYPE,
      ) => {
        const url = new URL(path, provider.origin)
        const response = await sendRequest(url, { method, headers, body })
        return {
          status: response.status,
          json: JSON.parse(response.body.toString()) as unknown,
          allowed: response.headers.get('access-control-allow-origin'),
        }
      },
  )
  /** A provider at which Alex is signed in. */
  .extend('state', async ({ provider, cookies }): Promise<State> => {
    provider.configure({})
    provider.register({ backChannelLogoutUri: 'http://localhost:1/logout' })
    await provider.userTokens({ as: 'alex', authority: 'oidc' })
    const tokens = await getTokens(provider, {}, { as: 'alex', cookies })
    return { provider, refreshToken: tokens['refresh_token'], cookies }
  })

const { clientId } = defaultConfig.apps[0]!
const APP = { extends: 'default', apps: [{ clientId, name: 'Shop' }] }

/** Returns how far the clock of the provider is ahead. */
async function hoursAhead(provider: DevProvider): Promise<number> {
  const { iat } = claimsOf(await provider.accessToken())
  return Math.round((Number(iat) - Date.now() / 1000) / 3600)
}

/** Each action, a body that changes the provider, and the part that it changes. */
const ACTIONS: readonly [string, body: object, read: (state: State) => unknown][] = [
  ['reset', {}, ({ provider }) => provider.requests.length > 0],
  ['behave', { consent: 'skip' }, ({ provider }) => provider.behaviour.consent],
  ['configure', APP, ({ provider }) => provider.app.name],
  [
    'revoke-user',
    { username: 'alex' },
    async ({ provider, refreshToken }) => (await refresh(provider, refreshToken)).status,
  ],
  [
    'sign-out',
    { as: 'alex' },
    async ({ provider, cookies }) => {
      const { url } = await provider.signIn(authorizeUrl(provider, { prompt: 'none' }), { cookies })
      return url.searchParams.get('error')
    },
  ],
  [
    'roll-keys',
    { keepOld: false },
    async ({ provider }) => decodeProtectedHeader(await provider.sign({})).kid,
  ],
  ['clock', { offsetSeconds: 7200 }, ({ provider }) => hoursAhead(provider)],
]

describe('/dev/api', () => {
  test.for(ACTIONS)('%s changes the provider', async ([name, body, read], { send, state }) => {
    const before = await read(state)
    const response = await send('POST', `/dev/api/${name}`, JSON.stringify(body))

    const deliveries = [{ clientId, failure: expect.any(String) }]
    expect(response).toMatchObject({ status: 200, json: name === 'sign-out' ? deliveries : {} })
    expect(await read(state)).not.toEqual(before)
  })

  test('reset restores the switches and the clock, and needs no body', async ({ send, state }) => {
    await send('POST', '/dev/api/behave', '{"consent":"skip"}')
    await send('POST', '/dev/api/clock', '{"offsetSeconds":7200}')

    expect((await send('POST', '/dev/api/reset')).status).toBe(200)
    expect(state.provider.behaviour.consent).toBe('ask')
    expect(await hoursAhead(state.provider)).toBeCloseTo(0)
  })

  test('null turns off a switch that has no value by default', async ({ send, provider }) => {
    provider.behave({ refreshInSeconds: 60, graphClaims: '{}' })
    await send('POST', '/dev/api/behave', '{"refreshInSeconds":null}')

    expect(provider.behaviour).toMatchObject({ refreshInSeconds: undefined, graphClaims: '{}' })
  })

  test('configure sets the switches at the start too', async ({
    send,
    provider,
    onTestFinished,
  }) => {
    onTestFinished(() => provider.configure({}, {}))
    await send('POST', '/dev/api/configure', '{"behaviour":{"consent":"skip"}}')
    provider.reset()

    expect(provider.behaviour.consent).toBe('skip')
  })

  test.for([
    ['reset', '{"all":true}', 'all is not a setting.'],
    ['behave', '{"consnt":"skip"}', 'consnt is not a setting. Did you mean consent?'],
    ['behave', '{"consent":null}', "consent must be 'ask' or 'skip'"],
    ['behave', '{"__proto__":{"consent":"skip"}}', '__proto__ is not a setting.'],
    ['configure', '{"users":[{"username":"x"}]}', 'users[0].oid is missing.'],
    ['configure', '{"port":1}', 'port is only for the start.'],
    ['configure', '{"behaviour":null}', 'behaviour must be an object, not null'],
    ['revoke-user', '{}', 'username is missing. Write a string: the user name or first name'],
    ['revoke-user', '{"username":1}', 'username must be a string, not a number'],
    ['revoke-user', '{"username":"bob"}', "The user 'bob' does not exist. Use one of these"],
    ['sign-out', '{"user":"alex"}', 'user is not a setting. Use one of these: as, sid'],
    ['roll-keys', '{"keepOld":"no"}', 'keepOld must be true or false'],
    ['clock', '{"offsetSeconds":1.5}', 'offsetSeconds must be an integer'],
    ['clock', '{"offsetSeconds":1e300}', 'offsetSeconds must be from -'],
    ['clock', 'x', 'The body must be a JSON object.'],
  ] as const)('%s with %s says what to change', async ([name, body, message], { send }) => {
    const { status, json } = await send('POST', `/dev/api/${name}`, body)

    expect(status).toBe(400)
    expect(json).toEqual({
      error: 'invalid_request',
      error_description: expect.stringContaining(message),
    })
  })

  test.for([
    ['POST', 'rest', 404, 'The path /dev/api/rest does not exist. Did you mean reset?'],
    ['POST', 'constructor', 404, 'Use one of these: reset, behave'],
    ['GET', 'reset', 405, 'Send a POST request.'],
    ['DELETE', 'requests', 405, 'The endpoint only accepts GET, HEAD requests.'],
  ] as const)('%s /dev/api/%s returns %i', async ([method, name, status, message], { send }) => {
    const response = await send(method, `/dev/api/${name}`)

    expect(response.status).toBe(status)
    expect(JSON.stringify(response.json)).toContain(message)
  })
})

test('/dev/api/requests returns the requests of the page, without secrets, codes and tokens', async ({
  send,
  provider,
}) => {
  const tokens = await getTokens(provider, { scope: 'openid profile User.Read' }, { as: 'robin' })
  await requestToken(provider, { grant_type: 'client_credentials', client_secret: 'wrong-secret' })
  const headers = { authorization: `Bearer ${tokens['access_token']}` }
  await fetch(provider.graphMe, { headers })
  await send('GET', '/health')
  await send('POST', '/dev/api/behave')
  const { json } = await send('GET', '/dev/api/requests')
  const list = json as Record<string, unknown>[]

  expect(list).toHaveLength(provider.requests.length)
  expect(list.at(-3)).toMatchObject({
    endpoint: 'token',
    grantType: 'authorization_code',
    status: 200,
    clientId,
    params: { code: '(hidden)', client_secret: '(hidden)' },
    tokens: [{ place: 'access_token' }, { claims: { name: 'Robin Chen' }, isSigned: true }],
  })
  expect(list.at(-2)).toMatchObject({
    error: { number: 7000215, remedy: expect.stringContaining('The client secret is wrong.') },
  })
  expect(list.at(-1)).toMatchObject({ tokens: [{ place: 'Authorization header' }] })
  const { access_token: access = '', id_token: id = '', refresh_token: refreshing } = tokens
  const signatures = [access, id].map((token) => token.split('.')[2])
  for (const secret of [provider.app.clientSecret, 'wrong-secret', refreshing, ...signatures])
    expect(JSON.stringify(json)).not.toContain(secret)
})

describe('an attacker cannot use /dev/api', () => {
  test.for([
    ['from a page of another site', { origin: 'https://evil.example' }, 403],
    ['from a sandboxed frame', { origin: 'null' }, 403],
    ['from a page of the provider, after a script was injected', { origin: 'own' }, 403],
    ['from a script of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from another port of this machine', { 'sec-fetch-site': 'same-site' }, 403],
    ['with a name that points to this machine', { host: 'evil.example' }, 403],
    ['as text', { 'content-type': 'text/plain' }, 415],
    ['with a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['without a content type', { 'content-type': '' }, 415],
    ['with a content type that starts alike', { 'content-type': 'application/jsonp' }, 415],
  ] as const)('%s', async ([, added, status], { send, state }) => {
    const { origin } = state.provider
    const headers: Record<string, string> = { ...JSON_TYPE, ...added }
    if (headers['origin'] === 'own') headers['origin'] = origin
    if (headers['host'] !== undefined) headers['host'] += `:${new URL(origin).port}`
    for (const [name, body, read] of ACTIONS) {
      const before = await read(state)
      const response = await send('POST', `/dev/api/${name}`, JSON.stringify(body), headers)

      expect([name, response]).toMatchObject([
        name,
        { status, json: { error: expect.any(String) } },
      ])
      expect(response.allowed).toBeNull()
      expect(await read(state)).toEqual(before)
    }
    if (status !== 403) return
    const list = await send('GET', '/dev/api/requests', '', headers)
    expect(list).toMatchObject({ status: 403, allowed: null })
    expect(JSON.stringify(list.json)).not.toContain('authorization_code')
  })

  test('with a large body', async ({ send, provider }) => {
    const large = JSON.stringify({ consent: 'skip', padding: 'x'.repeat(300 * 1024) })
    const response = await send('POST', '/dev/api/behave', large)

    expect(response.status).toBe(413)
    expect(JSON.stringify(response.json)).toContain('Send a body of at most 256 KB.')
    expect(provider.behaviour.consent).toBe('ask')
  })

  test('after a preflight request', async ({ send }) => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const response = await send('OPTIONS', '/dev/api/reset', '', headers)

    expect(response).toMatchObject({ status: 405, allowed: null })
  })
})

test.for([
  ['/health', 200, { status: 'ok', version: manifest.version, ready: true }],
  ['/dev/ca.pem', 404, { error_description: expect.stringContaining('start it with --https') }],
] as const)('%s returns %i', async ([path, status, json], { send }) => {
  expect(await send('GET', path)).toMatchObject({ status, json })
})
