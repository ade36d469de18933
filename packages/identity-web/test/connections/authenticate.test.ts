import type { IncomingRequest } from '../../src/classes/any-request.ts'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { IdentityError } from 'identity-web/express'
import { onTestFinished } from 'vitest'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser, close, listen, signIn, type Site } from '../support/site.ts'

const EVIL = 'https://evil.example'

function cookieOf(browser: Browser): string {
  return [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}

/** The upgrade to a WebSocket that a browser sends. */
function upgradeOf(browser: Browser, headers: Record<string, string> = {}): IncomingRequest {
  return {
    method: 'GET',
    url: '/socket',
    headers: { cookie: cookieOf(browser), upgrade: 'websocket', connection: 'Upgrade', ...headers },
  }
}

/** A request for events, which a page of the site sends. */
function streamOf(browser: Browser, site: Site): IncomingRequest {
  const headers = {
    cookie: cookieOf(browser),
    accept: 'text/event-stream',
    referer: `${site.origin}/other`,
  }
  return { method: 'GET', url: '/events', headers }
}

function aborted(signal: AbortSignal): Promise<IdentityError> {
  return new Promise((resolve) => {
    const done = (): void => resolve(signal.reason as IdentityError)
    if (signal.aborted) done()
    else signal.addEventListener('abort', done)
  })
}

/** A short time, in which a wrong abort would happen. */
const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60))

describe('an upgrade with a session', () => {
  test('is authenticated with the context of a guard', async ({ site, provider }) => {
    const browser = await signIn(site, provider)

    const session = await site.auth.authenticate(upgradeOf(browser, { origin: site.origin }))

    expect(session).toMatchObject({ ok: true, context: { user: { name: 'Alex Rivera' } } })
  })

  test.for([
    ['another site', { origin: EVIL }],
    ['another site, with fetch metadata', { origin: EVIL, 'sec-fetch-site': 'same-origin' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['an origin that starts like ours', { origin: 'OWN.evil.example' }],
  ] as const)('from %s is rejected', async ([, headers], { openSite, store, provider }) => {
    const site = await openSite({ session: { store } })
    const browser = await signIn(site, provider)
    const origin = headers.origin.replace('OWN', site.origin)
    const request = upgradeOf(browser, { ...headers, origin })

    const session = await site.auth.authenticate(request)

    expect(session).toMatchObject({ ok: false, status: 403, error: { code: 'access_denied' } })
    expect(await site.auth.getUser(request as never)).toBeUndefined()
    expect(await site.auth.getContext(request as never)).toBeUndefined()
    for (const call of [
      site.auth.getTokenForUser(request as never, 'User.Read'),
      site.auth.updateUser(request as never, { name: 'Mallory' } as never),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'access_denied' })
    }
    expect(await site.auth.getUser(upgradeOf(browser) as never)).toMatchObject({
      name: 'Alex Rivera',
    })
  })

  test('must meet the requirement of the route', async ({ site, provider }) => {
    const browser = await signIn(site, provider)

    expect(await site.auth.authenticate(upgradeOf(browser), { roles: ['Admin'] })).toMatchObject({
      ok: false,
      status: 403,
      error: { code: 'access_denied' },
    })
  })

  test('must be refreshed before its roles decide', async ({ site, provider, clock }) => {
    const browser = await signIn(site, provider)
    clock.advance(2 * 3600)

    const session = await site.auth.authenticate(upgradeOf(browser), { roles: ['Admin'] })

    expect(session).toMatchObject({ ok: false, status: 401, error: { code: 'refresh_required' } })
  })

  test('passes without Origin, as programs send it', async ({ site, provider }) => {
    const browser = await signIn(site, provider)

    expect(await site.auth.authenticate(upgradeOf(browser))).toMatchObject({ ok: true })
    expect(await site.auth.getUser(upgradeOf(browser) as never)).toMatchObject({
      name: 'Alex Rivera',
    })
  })

  test('passes from a trusted origin, and from every origin with csrf: false', async ({
    openSite,
    provider,
  }) => {
    const site = await openSite({ trustedOrigins: ['https://trusted.example'] })
    const browser = await signIn(site, provider)
    const trusted = upgradeOf(browser, { origin: 'https://trusted.example' })
    const evil = upgradeOf(browser, { origin: EVIL })

    expect(await site.auth.authenticate(trusted)).toMatchObject({ ok: true })
    expect(await site.auth.authenticate(evil)).toMatchObject({ ok: false, status: 403 })
    expect(await site.auth.authenticate(evil, { csrf: false })).toMatchObject({ ok: true })
    expect(await site.auth.getUser(evil as never)).toBeDefined()
  })

  test('from another site is rejected by a guard too', async ({ site, provider }) => {
    const browser = await signIn(site, provider)
    const headers = { origin: EVIL, upgrade: 'websocket', 'sec-fetch-mode': 'websocket' }

    expect((await browser.script(`${site.origin}/`, { headers })).status).toBe(403)
    expect(
      (await browser.script(`${site.origin}/`, { headers: { ...headers, origin: site.origin } }))
        .status,
    ).toBe(200)
  })
})

describe('a request without a session', () => {
  test('is rejected with the login URL', async ({ site }) => {
    const session = await site.auth.authenticate(streamOf(new Browser(), site))

    expect(session).toMatchObject({
      ok: false,
      status: 401,
      headers: { 'cache-control': 'private, no-store' },
      error: {
        code: 'login_required',
        loginUrl: `${site.origin}/login?return_to=%2Fother`,
      },
    })
  })

  test('does not return users to the path of a socket', async ({ site }) => {
    const session = await site.auth.authenticate(upgradeOf(new Browser()))

    expect(session).toMatchObject({
      error: { loginUrl: `${site.origin}/login?return_to=%2F` },
    })
  })

  test.for([undefined, null, 'text', 7, {}])(
    'and even %s, which is not a request, does not throw',
    async (request, { site }) => {
      expect(await site.auth.authenticate(request as never)).toMatchObject({
        ok: false,
        status: 500,
        error: { code: 'configuration' },
      })
    },
  )

  test('never ends the process in an event handler', async ({ site }) => {
    const server = createServer()
    const origin = await listen(server)
    onTestFinished(() => close(server))
    const results: unknown[] = []
    server.on('upgrade', (req, socket) => {
      socket.on('error', () => socket.destroy())
      void (async () => {
        results.push(await site.auth.getUser(req as never))
        results.push(await site.auth.getEditProfileUrl(req as never))
        results.push((await site.auth.authenticate(req)).ok)
        await expect(site.auth.getTokenForUser(req as never, 'User.Read')).rejects.toMatchObject({
          code: 'login_required',
          loginUrl: expect.stringContaining('/login') as string,
        })
        socket.end()
      })()
    })
    const socket = connect(Number(new URL(origin).port), 'localhost')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await once(socket, 'close')

    expect(results).toEqual([undefined, undefined, false])
  })
})

describe('wrong options', () => {
  test.for([
    { revalidateSeconds: 0 },
    { revalidateSeconds: Number.NaN },
    { scopse: 'User.Read' },
    { acrs: [] },
  ])('%j reject every request', async (options, { site, provider }) => {
    const browser = await signIn(site, provider)

    expect(await site.auth.authenticate(upgradeOf(browser), options as never)).toMatchObject({
      ok: false,
      status: 500,
      error: { code: 'configuration' },
    })
  })
})

describe('a Request that is closed after the upgrade, as on Deno', () => {
  test('is not read again', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/token' })
    const { headers } = upgradeOf(browser, { origin: site.origin })
    const request = new Request(`${site.origin}/socket`, { headers: headers as HeadersInit })
    const session = await site.auth.authenticate(request)
    for (const name of ['headers', 'url', 'method']) {
      Object.defineProperty(request, name, {
        get() {
          throw new TypeError('Request closed')
        },
      })
    }
    if (!session.ok) throw new Error('not authenticated')
    const { signal } = session

    expect(await session.revalidate()).toMatchObject({ ok: true })
    expect(await site.auth.getTokenForUser(request as never, 'User.Read')).toBeDefined()
    await browser.navigate(`${site.origin}/logout`)
    expect(await aborted(signal)).toMatchObject({ code: 'login_required' })
  })
})

describe('the cross-site check', () => {
  test('applies to other requests as to a guard', async ({ site, provider }) => {
    const browser = await signIn(site, provider)
    const headers = { cookie: cookieOf(browser), origin: EVIL }

    expect(await site.auth.authenticate({ method: 'POST', url: '/', headers })).toMatchObject({
      ok: false,
      status: 403,
    })
    expect(await site.auth.authenticate({ method: 'GET', url: '/', headers })).toMatchObject({
      ok: true,
    })
  })
})

describe('a session in cookies whose tokens expired', () => {
  test('is not refreshed if the cookies have no place', async ({ site, provider, clock }) => {
    const browser = await signIn(site, provider, { path: '/token' })
    const request = upgradeOf(browser)
    const early = await site.auth.authenticate(request)
    clock.advance(3700)

    expect(await site.auth.authenticate(request)).toMatchObject({
      ok: false,
      status: 401,
      error: { code: 'refresh_required', loginUrl: expect.stringContaining('/login') as string },
    })
    expect(early.ok && (await early.revalidate())).toMatchObject({ ok: false, status: 401 })
    await expect(site.auth.getTokenForUser(request as never, 'User.Read')).rejects.toMatchObject({
      code: 'refresh_required',
      status: 401,
      loginUrl: expect.stringContaining('/login') as string,
    })
    expect(await site.auth.getUser(request as never)).toBeUndefined()
    expect(provider.requests.filter(({ grantType }) => grantType === 'refresh_token')).toEqual([])
  })

  test('says how long it is accepted', async ({ site, provider, clock }) => {
    const browser = await signIn(site, provider)
    const session = await site.auth.authenticate(upgradeOf(browser))

    const seconds = session.ok && session.expiresAt.getTime() / 1000 - clock.now() / 1000
    // One hour of the ID token, and the tolerance.
    expect(seconds).toBeGreaterThan(3600)
    expect(seconds).toBeLessThanOrEqual(3660)
  })

  test('is refreshed into the response headers', async ({ site, provider, clock }) => {
    provider.behave({ reuseDetection: true })
    const browser = await signIn(site, provider, { path: '/token' })
    clock.advance(3700)
    const responseHeaders = new Headers({ 'set-cookie': 'own=1' })
    const request = upgradeOf(browser)

    const session = await site.auth.authenticate(request, {
      responseHeaders,
      scopes: 'User.Read',
    })

    expect(session).toMatchObject({ ok: true, context: { scopes: ['User.Read'] } })
    const cookies = responseHeaders.getSetCookie()
    expect(cookies.map((cookie) => cookie.split('=')[0])).toContain('own')
    expect(cookies.length).toBeGreaterThan(2)
    // Later calls for the request use the new cookies, but they do not refresh any more.
    expect(await site.auth.getTokenForUser(request as never, 'User.Read')).toBeDefined()
    expect(session.ok && (await session.revalidate())).toMatchObject({ ok: true })
    clock.advance(3700)
    expect(session.ok && (await session.revalidate())).toMatchObject({
      error: { code: 'refresh_required' },
    })
    expect(responseHeaders.getSetCookie()).toEqual(cookies)
  })

  test('uses a valid token, and never asks for interaction', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/token' })
    const request = upgradeOf(browser)

    expect(await site.auth.getTokenForUser(request as never, 'User.Read')).toMatchObject({
      scopes: ['User.Read'],
    })
    await expect(site.auth.getTokenForUser(request as never, 'Mail.Read')).rejects.toMatchObject({
      code: 'refresh_required',
    })
  })
})

describe('a session in a store', () => {
  test('is refreshed as in a guard', async ({ openSite, store, provider, clock }) => {
    const site = await openSite({ session: { store } })
    const browser = await signIn(site, provider, { path: '/token' })
    clock.advance(3700)
    const request = upgradeOf(browser)

    expect(await site.auth.authenticate(request)).toMatchObject({ ok: true })
    expect(await site.auth.getTokenForUser(request as never, 'User.Read')).toBeDefined()
    await expect(site.auth.getTokenForUser(request as never, 'Mail.Read')).rejects.toMatchObject({
      code: 'interaction_required',
      loginUrl: expect.stringContaining('request=') as string,
    })
  })
})

describe('the signal', () => {
  test('aborts at a sign-out in this process', async ({ site, provider }) => {
    const [browser, other] = [await signIn(site, provider), await signIn(site, provider)]
    const session = await site.auth.authenticate(upgradeOf(browser))
    const unrelated = await site.auth.authenticate(upgradeOf(other))
    if (!session.ok || !unrelated.ok) throw new Error('not authenticated')
    const { signal } = session

    expect([signal.aborted, unrelated.signal.aborted]).toEqual([false, false])
    await browser.navigate(`${site.origin}/logout`)

    expect(await aborted(signal)).toMatchObject({ code: 'login_required' })
    expect(unrelated.signal.aborted).toBe(false)
    unrelated.close()
  })

  test('aborts after a sign-out that came before the first look at it', async ({
    site,
    provider,
  }) => {
    const browser = await signIn(site, provider)
    const session = await site.auth.authenticate(upgradeOf(browser))
    await browser.navigate(`${site.origin}/logout`)

    expect(session.ok && (await aborted(session.signal))).toMatchObject({ code: 'login_required' })
  })

  test('aborts when all sessions of the user are revoked', async ({
    openSite,
    store,
    provider,
  }) => {
    const site = await openSite({ session: { denyList: store } })
    const browser = await signIn(site, provider)
    const session = await site.auth.authenticate(upgradeOf(browser))
    if (!session.ok) throw new Error('not authenticated')
    const { signal } = session

    await site.auth.revokeSessions({ user: session.context.user })

    expect(await aborted(signal)).toMatchObject({ code: 'login_required' })
  })

  test('aborts when the user ends this session, and not another one', async ({
    openSite,
    store,
    provider,
  }) => {
    const site = await openSite({ session: { store } })
    const browser = await signIn(site, provider)
    await signIn(site, provider)
    const session = await site.auth.authenticate(upgradeOf(browser), { revalidateSeconds: 3600 })
    if (!session.ok) throw new Error('not authenticated')
    const { context, signal } = session
    const sessions = await site.auth.listSessions(context)

    expect(sessions.map(({ current }) => current)).toEqual([false, true])
    for (const { handle, current } of sessions) {
      expect(signal.aborted).toBe(false)
      await site.auth.revokeSessions({ user: context.user, handle })
      if (current) expect(await aborted(signal)).toMatchObject({ code: 'login_required' })
    }
  })

  test.for(['store', 'denyList'] as const)(
    'aborts soon after a sign-out elsewhere (%s), and survives an outage of the store',
    async (kind, { openSite, store, provider }) => {
      const options = (redirectUri: string) => ({ redirectUri, session: { [kind]: store } })
      const site = await openSite((origin) => options(`${origin}/redirect`))
      const elsewhere = await openSite(() => options(`${site.origin}/redirect`))
      const browser = await signIn(site, provider)
      const session = await site.auth.authenticate(upgradeOf(browser), { revalidateSeconds: 0.02 })
      if (!session.ok) throw new Error('not authenticated')
      const { signal } = session
      const { getMany, get } = store as { getMany?: unknown; get: unknown }
      const fail = (): never => {
        throw new Error('down')
      }

      Object.assign(store, { get: fail, ...(getMany !== undefined && { getMany: fail }) })
      await moment()
      expect(signal.aborted).toBe(false)
      Object.assign(store, { get, ...(getMany !== undefined && { getMany }) })
      await elsewhere.auth.revokeSessions({ user: session.context.user })

      expect(await aborted(signal)).toMatchObject({ code: 'login_required' })
    },
  )

  test('aborts at expiry', async ({ openSite, provider, store, clock }) => {
    const site = await openSite({ session: { store, idleTimeoutSeconds: 600 } })
    const browser = await signIn(site, provider)
    const session = await site.auth.authenticate(upgradeOf(browser), { revalidateSeconds: 0.02 })
    if (!session.ok) throw new Error('not authenticated')
    const { signal } = session
    expect(session.expiresAt.getTime()).toBeLessThanOrEqual(clock.now() + 600_000)

    clock.advance(400)
    // Another request extends the session.
    await browser.navigate(`${site.origin}/`)
    clock.advance(400)
    await moment()
    expect(signal.aborted).toBe(false)
    clock.advance(300)

    expect(await aborted(signal)).toMatchObject({ code: 'login_required' })
  })

  test('does not extend the session by its checks, and revalidate() does', async ({
    openSite,
    provider,
    store,
    clock,
  }) => {
    const site = await openSite({ session: { store, idleTimeoutSeconds: 600 } })
    const browser = await signIn(site, provider)
    const session = await site.auth.authenticate(upgradeOf(browser), { revalidateSeconds: 0.02 })
    if (!session.ok) throw new Error('not authenticated')
    const { signal } = session
    clock.advance(400)
    await moment()
    const current = await session.revalidate()

    expect(current.ok && current.expiresAt.getTime()).toBeGreaterThan(
      session.expiresAt.getTime() + 300_000,
    )
    clock.advance(700)
    expect(await aborted(signal)).toMatchObject({ code: 'login_required' })
  })

  test('aborts when a session in cookies must be refreshed', async ({ site, provider, clock }) => {
    const browser = await signIn(site, provider)
    const early = await site.auth.authenticate(upgradeOf(browser))
    clock.advance(((early.ok ? early.expiresAt.getTime() : 0) - clock.now()) / 1000 - 1)
    const session = await site.auth.authenticate(upgradeOf(browser))

    expect(session.ok && (await aborted(session.signal))).toMatchObject({
      code: 'refresh_required',
    })
  })

  test('does not abort after close()', async ({ site, provider }) => {
    const browser = await signIn(site, provider)
    const session = await site.auth.authenticate(upgradeOf(browser))
    if (!session.ok) throw new Error('not authenticated')
    const { signal } = session

    session.close()
    await browser.navigate(`${site.origin}/logout`)
    await moment()

    expect(signal.aborted).toBe(false)
  })
})

describe('wrong options', () => {
  test('are reported once, as they are often only returned', async ({
    openSite,
    openApi,
    provider,
  }) => {
    const reported: string[] = []
    const onEvent = ({ type, message }: { type: string; message: string }): void => {
      if (type === 'configuration.invalid') reported.push(message)
    }
    const site = await openSite({ onEvent })
    const { api } = await openApi({ onEvent })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const wrong = { scope: 'Todos.Read' }

    for (let time = 0; time < 2; time++) {
      const session = await site.auth.authenticate(upgradeOf(new Browser()), wrong as never)
      const caller = await api.authenticate({ headers: {} }, { token, ...wrong } as never)
      for (const result of [session, caller]) {
        expect(result).toMatchObject({ ok: false, status: 500, error: { code: 'configuration' } })
      }
    }

    expect(reported).toHaveLength(2)
    for (const message of reported) expect(message).toContain('scope')
  })
})

describe('an API', () => {
  test('authenticates a token of a message, whatever the Origin', async ({ api, provider }) => {
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const request = {
      method: 'GET',
      url: '/socket',
      headers: { origin: EVIL, upgrade: 'websocket' },
    }

    const caller = await api.api.authenticate(request, { token, scopes: ['Todos.Read'] })

    expect(caller).toMatchObject({ ok: true, context: { user: { name: 'Alex Rivera' } } })
    expect(caller.ok && caller.expiresAt.getTime()).toBe(
      caller.ok && caller.context.claims.exp * 1000,
    )
    expect(caller.ok && (await caller.revalidate())).toMatchObject({ ok: true })
  })

  test('authenticates the Authorization header, unless a token is given', async ({
    api,
    provider,
  }) => {
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const headers = { authorization: `Bearer ${token}` }
    const request = new Request('http://localhost/socket', { headers })

    expect(await api.api.authenticate(request)).toMatchObject({ ok: true })
    for (const given of [undefined, '', 7, {}, 'nonsense', `Bearer ${token}`]) {
      expect(await api.api.authenticate(request, { token: given as never })).toMatchObject({
        ok: false,
      })
    }
  })

  test('rejects with the challenge of a guard', async ({ api, provider }) => {
    const request = { method: 'GET', url: '/', headers: {} }
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })

    expect(await api.api.authenticate(request, { scopes: ['Todos.Read'] })).toMatchObject({
      ok: false,
      status: 401,
      headers: { 'www-authenticate': expect.stringMatching(/^Bearer scope="[^"]*Todos.Read"/) },
      error: { code: 'login_required' },
    })
    expect(await api.api.authenticate(request, { token, scopes: ['Todos.Read'] })).toMatchObject({
      ok: false,
      status: 403,
      headers: { 'www-authenticate': expect.stringContaining('insufficient_scope') as string },
      error: { code: 'insufficient_scope' },
    })
  })

  test('reports a rejection once, also if the application sends its response', async ({
    openApi,
  }) => {
    const events: string[] = []
    const { api } = await openApi({ onEvent: ({ type }) => void events.push(type) })
    const request = new Request('http://localhost/socket')

    for (const count of [1, 2]) {
      const caller = await api.authenticate(request, { token: 'a.b.c' })
      const response = await api.toResponse(request, caller.ok ? undefined : caller.error)

      expect(response.status).toBe(401)
      expect(events.filter((type) => type === 'bearer.rejected')).toHaveLength(count)
    }
  })

  test('aborts the signal when the token expires', async ({ api, provider, clock }) => {
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const early = await api.api.authenticate({ headers: {} }, { token })
    clock.advance(((early.ok ? early.expiresAt.getTime() : 0) - clock.now()) / 1000 - 1)
    const caller = await api.api.authenticate({ headers: {} }, { token })

    expect(caller.ok && (await aborted(caller.signal))).toMatchObject({ code: 'invalid_token' })
  })
})
