import { request } from 'node:http'
import { startDevProvider, type DevProvider } from '../src/index.js'
import { describe, expect, test as base } from './support/fixtures.js'
import { authorizeUrl, getTokens, refresh, requestToken, TODO_API } from './support/flow.js'

type Fields = Record<string, string>

const post = (provider: DevProvider, fields: Fields, headers: Fields = {}): Promise<Response> =>
  fetch(`${provider.origin}/dev/switches`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: provider.origin, ...headers },
    body: new URLSearchParams(fields),
  })

const test = base
  .extend('press', ({ provider }) => async (fields: Fields): Promise<void> => {
    const response = await post(provider, fields)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/^\/dev\/switches\?done=[\w-]+$/)
  })
  .extend(
    'read',
    ({ provider }) =>
      async (path = '/dev/switches'): Promise<string> =>
        (await fetch(provider.origin + path)).text(),
  )

const appOnly = { grant_type: 'client_credentials', scope: `${TODO_API}/.default` }

describe('the page of switches', () => {
  test.for([
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503, retryAfter: '5' }],
    ['429', { kind: 'status', status: 429, retryAfter: '5' }],
    ['slow', { kind: 'slow', ms: 5000 }],
    ['html', { kind: 'html' }],
    ['hang', { kind: 'hang' }],
    ['drop', { kind: 'drop' }],
  ] as const)('lets each endpoint fail: %s', async ([value, fault], { provider, press }) => {
    for (const endpoint of ['metadata', 'keys', 'authorize', 'token', 'graph', 'logout'] as const) {
      await press({ [`faults.${endpoint}`]: value })
      expect(provider.behaviour.faults[endpoint]).toEqual(fault)
      await press({ [`faults.${endpoint}`]: 'works' })
      expect(provider.behaviour.faults).toEqual({})
    }
  })

  test('an endpoint fails, then works again', async ({ provider, press, read }) => {
    await press({ 'faults.token': '500' })
    expect(
      (await fetch(`${provider.authority()}/oauth2/v2.0/token`, { method: 'POST' })).status,
    ).toBe(500)
    expect(await read()).toContain('Token endpoint: 500')

    await press({ 'faults.token': 'works' })
    expect((await requestToken(provider, appOnly)).status).toBe(200)
    expect(await read()).not.toContain('Switched on')
  })

  test('switches deviations on, and all of them off', async ({ provider, press, read }) => {
    await press({ deviation: 'id-token-without-nonce' })
    await press({ deviation: 'refresh-token-missing' })
    await press({ deviation: 'refresh-token-missing' })

    expect(provider.behaviour.deviations).toEqual([
      'id-token-without-nonce',
      'refresh-token-missing',
    ])
    const page = await read()
    expect(page).toContain('Deviations: id-token-without-nonce, refresh-token-missing')
    expect(page).toContain('<option value="id-token-expired">')
    expect(page).not.toContain('<option value="id-token-without-nonce">')
    await press({ off: 'deviations' })
    expect(provider.behaviour.deviations).toEqual([])
    expect(await read()).not.toContain('Switched on')
  })

  test('a failure of the next request only disappears from the banner', async ({
    provider,
    press,
    read,
  }) => {
    await press({ 'faults.token': '503', once: 'on' })
    expect(await read()).toContain('Token endpoint: 503, next request only')
    const token = () => fetch(`${provider.authority()}/oauth2/v2.0/token`, { method: 'POST' })

    expect((await token()).status).toBe(503)
    expect((await token()).status).toBe(400)
    expect(await read()).not.toContain('Switched on')
  })

  test('changes lifetimes and the clock', async ({ provider, press, clock }) => {
    await press({
      accessTokenSeconds: '60',
      idTokenSeconds: '120',
      refreshInSeconds: '30',
      clockOffsetSeconds: '-600',
    })

    expect(provider.behaviour).toMatchObject({
      accessTokenSeconds: 60,
      idTokenSeconds: 120,
      refreshInSeconds: 30,
      clockOffsetSeconds: -600,
    })
    const { body } = await requestToken(provider, appOnly)
    expect(body).toMatchObject({ expires_in: 60, refresh_in: 30 })
    await press({ refreshInSeconds: '' })
    expect(provider.behaviour.refreshInSeconds).toBeUndefined()
    expect(clock.now()).toBeGreaterThan(0)
  })

  test.for([{ off: 'clock' }, { action: 'reset-switches' }])(
    'shows the clock that a test moved, until %j',
    async (fields, { provider, press, read }) => {
      await fetch(`${provider.origin}/dev/api/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"offsetSeconds":7200}',
      })
      expect(await read('/')).toContain('Clock of the provider: 7200 s')

      await press(fields)
      expect(await read('/')).not.toContain('Switched on')
    },
  )

  test.for([
    ['accessTokenSeconds', '0'],
    ['accessTokenSeconds', ''],
    ['accessTokenSeconds', '1e9'],
    ['accessTokenSeconds', '1.5'],
    ['clockOffsetSeconds', 'soon'],
    ['off', 'constructor'],
    ['action', 'explode'],
    ['user', 'nobody'],
  ] as const)('rejects %s=%s and changes nothing', async ([name, value], { provider }) => {
    const before = structuredClone(provider.behaviour)
    const fields =
      name === 'user' ? { action: 'revoke', user: value } : { [name]: value, consent: 'skip' }
    const response = await post(provider, fields)

    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(
      /role="alert"[\s\S]*(Enter a whole number|does not exist)/,
    )
    expect(provider.behaviour).toEqual(before)
  })

  test.for([
    ['consent', 'skip', 'ask'],
    ['reuseDetection', true, false],
    ['prefixGraphScopes', true, false],
    ['oidcAccessTokenType', 'JWT', 'at+jwt'],
    ['b2cIssuer', 'tfp', 'default'],
    ['b2cPolicyClaim', 'acr', 'tfp'],
  ] as const)('changes %s', async ([name, value, initial], { provider, press, read }) => {
    await press({ [name]: String(value) })
    expect(provider.behaviour[name]).toBe(value)
    expect(await read()).toContain(`name="off" value="${name}"`)

    await press({ off: name })
    expect(provider.behaviour[name]).toBe(initial)
  })

  test('lets Graph send a claims challenge', async ({ provider, press }) => {
    await press({ graphClaims: 'user' })
    expect(provider.behaviour.graphClaimsNeedUser).toBe(true)
    expect(JSON.parse(provider.behaviour.graphClaims ?? '')).toHaveProperty(
      'access_token.nbf.essential',
      true,
    )

    await press({ graphClaims: 'refresh' })
    expect(provider.behaviour.graphClaimsNeedUser).toBe(false)
    await press({ off: 'graphClaims' })
    expect(provider.behaviour.graphClaims).toBeUndefined()
  })

  test.for([
    ['revoke', 'AADSTS50173'],
    ['expire', 'AADSTS700082'],
  ] as const)(
    '%s ends the refresh tokens of one user',
    async ([action, code], { provider, press }) => {
      const [robin, alex] = [
        await getTokens(provider, {}, { as: 'robin' }),
        await getTokens(provider, {}, { as: 'alex' }),
      ]
      await press({ action, user: 'robin@contoso.onmicrosoft.com' })

      const failed = await refresh(provider, robin.refresh_token)
      expect(failed.body).toMatchObject({ error: 'invalid_grant' })
      expect(failed.body.error_description).toContain(code)
      expect((await refresh(provider, alex.refresh_token)).status).toBe(200)
      const again = await getTokens(provider, {}, { as: 'robin' })
      expect((await refresh(provider, again.refresh_token)).status).toBe(200)
    },
  )

  test('signs out one user, or all users', async ({ provider, press }) => {
    const browsers = { alex: new Map<string, string>(), robin: new Map<string, string>() }
    for (const as of ['alex', 'robin'] as const)
      await provider.signIn(authorizeUrl(provider), { as, cookies: browsers[as] })
    const isSignedIn = async (cookies: Map<string, string>): Promise<boolean> => {
      const { url } = await provider.signIn(authorizeUrl(provider, { prompt: 'none' }), { cookies })
      return url.searchParams.has('code')
    }
    await press({ action: 'sign-out', user: 'robin@contoso.onmicrosoft.com' })
    expect([await isSignedIn(browsers.alex), await isSignedIn(browsers.robin)]).toEqual([
      true,
      false,
    ])

    await press({ action: 'sign-out-all' })
    expect(await isSignedIn(browsers.alex)).toBe(false)
  })

  test('adds and replaces keys', async ({ provider, press }) => {
    const keyIds = async (): Promise<string[]> => {
      const response = await fetch(`${provider.oidcAuthority}/keys`)
      return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
    }
    const before = await keyIds()
    await press({ action: 'roll-keys' })
    expect(await keyIds()).toEqual(expect.arrayContaining(before))

    await press({ action: 'replace-keys' })
    for (const kid of await keyIds()) expect(before).not.toContain(kid)
  })

  test('resets the switches, or everything', async ({ provider, press }) => {
    await getTokens(provider)
    provider.behave({ consent: 'skip', faults: { keys: { kind: 'hang' } } })
    await press({ action: 'reset-switches' })
    expect(provider.behaviour).toMatchObject({ consent: 'ask', faults: {} })
    expect(provider.requests).not.toEqual([])

    await press({ action: 'reset-all' })
    expect(provider.requests).toEqual([])
  })
})

describe('the banner', () => {
  test.for([
    '/',
    '/dev/requests',
    '/dev/switches',
    '/nothing',
    '/error?code=1',
    'authorize',
    'authorize with an error',
    'logout',
  ])('is on the page %s while a switch is on', async (path, { provider, read }) => {
    const paths: Record<string, string> = {
      authorize: authorizeUrl(provider).href.slice(provider.origin.length),
      'authorize with an error': authorizeUrl(provider, { redirect_uri: 'x:' }).href.slice(
        provider.origin.length,
      ),
      logout: `${provider.authority().slice(provider.origin.length)}/oauth2/v2.0/logout`,
    }
    expect(await read(paths[path] ?? path)).not.toMatch(/Switched on|<!-- banner/)

    provider.behave({ accessTokenSeconds: 60 })
    expect(await read(paths[path] ?? path)).toContain('Access token lifetime: 60 s')
  })

  test('its button leads back to the read, and its form is the last one', async ({
    provider,
    read,
  }) => {
    provider.behave({ consent: 'skip' })
    const { pathname, search } = authorizeUrl(provider)
    const html = await read(pathname + search)
    const returnPath = /name="return" value="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')

    expect(returnPath).toBe(pathname + search)
    expect(html.lastIndexOf('<form')).toBe(html.indexOf('<form id="switch-form"'))
    const response = await post(provider, { off: 'consent', return: returnPath ?? '' })
    expect(response.headers.get('location')).toBe(pathname + search)
    expect(provider.behaviour.consent).toBe('ask')
  })

  test('does not appear for switches that were set at the start', async () => {
    const provider = await startDevProvider({ behaviour: { consent: 'skip' } })
    try {
      expect(await (await fetch(provider.origin)).text()).not.toContain('Switched on')
      provider.behave({ consent: 'ask' })
      expect(await (await fetch(provider.origin)).text()).toContain('Consent: Ask')
      await post(provider, { off: 'consent' })
      expect(provider.behaviour.consent).toBe('skip')
    } finally {
      await provider.close()
    }
  })

  test('the simulated browser still finds the form of each page', async ({ provider }) => {
    provider.behave({ accessTokenSeconds: 60 })
    const { access_token } = await getTokens(provider, { scope: 'openid User.Read' })

    expect(access_token).toBeTruthy()
  })
})

describe('attacks on the page of switches', () => {
  test.for([
    ['another site', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://localhost:1' }],
    ['an origin that only starts alike', { origin: 'ORIGIN.evil.example' }],
    ['a site with the right Origin of another scheme', { origin: 'https://localhost' }],
    ['a cross-site form', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site form', { 'sec-fetch-site': 'same-site' }],
    ['no Origin', { origin: '' }],
  ] as const)('%s cannot change a switch', async ([_name, sent], { provider }) => {
    const headers = Object.fromEntries(
      Object.entries<string>(sent).map(([name, value]) => [
        name,
        value.replace('ORIGIN', provider.origin),
      ]),
    )
    for (const fields of [
      { 'faults.token': 'hang' },
      { action: 'reset-all' },
      { off: 'consent', return: '/' },
    ]) {
      const response = await post(provider, fields, headers)
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('Use the buttons on the pages of')
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
    expect(provider.behaviour.faults).toEqual({})
  })

  test('a request without the header Origin is rejected', async ({ provider }) => {
    const response = await fetch(`${provider.origin}/dev/switches`, {
      method: 'POST',
      body: new URLSearchParams({ 'faults.token': 'hang' }),
    })

    expect(response.status).toBe(403)
    expect(provider.behaviour.faults).toEqual({})
  })

  test('a page at another loopback name of the provider works, with its own name only', async ({
    provider,
  }) => {
    const own = new URL(provider.origin.replace('localhost', '127.0.0.1'))
    const send = (host: string, origin: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const headers = { host, origin, 'content-type': 'application/x-www-form-urlencoded' }
        request(`${provider.origin}/dev/switches`, { method: 'POST', headers })
          .on('response', (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end('consent=skip')
      })

    expect(await send(own.host, own.origin)).toBe(303)
    expect(await send(own.host, provider.origin)).toBe(403)
    expect(await send(own.host, 'http://127.0.0.1:1')).toBe(403)
  })

  test.for(['//evil.example/', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)'])(
    'the banner does not redirect to %s',
    async (target, { provider }) => {
      const response = await post(provider, { off: 'consent', return: target })

      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe('/dev/switches?done=off')
    },
  )

  test('GET does not change a switch', async ({ provider }) => {
    await fetch(`${provider.origin}/dev/switches?faults.token=hang&action=reset-all&off=consent`)

    expect(provider.behaviour.faults).toEqual({})
  })

  test('the message of the page is not from the URL', async ({ read }) => {
    expect(await read('/dev/switches?done=%3Cb%3Ehello')).not.toContain('hello')
    const html = await read('/dev/switches?done=constructor')
    expect(html).toContain('data-page="switches"')
    expect(html).not.toContain('role="status"')
  })
})
