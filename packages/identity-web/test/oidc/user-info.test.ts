import type { AuthOptions } from 'identity-web/express'
import { Browser } from '../support/browser.ts'
import { signInAtPlain, type PlainResponse } from '../support/plain-provider.ts'
import { describe, expect, test as base } from '../support/plain-fixtures.ts'

// OpenID Connect Core, section 5.4: with the code flow, the claims of profile and email are at the UserInfo endpoint.

const ADA = { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' }

const test = base
  .extend('open', ({ openPlainSite }) => async (options: AuthOptions = {}) => {
    const site = await openPlainSite(options)
    site.app.get(
      '/hello',
      site.auth.loginRequired((_req, res, { user }) => void res.send(`Hello, ${user.name}`)),
    )
    site.app.get(
      '/now',
      site.auth.loginRequired(async (_req, res, { userInfo }) => void res.json(await userInfo())),
    )
    site.app.get(
      '/copied',
      site.auth.loginRequired(async (_req, res, context) => {
        const copy = { ...context, tenant: 'mine' }
        res.json(await copy.userInfo())
      }),
    )
    return site
  })
  /** Signs in, and returns the response of a page and of the callback. */
  .extend('greet', ({ open, plain }) => async (options: AuthOptions = {}) => {
    const site = await open(options)
    const browser = new Browser()
    const back = await signInAtPlain(site, plain, browser, '/hello')
    const hello = await browser.navigate(`${site.origin}/hello`)
    return { back, browser, hello: hello.text, log: site.logs.join('\n'), site }
  })

const returns =
  (body: unknown, others: Omit<PlainResponse, 'body'> = {}): (() => PlainResponse) =>
  () => ({ body, ...others })

describe('a provider that keeps names out of the ID token', () => {
  test('greets the user by name, with one request at sign-in and none later', async ({
    plain,
    greet,
    clock,
  }) => {
    plain.rules.userInfo = returns({ ...ADA, locale: 'en' })

    const { back, browser, hello, site } = await greet()

    expect(back.location).toBe('/hello')
    expect(hello).toBe('Hello, Ada Lovelace')
    const [request] = plain.to('/userinfo')
    expect(request?.headers.authorization).toMatch(/^Bearer access-/)
    // A refreshed ID token does not contain the name either.
    clock.advance(700)
    expect((await browser.navigate(`${site.origin}/hello`)).text).toBe('Hello, Ada Lovelace')
    expect(plain.to('/token')).toHaveLength(2)
    expect(plain.to('/userinfo')).toHaveLength(1)
  })

  test('a copy of the context reads UserInfo too', async ({ plain, greet }) => {
    plain.rules.userInfo = returns(ADA)
    const { browser, site } = await greet()

    expect((await browser.navigate(`${site.origin}/copied`)).json()).toEqual(ADA)
  })

  test('passes the claims to onLogin', async ({ plain, greet }) => {
    plain.rules.userInfo = returns(ADA)

    const { browser, site } = await greet({
      onLogin: ({ iss, sub, email }) => ({ iss, sub, key: email }),
    })

    expect((await browser.navigate(site.origin)).json()).toMatchObject({
      user: { key: 'ada@example.com' },
    })
  })

  test.for<[string, Record<string, unknown>, string, number]>([
    ['a name and an e-mail address', { name: 'Ada', email: 'a@example.com' }, 'Ada', 0],
    ['a nickname and an e-mail address', { nickname: 'ada', email: 'a@b.c' }, 'undefined', 0],
    ['only a name', { name: 'Ada' }, 'Ada', 1],
    ['only an e-mail address', { email: 'a@b.c' }, 'Ada Lovelace', 1],
  ])(
    'is asked as needed: the ID token has %s',
    async ([, idToken, name, requests], { plain, greet }) => {
      plain.rules.idToken = idToken
      plain.rules.userInfo = returns(ADA)

      const { browser, hello, site } = await greet()

      expect(hello).toBe(`Hello, ${name}`)
      expect(plain.to('/userinfo')).toHaveLength(requests)
      // Claims of the ID token stay.
      const { claims } = (await browser.navigate(site.origin)).json() as { claims: object }
      expect(claims).toMatchObject(idToken)
    },
  )

  test('is not asked for claims that were not granted', async ({ plain, greet }) => {
    plain.rules.userInfo = returns(ADA)
    plain.rules.token = (_request, normal) => ({ body: { ...normal, scope: 'openid' } })

    expect((await greet()).hello).toBe('Hello, undefined')
    expect(plain.to('/userinfo')).toHaveLength(0)
  })

  test('counts the requested scopes if the response does not name them', async ({
    plain,
    greet,
  }) => {
    plain.rules.userInfo = returns(ADA)
    plain.rules.token = (_request, normal) => ({ body: { ...normal, scope: undefined } })

    expect((await greet()).hello).toBe('Hello, Ada Lovelace')
  })

  test('is not asked if it has no such endpoint', async ({ plain, greet }) => {
    plain.rules.metadata = { userinfo_endpoint: undefined }

    const { back, log } = await greet()

    expect(back.location).toBe('/hello')
    expect(log).not.toContain('user_info')
  })
})

describe('claims of UserInfo', () => {
  test('do not replace those of the ID token, and not those about the sign-in', async ({
    plain,
    greet,
  }) => {
    plain.rules.idToken = { email: 'id-token@example.com', roles: ['Reader'] }
    plain.rules.userInfo = returns({
      ...ADA,
      roles: ['Admin'],
      groups: ['staff'],
      iss: 'https://evil.example',
      auth_time: 1,
      acr: 'mfa',
      acrs: ['c1'],
      sid: 'other',
      oid: 'other',
      login_hint: 'other',
      exp: 9_999_999_999,
      middle_name: null,
    })

    const { browser, site } = await greet({ userInfo: true })

    const { claims } = (await browser.navigate(site.origin)).json() as {
      claims: Record<string, unknown>
    }
    expect(claims).toMatchObject({
      iss: plain.issuer,
      name: 'Ada Lovelace',
      email: 'id-token@example.com',
      roles: ['Reader'],
      groups: ['staff'],
    })
    expect(Object.keys(claims)).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(auth_time|acrs?|sid|oid|login_hint|middle_name)$/),
      ]),
    )
    expect(claims['exp']).not.toBe(9_999_999_999)
  })

  test('do not say that another e-mail address or phone number is verified', async ({
    plain,
    greet,
    clock,
  }) => {
    plain.rules.idToken = { email: 'victim@example.com' }
    plain.rules.userInfo = returns({
      ...ADA,
      email_verified: true,
      phone_number: '+1 555 0100',
      phone_number_verified: true,
    })

    const { browser, site } = await greet()
    const claimsNow = async (): Promise<unknown> =>
      ((await browser.navigate(site.origin)).json() as { claims: unknown }).claims

    expect(await claimsNow()).toMatchObject({
      email: 'victim@example.com',
      phone_number_verified: true,
    })
    expect(await claimsNow()).not.toHaveProperty('email_verified')
    // The ID token of the refresh has another phone number.
    plain.rules.idToken = { email: 'victim@example.com', phone_number: '+1 555 0199' }
    clock.advance(700)
    await browser.navigate(`${site.origin}/hello`)
    expect(await claimsNow()).toMatchObject({ phone_number: '+1 555 0199' })
    expect(await claimsNow()).not.toHaveProperty('phone_number_verified')
  })

  test('say that the same e-mail address is verified', async ({ plain, greet }) => {
    plain.rules.idToken = { email: ADA.email }
    plain.rules.userInfo = returns({ ...ADA, email_verified: true })

    const { browser, site } = await greet()

    expect((await browser.navigate(site.origin)).json()).toMatchObject({
      claims: { email: ADA.email, email_verified: true },
    })
  })

  test('do not decide about access, because refreshes do not read them again', async ({
    plain,
    greet,
  }) => {
    plain.rules.userInfo = returns({ ...ADA, roles: ['Admin'], groups: ['staff'], wids: ['1'] })

    const { browser, site } = await greet()

    const { claims } = (await browser.navigate(site.origin)).json() as { claims: object }
    expect(claims).toHaveProperty('name', ADA.name)
    for (const name of ['roles', 'groups', 'wids']) expect(claims).not.toHaveProperty(name)
  })

  test('leave out long values, so that the session fits into its cookies', async ({
    plain,
    greet,
  }) => {
    plain.rules.userInfo = returns({ ...ADA, picture: `data:image/png;base64,${'A'.repeat(9000)}` })

    const { back, hello } = await greet()

    expect(back.location).toBe('/hello')
    expect(hello).toBe('Hello, Ada Lovelace')
  })
})

describe('a UserInfo endpoint that', () => {
  const failures: [string, PlainResponse][] = [
    ['returns 500', { status: 500, body: '' }],
    ['returns 401', { status: 401, body: { error: 'invalid_token' } }],
    ['returns 403', { status: 403, body: '' }],
    ['returns 404', { status: 404, body: '' }],
    ['redirects', { status: 302, body: 'https://evil.example/' }],
    ['returns a page', { type: 'text/html', body: '<h1>Hi</h1>' }],
    ['returns a list', { body: [ADA] }],
    ['names no user', { body: { name: 'Ada Lovelace' } }],
    ['names the user as a number', { body: { ...ADA, sub: 1 } }],
  ]

  test.for(failures)('%s is a warning', async ([, response], { plain, greet }) => {
    plain.rules.userInfo = () => response

    const { back, hello, log } = await greet()

    expect(back.location).toBe('/hello')
    expect(hello).toBe('Hello, undefined')
    expect(log).toMatch(/"type":"user_info\.failed","level":"warn"/)
    expect(log).not.toContain('access-')
  })

  test.for(failures)(
    '%s fails the sign-in with userInfo: true',
    async ([, response], { plain, greet }) => {
      plain.rules.userInfo = () => response

      const { back, log } = await greet({ userInfo: true })

      expect(back.status).toBeGreaterThanOrEqual(500)
      expect(log).toContain('sign_in.failed')
    },
  )

  test('is missing fails the sign-in with userInfo: true', async ({ plain, greet }) => {
    plain.rules.metadata = { userinfo_endpoint: undefined }

    const { back, log } = await greet({ userInfo: true })

    expect(back.status).toBe(500)
    expect(log).toContain('Set Auth({ userInfo: false })')
  })

  test('never responds delays the sign-in by three seconds', async ({ plain, greet }) => {
    plain.rules.userInfo = () => new Promise(() => undefined)
    const started = Date.now()

    const { back, log } = await greet({ timeoutSeconds: 10 })

    expect(back.location).toBe('/hello')
    expect(log).toContain('within 3 seconds')
    expect(Date.now() - started).toBeLessThan(6000)
  })

  test.for([true, 'auto'] as const)(
    'returns another user fails the sign-in (%s)',
    async (userInfo, { plain, greet }) => {
      plain.rules.userInfo = returns({ ...ADA, sub: 'mallory' })

      const { back, browser, site } = await greet({ userInfo })

      expect(back.status).toBe(401)
      expect(back.location).toBeUndefined()
      expect((await browser.navigate(`${site.origin}/open`)).json()).toEqual({ user: null })
    },
  )

  test('is off is never asked', async ({ plain, greet }) => {
    plain.rules.userInfo = returns({ ...ADA, sub: 'mallory' })

    expect((await greet({ userInfo: false })).hello).toBe('Hello, undefined')
    expect(plain.to('/userinfo')).toHaveLength(0)
  })
})

describe('a signed UserInfo response', () => {
  const jwt = { type: 'application/jwt; charset=utf-8' }

  test('is verified and used', async ({ plain, greet }) => {
    const signed = await plain.sign({ ...ADA, iss: plain.issuer, aud: 'web' })
    plain.rules.userInfo = returns(signed, jwt)

    expect((await greet()).hello).toBe('Hello, Ada Lovelace')
  })

  test('without iss and aud is used', async ({ plain, greet }) => {
    plain.rules.userInfo = returns(await plain.sign(ADA), jwt)

    expect((await greet()).hello).toBe('Hello, Ada Lovelace')
  })

  test.for<[string, (signed: string) => string, object]>([
    ['a wrong signature', (signed) => `${signed.slice(0, -8)}AAAAAAAA`, {}],
    [
      'other claims',
      (signed) => {
        const [header, , signature] = signed.split('.')
        const claims = Buffer.from(JSON.stringify({ ...ADA, name: 'Mallory' }))
        return [header, claims.toString('base64url'), signature].join('.')
      },
      {},
    ],
    ['no signature', (signed) => withHeader(signed, { alg: 'none' }), {}],
    ['a shared key', (signed) => withHeader(signed, { alg: 'HS256' }), {}],
    ['another issuer', (signed) => signed, { iss: 'https://evil.example' }],
    ['another application', (signed) => signed, { aud: 'other' }],
    ['an end in the past', (signed) => signed, { exp: 1 }],
    ['encryption', () => 'eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d', {}],
    ['no JWT', () => JSON.stringify(ADA), {}],
  ])('with %s is not used', async ([, change, claims], { plain, greet }) => {
    const signed = await plain.sign({ ...ADA, iss: plain.issuer, aud: 'web', ...claims })
    plain.rules.userInfo = returns(change(signed), jwt)

    const { back, hello, log } = await greet()
    expect(back.location).toBe('/hello')
    expect(hello).toBe('Hello, undefined')
    expect(log).toContain('user_info.failed')

    expect((await greet({ userInfo: true })).back.status).toBe(502)
  })

  test('of another user fails the sign-in', async ({ plain, greet }) => {
    plain.rules.userInfo = returns(await plain.sign({ ...ADA, sub: 'mallory' }), jwt)

    expect((await greet()).back.status).toBe(401)
  })

  test('may use only the algorithms that the metadata lists for UserInfo', async ({
    plain,
    greet,
  }) => {
    plain.rules.metadata = { userinfo_signing_alg_values_supported: ['ES256'] }
    plain.rules.userInfo = returns(await plain.sign(ADA), jwt)

    const { back, log } = await greet()

    expect(back.location).toBe('/hello')
    expect(log).toContain('its algorithm RS256 is not allowed')
  })

  function withHeader(signed: string, header: object): string {
    const [, claims] = signed.split('.')
    const encoded = Buffer.from(JSON.stringify(header)).toString('base64url')
    return `${encoded}.${claims}.`
  }
})

describe('context.userInfo()', () => {
  test('returns the current claims, also from a handler without scopes', async ({
    plain,
    greet,
  }) => {
    plain.rules.userInfo = returns(ADA)
    const { browser, site } = await greet()
    plain.rules.userInfo = returns({ ...ADA, name: 'Ada King' })

    const response = await browser.navigate(`${site.origin}/now`)

    expect(response.json()).toEqual({ ...ADA, name: 'Ada King' })
    expect((await browser.navigate(`${site.origin}/hello`)).text).toBe('Hello, Ada Lovelace')
  })

  test('refreshes an access token that expired', async ({ plain, greet, clock }) => {
    plain.rules.userInfo = returns(ADA)
    plain.rules.idToken = { exp: Math.floor(clock.now() / 1000) + 86_400 }
    const { browser, site } = await greet()
    clock.advance(700)

    expect((await browser.navigate(`${site.origin}/now`)).status).toBe(200)
    expect(plain.to('/token')).toHaveLength(2)
    expect(plain.to('/userinfo')[1]?.headers.authorization).not.toBe(
      plain.to('/userinfo')[0]?.headers.authorization,
    )
  })

  test('does not return the claims of another user', async ({ plain, greet }) => {
    const { browser, site } = await greet({ userInfo: false })
    plain.rules.userInfo = returns({ ...ADA, sub: 'mallory' })

    const response = await browser.navigate(`${site.origin}/now`)

    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.text).not.toContain('Ada')
  })
})
