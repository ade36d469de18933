import type { DevProvider, Fault } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { requestCount, expectErrorPage, expectRejected, signedInUser } from '../support/attack.ts'
import {
  atSite,
  Browser,
  IMPATIENT,
  sendToCallback,
  signIn,
  startDevProvider,
  startSite,
  type Site,
} from '../support/site.ts'

type JsonObject = Record<string, unknown>

const SECRET = 'MARKED8Q~secret+of/the=tests'

/** A `fetch` whose token endpoint returns the response that the test sets. */
const tokensFrom =
  (response: (init: RequestInit) => Response): typeof fetch =>
  (url, init = {}) =>
    (url as string).endsWith('/token') ? Promise.resolve(response(init)) : fetch(url, init)

const test = base
  .extend(
    'open',
    ({ openSite }) =>
      (options: AuthOptions = {}) =>
        openSite(options),
  )

  /** Sends the correct authorization response to the callback while an endpoint fails. */
  .extend(
    'signInDuring',
    ({ provider, open }) =>
      async (site: Site, faults: { token?: Fault; keys?: Fault }) => {
        const browser = new Browser()
        const back = await site.startSignIn(browser)
        provider.behave({ faults })
        const hangs = Object.values(faults).some(({ kind }) => kind === 'hang')
        const redirectUri = `${site.origin}/redirect`
        const atCallback = hangs ? await open({ ...IMPATIENT, redirectUri }) : site
        return { browser, response: await sendToCallback(browser, atSite(atCallback, back)) }
      },
  )
  .extend(
    'echo',
    ({ open, signInDuring }) =>
      async (what: (init: RequestInit) => string, options: AuthOptions = {}) => {
        let sent: URLSearchParams | undefined
        const site = await open({
          clientCredential: SECRET,
          ...options,
          fetch: tokensFrom((init) => {
            sent = new URLSearchParams(init.body as string)
            const body = { error: 'invalid_client', error_description: what(init) }
            return Response.json(body, { status: 401 })
          }),
        })
        const { response } = await signInDuring(site, {})
        expectErrorPage(site, response, 502)
        expect(site.logs.join()).toContain('invalid_client')
        return { shown: response.text + site.logs.join('\n'), sent }
      },
  )

describe('a token endpoint that', () => {
  const faults: [what: string, fault: Fault, status: number][] = [
    ['answers 500', { kind: 'status', status: 500 }, 503],
    ['answers 503', { kind: 'status', status: 503, retryAfter: '7' }, 503],
    ['answers 429', { kind: 'status', status: 429 }, 503],
    ['answers 404', { kind: 'status', status: 404, body: 'Not found' }, 502],
    ['answers 302', { kind: 'status', status: 302 }, 502],
    ['answers nothing', { kind: 'status', status: 200 }, 502],
    ['answers JSON that is no object', { kind: 'status', status: 200, body: '["a"]' }, 502],
    ['answers null', { kind: 'status', status: 200, body: 'null' }, 502],
    ['answers an empty object', { kind: 'status', status: 200, body: '{}' }, 502],
    ['answers half of its JSON', { kind: 'status', status: 200, body: '{"access_token":"x' }, 502],
    ['answers a page', { kind: 'html' }, 502],
    ['answers a page with 502', { kind: 'html', status: 502 }, 503],
    ['never answers', { kind: 'hang' }, 503],
    ['answers two megabytes', { kind: 'huge', bytes: 2_000_000 }, 502],
    ['drops the connection', { kind: 'drop' }, 503],
    ['answers an error', { kind: 'error', error: 'invalid_client', status: 401 }, 502],
    ['answers an error with 200', { kind: 'error', error: 'invalid_client', status: 200 }, 502],
    ['answers that it is not now', { kind: 'error', error: 'temporarily_unavailable' }, 503],
    ['answers an error named like a method', { kind: 'error', error: 'toString' }, 502],
  ]

  test.for(faults)(
    '%s ends the sign-in with an error page',
    async ([, fault, status], { signInDuring, site }) => {
      const { browser, response } = await signInDuring(site, { token: fault })

      await expectRejected(site, browser, response, status)
      const wait = fault.kind === 'status' ? (fault.retryAfter ?? '5') : '5'
      expect(response.headers['retry-after']).toBe(status === 503 ? wait : undefined)
    },
  )

  test.for([200, 400])(
    'returns %i with a required user interaction restarts the sign-in once, and then shows an error page',
    async (status, { signInDuring, provider, site }) => {
      const token: Fault = { kind: 'error', error: 'interaction_required', status }
      const { browser, response } = await signInDuring(site, { token })
      expect(response.status).toBe(302)
      expect(response.location).toContain('/authorize?')

      const again = await provider.signIn(response.location ?? '', { as: 'alex' })

      await expectRejected(site, browser, await sendToCallback(browser, again), 401)
    },
  )

  const responses: [what: string, change: JsonObject][] = [
    ['gives no access token', { access_token: undefined }],
    ['gives an access token that is no text', { access_token: 7 }],
    ['gives no token type', { token_type: undefined }],
    ['gives a token type that we can not send', { token_type: 'mac' }],
    ['gives a negative lifetime', { expires_in: -1 }],
    ['gives a lifetime that is no number', { expires_in: 'soon' }],
    ['gives a refresh token that is no text', { refresh_token: { a: 1 } }],
    ['gives an ID token that is no text', { id_token: ['a.b.c'] }],
  ]

  test.for(responses)('%s is rejected', async ([, change], { provider, signInDuring, site }) => {
    provider.tamper = { tokenResponse: (body) => ({ ...body, ...change }) }

    const { browser, response } = await signInDuring(site, {})

    await expectRejected(site, browser, response, 502)
  })

  test.for([
    ['an error that is not a string', { error: { a: 1 } }],
    [
      'a description that is not a string',
      { error: 'invalid_client', error_description: { a: 1 } },
    ],
    ['numbers that are not a list', { error: 'invalid_client', error_codes: '50011' }],
    ['a list of values that are not numbers', { error: 'invalid_client', error_codes: [{}, 'x'] }],
    ['claims that are not a string', { error: 'invalid_client', claims: { a: 1 } }],
  ] as const)('returns %s is rejected', async ([, body], { open, signInDuring }) => {
    const site = await open({ fetch: tokensFrom(() => Response.json(body, { status: 400 })) })

    const { browser, response } = await signInDuring(site, {})

    await expectRejected(site, browser, response, 502)
  })

  test('returns markup as its request ID gets it escaped', async ({ open, signInDuring }) => {
    const site = await open({
      fetch: tokensFrom(
        () => new Response('', { status: 500, headers: { 'x-ms-request-id': '<img src=x>' } }),
      ),
    })

    const { response } = await signInDuring(site, {})

    expectErrorPage(site, response, 503)
    expect(response.text).toContain('Correlation ID &lt;img src=x&gt;')
  })

  test('is slow, but within the timeout, signs in', async ({ signInDuring, site }) => {
    const { response } = await signInDuring(site, { token: { kind: 'slow', ms: 50 } })

    expect(response.location).toBe('/')
  })

  test('sends a Retry-After, which is limited', async ({ signInDuring, open }) => {
    const waits = ['0', '3600', '999999', '-1', 'Wed, 21 Oct 2026 07:28:00 GMT', '1.5', 'x']
    const got: unknown[] = []
    for (const retryAfter of waits) {
      const { response } = await signInDuring(await open(), {
        token: { kind: 'status', status: 503, retryAfter },
      })
      got.push(response.headers['retry-after'])
    }

    expect(got).toEqual(['0', '3600', '3600', '5', '5', '2', '5'])
  })

  test.for([
    ['fewer scopes than a page needs', 'openid profile', 403],
    ['other scopes than a page needs', '', 403],
    ['the scopes in another format', 'https://graph.microsoft.com/user.read openid', 302],
  ] as const)(
    'grants %s does not cause a redirect loop',
    async ([, scope, status], { provider, site, browser }) => {
      const back = await site.startSignIn(browser, { path: '/me' })
      provider.tamper = { tokenResponse: (body) => ({ ...body, scope }) }

      const response = await sendToCallback(browser, back)

      expect(response.status).toBe(status)
      expect((await signedInUser(site, browser)) === undefined).toBe(status === 403)
    },
  )
})

describe('a token endpoint that repeats the request', () => {
  /** In an order in which the secret is within the first 300 characters. */
  const values = ({ body }: RequestInit): string =>
    ['client_secret', 'code_verifier', 'code']
      .map((name) => new URLSearchParams(body as string).get(name))
      .join(' and ')

  test('unchanged, is not shown', async ({ echo }) => {
    const { shown, sent } = await echo(values)

    expect(shown).toContain('[redacted]')
    expect(shown).not.toContain('MARKED')
    expect(shown).not.toContain(sent?.get('code_verifier'))
    expect(shown).not.toContain(sent?.get('code')?.slice(0, 20))
  })

  test('as the form, does not reveal a secret', async ({ echo }) => {
    const { shown } = await echo(({ body }) =>
      new URLSearchParams(body as string)
        .toString()
        .split('&')
        .filter((pair) => pair.startsWith('client_secret='))
        .join(),
    )

    expect(shown).not.toContain('MARKED')
  })

  test('in a refresh, does not reveal the refresh token', async ({ open, clock }) => {
    let refreshToken = ''
    const site = await open({
      fetch: (url, init = {}) => {
        const form = new URLSearchParams(init.body as string | undefined)
        if (form.get('grant_type') !== 'refresh_token') return fetch(url, init)
        refreshToken = form.get('refresh_token') ?? ''
        const body = { error: 'invalid_client', error_description: `unknown ${refreshToken}` }
        return Promise.resolve(Response.json(body, { status: 400 }))
      },
    })
    const browser = await site.signIn({ path: '/me' })
    clock.advance(3700)

    const response = await browser.navigate(`${site.origin}/me`)

    expectErrorPage(site, response, 500)
    expect(refreshToken).not.toBe('')
    expect(response.text + site.logs.join()).not.toContain(refreshToken)
    expect(response.text).toContain('unknown [redacted]')
  })

  test('with the Authorization header, does not reveal a secret', async ({ provider, echo }) => {
    let basic = ''
    provider.tamper = {
      metadata: (document) => ({
        ...document,
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
      }),
    }

    const { shown } = await echo((init) => {
      basic = new Headers(init.headers).get('authorization') ?? ''
      return `wrong secret ${SECRET}, sent as ${basic}`
    })

    expect(basic).toMatch(/^Basic /)
    expect(shown).not.toContain('MARKED')
    expect(shown).not.toContain(basic.slice(6))
  })
})

describe('metadata', () => {
  async function ask(site: Site) {
    return new Browser().navigate(`${site.origin}/`)
  }

  const documents: [
    what: string,
    change: (document: JsonObject, provider: DevProvider) => JsonObject,
  ][] = [
    ['of another issuer', (document) => ({ ...document, issuer: 'https://evil.example' })],
    [
      'of another tenant',
      (document, provider) => ({
        ...document,
        issuer: `${provider.origin}/fab00000-0000-4000-8000-000000000002/v2.0`,
      }),
    ],
    [
      'of the template',
      (document, provider) => ({ ...document, issuer: `${provider.origin}/{tenantid}/v2.0` }),
    ],
    ...['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'].flatMap(
      (field): [string, (document: JsonObject) => JsonObject][] => [
        [`without ${field}`, ({ [field]: _missing, ...rest }) => rest],
        [`with a ${field} that is no text`, (document) => ({ ...document, [field]: 7 })],
      ],
    ),
    ...[
      'authorization_endpoint',
      'token_endpoint',
      'jwks_uri',
      'end_session_endpoint',
      'device_authorization_endpoint',
    ].flatMap((field): [string, (document: JsonObject) => JsonObject][] => [
      [
        `with ${field} on plain http`,
        (document) => ({ ...document, [field]: 'http://login.example/x' }),
      ],
      [
        `with a script as ${field}`,
        (document) => ({ ...document, [field]: 'javascript:alert(1)//https://' }),
      ],
      [`with ${field} that is no URL`, (document) => ({ ...document, [field]: '/relative' })],
    ]),
  ]

  test.for(documents)('%s is rejected', async ([, change], { provider, site }) => {
    provider.tamper = { metadata: (document) => change(document, provider) }

    const response = await ask(site)

    expectErrorPage(site, response, 502)
    expect(response.location).toBeUndefined()
  })

  test.for([
    ['id_token_signing_alg_values_supported', 'RS256'],
    ['id_token_signing_alg_values_supported', 7],
    ['id_token_signing_alg_values_supported', null],
    ['id_token_signing_alg_values_supported', [null, {}, 'RS256']],
    ['end_session_endpoint', null],
    ['scopes_supported', 7],
    ['scopes_supported', null],
    ['scopes_supported', {}],
    ['token_endpoint_auth_methods_supported', 'client_secret_post'],
    ['token_endpoint_auth_methods_supported', 7],
    ['cloud_instance_name', 7],
    ['authorization_response_iss_parameter_supported', 'false'],
  ] as const)('with %s: %j never breaks the site', async ([field, value], { provider, open }) => {
    for (const options of [{}, { authority: undefined, oidcAuthority: provider.oidcAuthority }]) {
      const site = await open(options)
      provider.reset()
      provider.tamper = { metadata: (document) => ({ ...document, [field]: value }) }
      const browser = new Browser()

      const redirect = await browser.navigate(`${site.origin}/`)
      expect([302, 502]).toContain(redirect.status)
      if (redirect.status !== 302) continue
      const response = await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))
      expect([302, 401, 502]).toContain(response.status)
    }
  })

  test.for([
    ['that is a page', { kind: 'html' }, 502],
    ['that is missing (404)', { kind: 'status', status: 404 }, 502],
    ['that redirects', { kind: 'status', status: 302 }, 502],
    ['that is not JSON', { kind: 'status', status: 200, body: '{' }, 502],
    ['that is a list', { kind: 'status', status: 200, body: '[]' }, 502],
    ['of two megabytes', { kind: 'huge', bytes: 2_000_000 }, 502],
    ['that never comes', { kind: 'hang' }, 503],
    ['whose connection drops', { kind: 'drop' }, 503],
    ['whose server fails', { kind: 'status', status: 500 }, 503],
  ] as [string, Fault, number][])(
    '%s is rejected',
    async ([, fault, status], { open, provider }) => {
      const site = await open(fault.kind === 'hang' ? IMPATIENT : {})
      provider.behave({ faults: { metadata: fault } })

      const response = await ask(site)

      expectErrorPage(site, response, status)
      expect(response.headers['retry-after']).toBe(status === 503 ? '5' : undefined)
    },
  )

  test('is not loaded from another URL', async ({ open, provider }) => {
    const urls: string[] = []
    const site = await open({
      fetch: (url, init) => {
        urls.push(`${url as string} ${init?.redirect}`)
        return Promise.resolve(Response.redirect('https://evil.example/metadata', 302))
      },
    })

    expectErrorPage(site, await ask(site), 502)
    expect(urls).toEqual([`${provider.authority()}/v2.0/.well-known/openid-configuration manual`])
  })

  test('with a misspelt member shows a hint to developers', async ({ open, provider }) => {
    const site = await open({ authority: `${provider.origin}/no-such-tenant` })

    const response = await ask(site)

    expect(response.text).toContain('For developers')
    expect(response.text).toContain('Set authority (IDENTITY_AUTHORITY) to a tenant')
  })
})

describe('keys', () => {
  test.for([
    ['that are unavailable', { kind: 'status', status: 500 }, 503],
    ['that never come', { kind: 'hang' }, 503],
    ['whose connection drops', { kind: 'drop' }, 503],
    ['that are a page', { kind: 'html' }, 502],
    ['that are not JSON', { kind: 'status', status: 200, body: 'keys' }, 502],
    ['that are not a key set', { kind: 'status', status: 200, body: '{}' }, 502],
    ['that are not a list', { kind: 'status', status: 200, body: '{"keys":{"0":{}}}' }, 502],
    ['that are missing', { kind: 'status', status: 404 }, 502],
    ['of two megabytes', { kind: 'huge', bytes: 2_000_000 }, 502],
    ['that are empty', { kind: 'status', status: 200, body: '{"keys":[]}' }, 401],
    [
      'that are not keys',
      { kind: 'status', status: 200, body: '{"keys":[null,7,"x",[],{},{"kty":7}]}' },
      401,
    ],
  ] as [string, Fault, number][])(
    '%s end the sign-in with an error page',
    async ([, fault, status], { signInDuring, site }) => {
      const { browser, response } = await signInDuring(site, { keys: fault })

      await expectRejected(site, browser, response, status)
    },
  )

  test.for([
    ['n', undefined],
    ['n', 7],
    ['n', '!'],
    ['n', 'AQAB'],
    ['e', undefined],
    ['use', 7],
    ['key_ops', 7],
    ['key_ops', {}],
    ['alg', 7],
    ['issuer', 7],
    ['issuer', {}],
    ['issuer', ''],
    ['cloud_instance_name', 7],
  ] as const)(
    'whose %s is %j end the sign-in with an error page',
    async ([field, value], { provider, signInDuring, site }) => {
      provider.tamper = {
        jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, [field]: value })) }),
      }

      const { browser, response } = await signInDuring(site, {})

      await expectRejected(site, browser, response, 401)
    },
  )

  test('that are unavailable are requested again a second later', async ({
    signInDuring,
    provider,
    clock,
    site,
  }) => {
    await signInDuring(site, { keys: { kind: 'status', status: 500 } })
    provider.behave({ faults: {} })
    clock.advance(1)

    const browser = await site.signIn()

    expect(await signedInUser(site, browser)).toBe('alex@contoso.onmicrosoft.com')
  })
})

describe('a provider that is down', () => {
  test('at the first request is used a second after it recovers, without a restart', async ({
    clock,
  }) => {
    const gone = await startDevProvider({ now: clock.now })
    const site = await startSite(gone, () => ({ now: clock.now }))
    onTestFinished(() => site.close())
    await gone.close()
    const down = await new Browser().navigate(`${site.origin}/`)

    const back = await startDevProvider({ now: clock.now, port: Number(new URL(gone.origin).port) })
    onTestFinished(() => back.close())
    clock.advance(1)
    const browser = await signIn(site, back)

    expectErrorPage(site, down, 503)
    expect(down.text).toContain('not available right now')
    expect(down.headers['retry-after']).toBe('5')
    expect(await signedInUser(site, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('does not get a request for each of many visitors', async ({ clock, open, provider }) => {
    const frozen = clock.now()
    const site = await open({ now: () => frozen })
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    for (let request = 0; request < 5; request++) {
      expect((await new Browser().navigate(`${site.origin}/`)).status).toBe(503)
    }

    expect(requestCount(provider, 'metadata')).toBe(1)
  })

  test('does not affect existing sessions, also when their ID token expires', async ({
    provider,
    clock,
    site,
  }) => {
    const browser = await site.signIn()
    provider.behave({
      faults: { metadata: { kind: 'drop' }, keys: { kind: 'drop' }, token: { kind: 'drop' } },
    })

    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    clock.advance(3700)
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    expect((await browser.navigate(`${site.origin}/other`)).status).toBe(200)
    // The library contacts it once, and then waits for a minute.
    expect(requestCount(provider, 'token')).toBe(2)
  })

  test('does not open guarded pages to unauthenticated visitors', async ({ provider, site }) => {
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    const page = await new Browser().navigate(`${site.origin}/me`)
    const script = await new Browser().script(`${site.origin}/me`)

    expectErrorPage(site, page, 503)
    expect(script.status).toBe(401)
    expect(script.json()).toMatchObject({ error: 'login_required' })
  })

  test('affects only requests that need a new token, until it recovers', async ({
    provider,
    clock,
    site,
  }) => {
    const browser = await site.signIn({ path: '/me' })
    clock.advance(3700)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })

    const page = await browser.navigate(`${site.origin}/me`)
    const script = await browser.script(`${site.origin}/me`)
    provider.behave({ faults: {} })
    const later = await browser.navigate(`${site.origin}/me`)

    expectErrorPage(site, page, 503)
    expect(script.status).toBe(503)
    expect(script.json()).toEqual({ error: 'provider_unavailable' })
    expect(later.status).toBe(200)
  })

  test('cannot restart a sign-in, and shows an error', async ({ open, provider, site }) => {
    const back = await site.startSignIn(new Browser())
    const restarted = await open({ redirectUri: `${site.origin}/redirect` })
    back.url.host = new URL(restarted.origin).host
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    const response = await sendToCallback(new Browser(), back)

    expect(response.status).toBe(503)
    expect(response.text).toContain('not available right now')
  })

  test('still allows users to sign out here', async ({ open, provider, site, signedIn }) => {
    // As after a restart: the process has no data of the provider.
    const restarted = await open({ redirectUri: `${site.origin}/redirect` })
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    const response = await signedIn.navigate(`${restarted.origin}/logout`)

    expect(response.status).toBe(200)
    expect(response.text).toContain('You are signed out')
    expect(signedIn.cookies.size).toBe(0)
  })
})

describe('many first requests at once', () => {
  test('fetch the metadata once', async ({ provider, site }) => {
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => new Browser().navigate(`${site.origin}/`)),
    )

    expect(responses.every(({ status }) => status === 302)).toBe(true)
    expect(requestCount(provider, 'metadata')).toBe(1)
  })

  test('fetch the keys once', async ({ provider, site }) => {
    const flows = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const browser = new Browser()
        return { browser, back: await site.startSignIn(browser) }
      }),
    )

    const responses = await Promise.all(
      flows.map(({ browser, back }) => sendToCallback(browser, back)),
    )

    expect(responses.map(({ location }) => location)).toEqual(['/', '/', '/', '/', '/'])
    expect(requestCount(provider, 'keys')).toBe(1)
  })

  test('fail together after one request when the provider is down', async ({
    clock,
    open,
    provider,
  }) => {
    const frozen = clock.now()
    const site = await open({ ...IMPATIENT, now: () => frozen })
    provider.behave({ faults: { metadata: { kind: 'hang' } } })

    const responses = await Promise.all(
      Array.from({ length: 20 }, () => new Browser().navigate(`${site.origin}/`)),
    )

    expect(responses.every(({ status }) => status === 503)).toBe(true)
    expect(requestCount(provider, 'metadata')).toBe(1)
  })
})
