import {
  defaultConfig,
  type AppConfig,
  type DevProvider,
  type ProviderCookies,
} from '../src/index.js'
import {
  authorizeUrl,
  createPkce,
  getCode,
  getTokens,
  redeem,
  refresh,
  requestToken,
  TODO_API,
  type Params,
} from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const [WEB_APP, API, B2C_API] = defaultConfig.apps as [AppConfig, AppConfig, AppConfig]
const PUBLIC_APP: AppConfig = {
  clientId: '44444444-4444-4444-8444-444444444444',
  name: 'My phone app',
  redirectUris: ['http://localhost:3999/callback'],
}
const UNKNOWN = '99999999-9999-4999-8999-999999999999'
const FORM = 'application/x-www-form-urlencoded'
const CODE = { grant_type: 'authorization_code', code: 'unknown' }
const { verifier, challenge } = createPkce()
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' }
const APP_ONLY = { grant_type: 'client_credentials' }
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'

const test = base
  .extend('providerOptions', { config: { apps: [WEB_APP, API, B2C_API, PUBLIC_APP] } })
  /** Checks the last request: the error in the record, and its remedy in the log. */
  .extend('expectProblem', ({ provider, providerLog }) => (number: number, remedy: string) => {
    const { error } = provider.requests.findLast((record) => record.error !== undefined) ?? {}
    expect(error).toMatchObject({ number, remedy: expect.stringContaining(remedy) })
    const line = providerLog.findLast((text) => text.includes(` -> `)) ?? ''
    expect(line).toContain(`${error?.code} ${error?.prefix}${number} -> ${error?.remedy}`)
    expect(line).not.toContain(WEB_APP.clientSecret)
  })

describe('the authorization endpoint', () => {
  test.for([
    ['an unknown client', { client_id: UNKNOWN }, 700016, `${WEB_APP.clientId} of "My web app"`],
    ['a client of another tenant', { client_id: B2C_API.clientId }, 700016, 'another tenant'],
    ['a missing client', { client_id: '' }, 900144, 'Add the parameter client_id'],
    ['a redirect URI elsewhere', { redirect_uri: 'https://evil.example/' }, 50011, '127.0.0.1'],
    [
      'a redirect URI that is not listed',
      { client_id: PUBLIC_APP.clientId, redirect_uri: 'http://localhost:3999/callback/' },
      50011,
      'Add the redirect URI to redirectUris of "My phone app"',
    ],
    ['an unknown response mode', { response_mode: 'smoke' }, 70007, 'query, fragment or form_post'],
  ] as const)(
    '%s is a page',
    async ([_name, params, number, remedy], { provider, expectProblem }) => {
      const response = await fetch(authorizeUrl(provider, params), { redirect: 'manual' })

      expect(response.status).toBe(400)
      expect(await response.text()).toContain(`AADSTS${number}`)
      expectProblem(number, remedy)
    },
  )

  test('a repeated parameter is a page', async ({ provider, expectProblem }) => {
    const url = authorizeUrl(provider)
    url.searchParams.append('scope', 'openid')

    expect((await fetch(url)).status).toBe(400)
    expectProblem(9000411, 'Send the parameter scope only once.')
  })

  test.for([
    ['a missing response type', { response_type: '' }, 900144, 'Add the parameter response_type'],
    ['an implicit response', { response_type: 'token' }, 700051, 'Set response_type to code.'],
    ['a hybrid response', { response_type: 'code id_token' }, 700054, 'Set response_type to code.'],
    ['an unknown response type', { response_type: 'cake' }, 70005, 'Set response_type to code.'],
    ['a missing scope', { scope: '' }, 900144, 'Add the parameter scope'],
    ['an unknown prompt', { prompt: 'maybe' }, 90023, 'Set prompt to login, none,'],
    ['a wrong max_age', { max_age: 'soon' }, 90023, 'number of seconds'],
    ['a short challenge', { code_challenge: 'x' }, 501491, 'SHA-256'],
    ['an unknown method', { ...PKCE, code_challenge_method: 'S1' }, 9002313, 'S256'],
    [
      'resource of another API',
      { resource: 'https://graph.microsoft.com', scope: `${TODO_API}/Todos.Read` },
      9010010,
      'Add https://graph.microsoft.com to otherIdUris of "Todo API"',
    ],
    [
      'resource with scopes of Graph',
      { resource: TODO_API, scope: 'User.Read' },
      9010010,
      `Start each scope with ${TODO_API}/`,
    ],
    ['claims that are not JSON', { claims: '{' }, 900235, 'JSON object'],
    ['an unknown scope of an API', { scope: `${TODO_API}/Todos.Red` }, 650053, 'Todos.ReadWrite'],
    ['a scope without its prefix', { scope: 'Todos.Read' }, 650053, `${TODO_API}/`],
    ['an unknown API', { scope: 'api://other/Read' }, 500011, TODO_API],
    [
      '.default with scopes',
      { scope: 'User.Read https://graph.microsoft.com/.default' },
      70011,
      'not mix',
    ],
  ] as const)(
    '%s is sent to the app',
    async ([_name, params, number, remedy], { provider, expectProblem }) => {
      const { url } = await provider.signIn(authorizeUrl(provider, params))

      expect(url.origin).toBe('http://localhost:3999')
      expect(url.searchParams.get('error_description')).toContain(`AADSTS${number}: `)
      expect(url.href).not.toContain(encodeURIComponent(remedy))
      expectProblem(number, remedy)
    },
  )

  test('an account of another tenant is a page', async ({ provider, expectProblem }) => {
    await expect(provider.signIn(authorizeUrl(provider), { as: 'jo' })).rejects.toThrow(
      /AADSTS50020/,
    )

    expectProblem(50020, 'add the tenant to guestOf')
  })

  test('an unknown account is a page', async ({ provider, expectProblem }) => {
    const page = await (await fetch(authorizeUrl(provider))).text()
    const action = provider.origin + (/action="([^"]+)"/.exec(page)?.[1] ?? '')
    const body = new URLSearchParams({ account: 'nobody@contoso.example' })

    expect((await fetch(action, { method: 'POST', body })).status).toBe(400)
    expectProblem(50034, `${provider.origin}/`)
  })

  test('permissions for administrators are sent to the app', async ({
    provider,
    expectProblem,
  }) => {
    await provider.signIn(authorizeUrl(provider, { scope: 'Directory.Read.All' }), { as: 'alex' })

    expectProblem(90094, 'admin: true')
  })

  test('a sign-in that ended is a page', async ({ provider }) => {
    const response = await fetch(`${provider.authority()}/interaction/unknown`)

    expect(response.status).toBe(400)
    expect(provider.requests.at(-1)?.error?.remedy).toContain('start a new sign-in')
  })
})

describe('the token endpoint', () => {
  test.for([
    ['a missing grant', {}, 400, 900144, 'Add the parameter grant_type'],
    ['an unknown grant', { grant_type: 'password' }, 400, 70003, 'authorization_code'],
    ['an unknown client', { ...CODE, client_id: UNKNOWN }, 400, 700016, WEB_APP.clientId],
    ['a wrong secret', { ...CODE, client_secret: 'wrong' }, 401, 7000215, 'Copy clientSecret'],
    ['a missing secret', { ...CODE, client_secret: '' }, 401, 7000218, 'Add client_secret'],
    [
      'a secret of a public client',
      { ...CODE, client_id: PUBLIC_APP.clientId },
      401,
      700025,
      'Remove the client secret',
    ],
    [
      'an assertion that is not a JWT',
      { ...CODE, client_secret: '', ...assertion('x') },
      400,
      50027,
      'iss, sub, aud, jti and exp',
    ],
    ['two credentials', { ...CODE, ...assertion('x') }, 400, 9002313, 'Remove client_secret or'],
    ['a missing code', { ...CODE, code: '' }, 400, 900144, 'Add the parameter code'],
    ['an unknown code', CODE, 400, 9002313, 'forgets codes when it restarts'],
    [
      'an unknown refresh token',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      400,
      9002313,
      'sign in again',
    ],
    [
      'an unknown device code',
      { grant_type: DEVICE_CODE, device_code: 'x' },
      400,
      70018,
      '/devicecode',
    ],
    ['an app-only token without a scope', APP_ONLY, 400, 900144, 'Add the parameter scope'],
    [
      'an app-only token for a scope',
      { ...APP_ONLY, scope: 'User.Read' },
      400,
      1002012,
      'Set scope to the idUri of one API',
    ],
    [
      'an app-only token for two APIs',
      { ...APP_ONLY, scope: `${TODO_API}/.default https://graph.microsoft.com/.default` },
      400,
      70011,
      'one API in each token request',
    ],
    [
      'an app-only token for an unknown API',
      { ...APP_ONLY, scope: 'api://x/.default' },
      400,
      500011,
      TODO_API,
    ],
  ] as const)(
    '%s',
    async ([_name, params, status, number, remedy], { provider, expectProblem }) => {
      const reply = await requestToken(provider, params)

      expect(reply).toMatchObject({ status, body: { error_codes: [number] } })
      expect(reply.body.error_description).toMatch(new RegExp(`^AADSTS${number}: .* Trace ID: `))
      expect(reply.body.error_description).not.toContain(remedy)
      expectProblem(number, remedy)
    },
  )

  test.for([
    ['common', 9001023],
    ['organizations', 50059],
  ] as const)('an app-only token at %s', async ([tenant, number], { provider, expectProblem }) => {
    const scope = `${TODO_API}/.default`
    const { status } = await requestToken(provider, { ...APP_ONLY, scope }, tenant)

    expect(status).toBe(400)
    expectProblem(number, 'the authority of one tenant')
  })

  test.for([
    ['used twice', {}, 54005, 'Redeem each code once.'],
    [
      'with another redirect URI',
      { redirect_uri: 'http://localhost:3999/' },
      500112,
      'the same redirect_uri',
    ],
    [
      'with another client',
      { client_id: API.clientId, client_secret: API.clientSecret ?? '' },
      70000,
      'started the sign-in',
    ],
    [
      'with scopes of two APIs',
      { scope: `User.Read ${TODO_API}/Todos.Read` },
      28000,
      'one API in each',
    ],
    [
      'for a scope without consent',
      { scope: `${TODO_API}/Todos.Read` },
      65001,
      `requests ${TODO_API}/Todos.Read`,
    ],
    [
      'for permissions without consent',
      { scope: `${TODO_API}/.default` },
      65001,
      'Check that the list permissions',
    ],
    ['with a verifier only', { code_verifier: verifier }, 501481, 'Add code_challenge'],
    ['with a claims parameter that is not JSON', { claims: '[' }, 900235, 'JSON object'],
  ] as const)('a code %s', async ([name, params, number, remedy], { provider, expectProblem }) => {
    const code = await getCode(provider, { scope: 'openid User.Read' })
    if (name === 'used twice') await redeem(provider, code)
    const reply = await redeem(provider, code, params)

    expect(reply).toMatchObject({ status: 400, body: { error_codes: [number] } })
    expectProblem(number, remedy)
  })

  test.for([
    ['missing', '', 'Add code_verifier'],
    ['wrong', createPkce().verifier, 'of the same sign-in'],
  ] as const)(
    'a verifier that is %s',
    async ([_name, sent, remedy], { provider, expectProblem }) => {
      const reply = await redeem(provider, await getCode(provider, PKCE), { code_verifier: sent })

      expect(reply).toMatchObject({ status: 400, body: { error_codes: [501481] } })
      expectProblem(501481, remedy)
    },
  )

  test('a code after ten minutes', async ({ provider, clock, expectProblem }) => {
    const code = await getCode(provider)
    clock.advance(601)

    expect((await redeem(provider, code)).body).toMatchObject({ error_codes: [70008] })
    expectProblem(70008, 'within ten minutes')
  })

  test('a code at another authority', async ({ provider, expectProblem }) => {
    const code = await getCode(provider, {}, { tenant: 'common' })

    expect((await redeem(provider, code)).body).toMatchObject({ error_codes: [700005] })
    expectProblem(700005, 'the authority that started the sign-in')
  })

  test('a refresh token of another client', async ({ provider, expectProblem }) => {
    const { refresh_token: token } = await getTokens(provider)
    const other = { client_id: API.clientId, client_secret: API.clientSecret ?? '' }
    const { body } = await refresh(provider, token, other)

    expect(body).toMatchObject({ error: 'invalid_grant', error_codes: [70000] })
    expectProblem(70000, 'A refresh token belongs to one app.')
  })

  test('a refresh token for a tenant without the user', async ({ provider, expectProblem }) => {
    const { refresh_token: token } = await getTokens(provider)
    const { body } = await refresh(provider, token, {}, 'fabrikam.onmicrosoft.com')

    expect(body).toMatchObject({ error: 'invalid_grant', error_codes: [50020] })
    expectProblem(50020, 'Choose an account of Fabrikam')
  })

  test('a refresh token that was revoked', async ({ provider, expectProblem }) => {
    const { refresh_token: token } = await getTokens(provider)
    provider.revokeUser('alex')

    expect((await refresh(provider, token)).body).toMatchObject({ error_codes: [50173] })
    expectProblem(50173, 'Start a new sign-in')
  })

  test('a refresh token that was used twice', async ({ provider, expectProblem }) => {
    provider.behave({ reuseDetection: true })
    const { refresh_token: token } = await getTokens(provider)
    await refresh(provider, token)

    expect((await refresh(provider, token)).body).toMatchObject({ error_codes: [700082] })
    expectProblem(700082, 'Use each refresh token once')
  })

  test('a code of Azure AD B2C with another client', async ({ provider, expectProblem }) => {
    const tenant = 'fabrikamb2c.onmicrosoft.com/B2C_1_susi'
    const code = await getCode(provider, { scope: 'openid' }, { tenant, as: 'mia' })
    const other = { client_id: PUBLIC_APP.clientId, client_secret: '' }
    const { status, body } = await redeem(provider, code, other, tenant)

    expect(status).toBe(400)
    expect(body.error_description).toMatch(/^AADB2C90279: /)
    expectProblem(90279, 'started the sign-in')
  })

  test.for(['application/json', 'text/plain'])(
    'a body of %s',
    async (type, { provider, expectProblem }) => {
      const response = await post(provider, JSON.stringify({ ...CODE, client_id: UNKNOWN }), type)

      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error_codes: [900144] })
      expectProblem(900144, `with the Content-Type ${FORM}`)
    },
  )

  test('a body that is too large', async ({ provider, expectProblem }) => {
    const response = await post(provider, `code=${'x'.repeat(300_000)}`)

    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ error_codes: [90015] })
    expectProblem(90015, 'at most 256 KB')
  })

  test('GET', async ({ provider, expectProblem }) => {
    const response = await fetch(`${provider.authority()}/oauth2/v2.0/token`)

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(await response.json()).toMatchObject({ error_codes: [900561] })
    expectProblem(900561, 'Send a POST request.')
  })
})

describe('a path', () => {
  test.for([
    [UNKNOWN, 'invalid_tenant', 90002],
    ['nobody.example', 'invalid_tenant', 90002],
    ['contsoo', 'invalid_request', 900023],
  ] as const)(
    'of the unknown tenant %s',
    async ([tenant, error, number], { provider, expectProblem }) => {
      const url = `${provider.origin}/${tenant}/v2.0/.well-known/openid-configuration`
      const response = await fetch(url)

      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error, error_codes: [number] })
      expectProblem(
        number,
        `an authority at ${provider.origin}/, for example ${provider.authority()}`,
      )
    },
  )

  test.for([
    ['common/oauth2/token', 'Insert v2.0 after /oauth2/.'],
    ['common/oauth2/authorize', 'Insert v2.0 after /oauth2/.'],
    [
      'fabrikamb2c.onmicrosoft.com/B2C_1_sus/v2.0/.well-known/openid-configuration',
      'authorities at',
    ],
    ['common/v2/.well-known/openid-configuration', '/v2.0/.well-known/openid-configuration'],
    ['oidc/v2.0/.well-known/openid-configuration', 'authorities at'],
    ['favicon.ico', undefined],
  ] as const)('%s that does not exist', async ([path, remedy], { provider }) => {
    const response = await fetch(`${provider.origin}/${path}`)
    const { error } = provider.requests.at(-1) ?? {}

    expect(response.status).toBe(404)
    expect(error?.code).toBe('not_found')
    if (remedy === undefined) expect(error).not.toHaveProperty('remedy')
    else expect(error?.remedy).toContain(remedy)
  })
})

describe('a token for a test', () => {
  test.for([
    ['an unknown account', { as: 'nobody' }, 'Use one of these user names: alex@'],
    ['an unknown app', { app: UNKNOWN }, `for example ${WEB_APP.clientId}`],
    ['an unknown API', { as: 'alex', api: 'api://other' }, 'Set api to the clientId or the idUri'],
    ['an unknown scope', { as: 'alex', scopes: ['Todos.Red'] }, 'Todos.Read, Todos.ReadWrite'],
    ['a scope of an unknown API', { as: 'alex', scopes: ['api://other/Read'] }, 'does not exist'],
    ['an unknown authority', { authority: 'contsoo' }, 'Set authority to a tenant'],
    [
      'an account of another tenant',
      { as: 'jo', authority: 'contoso.example' },
      'does not exist in tenant',
    ],
    ['claims that are not JSON', { as: 'alex', claimsRequest: '{' }, 'JSON object'],
  ] as const)('of %s', async ([_name, request, remedy], { provider, providerLog }) => {
    const response = await fetch(`${provider.origin}/dev/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    const { error_description: description } = (await response.json()) as Params

    expect(response.status).toBe(400)
    expect(description).toContain(remedy)
    expect(providerLog.at(-1)).toContain(` -> ${description}`)
    await expect(provider.accessToken(request)).rejects.toThrow(TypeError)
    await expect(provider.accessToken(request)).rejects.toThrow(description)
  })
})

test('a successful sign-in and the polling of a device have no remedy', async ({ provider }) => {
  const cookies: ProviderCookies = new Map()
  await getTokens(provider, {}, { cookies })
  await provider.signIn(authorizeUrl(provider, { prompt: 'none', login_hint: 'x' }), { cookies })
  const { body } = await deviceCode(provider)
  const params = { grant_type: DEVICE_CODE, device_code: body.device_code ?? '' }
  await requestToken(provider, params)

  expect(provider.requests.flatMap(({ error }) => error?.number ?? [])).toEqual([50058, 70016])
  expect(provider.requests.filter(({ error }) => error?.remedy !== undefined)).toEqual([])
})

function assertion(jwt: string): Params {
  return {
    client_assertion: jwt,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }
}

function post(provider: DevProvider, body: string, type = FORM): Promise<Response> {
  return fetch(`${provider.authority()}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  })
}

async function deviceCode(provider: DevProvider): Promise<{ body: Params }> {
  const response = await fetch(`${provider.authority()}/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: provider.app.clientId, scope: 'openid' }),
  })
  return { body: (await response.json()) as Params }
}
