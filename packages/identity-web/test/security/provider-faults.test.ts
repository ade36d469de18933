import type { DevProvider, Fault } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { asked, expectCalmPage, expectRefused, userOf } from '../support/attack.ts'
import {
  Browser,
  begin,
  callBack,
  signIn,
  startDevProvider,
  startSite,
  type Site,
} from '../support/site.ts'

type JsonObject = Record<string, unknown>

const SECRET = 'MARKED8Q~secret+of/the=tests'

/** A `fetch` whose token endpoint answers what a test likes. */
const tokensFrom =
  (answer: (init: RequestInit) => Response): typeof fetch =>
  (url, init = {}) =>
    (url as string).endsWith('/token') ? Promise.resolve(answer(init)) : fetch(url, init)

const test = base
  .extend(
    'open',
    ({ openSite }) =>
      (options: AuthOptions = {}) =>
        openSite({ timeout: 0.3, ...options }),
  )

  /** Brings the right answer to the callback while an endpoint fails. */
  .extend(
    'callBackDuring',
    ({ provider }) =>
      async (site: Site, faults: { token?: Fault; keys?: Fault }) => {
        const browser = new Browser()
        const back = await begin(site, provider, browser)
        provider.behave({ faults })
        return { browser, answer: await callBack(browser, back) }
      },
  )
  .extend(
    'echo',
    ({ open, callBackDuring }) =>
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
        const { answer } = await callBackDuring(site, {})
        expectCalmPage(site, answer, 502)
        expect(site.logs.join()).toContain('invalid_client')
        return { shown: answer.text + site.logs.join('\n'), sent }
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
    '%s ends the sign-in calmly',
    async ([, fault, status], { open, callBackDuring }) => {
      const site = await open()

      const { browser, answer } = await callBackDuring(site, { token: fault })

      await expectRefused(site, browser, answer, status)
      const wait = fault.kind === 'status' ? (fault.retryAfter ?? '5') : '5'
      expect(answer.headers['retry-after']).toBe(status === 503 ? wait : undefined)
    },
  )

  test.for([200, 400])(
    'answers with %i that the user must do something starts the sign-in again, once, and then ends it calmly',
    async (status, { open, callBackDuring, provider }) => {
      const site = await open()
      const token: Fault = { kind: 'error', error: 'interaction_required', status }
      const { browser, answer } = await callBackDuring(site, { token })
      expect(answer.status).toBe(302)
      expect(answer.location).toContain('/authorize?')

      const again = await provider.signIn(answer.location ?? '', { as: 'alex' })

      await expectRefused(site, browser, await callBack(browser, again), 401)
    },
  )

  const answers: [what: string, change: JsonObject][] = [
    ['gives no access token', { access_token: undefined }],
    ['gives an access token that is no text', { access_token: 7 }],
    ['gives no token type', { token_type: undefined }],
    ['gives a token type that we can not send', { token_type: 'mac' }],
    ['gives a negative lifetime', { expires_in: -1 }],
    ['gives a lifetime that is no number', { expires_in: 'soon' }],
    ['gives a refresh token that is no text', { refresh_token: { a: 1 } }],
    ['gives an ID token that is no text', { id_token: ['a.b.c'] }],
  ]

  test.for(answers)('%s is rejected', async ([, change], { open, provider, callBackDuring }) => {
    const site = await open()
    provider.tamper = { tokenResponse: (body) => ({ ...body, ...change }) }

    const { browser, answer } = await callBackDuring(site, {})

    await expectRefused(site, browser, answer, 502)
  })

  test.for([
    ['an error that is no text', { error: { a: 1 } }],
    ['a description that is no text', { error: 'invalid_client', error_description: { a: 1 } }],
    ['numbers that are no list', { error: 'invalid_client', error_codes: '50011' }],
    ['a list of other things than numbers', { error: 'invalid_client', error_codes: [{}, 'x'] }],
    ['claims that are no text', { error: 'invalid_client', claims: { a: 1 } }],
  ] as const)('answers %s is rejected', async ([, body], { open, callBackDuring }) => {
    const site = await open({ fetch: tokensFrom(() => Response.json(body, { status: 400 })) })

    const { browser, answer } = await callBackDuring(site, {})

    await expectRefused(site, browser, answer, 502)
  })

  test('brings markup in its request id gets it escaped', async ({ open, callBackDuring }) => {
    const site = await open({
      fetch: tokensFrom(
        () => new Response('', { status: 500, headers: { 'x-ms-request-id': '<img src=x>' } }),
      ),
    })

    const { answer } = await callBackDuring(site, {})

    expectCalmPage(site, answer, 503)
    expect(answer.text).toContain('Correlation ID &lt;img src=x&gt;')
  })

  test('is slow, yet within the time, signs in', async ({ open, callBackDuring }) => {
    const site = await open()

    const { answer } = await callBackDuring(site, { token: { kind: 'slow', ms: 50 } })

    expect(answer.location).toBe('/')
  })

  test('says when to come back, within reason', async ({ callBackDuring, open }) => {
    const waits = ['0', '3600', '999999', '-1', 'Wed, 21 Oct 2026 07:28:00 GMT', '1.5', 'x']
    const got: unknown[] = []
    for (const retryAfter of waits) {
      const { answer } = await callBackDuring(await open(), {
        token: { kind: 'status', status: 503, retryAfter },
      })
      got.push(answer.headers['retry-after'])
    }

    expect(got).toEqual(['0', '3600', '3600', '5', '5', '5', '5'])
  })

  test.for([
    ['fewer scopes than a page needs', 'openid profile', 403],
    ['none of the scopes that a page needs', '', 403],
    ['them in other words', 'https://graph.microsoft.com/user.read openid', 302],
  ] as const)(
    'grants %s does not send the user in circles',
    async ([, scope, status], { open, provider }) => {
      const site = await open()
      const browser = new Browser()
      const back = await begin(site, provider, browser, { path: '/me' })
      provider.tamper = { tokenResponse: (body) => ({ ...body, scope }) }

      const answer = await callBack(browser, back)

      expect(answer.status).toBe(status)
      expect((await userOf(site, browser)) === undefined).toBe(status === 403)
    },
  )
})

describe('a token endpoint that repeats what it was sent', () => {
  /** In the order that fits the first 300 characters. */
  const values = ({ body }: RequestInit): string =>
    ['client_secret', 'code_verifier', 'code']
      .map((name) => new URLSearchParams(body as string).get(name))
      .join(' and ')

  test('as it is, shows none of it', async ({ echo }) => {
    const { shown, sent } = await echo(values)

    expect(shown).toContain('[redacted]')
    expect(shown).not.toContain('MARKED')
    expect(shown).not.toContain(sent?.get('code_verifier'))
    expect(shown).not.toContain(sent?.get('code')?.slice(0, 20))
  })

  test('as the form that was sent, shows no secret', async ({ echo }) => {
    const { shown } = await echo(({ body }) =>
      new URLSearchParams(body as string)
        .toString()
        .split('&')
        .filter((pair) => pair.startsWith('client_secret='))
        .join(),
    )

    expect(shown).not.toContain('MARKED')
  })

  test('in a refresh, shows no refresh token', async ({ open, provider, clock }) => {
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
    const browser = await signIn(site, provider, { path: '/me' })
    clock.advance(3700)

    const answer = await browser.navigate(`${site.origin}/me`)

    expectCalmPage(site, answer, 502)
    expect(refreshToken).not.toBe('')
    expect(answer.text + site.logs.join()).not.toContain(refreshToken)
    expect(answer.text).toContain('unknown [redacted]')
  })

  test('of the Authorization header, shows no secret', async ({ provider, echo }) => {
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

  test.for(documents)('%s is rejected', async ([, change], { open, provider }) => {
    const site = await open()
    provider.tamper = { metadata: (document) => change(document, provider) }

    const answer = await ask(site)

    expectCalmPage(site, answer, 502)
    expect(answer.location).toBeUndefined()
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

      const away = await browser.navigate(`${site.origin}/`)
      expect([302, 502]).toContain(away.status)
      if (away.status !== 302) continue
      const answer = await callBack(browser, await provider.signIn(away.location ?? ''))
      expect([302, 401, 502]).toContain(answer.status)
    }
  })

  test.for([
    ['that is a page', { kind: 'html' }, 502],
    ['that is nowhere (404)', { kind: 'status', status: 404 }, 502],
    ['that redirects', { kind: 'status', status: 302 }, 502],
    ['that is no JSON', { kind: 'status', status: 200, body: '{' }, 502],
    ['that is a list', { kind: 'status', status: 200, body: '[]' }, 502],
    ['of two megabytes', { kind: 'huge', bytes: 2_000_000 }, 502],
    ['that never comes', { kind: 'hang' }, 503],
    ['whose connection drops', { kind: 'drop' }, 503],
    ['whose server fails', { kind: 'status', status: 500 }, 503],
  ] as [string, Fault, number][])(
    '%s is rejected',
    async ([, fault, status], { open, provider }) => {
      const site = await open()
      provider.behave({ faults: { metadata: fault } })

      const answer = await ask(site)

      expectCalmPage(site, answer, status)
      expect(answer.headers['retry-after']).toBe(status === 503 ? '5' : undefined)
    },
  )

  test('in another place is not followed to', async ({ open, provider }) => {
    const urls: string[] = []
    const site = await open({
      fetch: (url, init) => {
        urls.push(`${url as string} ${init?.redirect}`)
        return Promise.resolve(Response.redirect('https://evil.example/metadata', 302))
      },
    })

    expectCalmPage(site, await ask(site), 502)
    expect(urls).toEqual([`${provider.authority()}/v2.0/.well-known/openid-configuration manual`])
  })

  test('that is misspelt comes with a hint for developers', async ({ open, provider }) => {
    const site = await open({ authority: `${provider.origin}/no-such-tenant` })

    const answer = await ask(site)

    expect(answer.text).toContain('For developers')
    expect(answer.text).toContain('check the spelling of the authority')
  })
})

describe('keys', () => {
  test.for([
    ['that can not be had', { kind: 'status', status: 500 }, 503],
    ['that never come', { kind: 'hang' }, 503],
    ['whose connection drops', { kind: 'drop' }, 503],
    ['that are a page', { kind: 'html' }, 502],
    ['that are no JSON', { kind: 'status', status: 200, body: 'keys' }, 502],
    ['that are no key set', { kind: 'status', status: 200, body: '{}' }, 502],
    ['that are no list', { kind: 'status', status: 200, body: '{"keys":{"0":{}}}' }, 502],
    ['that are nowhere', { kind: 'status', status: 404 }, 502],
    ['of two megabytes', { kind: 'huge', bytes: 2_000_000 }, 502],
    ['that are none', { kind: 'status', status: 200, body: '{"keys":[]}' }, 401],
    [
      'that are other things',
      { kind: 'status', status: 200, body: '{"keys":[null,7,"x",[],{},{"kty":7}]}' },
      401,
    ],
  ] as [string, Fault, number][])(
    '%s end the sign-in calmly',
    async ([, fault, status], { open, callBackDuring }) => {
      const site = await open()

      const { browser, answer } = await callBackDuring(site, { keys: fault })

      await expectRefused(site, browser, answer, status)
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
    'whose %s is %j end the sign-in calmly',
    async ([field, value], { open, provider, callBackDuring }) => {
      const site = await open()
      provider.tamper = {
        jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, [field]: value })) }),
      }

      const { browser, answer } = await callBackDuring(site, {})

      await expectRefused(site, browser, answer, 401)
    },
  )

  test('that cannot be had are asked for again a second later', async ({
    open,
    callBackDuring,
    provider,
    clock,
  }) => {
    const site = await open()
    await callBackDuring(site, { keys: { kind: 'status', status: 500 } })
    provider.behave({ faults: {} })
    clock.advance(1)

    const browser = await signIn(site, provider)

    expect(await userOf(site, browser)).toBe('alex@contoso.onmicrosoft.com')
  })
})

describe('a provider that is down', () => {
  test('at the first request is found again a second after it is back, without a restart', async ({
    clock,
  }) => {
    const gone = await startDevProvider({ now: clock.now })
    const site = await startSite(gone, () => ({ now: clock.now, timeout: 1 }))
    onTestFinished(() => site.close())
    await gone.close()
    const down = await new Browser().navigate(`${site.origin}/`)

    const back = await startDevProvider({ now: clock.now, port: Number(new URL(gone.origin).port) })
    onTestFinished(() => back.close())
    clock.advance(1)
    const browser = await signIn(site, back)

    expectCalmPage(site, down, 503)
    expect(down.text).toContain('not available right now')
    expect(down.headers['retry-after']).toBe('5')
    expect(await userOf(site, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('is not asked by each of many requests', async ({ clock, open, provider }) => {
    const frozen = clock.now()
    const site = await open({ now: () => frozen })
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    for (let request = 0; request < 5; request++) {
      expect((await new Browser().navigate(`${site.origin}/`)).status).toBe(503)
    }

    expect(asked(provider, 'metadata')).toBe(1)
  })

  test('leaves live sessions alone, also when their ID token expires', async ({
    open,
    provider,
    clock,
  }) => {
    const site = await open()
    const browser = await signIn(site, provider)
    provider.behave({
      faults: { metadata: { kind: 'drop' }, keys: { kind: 'drop' }, token: { kind: 'drop' } },
    })

    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    clock.advance(3700)
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    expect((await browser.navigate(`${site.origin}/other`)).status).toBe(200)
    // Asked once, then left in peace for a minute.
    expect(asked(provider, 'token')).toBe(2)
  })

  test('is no door: who is not signed in stays outside', async ({ open, provider }) => {
    const site = await open()
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    const page = await new Browser().navigate(`${site.origin}/me`)
    const script = await new Browser().script(`${site.origin}/me`)

    expectCalmPage(site, page, 503)
    expect(script.status).toBe(401)
    expect(script.json()).toMatchObject({ error: 'login_required' })
  })

  test('fails only what needs a new token, and that until it is back', async ({
    open,
    provider,
    clock,
  }) => {
    const site = await open()
    const browser = await signIn(site, provider, { path: '/me' })
    clock.advance(3700)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })

    const page = await browser.navigate(`${site.origin}/me`)
    const script = await browser.script(`${site.origin}/me`)
    provider.behave({ faults: {} })
    const later = await browser.navigate(`${site.origin}/me`)

    expectCalmPage(site, page, 503)
    expect(script.status).toBe(503)
    expect(script.json()).toEqual({ error: 'provider_unavailable' })
    expect(later.status).toBe(200)
  })

  test('cannot start a sign-in again, and says so', async ({ open, provider }) => {
    const site = await open()
    const back = await begin(site, provider, new Browser())
    const restarted = await open({ redirectUri: `${site.origin}/redirect` })
    back.url.host = new URL(restarted.origin).host
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    const answer = await callBack(new Browser(), back)

    expect(answer.status).toBe(503)
    expect(answer.text).toContain('not available right now')
  })

  test('still lets users sign out here', async ({ open, provider }) => {
    const site = await open()
    const browser = await signIn(site, provider)
    // As after a restart: nothing of the provider is known.
    const restarted = await open({ redirectUri: `${site.origin}/redirect` })
    provider.behave({ faults: { metadata: { kind: 'drop' } } })

    const answer = await browser.navigate(`${restarted.origin}/logout`)

    expect(answer.status).toBe(200)
    expect(answer.text).toContain('You are signed out')
    expect(browser.cookies.size).toBe(0)
  })
})

describe('many first requests at once', () => {
  test('fetch the metadata once', async ({ open, provider }) => {
    const site = await open()

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => new Browser().navigate(`${site.origin}/`)),
    )

    expect(answers.every(({ status }) => status === 302)).toBe(true)
    expect(asked(provider, 'metadata')).toBe(1)
  })

  test('fetch the keys once', async ({ open, provider }) => {
    const site = await open()
    const flows = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const browser = new Browser()
        return { browser, back: await begin(site, provider, browser) }
      }),
    )

    const answers = await Promise.all(flows.map(({ browser, back }) => callBack(browser, back)))

    expect(answers.map(({ location }) => location)).toEqual(['/', '/', '/', '/', '/'])
    expect(asked(provider, 'keys')).toBe(1)
  })

  test('fail together, by one request, when the provider is down', async ({
    clock,
    open,
    provider,
  }) => {
    const frozen = clock.now()
    const site = await open({ now: () => frozen })
    provider.behave({ faults: { metadata: { kind: 'hang' } } })

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => new Browser().navigate(`${site.origin}/`)),
    )

    expect(answers.every(({ status }) => status === 503)).toBe(true)
    expect(asked(provider, 'metadata')).toBe(1)
  })
})
