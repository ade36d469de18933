import { describe, expect, test as base } from '../support/fixtures.ts'
import type { LogoutTokenRequest } from 'identity-web-dev'
import type { AuthOptions, Claims } from 'identity-web/express'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { SESSION_SECRET } from '../support/site.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

const test = base
  .extend('sessionOptions', ({ store }): AuthOptions['session'] => ({ store }))
  .extend(
    'open',
    ({ openSite, provider }) =>
      (session: AuthOptions['session']) =>
        openSite({
          authority: undefined,
          oidcAuthority: `${provider.origin}/oidc`,
          session: { secret: SESSION_SECRET, ...session },
        }),
  )
  .extend('site', ({ open, sessionOptions }) => open(sessionOptions))
  .extend(
    'post',
    ({ site }) =>
      (
        token: string | undefined,
        more: Record<string, string> = {},
        { origin } = site,
      ): Promise<BrowserResponse> => {
        return new Browser().send(`${origin}/back-channel-logout`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            ...(token !== undefined && { logout_token: token }),
            ...more,
          }).toString(),
        })
      },
  )
  .extend('isSignedIn', ({ site }) => async (browser: Browser): Promise<boolean> => {
    return (await browser.navigate(`${site.origin}/`)).status === 200
  })
  .extend('claimsOf', ({ site }) => async (browser: Browser): Promise<Claims> => {
    return ((await browser.navigate(`${site.origin}/`)).json() as { claims: Claims }).claims
  })

describe.each([
  ['in a store', 'store'],
  ['in cookies, with a deny-list', 'denyList'],
] as const)('a user who signs out at the provider, with sessions %s', (_, option) => {
  test.override('sessionOptions', ({ store }) => ({ [option]: store }))

  test('is signed out here by a request of the provider', async ({
    provider,
    site,
    isSignedIn,
  }) => {
    provider.register({ backChannelLogoutUri: `${site.origin}/back-channel-logout` })
    const [alex, sam] = [await site.signIn(), await site.signIn({ as: 'sam' })]

    const deliveries = await provider.signOut({ as: 'alex' })

    expect(deliveries.map(({ status }) => status)).toContain(200)
    expect(deliveries[0]?.headers?.['cache-control']).toContain('no-store')
    expect(await isSignedIn(alex)).toBe(false)
    expect(await isSignedIn(sam)).toBe(true)
  })

  test('is signed out of the session with the sid of the token', async ({
    site,
    provider,
    claimsOf,
    post,
    isSignedIn,
  }) => {
    const [laptop, phone] = [await site.signIn(), await site.signIn()]
    const { sid = '', sub } = await claimsOf(laptop)
    const isShared = (await claimsOf(phone)).sid === sid

    expect((await post(await provider.logoutToken({ sid, sub }))).status).toBe(200)

    expect(await isSignedIn(laptop)).toBe(false)
    expect(await isSignedIn(phone)).toBe(!isShared)
  })

  // express-openid-connect forgets the logout at the next sign-in, and then accepts the older sessions again.
  test('is signed out everywhere by sub alone, also after another sign-in', async ({
    site,
    provider,
    claimsOf,
    post,
    isSignedIn,
  }) => {
    const [laptop, phone] = [await site.signIn(), await site.signIn()]
    const { sub } = await claimsOf(laptop)

    expect((await post(await provider.logoutToken({ sub }))).status).toBe(200)
    const again = await site.signIn()

    expect(await isSignedIn(again)).toBe(true)
    expect(await isSignedIn(laptop)).toBe(false)
    expect(await isSignedIn(phone)).toBe(false)
  })
})

const attacks: readonly (readonly [string, Partial<LogoutTokenRequest>, string])[] = [
  ['is signed by somebody else', { key: 'stranger' }, 'signature'],
  ['is not signed', { header: { alg: 'none' } }, 'algorithm'],
  ['is signed by a public text', { header: { alg: 'HS256' } }, 'algorithm'],
  ['is an access token by its type', { header: { typ: 'at+jwt' } }, 'typ'],
  ['is of another issuer', { claims: { iss: 'https://attacker.example' } }, 'issuer'],
  ['is for another application', { claims: { aud: 'another' } }, 'aud'],
  ['is for nobody', { claims: { aud: undefined } }, 'aud'],
  ['does not say when it was issued', { claims: { iat: undefined } }, 'iat'],
  ['is old', { claims: { iat: Math.floor(Date.now() / 1000) - 400 } }, 'iat'],
  ['is of the future', { claims: { iat: Math.floor(Date.now() / 1000) + 400 } }, 'iat'],
  ['has expired', { claims: { exp: Math.floor(Date.now() / 1000) - 70 } }, 'exp'],
  ['expires in a text', { claims: { exp: 'never' } }, 'exp'],
  ['is about nothing', { claims: { events: undefined } }, 'events'],
  ['is about another event', { claims: { events: { 'https://event.example': {} } } }, 'events'],
  ['is about a list', { claims: { events: { [EVENT]: [] } } }, 'events'],
  ['has a nonce, as an ID token', { claims: { nonce: 'n' } }, 'nonce'],
  ['has an empty nonce', { claims: { nonce: '' } }, 'nonce'],
  ['has no id', { claims: { jti: undefined } }, 'jti'],
  ['has an empty id', { claims: { jti: '' } }, 'jti'],
  ['names nobody', { claims: { sub: undefined, sid: undefined } }, 'sub'],
  ['names nobody by empty texts', { claims: { sub: '', sid: '' } }, 'sub'],
]

test('a forged logout token does not delay the first sign-in with the key that it names', async ({
  site,
  provider,
  post,
  clock,
}) => {
  await site.signIn()
  clock.advance(31)
  const header = { kid: 'next' }
  const forged = await provider.logoutToken({ sub: 'x', key: 'stranger', header })
  expect((await post(forged)).status).toBe(400)
  provider.tamper = {
    jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, ...header })) }),
    idToken: (claims, sign) => sign(claims, header),
  }

  await site.signIn()
})

describe('a logout token that', () => {
  test.for(attacks)(
    '%s is rejected, and no user is signed out',
    async ([, changes, reason], { provider, claimsOf, store, post, isSignedIn, signedIn }) => {
      const { sub } = await claimsOf(signedIn)
      const before = store.keys('out').length

      const response = await post(await provider.logoutToken({ sub, ...changes }))

      expect(response.status).toBe(400)
      expect(response.headers['cache-control']).toContain('no-store')
      expect(response.json()).toMatchObject({
        error: 'invalid_token',
        error_description: expect.stringContaining(reason) as string,
      })
      expect(store.keys('out')).toHaveLength(before)
      expect(await isSignedIn(signedIn)).toBe(true)
    },
  )

  test.for([
    ['of the type JWT', { header: { typ: 'JWT' } }],
    ['without a type', { header: { typ: undefined } }],
    ['with the long name of the type', { header: { typ: 'application/logout+jwt' } }],
  ] as const)(
    'comes from an older provider, %s, is accepted',
    async ([, changes], { provider, claimsOf, post, isSignedIn, signedIn }) => {
      const { sub } = await claimsOf(signedIn)

      expect((await post(await provider.logoutToken({ sub, ...changes }))).status).toBe(200)
      expect(await isSignedIn(signedIn)).toBe(false)
    },
  )

  test('is sent again does not end a session that started afterwards', async ({
    claimsOf,
    site,
    provider,
    post,
    isSignedIn,
  }) => {
    const { sub } = await claimsOf(await site.signIn())
    const token = await provider.logoutToken({ sub })
    expect((await post(token)).status).toBe(200)
    const again = await site.signIn()

    const replay = await post(token)

    expect(replay.status).toBe(400)
    expect(replay.json()).toMatchObject({
      error_description: expect.stringContaining('jti') as string,
    })
    expect(await isSignedIn(again)).toBe(true)
  })

  test('failed because of the store can be sent again', async ({
    provider,
    claimsOf,
    store,
    post,
    isSignedIn,
    signedIn,
  }) => {
    const { sub } = await claimsOf(signedIn)
    const token = await provider.logoutToken({ sub })
    const { set } = store
    store.set = () => Promise.reject(new Error('down'))
    const failed = await post(token)
    store.set = set

    expect(failed.status).toBe(503)
    expect(failed.headers['retry-after']).toBeDefined()
    expect((await post(token)).status).toBe(200)
    expect(await isSignedIn(signedIn)).toBe(false)
  })

  test.for([
    ['missing', undefined, {}],
    ['malformed', 'nonsense', {}],
  ] as const)('is %s is rejected', async ([, token, more], { post }) => {
    expect((await post(token, more)).status).toBe(400)
  })

  test('occurs twice in one request is rejected', async ({
    site,
    provider,
    claimsOf,
    isSignedIn,
  }) => {
    const browser = await site.signIn()
    const { sub } = await claimsOf(browser)
    const token = await provider.logoutToken({ sub })

    const response = await new Browser().send(`${site.origin}/back-channel-logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `logout_token=${token}&logout_token=${token}`,
    })

    expect(response.status).toBe(400)
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('is an ID token is rejected, because it is not about a sign-out', async ({
    post,
    provider,
  }) => {
    const now = Math.floor(Date.now() / 1000)

    const response = await post(
      await provider.logoutToken({
        sub: 'x',
        claims: { events: undefined, nonce: 'n', iat: now },
        header: { typ: 'JWT' },
      }),
    )

    expect(response.status).toBe(400)
  })

  test('arrives without a store returns 400, unless its user has just signed out here', async ({
    open,
    post,
    provider,
    clock,
  }) => {
    const bare = await open({})
    const browser = await bare.signIn()
    const page = (await browser.navigate(`${bare.origin}/`)).json() as { claims: Claims }
    const { sub, sid = '' } = page.claims
    const statusOf = async (named: LogoutTokenRequest): Promise<number> => {
      const response = await post(await provider.logoutToken(named), {}, bare)
      if (response.status !== 200) expect(response.text).toContain('session: { store }')
      return response.status
    }

    expect(await statusOf({ sub, sid })).toBe(400)
    await browser.navigate(`${bare.origin}/logout`)

    expect(await statusOf({ sub, sid })).toBe(200)
    expect([await statusOf({ sub }), await statusOf({ sub, sid: 'other' })]).toEqual([400, 400])
    expect((await post('a.b.c', {}, bare)).status).toBe(400)
    clock.advance(61)
    expect(await statusOf({ sub, sid })).toBe(400)
  })

  test('arrives by GET is rejected', async ({ site }) => {
    expect((await new Browser().send(`${site.origin}/back-channel-logout`, {})).status).toBe(400)
  })
})
