import { setTimeout } from 'node:timers/promises'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import type { Fault } from 'identity-web-dev'
import { IdentityError } from 'identity-web/express'
import {
  Browser,
  IMPATIENT,
  startSignIn,
  sendToCallback,
  signIn,
  untilReady,
  type Site,
} from '../support/site.ts'
import type { BrowserResponse } from '../support/browser.ts'
import { copyCookies } from '../support/steps.ts'

const TODOS = 'api://todos.contoso.example'
const HOUR = 3600

const BEHAVIOUR = { consent: 'skip', reuseDetection: true, idTokenSeconds: 20 * HOUR } as const

const test = base
  .extend('behaviour', BEHAVIOUR)
  .extend('site', async ({ openSite }) => {
    const site = await openSite()
    site.app.get(
      '/todos',
      site.auth.loginRequired(
        { scopes: `${TODOS}/Todos.Read` },
        (_req, res, { accessToken, scopes }) => void res.json({ accessToken, scopes }),
      ),
    )
    site.app.get('/ask', async (req, res) => {
      try {
        res.json(await site.auth.getTokenForUser(req, req.query['scope'] as string))
      } catch (error) {
        if (!IdentityError.is(error)) throw error
        res.status(error.status).json({ code: error.code })
      }
    })
    return site
  })
  /** The site. For a provider that hangs, another one with the same sessions, which waits only shortly. */
  .extend('siteDuring', ({ site, openSite }) => async ({ kind }: Fault): Promise<Site> => {
    const redirectUri = `${site.origin}/redirect`
    return kind === 'hang' ? untilReady(await openSite({ ...IMPATIENT, redirectUri })) : site
  })
  .extend('refreshes', ({ grantRequests }) => grantRequests('refresh_token'))
  /** Signs a user in at the site, with an access token if the path is `/token`. */
  .extend(
    'enter',
    ({ site, provider }) =>
      async (path = '/token', as = 'alex') =>
        new User(site, await signIn(site, provider, { path, as })),
  )
  .extend('user', ({ enter }) => enter())
  /** Signs a user in, and waits until the access token has expired. */
  .extend('enterAndWait', ({ enter, clock }) => async (path = '/token') => {
    const user = await enter(path)
    clock.advance(HOUR + 1)
    return user
  })
  .extend('expiredUser', ({ enterAndWait }) => enterAndWait())
  .extend('asked', ({ grantRequests }) => grantRequests('client_credentials'))

/** A user who is signed in at a site. */
class User {
  readonly site: Site
  readonly browser: Browser

  constructor(site: Site, browser: Browser) {
    this.site = site
    this.browser = browser
  }

  open(path: string): Promise<BrowserResponse> {
    return this.browser.navigate(this.site.origin + path)
  }

  script(path: string): Promise<BrowserResponse> {
    return this.browser.script(this.site.origin + path)
  }

  openOften(path: string, times: number): Promise<BrowserResponse[]> {
    return Promise.all(Array.from({ length: times }, () => this.open(path)))
  }
}

function tokenOf(answer: BrowserResponse): {
  preferred_username: string
  aud: string
  scp: string
} {
  const { accessToken } = answer.json() as { accessToken: string }
  return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as never
}

const claimsOf = (answer: BrowserResponse): Record<string, unknown> =>
  (answer.json() as { claims: Record<string, unknown> }).claims

/** The same user with the cookies of this moment. */
const copyOf = ({ site, browser }: User): User =>
  new User(site, copyCookies(browser, new Browser()))

const statuses = (answers: readonly BrowserResponse[]): number[] => [
  ...new Set(answers.map(({ status }) => status)),
]

describe('many requests at the moment when the access token expires', () => {
  test('a hundred requests of one session share one refresh', async ({
    expiredUser,
    refreshes,
  }) => {
    const answers = await expiredUser.openOften('/token', 100)

    expect(statuses(answers)).toEqual([200])
    expect(refreshes()).toHaveLength(1)
  })

  test('one refresh also does where the ID token expires with the access token', async ({
    enterAndWait,
    provider,
    refreshes,
  }) => {
    provider.behave({ idTokenSeconds: HOUR })
    const user = await enterAndWait()

    const answers = await user.openOften('/token', 100)

    expect(statuses(answers)).toEqual([200])
    expect(refreshes()).toHaveLength(1)
  })

  test('a hundred pages that need no token share one renewal of the session', async ({
    enterAndWait,
    provider,
    refreshes,
  }) => {
    provider.behave({ idTokenSeconds: HOUR })
    const user = await enterAndWait('/')

    const answers = await user.openOften('/', 100)

    expect(statuses(answers)).toEqual([200])
    expect(refreshes()).toHaveLength(1)
  })

  test('a user does not get the token of another user', async ({ enter, clock, refreshes }) => {
    const alex = await enter('/token', 'alex')
    const sam = await enter('/token', 'sam')
    clock.advance(HOUR + 1)

    const both = await Promise.all(
      Array.from({ length: 50 }, () => [alex.open('/token'), sam.open('/token')]).flat(),
    )

    const users = both.map((answer) => tokenOf(answer).preferred_username)
    expect(users.filter((_, index) => index % 2 === 0)).toEqual(
      Array(50).fill('alex@contoso.onmicrosoft.com'),
    )
    expect(users.filter((_, index) => index % 2 === 1)).toEqual(
      Array(50).fill('sam@contoso.onmicrosoft.com'),
    )
    expect(refreshes()).toHaveLength(2)
  })

  test('two browsers of one user refresh each for itself', async ({ enter, clock, refreshes }) => {
    const desk = await enter()
    const phone = await enter()
    clock.advance(HOUR + 1)

    const answers = await Promise.all([desk.openOften('/token', 10), phone.openOften('/token', 10)])

    expect(statuses(answers.flat())).toEqual([200])
    expect(refreshes()).toHaveLength(2)
  })

  test('two APIs at once never use one refresh token twice', async ({ user, provider, clock }) => {
    await user.open('/todos')
    clock.advance(HOUR + 1)
    // Slow enough that the requests for the second API come while the first is under way.
    provider.behave({ faults: { token: { kind: 'slow', ms: 50 } } })

    const [graph, todos] = await Promise.all([
      user.openOften('/token', 10),
      user.openOften('/todos', 10),
    ])

    expect(statuses([...graph, ...todos])).toEqual([200])
    expect(new Set(graph.map((answer) => tokenOf(answer).aud))).toEqual(
      new Set(['https://graph.microsoft.com']),
    )
    expect(new Set(todos.map((answer) => tokenOf(answer).aud))).toEqual(
      new Set([provider.config.apps[1]?.clientId]),
    )
    clock.advance(HOUR + 1)
    expect(statuses(await user.openOften('/todos', 2))).toEqual([200])
  })

  test('a request that left with the old cookie is given the new token', async ({
    user,
    clock,
    refreshes,
  }) => {
    const late = copyOf(user)
    clock.advance(HOUR + 1)
    const refreshed = await user.open('/token')
    clock.advance(60)

    const answer = await late.open('/token')

    expect(answer.status).toBe(200)
    expect(answer.json()).toEqual(refreshed.json())
    expect(refreshes()).toHaveLength(1)
    expect(answer.setCookies.some((cookie) => cookie.startsWith('identity-tokens='))).toBe(true)
  })

  test('a newer token that another process got is preferred to what this one remembers', async ({
    enter,
    openSite,
    provider,
    clock,
    site,
    refreshes,
  }) => {
    provider.behave({ accessTokenSeconds: 60 })
    const other = await openSite({ redirectUri: `${site.origin}/redirect` })
    const user = await enter()
    clock.advance(61)
    await user.open('/token')
    clock.advance(61)
    const newer = await user.browser.navigate(`${other.origin}/token`)

    const answer = await user.open('/token')

    expect(answer.json()).toEqual(newer.json())
    expect(refreshes()).toHaveLength(2)
  })

  test('a refresh token whose answer got lost is brought by the next request, though its own token is valid', async ({
    user,
    clock,
  }) => {
    const lost = copyOf(user)
    await user.open('/todos')

    await lost.open('/token')

    clock.advance(HOUR + 1)
    expect((await lost.open('/todos')).status).toBe(200)
  })
})

describe('a refresh ahead of expiry', () => {
  test('happens when the provider wants it', async ({ enter, provider, clock, refreshes }) => {
    provider.behave({ refreshInSeconds: 600 })
    const user = await enter()
    clock.advance(580)
    await user.open('/token')
    const before = refreshes().length
    clock.advance(21)

    await user.open('/token')

    expect([before, refreshes().length]).toEqual([0, 1])
  })

  test('does not make a user wait whose token is still valid', async ({
    openSite,
    provider,
    clock,
    refreshes,
  }) => {
    const held: (() => void)[] = []
    const slow = await openSite({
      fetch: async (input, init) => {
        if (new URLSearchParams(init?.body as string).get('grant_type') === 'refresh_token') {
          await new Promise<void>((resolve) => held.push(resolve))
        }
        return fetch(input, init)
      },
    })
    const browser = await signIn(slow, provider, { path: '/token' })
    clock.advance(HOUR - 120)

    const first = browser.navigate(`${slow.origin}/token`)
    await vi.waitFor(() => expect(held).toHaveLength(1))
    const second = await Promise.race([
      browser.navigate(`${slow.origin}/token`),
      setTimeout(2000, undefined),
    ])
    for (const release of held) release()

    expect(second?.status).toBe(200)
    expect((await first).status).toBe(200)
    expect(refreshes()).toHaveLength(1)
  })

  test('happens in the last minutes without a word of the provider', async ({
    user,
    clock,
    refreshes,
  }) => {
    clock.advance(HOUR - 301)
    await user.open('/token')
    const before = refreshes().length
    clock.advance(2)

    await user.open('/token')

    expect([before, refreshes().length]).toEqual([0, 1])
  })

  test.for([
    ['500', { kind: 'status', status: 500 }],
    ['429', { kind: 'status', status: 429, retryAfter: '7' }],
    ['a hanging connection', { kind: 'hang' }],
    ['a closed connection', { kind: 'drop' }],
    ['a web page', { kind: 'html' }],
    ['invalid_grant', { kind: 'error', error: 'invalid_grant' }],
  ] as const)(
    'that meets %s leaves the token that is still valid',
    async ([, fault], { enter, provider, clock, refreshes, siteDuring }) => {
      provider.behave({ refreshInSeconds: 600 })
      const user = await enter()
      const first = await user.open('/token')
      clock.advance(601)
      const during = await siteDuring(fault)
      provider.behave({ faults: { token: fault } })

      const answer = await user.browser.navigate(`${during.origin}/token`)

      expect(answer.status).toBe(200)
      expect(answer.json()).toEqual(first.json())
      expect(refreshes()).toHaveLength(1)
    },
  )
})

describe('a provider in trouble, when the token has expired', () => {
  test.for([
    ['500', { kind: 'status', status: 500 }, '5'],
    ['429', { kind: 'status', status: 429, retryAfter: '7' }, '7'],
    ['temporarily_unavailable', { kind: 'error', error: 'temporarily_unavailable' }, '5'],
    ['a hanging connection', { kind: 'hang' }, '5'],
    ['a closed connection', { kind: 'drop' }, '5'],
  ] as const)(
    'that answers with %s makes 503, and the session lives on',
    async ([, fault, wait], { expiredUser, provider, siteDuring }) => {
      const during = await siteDuring(fault)
      provider.behave({ faults: { token: fault } })

      const page = await expiredUser.browser.navigate(`${during.origin}/token`)
      const script = await expiredUser.browser.script(`${during.origin}/token`)

      expect([page.status, page.headers['retry-after']]).toEqual([503, wait])
      expect(page.headers['content-type']).toContain('text/html')
      expect([script.status, script.headers['retry-after']]).toEqual([503, wait])
      expect(script.json()).toMatchObject({ error: 'provider_unavailable' })
      provider.behave({ faults: {} })
      expect((await expiredUser.open('/token')).status).toBe(200)
    },
  )

  test('an answer that is not JSON leaves the session alone', async ({ expiredUser, provider }) => {
    provider.behave({ faults: { token: { kind: 'html' } } })

    const answer = await expiredUser.open('/token')

    expect(answer.status).toBe(502)
    provider.behave({ faults: {} })
    expect((await expiredUser.open('/token')).status).toBe(200)
  })

  test('pages that need no token go on', async ({ expiredUser, provider }) => {
    provider.behave({ faults: { token: { kind: 'status', status: 500 } } })

    expect((await expiredUser.open('/')).status).toBe(200)
  })
})

describe('a refresh token that is dead', () => {
  test('leads a page visitor to the sign-in, with their name filled in', async ({
    expiredUser,
    provider,
  }) => {
    provider.revokeUser('alex')

    const answer = await expiredUser.open('/token')

    const target = new URL(answer.location ?? '')
    expect(target.origin + target.pathname).toBe(`${provider.authority()}/oauth2/v2.0/authorize`)
    expect(target.searchParams.get('login_hint')).toMatch(/^O\./)
  })

  test('is told to a script as 401 with the login URL', async ({ expiredUser, site, provider }) => {
    provider.revokeUser('alex')

    const answer = await expiredUser.script('/token')

    expect(answer.status).toBe(401)
    const body = answer.json() as { error: string; loginUrl: string }
    expect(body.error).toBe('interaction_required')
    expect(body.loginUrl.startsWith(`${site.origin}/login?`)).toBe(true)
    expect(answer.location).toBeUndefined()
  })

  test('ends the session when its ID token expires', async ({ enterAndWait, provider }) => {
    provider.behave({ idTokenSeconds: HOUR })
    const user = await enterAndWait('/')
    provider.revokeUser('alex')

    const page = await user.open('/')
    const script = await user.script('/')
    const open = await user.open('/open')

    expect(page.location).toContain('/authorize')
    expect(script.status).toBe(401)
    expect(script.json()).toMatchObject({ error: 'login_required' })
    expect(open.json()).toEqual({ user: null })
  })

  test('a sign-in over it works', async ({ expiredUser, site, provider }) => {
    provider.revokeUser('alex')

    await signIn(site, provider, { path: '/token' }, expiredUser.browser)

    expect((await expiredUser.open('/token')).status).toBe(200)
  })
})

describe('a session whose ID token expires', () => {
  test.override('behaviour', { ...BEHAVIOUR, idTokenSeconds: HOUR })

  test('is renewed with the claims of the new ID token', async ({
    enterAndWait,
    provider,
    refreshes,
  }) => {
    const user = await enterAndWait('/')
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, name: 'Alex Renamed' }) }

    const answer = await user.open('/')
    const next = await user.open('/')

    expect(claimsOf(answer)['name']).toBe('Alex Renamed')
    expect(claimsOf(next)['name']).toBe('Alex Renamed')
    expect(refreshes()).toHaveLength(1)
  })

  test('keeps the login hint that a renewed ID token does not repeat, and signs out by it', async ({
    enter,
    provider,
    clock,
    refreshes,
  }) => {
    provider.behave({ idTokenSeconds: HOUR })
    const user = await enter('/')
    clock.advance(HOUR + 100)
    provider.tamper = { idToken: ({ login_hint: _hint, ...claims }, sign) => sign(claims) }
    await user.open('/')

    const { location = '' } = await user.open('/logout')

    expect(refreshes()).toHaveLength(1)
    expect(new URL(location).searchParams.get('logout_hint')).toMatch(/^O\./)
  })

  test('without a refresh token goes on after the ID token expired', async ({
    enter,
    provider,
    clock,
  }) => {
    provider.behave({ idTokenSeconds: HOUR })
    provider.tamper = { tokenResponse: ({ refresh_token: _none, ...body }) => body }
    const user = await enter('/')
    clock.advance(HOUR + 100)

    expect((await user.open('/')).status).toBe(200)
  })

  test('outlives the ID token by many hours', async ({ enter, clock, refreshes }) => {
    const user = await enter('/')

    for (let hour = 0; hour < 5; hour++) {
      clock.advance(HOUR + 1)
      expect((await user.open('/')).status).toBe(200)
    }

    expect(refreshes()).toHaveLength(5)
  })

  test('goes on while the provider is down, and asks again a minute later', async ({
    enterAndWait,
    provider,
    clock,
    refreshes,
  }) => {
    const user = await enterAndWait('/')
    provider.behave({ faults: { token: { kind: 'status', status: 500 } } })

    const down = await user.openOften('/', 1)
    const soon = await user.openOften('/', 3)
    const asked = refreshes().length
    clock.advance(61)
    provider.behave({ faults: {} })
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, name: 'Alex Renamed' }) }
    const later = await user.open('/')

    expect(statuses([...down, ...soon])).toEqual([200])
    expect(asked).toBe(1)
    expect(claimsOf(later)['name']).toBe('Alex Renamed')
  })

  test('keeps the refresh token of its renewal though a token for an API fails after it', async ({
    enterAndWait,
    provider,
    clock,
  }) => {
    const user = await enterAndWait('/')
    // The provider goes down once it has answered the renewal.
    provider.tamper = {
      tokenResponse: (body) => {
        provider.behave({ faults: { token: { kind: 'status', status: 500 } } })
        return body
      },
    }

    const failed = await user.open('/todos')

    expect(failed.status).toBe(503)
    provider.tamper = {}
    provider.behave({ faults: {} })
    clock.advance(HOUR + 1)
    expect((await user.open('/')).status).toBe(200)
  })
})

describe('a refresh that brings an ID token of somebody else', () => {
  const other = { sub: 'somebody-else', name: 'Mallory' }

  test('gives no access token', async ({ expiredUser, provider }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, ...other }) }

    const answer = await expiredUser.open('/token')

    expect(answer.status).toBe(401)
    expect(answer.text).not.toContain('accessToken')
  })

  test('does not renew the session', async ({ enterAndWait, provider }) => {
    provider.behave({ idTokenSeconds: HOUR })
    const user = await enterAndWait('/')
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, ...other }) }

    const answer = await user.open('/')

    expect(answer.location).toContain('/authorize')
    expect(answer.setCookies.filter((cookie) => /^identity(-tokens)?=/.test(cookie))).toEqual([])
  })

  test('is rejected ahead of expiry too', async ({ enter, provider, clock }) => {
    provider.behave({ refreshInSeconds: 600 })
    const user = await enter()
    clock.advance(601)
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, ...other }) }

    expect((await user.open('/token')).status).toBe(401)
  })

  // OpenID Connect Core, 12.2: issuer and subject must both be those of the sign-in.
  test('is rejected when only the issuer is another: the same name in another tenant', async ({
    openSite,
    provider,
    clock,
  }) => {
    provider.behave({ idTokenSeconds: HOUR })
    const commonSite = await openSite({ authority: provider.authority('common') })
    const browser = await signIn(commonSite, provider)
    clock.advance(HOUR + 1)
    const tid = provider.config.tenants[1]?.id ?? ''
    provider.tamper = {
      idToken: (claims, sign) =>
        sign({ ...claims, tid, iss: `${provider.origin}/${tid}/v2.0`, name: 'Mallory' }),
    }

    const answer = await browser.navigate(`${commonSite.origin}/`)

    expect(answer.status).toBe(302)
  })
})

describe('scopes', () => {
  test('a token that has the scopes is used, in whatever case and with whatever prefix they are asked for', async ({
    user,
    refreshes,
  }) => {
    for (const scope of [
      'user.read',
      'https://graph.microsoft.com/User.Read',
      'openid User.READ',
    ]) {
      const answer = await user.script(`/ask?scope=${encodeURIComponent(scope)}`)
      expect(answer.status).toBe(200)
    }

    expect(refreshes()).toHaveLength(0)
  })

  test('answers with prefixed scopes fit what was asked without the prefix', async ({
    enter,
    provider,
    refreshes,
  }) => {
    provider.behave({ prefixGraphScopes: true })
    const user = await enter()

    const answer = await user.open('/token')

    expect(answer.status).toBe(200)
    expect(refreshes()).toHaveLength(0)
  })

  test('.default is got once', async ({ enter, refreshes }) => {
    const user = await enter('/todos')
    const path = `/ask?scope=${encodeURIComponent(`${TODOS}/.default`)}`

    const answers = [await user.script(path), await user.script(path)]

    expect(statuses(answers)).toEqual([200])
    expect(refreshes()).toHaveLength(1)
  })

  test('a provider that grants fewer than a page needs makes a page, never a redirect to itself', async ({
    site,
    provider,
  }) => {
    const browser = new Browser()
    const back = await startSignIn(site, provider, browser, { path: '/mail' })
    provider.tamper = { tokenResponse: (body) => ({ ...body, scope: 'openid profile User.Read' }) }

    const answer = await sendToCallback(browser, back)

    expect(answer.status).toBe(403)
    expect(answer.location).toBeUndefined()
  })

  test('a consent that brings fewer leaves the session that was there', async ({
    enter,
    provider,
    site,
  }) => {
    provider.behave({ consent: 'ask' })
    const user = await enter('/')
    provider.tamper = { tokenResponse: (body) => ({ ...body, scope: 'openid profile User.Read' }) }

    const back = await startSignIn(site, provider, user.browser, { path: '/mail' })
    const answer = await sendToCallback(user.browser, back)

    expect(answer.status).toBe(403)
    expect((await user.open('/')).status).toBe(200)
  })

  test('a rotated refresh token is kept though the refresh granted too few', async ({
    openSite,
    provider,
    clock,
  }) => {
    provider.behave({ accessTokenSeconds: 2 * HOUR })
    // This provider grants any scopes and rotates refresh tokens.
    const { oidcAuthority } = provider
    const oidcSite = await openSite({ authority: undefined, oidcAuthority })
    const browser = await signIn(oidcSite, provider, { path: '/token' })
    provider.tamper = { tokenResponse: (body) => ({ ...body, scope: 'openid User.Read' }) }
    const refused = await browser.script(`${oidcSite.origin}/mail`)
    provider.tamper = {}

    clock.advance(2 * HOUR + 1)
    const answer = await browser.navigate(`${oidcSite.origin}/token`)

    expect(refused.status).toBe(401)
    expect(answer.status).toBe(200)
  })
})

describe('getTokenForUser', () => {
  test('says login_required where no user is signed in', async ({ site }) => {
    const answer = await new Browser().script(`${site.origin}/ask?scope=User.Read`)

    expect([answer.status, answer.json()]).toEqual([401, { code: 'login_required' }])
  })

  test('says interaction_required where the user has not consented', async ({
    enter,
    provider,
  }) => {
    provider.behave({ consent: 'ask' })
    const user = await enter('/')

    const answer = await user.script('/ask?scope=Mail.Read')

    expect([answer.status, answer.json()]).toEqual([401, { code: 'interaction_required' }])
  })

  test('gives a token, and keeps it for the next request', async ({ enter, refreshes }) => {
    const user = await enter('/')

    const answers = [
      await user.script('/ask?scope=Mail.Read'),
      await user.script('/ask?scope=Mail.Read'),
    ]

    expect(answers[0]?.json()).toMatchObject({
      tokenType: 'Bearer',
      expiresInSeconds: HOUR,
      scopes: expect.arrayContaining(['Mail.Read']) as unknown,
    })
    expect(answers.map((answer) => answer.json())[1]).toEqual(answers[0]?.json())
    expect(refreshes()).toHaveLength(1)
  })
})

describe('getTokenForClient', () => {
  const scope = `${TODOS}/.default`
  const failure = (promise: Promise<unknown>): Promise<IdentityError> =>
    promise.then(
      () => Promise.reject(new Error('no error')),
      (error: IdentityError) => error,
    )
  test('asks once for many at once, and keeps the token', async ({ site, asked }) => {
    const tokens = await Promise.all(
      Array.from({ length: 20 }, () => site.auth.getTokenForClient(scope)),
    )
    const later = await site.auth.getTokenForClient([scope.toUpperCase()])

    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(later.accessToken).toBe(tokens[0]?.accessToken)
    expect(asked()).toHaveLength(1)
  })

  test('asks again when the token is about to expire', async ({ site, clock }) => {
    const first = await site.auth.getTokenForClient(scope)
    clock.advance(HOUR - 200)

    const second = await site.auth.getTokenForClient(scope)

    expect(second.accessToken).not.toBe(first.accessToken)
    expect(second.expiresInSeconds).toBe(HOUR)
  })

  test('gives what is still valid while the provider is down, and an error afterwards', async ({
    site,
    provider,
    clock,
  }) => {
    const first = await site.auth.getTokenForClient(scope)
    provider.behave({ faults: { token: { kind: 'status', status: 500 } } })
    clock.advance(HOUR - 200)
    const kept = await site.auth.getTokenForClient(scope)
    clock.advance(201)

    const error = await failure(site.auth.getTokenForClient(scope))

    expect(kept.accessToken).toBe(first.accessToken)
    expect(error.code).toBe('provider_unavailable')
  })

  test('a failure is not remembered', async ({ provider, site }) => {
    provider.behave({ faults: { token: { kind: 'status', status: 500, times: 1 } } })
    await failure(site.auth.getTokenForClient(scope))

    const { accessToken } = await site.auth.getTokenForClient(scope)

    expect(accessToken).not.toBe('')
  })
})
