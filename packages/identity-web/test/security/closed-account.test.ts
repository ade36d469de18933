import type { SessionOptions } from '../../src/options/session-options.ts'
import { AccessDenied, memoryStore } from 'identity-web'
import type { AuthOptions, IdentityError } from 'identity-web/express'
import type { Request, Response } from 'express'
import { createRevalidation } from '../../src/web/users/revalidation.ts'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { Browser, SESSION_SECRET, type Site } from '../support/site.ts'
import { startUpstream } from '../support/upstream.ts'
import { copyOf } from '../support/steps.ts'

// The account of a user is closed during their session. The table in docs/users.md says when each kind of request notices it.
// The renders of Next.js are in adapters/next-cases.ts.

interface Account {
  readonly plan: string
}

const SECONDS = 600
/** For requests that cannot store the result, so that another request can check the user first. */
const TOLERANCE = 60

const SESSIONS: readonly (readonly [string, () => SessionOptions])[] = [
  ['in cookies', () => ({})],
  ['in a store', () => ({ store: memoryStore() })],
  ['in cookies, with a deny-list', () => ({ denyList: memoryStore() })],
]

const cookiesOf = (browser: Browser): string =>
  [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')

/** Returns the plan of the user whom the request finds, or why it finds none. */
type Send = (site: Site<Account>, browser: Browser) => Promise<unknown>

const planOf = (user: unknown): unknown => (user as Account | null | undefined)?.plan ?? 'nobody'

/** Calls a page that responds with JSON: the plan. */
const page =
  (path: string): Send =>
  async ({ origin }, browser) => {
    const { status, json } = await browser.script(`${origin}${path}`)
    return status === 200 ? json() : status
  }

/** Declares a page that calls a member of `Auth` after its response has started. */
function late(site: Site<Account>, path: string, read: (req: Request) => Promise<unknown>): void {
  site.app.get(path, (req: Request, res: Response) => {
    res.type('json').write('')
    res.flushHeaders()
    read(req).then(
      (found) => res.end(JSON.stringify(found)),
      (error: unknown) => res.end(JSON.stringify((error as IdentityError).code)),
    )
  })
}

function authenticated(headers: Readonly<Record<string, string>>): Send {
  return async ({ auth }, browser) => {
    const url = '/socket'
    const request = { method: 'GET', url, headers: { cookie: cookiesOf(browser), ...headers } }
    const session = await auth.authenticate(request)
    return session.ok ? planOf(session.context.user) : session.status
  }
}

const browserSession =
  (method: string): Send =>
  async ({ origin }, browser) => {
    const url = `${origin}/auth/session`
    const headers = { 'sec-fetch-site': 'same-origin' }
    const session = (await browser.script(url, { method, headers })).json()
    return planOf((session as { readonly user: unknown }).user)
  }

/** How each kind of request responds to a rejected user, and whether it can store the result of the check in cookies. */
interface Kind {
  readonly send: Send
  readonly denied: unknown
  /** The response to the next request of the session. */
  readonly after?: unknown
  readonly setsCookies: boolean
  /** Whether the check is not stored even in a store. */
  readonly isUnstored?: boolean
}

const KINDS: Readonly<Record<string, Kind>> = {
  'a guarded route': { send: page('/plan'), denied: 403, after: 401, setsCookies: true },
  'getUser()': { send: page('/open-plan'), denied: 'nobody', setsCookies: true },
  'getUser() after the response started': {
    send: page('/late-user'),
    denied: 'nobody',
    setsCookies: false,
  },
  'getContext() after the response started': {
    send: page('/late-context'),
    denied: 'nobody',
    setsCookies: false,
  },
  'getTokenForUser() after the response started': {
    send: page('/late-token'),
    denied: 'access_denied',
    after: 'login_required',
    setsCookies: false,
  },
  'an upgrade': {
    send: authenticated({ upgrade: 'websocket' }),
    denied: 403,
    after: 401,
    setsCookies: false,
  },
  'a stream': {
    send: authenticated({ accept: 'text/event-stream' }),
    denied: 403,
    after: 401,
    setsCookies: false,
  },
  'GET of the session endpoint': {
    send: browserSession('GET'),
    denied: 'nobody',
    setsCookies: true,
    isUnstored: true,
  },
  'POST of the session endpoint': {
    send: browserSession('POST'),
    denied: 'nobody',
    setsCookies: true,
  },
  'browserSession()': { send: page('/page-session'), denied: 'nobody', setsCookies: true },
  'a forwarded path': { send: page('/api/plan'), denied: 403, after: 401, setsCookies: true },
}

const test = base.extend('start', ({ openSite }) => {
  return async (options: AuthOptions<Account>): Promise<Site<Account>> => {
    const site = await openSite<Account>({
      revalidateUserSeconds: SECONDS,
      scopes: 'User.Read',
      onLogin: () => ({ plan: 'free' }),
      browser: { path: '/auth/session', sessionView: (user) => user },
      ...options,
      session: { secret: SESSION_SECRET, ...options.session },
    })
    const { app, auth } = site
    app.get(
      '/plan',
      auth.loginRequired((_req, res, { user }) => void res.json(user.plan)),
    )
    app.get('/open-plan', async (req, res) => void res.json(planOf(await auth.getUser(req))))
    app.get(
      '/page-session',
      async (req, res) => void res.json(planOf((await auth.browserSession(req)).user)),
    )
    late(site, '/late-user', async (req) => planOf(await auth.getUser(req)))
    late(site, '/late-context', async (req) => planOf((await auth.getContext(req))?.user))
    late(site, '/late-token', async (req) => {
      await auth.getTokenForUser(req, 'User.Read')
      return planOf(await auth.getUser(req))
    })
    const api = await startUpstream((_received, response) => response.end('"forwarded"'))
    auth.forward('/api', { target: api.origin, token: 'none' })
    return site
  }
})

const cells = Object.entries(KINDS).flatMap(([name, kind]) =>
  SESSIONS.map(([where, session]) => [name, where, { kind, session }] as const),
)

describe('onRefresh checks the account', () => {
  test.for(cells)(
    'at %s, with sessions %s',
    async ([name, where, { kind, session }], { start, provider, clock }) => {
      let isClosed = false
      const onRefresh = vi.fn((user: Account): Account => {
        if (isClosed) throw new AccessDenied({ message: 'Your account was closed.' })
        return { plan: `${user.plan}+` }
      })
      const { send, denied, after = denied, setsCookies, isUnstored = false } = kind
      const shows = (plan: string): string => (name === 'a forwarded path' ? 'forwarded' : plan)
      const isStored = (setsCookies || where === 'in a store') && !isUnstored
      const tolerance = isStored ? 0 : TOLERANCE
      const site = await start({ session: session(), onRefresh })
      const browser = await site.signIn({ path: '/plan' })
      const copy = copyOf(browser)

      clock.advance(SECONDS - 30)
      expect(await send(site, browser)).toBe(shows('free'))
      if (tolerance > 0) clock.advance(60)
      expect(await send(site, browser)).toBe(shows('free'))
      expect(onRefresh).not.toHaveBeenCalled()

      // One call counts for this request and for later ones.
      clock.advance(31)
      expect([await send(site, browser), await send(site, browser)]).toEqual([
        shows('free+'),
        shows('free+'),
      ])
      expect(onRefresh).toHaveBeenCalledTimes(1)
      expect(await page('/plan')(site, browser)).toBe('free+')
      expect(onRefresh).toHaveBeenCalledTimes(1)

      isClosed = true
      clock.advance(SECONDS + tolerance)
      expect(await send(site, browser)).toBe(denied)
      expect(onRefresh).toHaveBeenCalledTimes(2)

      // The session has ended for every request, also if the account is open again, and for every copy of its cookie.
      isClosed = false
      const isRevoked = where !== 'in cookies'
      expect(await page('/plan')(site, copy)).toBe(isRevoked ? 401 : 403)
      expect(await send(site, copyOf(browser))).toBe(
        isRevoked || !browser.cookies.has('identity') ? after : denied,
      )
      expect(onRefresh).toHaveBeenCalledTimes(2)
      expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(false)
    },
  )
})

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60))

describe('the signal of an open stream', () => {
  test.for(SESSIONS)(
    'aborts when onRefresh rejects the user, with sessions %s',
    async ([where, session], { start, provider, clock }) => {
      let isClosed = false
      const onRefresh = vi.fn((user: Account): Account => {
        if (isClosed) throw new AccessDenied({ message: 'Your account was closed.' })
        return user
      })
      const site = await start({ session: session(), onRefresh })
      const browser = await site.signIn({ path: '/plan' })
      const isPolled = where !== 'in cookies'
      // Without a store, the next check is at the time when the user is due.
      if (!isPolled) clock.advance(SECONDS + TOLERANCE - 2)
      const headers = { cookie: cookiesOf(browser) }
      const stream = await site.auth.authenticate(
        { method: 'GET', url: '/events', headers },
        { revalidateSeconds: 0.02 },
      )
      if (!stream.ok) throw stream.error
      const { signal } = stream
      if (isPolled) {
        clock.advance(SECONDS + TOLERANCE)
        await vi.waitFor(() => expect(onRefresh).toHaveBeenCalledTimes(1), 5000)
        await moment()
        expect([onRefresh.mock.calls.length, signal.aborted]).toEqual([1, false])
        clock.advance(SECONDS + TOLERANCE)
      }
      isClosed = true

      await vi.waitFor(() => expect(signal.aborted).toBe(true), 10_000)

      expect(signal.reason).toMatchObject({ code: 'login_required' })
      expect(await page('/plan')(site, browser)).toBe(isPolled ? 401 : 403)
      expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(false)
    },
  )

  test('does not abort when onRefresh fails, which is called again after a minute', async ({
    start,
    clock,
  }) => {
    const onRefresh = vi.fn((): Account => {
      throw new Error('database')
    })
    const site = await start({ session: { store: memoryStore() }, onRefresh })
    const browser = await site.signIn({ path: '/plan' })
    const request = { method: 'GET', url: '/events', headers: { cookie: cookiesOf(browser) } }
    const stream = await site.auth.authenticate(request, { revalidateSeconds: 0.02 })
    if (!stream.ok) throw stream.error
    const { signal } = stream

    for (const calls of [1, 2]) {
      clock.advance(calls === 1 ? SECONDS + TOLERANCE : 60)
      await vi.waitFor(() => expect(onRefresh).toHaveBeenCalledTimes(calls), 5000)
      await moment()
      expect([onRefresh.mock.calls.length, signal.aborted]).toEqual([calls, false])
    }
  })

  test('aborts also if the store cannot record the rejection', async ({ start, clock }) => {
    const store = memoryStore()
    const site = await start({
      session: { store },
      onRefresh: () => {
        Object.assign(store, { set: () => Promise.reject(new Error('down')) })
        throw new AccessDenied({ message: 'Your account was closed.' })
      },
    })
    const browser = await site.signIn({ path: '/plan' })
    const request = { method: 'GET', url: '/events', headers: { cookie: cookiesOf(browser) } }
    const stream = await site.auth.authenticate(request, { revalidateSeconds: 0.02 })
    if (!stream.ok) throw stream.error
    const { signal } = stream

    clock.advance(SECONDS + TOLERANCE)

    await vi.waitFor(() => expect(signal.aborted).toBe(true), 5000)
    // The session is still in the store, and does not work in this process.
    expect(await page('/plan')(site, browser)).toBe(503)
  })
})

describe('a request that cannot set cookies', () => {
  test('keeps the user if onRefresh fails, and calls it again after a minute', async ({
    start,
    clock,
  }) => {
    const onRefresh = vi.fn((): Account => {
      throw new Error('database')
    })
    const site = await start({ onRefresh })
    const browser = await site.signIn({ path: '/plan' })
    clock.advance(SECONDS + TOLERANCE)
    const read = page('/late-user')

    expect([await read(site, browser), await read(site, browser)]).toEqual(['free', 'free'])
    expect(onRefresh).toHaveBeenCalledTimes(1)
    clock.advance(60)
    expect(await read(site, browser)).toBe('free')
    expect(onRefresh).toHaveBeenCalledTimes(2)
  })

  test('shares the call with concurrent requests of the session', async ({ start, clock }) => {
    const onRefresh = vi.fn(async (): Promise<Account> => {
      await moment()
      return { plan: 'paid' }
    })
    const site = await start({ onRefresh })
    const browser = await site.signIn({ path: '/plan' })
    clock.advance(SECONDS + TOLERANCE)
    const reads = ['/late-user', '/plan', '/late-context', '/open-plan'].map(page)

    const plans = await Promise.all(reads.map((read) => read(site, copyOf(browser))))

    expect(plans).toEqual(['paid', 'paid', 'paid', 'paid'])
    expect(onRefresh).toHaveBeenCalledTimes(1)
  })

  test('gives onRefresh the tokens of the session as they are', async ({ start, clock }) => {
    const seen: unknown[] = []
    const site = await start({
      onRefresh(user, { tokens, request }) {
        seen.push([Object.keys(tokens).toSorted(), request.url])
        return user
      },
    })
    const browser = await site.signIn({ path: '/plan' })
    clock.advance(SECONDS + TOLERANCE)

    await page('/late-user')(site, browser)

    expect(seen).toEqual([[['accessToken', 'refreshToken'], '/late-user']])
  })

  test('does not bring back an older user than updateUser has stored', async ({ start, clock }) => {
    const site = await start({ onRefresh: () => ({ plan: 'checked' }) })
    site.app.get(
      '/upgrade-plan',
      site.auth.loginRequired(async (req, res) => {
        await site.auth.updateUser(req, { plan: 'paid' })
        res.json('done')
      }),
    )
    const browser = await site.signIn({ path: '/plan' })
    clock.advance(SECONDS + TOLERANCE)
    expect(await page('/late-user')(site, browser)).toBe('checked')
    clock.advance(1)
    await page('/upgrade-plan')(site, browser)
    clock.advance(200)

    expect(await page('/late-user')(site, browser)).toBe('paid')
    expect(await page('/plan')(site, browser)).toBe('paid')
  })
})

test('a rejection counts for newer cookies of the session, which are not due yet', async ({
  start,
  clock,
}) => {
  let isClosed = false
  const onRefresh = (user: Account): Account => {
    if (isClosed) throw new AccessDenied({ message: 'Your account was closed.' })
    return user
  }
  const first = await start({ onRefresh })
  // Another server of the same application.
  const second = await start({ onRefresh, redirectUri: `${first.origin}/redirect` })
  const browser = await first.signIn({ path: '/plan' })
  const copy = copyOf(browser)
  clock.advance(SECONDS)
  expect(await page('/plan')(first, browser)).toBe('free')
  isClosed = true
  const newer = copyOf(browser)
  expect(await page('/plan')(second, newer)).toBe('free')

  expect(await page('/plan')(second, copy)).toBe(403)

  expect(await page('/plan')(second, newer)).toBe(403)
})

test('a rejected session is not refreshed again', async ({ start, provider, clock }) => {
  let isClosed = true
  const site = await start({
    onRefresh(user) {
      if (isClosed) throw new AccessDenied({ message: 'Your account was closed.' })
      return user
    },
  })
  const browser = await site.signIn({ path: '/plan' })
  const copy = copyOf(browser)
  clock.advance(SECONDS)
  expect(await page('/plan')(site, browser)).toBe(403)
  isClosed = false
  clock.advance(2 * 3600)

  expect(await page('/plan')(site, copy)).toBe(403)

  expect(provider.requests.some(({ grantType }) => grantType === 'refresh_token')).toBe(false)
})

test('10,000 rejections are remembered, and the oldest session is then asked about again', async () => {
  let calls = 0
  const revalidation = createRevalidation<Account>(
    {
      hooks: {
        onRefresh: () => {
          calls += 1
          throw new AccessDenied({ message: 'Your account was closed.' })
        },
      },
      now: () => 5000,
      clock: () => 5_000_000,
      events: { emit: () => undefined } as never,
      sessions: {
        latestUsers: { apply: <T>(session: T) => session } as never,
        revocations: undefined,
      } as never,
      isProduction: true,
    } as never,
    () => import('../../src/web/users/call-on-refresh.ts'),
  )
  const request = { http: { header: () => undefined, url: '/', method: 'GET' } } as never
  const check = (id: number): Promise<unknown> | undefined =>
    revalidation
      ?.run(
        { id: String(id), claims: {}, endsAt: 9000 } as never,
        {
          ...(request as object),
          readState: () => ({ tokens: { access: [] } }),
        } as never,
      )
      .catch((error: unknown) => error)

  for (let id = 0; id <= 10_000; id++) await check(id)

  expect(calls).toBe(10_001)
  expect(revalidation?.rejections.size).toBe(10_000)
  expect([revalidation?.rejections.has('0'), revalidation?.rejections.has('1')]).toEqual([
    false,
    true,
  ])
})
