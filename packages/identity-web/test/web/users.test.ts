import type { HttpRequest } from '../../src/options/user-hooks.ts'
import type { SessionOptions } from '../../src/options/session-options.ts'
import { AccessDenied, IdentityError, memoryStore } from 'identity-web'
import type { AuthOptions, Claims, IdentityEvent, LoginRequirement } from 'identity-web/express'
import type { Tamper } from 'identity-web-dev'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { SESSION_SECRET, sendToCallback, type Site } from '../support/site.ts'
import { copyOf } from '../support/steps.ts'

const HOUR = 3600

/** A user of an application. */
interface Account {
  readonly id: number
  readonly plan: string
}

const freeAccount = (): Account => ({ id: 1, plan: 'free' })

const suspend = (): never => {
  throw new AccessDenied({ message: 'Your account is suspended.' })
}

const KINDS: readonly (readonly [string, () => SessionOptions])[] = [
  ['in cookies', () => ({})],
  ['in a store', () => ({ store: memoryStore() })],
  ['in cookies, with a deny-list', () => ({ denyList: memoryStore() })],
]

const test = base.extend(
  'start',
  ({ openSite }) =>
    <User = Account>(options: AuthOptions<User>): Promise<Site<User>> =>
      openSite<User>({ ...options, session: { secret: SESSION_SECRET, ...options.session } }),
)

async function userOf(site: { readonly origin: string }, browser: Browser): Promise<unknown> {
  return ((await browser.navigate(`${site.origin}/`)).json() as { user: unknown }).user
}

describe('onLogin', () => {
  test('gets the tokens and the request that completes the sign-in', async ({ start, browser }) => {
    const seen: { request: HttpRequest; tokens: object }[] = []
    const site = await start({
      onLogin(_claims, { request, tokens }) {
        seen.push({ request, tokens })
        return { id: 1, plan: request.header('Accept-Language') ?? '' }
      },
    })
    const back = await site.startSignIn(browser)

    await browser.navigate(back.url.href, { headers: { 'accept-language': 'de' } })

    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'de' })
    const [{ request, tokens } = { request: undefined, tokens: {} }] = seen
    expect(Object.keys(tokens)).toEqual(['accessToken', 'idToken', 'refreshToken'])
    expect([request?.method, request?.url.startsWith('/redirect?')]).toEqual(['GET', true])
    expect(request?.header('x-missing')).toBeUndefined()
  })

  test.for([undefined, null])(
    'that returns %s rejects the user with a hint, and ends the previous session',
    async (nobody, { start, provider }) => {
      let account: Account | null | undefined = { id: 1, plan: 'free' }
      const site = await start({ onLogin: () => account as Account })
      const browser = await site.signIn()
      account = nobody

      const redirect = await browser.navigate(`${site.origin}/login`)
      const back = await provider.signIn(redirect.location ?? '')
      const response = await sendToCallback(browser, back)

      expect(response.status).toBe(403)
      expect(site.logs.join()).toContain(`onLogin returned ${String(nobody)}`)
      expect(site.logs.join()).toContain('throw new AccessDenied({ message })')
      expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
    },
  )

  test('shows the message of AccessDenied on a page with the status 403', async ({ start }) => {
    const site = await start({
      onLogin: () => {
        throw new AccessDenied({ message: 'Ask <your> manager.' })
      },
    })
    const browser = new Browser()

    const response = await sendToCallback(browser, await site.startSignIn(browser))

    expect(response.status).toBe(403)
    expect(response.text).toContain('Ask &lt;your&gt; manager.')
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  })

  test('can replace the page for a rejected user', async ({ start, browser }) => {
    const site = await start({
      onLogin: () => {
        throw new AccessDenied({ message: 'No.', page: '<!doctype html><h1>Waiting list</h1>' })
      },
    })

    const response = await sendToCallback(browser, await site.startSignIn(browser))

    expect([response.status, response.text]).toEqual([403, '<!doctype html><h1>Waiting list</h1>'])
  })

  test('that throws another error causes a 500, and is logged', async ({ start, browser }) => {
    const site = await start({
      onLogin: () => {
        throw new TypeError('of the application')
      },
    })

    const response = await sendToCallback(browser, await site.startSignIn(browser))

    expect(response.status).toBe(500)
    const failure = site.logs.find((line) => line.startsWith('onLogin failed.'))
    expect(failure).toContain('Look for the error in the log of your framework.')
    expect(failure).toContain('"level":"error"')
    expect(failure).toContain('"reason":"TypeError"')
  })
})

/** An object that contains itself. */
function createCycle(): object {
  const friends: { best?: object } = {}
  friends.best = { friends }
  return { friends }
}

class Account7 {
  readonly id = 7
  isAdmin(): boolean {
    return this.id === 7
  }
}

class Wallet {
  get total(): number {
    return 7
  }
}

const UNSTORABLE: readonly (readonly [path: string, kind: string, user: unknown])[] = [
  [
    'user.createdAt',
    'a Date. Return a string, for example date.toISOString().',
    { createdAt: new Date(0) },
  ],
  [
    'user.roles',
    'a Map. Return an object, for example Object.fromEntries(map).',
    { roles: new Map([['a', 1]]) },
  ],
  ['user.tags', 'a Set. Return an array, for example [...set].', { tags: new Set(['a']) }],
  ['user.orders[1].total', 'a BigInt. Return a string', { orders: [{ total: 1 }, { total: 10n }] }],
  ['user["first name"]', 'a function. Remove it', { 'first name': () => 'Ann' }],
  ['user.score', 'NaN. Return a finite number or null', { score: Number.NaN }],
  ['user.score', '-Infinity. Return a finite number', { score: Number.NEGATIVE_INFINITY }],
  ['user.tags[1]', 'undefined. Return null', { tags: ['a', undefined] }],
  // oxlint-disable-next-line no-sparse-arrays -- A hole becomes null.
  ['user.tags[0]', 'undefined. Return null', { tags: [, 'a'] }],
  ['user.key', 'a symbol. Remove it', { key: Symbol('key') }],
  [
    'user.site',
    'a URL. Return a string, for example url.href.',
    { site: new URL('https://example.com') },
  ],
  [
    'user.money',
    'an object with the method toJSON (Object). Return only',
    { money: { toJSON: () => 1 } },
  ],
  ['user.friends.best.friends', 'a reference to an object that contains it', createCycle()],
  ['user.account', 'an instance of Account7. Return only strings', { account: new Account7() }],
  ['user.wallet', 'an instance of Wallet. Return only strings', { wallet: new Wallet() }],
  ['user.account', 'an instance of Sub', { account: new (class Sub extends Account7 {})() }],
  ['user.photo', 'a Uint8Array. Return only', { photo: new Uint8Array(2) }],
  ['user.profile', 'a Promise. Return the value of the promise', { profile: Promise.resolve(1) }],
  ['user.problem', 'an Error. Return only', { problem: new Error('no') }],
  ['user', 'a BigInt', 10n],
]

describe('a user that JSON cannot express', () => {
  test.for(UNSTORABLE)(
    'is a configuration error that names %s as %s',
    async ([path, kind, user], { start, browser }) => {
      const site = await start<unknown>({ onLogin: () => user as object })

      const response = await sendToCallback(browser, await site.startSignIn(browser))

      expect(response.status).toBe(500)
      expect(site.logs.join()).toContain('"code":"configuration"')
      expect(site.logs.join().replaceAll('\\"', '"')).toContain(`${path} is ${kind}`)
    },
  )

  test('is not a user with missing values, shared objects or a class without methods', async ({
    start,
  }) => {
    class Row {
      readonly id = 1
      readonly nick = undefined
    }
    const address = { city: 'Oslo' }
    const user = { row: new Row(), home: address, work: address, none: null, list: [0, ''] }
    const site = await start<unknown>({ onLogin: () => user })

    const browser = await site.signIn()

    expect(await userOf(site, browser)).toEqual(JSON.parse(JSON.stringify(user)))
  })
})

describe.each(KINDS)('onRefresh, with sessions %s,', (_, session) => {
  test('runs after a refresh that returned an ID token, and its user replaces the previous one', async ({
    start,
    clock,
  }) => {
    const onRefresh = vi.fn((user: Account) => ({ ...user, plan: 'paid' }))
    const site = await start({
      session: session(),
      onLogin: freeAccount,
      onRefresh,
      revalidateUserSeconds: 24 * HOUR,
    })
    const browser = await site.signIn()
    clock.advance(600)
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free' })
    expect(onRefresh).not.toHaveBeenCalled()

    clock.advance(HOUR)

    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'paid' })
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'paid' })
    clock.advance(600)
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'paid' })
    expect(onRefresh).toHaveBeenCalledTimes(1)
  })

  test('runs after revalidateUserSeconds without a refresh', async ({ start, provider, clock }) => {
    const onRefresh = vi.fn((user: Account) => ({ ...user, plan: `${user.plan}+` }))
    const site = await start({
      session: session(),
      onLogin: freeAccount,
      onRefresh,
      revalidateUserSeconds: 300,
    })
    const browser = await site.signIn()
    clock.advance(280)
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free' })

    clock.advance(20)

    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free+' })
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free+' })
    expect(onRefresh).toHaveBeenCalledTimes(1)
    clock.advance(300)
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free++' })
    expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(false)
  })

  test('runs once for concurrent requests', async ({ start, clock }) => {
    const onRefresh = vi.fn(async (user: Account) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return { ...user, plan: 'paid' }
    })
    const site = await start({ session: session(), onLogin: freeAccount, onRefresh })
    const browser = await site.signIn()
    clock.advance(HOUR + 600)

    const users = await Promise.all(Array.from({ length: 8 }, () => userOf(site, browser)))

    expect(users).toEqual(users.map(() => ({ id: 1, plan: 'paid' })))
    expect(onRefresh).toHaveBeenCalledTimes(1)
  })

  test('runs once for a request that authenticates twice', async ({ start, clock }) => {
    const onRefresh = vi.fn((user: Account) => ({ ...user, plan: `${user.plan}+` }))
    const site = await start({
      session: session(),
      onLogin: freeAccount,
      onRefresh,
      revalidateUserSeconds: 300,
    })
    site.app.get(
      '/twice',
      site.auth.loginRequired(
        async (req, res, { user }) => void res.json([user, await site.auth.getUser(req)]),
      ),
    )
    const browser = await site.signIn()
    clock.advance(300)

    const response = await browser.navigate(`${site.origin}/twice`)

    const expected = { id: 1, plan: 'free+' }
    expect(response.json()).toEqual([expected, expected])
    expect(onRefresh).toHaveBeenCalledTimes(1)
  })

  test('gets the newest claims, the tokens and the request', async ({ start, clock }) => {
    const seen: unknown[] = []
    const site = await start<Claims>({
      scopes: 'User.Read',
      session: session(),
      onRefresh(user, { claims, tokens, request }) {
        seen.push([claims['iat'], Object.keys(tokens), request.method, request.url])
        return user
      },
    })
    const browser = await site.signIn({ path: '/me' })
    const { claims: before } = (await browser.navigate(`${site.origin}/`)).json() as {
      claims: { iat: number }
    }
    clock.advance(HOUR + 600)

    const { user, claims } = (await browser.navigate(`${site.origin}/?a=1`)).json() as {
      user: Claims
      claims: Claims
    }

    const tokens = ['idToken', 'refreshToken']
    // The clock runs, so a second may pass between the sign-in and the refresh.
    expect(claims.iat).toBeGreaterThanOrEqual(before.iat + HOUR + 600)
    expect(seen).toEqual([[claims.iat, expect.arrayContaining(tokens), 'GET', '/?a=1']])
    expect(user).toEqual(claims)
  })

  test.for([
    ['throws AccessDenied', suspend, 'Your account is suspended.'],
    [
      'throws access_denied',
      () => {
        throw new IdentityError('access_denied', 'suspended')
      },
      'access',
    ],
    ['returns undefined', () => undefined as unknown as Account, 'access'],
    ['returns null', () => null as unknown as Account, 'access'],
  ] as const)(
    'that %s ends the session with the 403 page',
    async ([, onRefresh, text], { start, clock }) => {
      let isSuspended = false
      const site = await start({
        session: session(),
        onLogin: freeAccount,
        onRefresh: (user) => (isSuspended ? onRefresh() : user),
      })
      const browser = await site.signIn()
      isSuspended = true
      clock.advance(HOUR)

      const page = await browser.navigate(`${site.origin}/`)

      expect(page.status).toBe(403)
      expect(page.text).toContain(text)
      expect(page.text).not.toContain('Sign-in failed')
      isSuspended = false
      expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
    },
  )

  test('that rejects the user makes getUser return undefined', async ({ start, clock }) => {
    const site = await start({ session: session(), onLogin: freeAccount, onRefresh: suspend })
    const browser = await site.signIn()
    clock.advance(HOUR)

    expect((await browser.navigate(`${site.origin}/open`)).json()).toEqual({ user: null })
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  })

  test('that rejects the user makes getContext return undefined', async ({ start, clock }) => {
    const site = await start({ session: session(), onLogin: freeAccount, onRefresh: suspend })
    site.app.get('/context', async (req, res) => {
      res.json({ context: (await site.auth.getContext(req)) ?? null })
    })
    const browser = await site.signIn()
    clock.advance(HOUR)

    expect((await browser.navigate(`${site.origin}/context`)).json()).toEqual({ context: null })
  })

  test.for([
    [
      'another error',
      () => {
        throw new Error('database')
      },
      '"reason":"Error"',
    ],
    [
      'an error of this library',
      () => {
        throw new IdentityError('provider_unavailable', 'The API is down.')
      },
      'The API is down.',
    ],
    ['no JSON', () => ({ id: 1n }) as unknown as Account, 'user.id is a BigInt'],
  ] as const)(
    'that fails with %s keeps the session and is logged and called again later',
    async ([, fail, logged], { start, clock }) => {
      const onRefresh = vi.fn((user: Account): Account => user)
      const site = await start({
        session: session(),
        onLogin: freeAccount,
        onRefresh,
        revalidateUserSeconds: 600,
      })
      const browser = await site.signIn()
      onRefresh.mockImplementation(fail)
      clock.advance(600)

      expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free' })
      expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free' })

      expect(onRefresh).toHaveBeenCalledTimes(1)
      expect(site.logs.join()).toContain('onRefresh failed.')
      expect(site.logs.join()).toContain(logged)
      onRefresh.mockImplementation((user) => ({ ...user, plan: 'paid' }))
      clock.advance(60)
      expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'paid' })
    },
  )
})

test.for<[string, AuthOptions<Account>, boolean]>([
  ['in development', { environment: 'development' }, true],
  ['in production', { environment: 'production' }, false],
  [
    'in production with includePersonalData',
    { environment: 'production', includePersonalData: true },
    true,
  ],
])('the log says where onRefresh failed: %s', async ([, options, hasMessage], { start, clock }) => {
  const site = await start({
    ...options,
    onLogin: freeAccount,
    onRefresh: function findAccount() {
      throw new TypeError('The plan of Alex\n    at secret (secret.ts:1:1)')
    },
  })
  const browser = await site.signIn()
  clock.advance(HOUR)
  await userOf(site, browser)

  const line = site.logs.find((entry) => entry.startsWith('onRefresh failed.')) ?? ''
  expect(line).toContain('TypeError')
  expect(line).toMatch(/findAccount \(.*users\.test\.ts:\d+:\d+\)/)
  expect(line.includes('The plan of Alex')).toBe(hasMessage)
  expect(line.includes('secret.ts')).toBe(hasMessage)
})

test('onRefresh waits for a request that can set cookies', async ({ start, clock }) => {
  const onRefresh = vi.fn((user: Account) => ({ ...user, plan: 'paid' }))
  const site = await start({ onLogin: freeAccount, onRefresh })
  site.app.get('/late', (req, res) => {
    res.write('"')
    void site.auth.getUser(req).then((user) => res.end(`${user?.plan}"`))
  })
  const browser = await site.signIn()
  // More than the time that the sign-in takes on a slow machine, because the clock continues.
  clock.advance(HOUR - 60)
  await browser.navigate(`${site.origin}/`)
  clock.advance(60)

  expect((await browser.navigate(`${site.origin}/late`)).json()).toBe('free')
  expect(onRefresh).not.toHaveBeenCalled()

  expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'paid' })
})

test('options of onRefresh are checked', async ({ start }) => {
  const site = await start({
    revalidateUserSeconds: -1,
    onLogin: 'findUser',
  } as unknown as AuthOptions<Account>)

  const page = await new Browser().navigate(`${site.origin}/login`)

  expect(page.status).toBe(500)
  const text = page.text.replaceAll(/<\/?code>/g, '')
  expect(text).toContain('revalidateUserSeconds must be a positive number')
  expect(text).toContain('revalidateUserSeconds has no effect without onRefresh')
  expect(text).toContain('onLogin must be a function')
})

/** Declares `/plan`, which stores another plan and then calls a function. */
function declarePlan(
  site: Site<Account>,
  then: (req: Parameters<Site['auth']['getUser']>[0]) => Promise<unknown> = async () => undefined,
): void {
  site.app.get(
    '/plan',
    site.auth.loginRequired(async (req, res, { user }) => {
      await site.auth.updateUser(req, { ...user, plan: 'paid' })
      res.json((await then(req)) ?? null)
    }),
  )
}

describe.each(KINDS)('updateUser, with sessions %s,', (_, session) => {
  test('keeps the user although the same request and concurrent requests store the session', async ({
    start,
    provider,
    clock,
  }) => {
    const site = await start({ session: session(), onLogin: freeAccount })
    declarePlan(site, async (req) => site.auth.getTokenForUser(req, 'User.Read'))
    const browser = await site.signIn({ path: '/me' })
    const before = copyOf(browser)
    clock.advance(HOUR + 600)

    // The guard refreshes the session, updateUser stores it, and getTokenForUser stores it again.
    const response = await browser.navigate(`${site.origin}/plan`)
    await before.navigate(`${site.origin}/`)

    expect(response.status).toBe(200)
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'paid' })
    expect(await userOf(site, before)).toEqual({ id: 1, plan: 'paid' })
    clock.advance(HOUR + 600)
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'paid' })
    expect(provider.requests.filter(({ grantType }) => grantType === 'refresh_token')).toHaveLength(
      2,
    )
  })
})

describe.each(KINDS)('updateUser that fails, with sessions %s,', (_, session) => {
  test('leaves the user as before, also when the session is stored later', async ({
    start,
    clock,
  }) => {
    const given = session()
    const site = await start({ session: given, onLogin: freeAccount })
    const codes: unknown[] = []
    site.app.get(
      '/fails',
      site.auth.loginRequired(async (req, res, { user }) => {
        const { store } = given as { store?: { set: unknown } }
        const set = store?.set
        const update = site.auth.updateUser(req, { ...user, plan: 'paid' })
        if (store === undefined) res.json('sent')
        else store.set = () => Promise.reject(new Error('down'))
        codes.push(await update.catch((error: unknown) => (error as IdentityError).code))
        if (store === undefined) return
        store.set = set
        res.json('sent')
      }),
    )
    const browser = await site.signIn()
    clock.advance(HOUR - 60)
    await userOf(site, browser)

    await browser.navigate(`${site.origin}/fails`)
    clock.advance(65)

    expect(codes).toEqual([given.store === undefined ? 'configuration' : 'store_unavailable'])
    // The first request refreshes the session, and stores it.
    await userOf(site, browser)
    expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free' })
  })
})

test('updateUser of another server in the same second is the newest', async ({ start, clock }) => {
  const sites: Site<Account>[] = []
  for (const plan of ['first', 'second']) {
    const redirectUri = sites[0] && `${sites[0].origin}/redirect`
    const site = await start({
      ...(redirectUri !== undefined && { redirectUri }),
      onLogin: freeAccount,
    })
    site.app.get(
      '/change',
      site.auth.loginRequired(async (req, res, { user }) => {
        await site.auth.updateUser(req, { ...user, plan })
        res.json('done')
      }),
    )
    sites.push(site)
  }
  const [first, second] = sites as [Site<Account>, Site<Account>]
  const browser = await first.signIn()
  clock.advance(HOUR - 60)

  await browser.navigate(`${first.origin}/change`)
  clock.advance(0.2)
  await browser.navigate(`${second.origin}/change`)
  clock.advance(65)

  // The first request refreshes the session at the first server, which remembers its own change.
  await userOf(first, browser)
  expect(await userOf(first, browser)).toEqual({ id: 1, plan: 'second' })
})

test('updateUser names the property that JSON cannot express', async ({ start }) => {
  const site = await start<{ since: string }>({ onLogin: () => ({ since: 'today' }) })
  const update = vi.fn<(user: unknown) => Promise<unknown>>()
  site.app.get(
    '/since',
    site.auth.loginRequired(async (req, res) => {
      update.mockImplementation((user) => site.auth.updateUser(req, user as never))
      const errors: unknown[] = []
      for (const user of [{ since: new Date() }, undefined, null]) {
        errors.push(await update(user).catch((error: unknown) => error))
      }
      res.json(errors.map((error) => [(error as IdentityError).code, (error as Error).message]))
    }),
  )
  const browser = await site.signIn()

  const response = await browser.navigate(`${site.origin}/since`)

  expect(response.json()).toEqual([
    ['configuration', expect.stringContaining('user.since is a Date. Return a string')],
    ['configuration', expect.stringContaining('is undefined')],
    ['configuration', expect.stringContaining('is null')],
  ])
  expect(await userOf(site, browser)).toEqual({ since: 'today' })
})

test('updateUser after the response began is a configuration error', async ({ start }) => {
  const site = await start({ onLogin: freeAccount })
  site.app.get(
    '/late',
    site.auth.loginRequired(async (req, res, { user }) => {
      res.write('[')
      const error: unknown = await site.auth
        .updateUser(req, { ...user, plan: 'paid' })
        .catch((thrown: unknown) => thrown)
      res.end(`${JSON.stringify((error as IdentityError).code)}]`)
    }),
  )
  const browser = await site.signIn()

  expect((await browser.navigate(`${site.origin}/late`)).json()).toEqual(['configuration'])
  expect(await userOf(site, browser)).toEqual({ id: 1, plan: 'free' })
})

describe.each(KINDS.slice(1))('revokeSessions, with sessions %s,', (_, session) => {
  test('finds a session by the id of its new user, and ignores earlier revocations of that id', async ({
    start,
  }) => {
    const site = await start({ session: session(), onLogin: freeAccount })
    site.app.get(
      '/become',
      site.auth.loginRequired(async (req, res, { user }) => {
        await site.auth.updateUser(req, { ...user, id: 2 })
        res.json('done')
      }),
    )
    await site.auth.revokeSessions({ user: 2 })
    const browser = await site.signIn()
    await browser.navigate(`${site.origin}/become`)
    expect(await userOf(site, browser)).toEqual({ id: 2, plan: 'free' })

    await site.auth.revokeSessions({ user: 1 })
    expect(await userOf(site, browser)).toEqual({ id: 2, plan: 'free' })
    await site.auth.revokeSessions({ user: 2 })

    expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  })
})

describe('an ID token of 6 kB, with sessions in cookies,', () => {
  const others = Array.from({ length: 50 }, (_, index) => [`custom_${index}`, 'x'.repeat(100)])
  const large: Tamper = {
    idToken: (claims, sign) =>
      sign({ ...claims, ...Object.fromEntries(others), department: 'HR', roles: ['Admin'] }),
  }
  const onLogin = ({ oid }: Claims) => ({ oid })
  const statusOf = async (site: Site<any>, browser: Browser, path: string): Promise<number> =>
    (await browser.navigate(site.origin + path)).status

  test('works with a small user of onLogin, and guards find the claims that they name', async ({
    start,
    provider,
    clock,
  }) => {
    const incomplete: IdentityEvent[] = []
    const site = await start({
      onLogin,
      onEvent: (event) => event.type === 'session.incomplete' && incomplete.push(event),
    })
    const add = (path: string, requirement: LoginRequirement) =>
      site.app.get(
        path,
        site.auth.loginRequired(requirement, (_req, res, { user, claims }) => {
          res.json({ user, names: Object.keys(claims) })
        }),
      )
    add('/hr', { claims: { department: 'HR' } })
    add('/it', { claims: { department: 'IT' } })
    add('/admin', { roles: ['Admin'] })
    provider.tamper = large
    const browser = await site.signIn()

    for (const time of ['after the sign-in', 'after a refresh']) {
      if (time === 'after a refresh') clock.advance(2 * HOUR)
      expect([time, await statusOf(site, browser, '/hr')]).toEqual([time, 200])
      expect([time, await statusOf(site, browser, '/it')]).toEqual([time, 403])
      expect([time, await statusOf(site, browser, '/admin')]).toEqual([time, 200])
    }
    const { user, names } = (await browser.navigate(`${site.origin}/hr`)).json() as {
      user: unknown
      names: string[]
    }
    expect(user).toEqual({ oid: expect.any(String) as string })
    expect(names).toEqual(
      expect.arrayContaining(['iss', 'sub', 'oid', 'name', 'roles', 'department']),
    )
    expect(names).not.toContain('custom_0')
    expect(incomplete).toMatchObject([
      {
        message: expect.stringContaining('without the claims that guards do not use') as string,
        hint: expect.stringContaining('session.store') as string,
      },
    ])
  })

  test('does not let a function of a guard read only some of the claims', async ({
    start,
    provider,
  }) => {
    const site = await start({ onLogin })
    const isAllowed = (claims: Claims): boolean => claims['custom_0'] === undefined
    const add = (path: string) =>
      site.app.get(
        path,
        site.auth.loginRequired({ claims: isAllowed }, (_req, res) => void res.json('in')),
      )
    provider.tamper = large
    const browser = await site.signIn()

    // Its route is declared after the sign-in, as in a module that is loaded by its first request.
    add('/late')
    expect(await statusOf(site, browser, '/late')).toBe(500)
    // From now on, a session needs all claims.
    await expect(site.signIn()).rejects.toThrow('The sign-in failed: 500')
  })

  test('fails without onLogin, because the claims are the user, and the log names session.store', async ({
    start,
    provider,
  }) => {
    const site = await start<Claims>({})
    provider.tamper = large

    await expect(site.signIn()).rejects.toThrow('The sign-in failed: 500')
    expect(site.logs.join()).toContain('session.store')
  })

  test('keeps all claims in a store, and so does a smaller ID token in cookies', async ({
    start,
    provider,
  }) => {
    for (const store of [memoryStore(), undefined]) {
      const site = await start({ onLogin, ...(store && { session: { store } }) })
      site.app.get(
        '/claims',
        site.auth.loginRequired((_req, res, { claims }) => void res.json(claims)),
      )
      provider.tamper = store
        ? large
        : { idToken: (claims, sign) => sign({ ...claims, custom_0: 'x' }) }
      const browser = await site.signIn()

      expect((await browser.navigate(`${site.origin}/claims`)).json()).toHaveProperty('custom_0')
    }
  })
})
