import { createMiddleware } from '@tanstack/start-client-core'
import { getRequest } from '@tanstack/start-server-core'
import { AccessDenied, Auth, IdentityError, type LoginContext } from 'identity-web/tanstack-start'
import { expect } from 'vitest'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { test as base } from '../support/fixtures.ts'
import { serveRequests } from '../support/request-server.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'
import {
  CALL,
  createStartSite,
  serverFunction,
  urlOf,
  type ServerFunction,
} from './hosts/tanstack-site.ts'

const HOUR = 3600

type Open = (functions: (auth: Auth) => Record<string, ServerFunction>) => Promise<{
  readonly origin: string
}>

/** Starts a site. Each of its server functions has a page of the same name, whose loader calls the function. */
const test = base.extend('open', ({ provider, clock }, { onCleanup }): Open => async (create) => {
  let handler: ((request: Request) => Promise<Response>) | undefined
  const site = await serveRequests((request, origin) => {
    handler ??= createHandler(origin)
    return handler(request)
  })
  const createHandler = (origin: string): NonNullable<typeof handler> => {
    const auth = new Auth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
      logger: false,
      now: clock.now,
    })
    const functions = create(auth)
    const routes = Object.entries(functions).map(
      ([name, run]) => [`/${name}`, { loader: () => run() }] as const,
    )
    return createStartSite({
      middleware: [auth.middleware],
      functionMiddleware: [auth.functionMiddleware],
      routes: Object.fromEntries(routes),
      functions,
    })
  }
  onCleanup(() => site.close())
  return site
})

/** Calls a server function as the script of a page does. */
function call(
  browser: Browser,
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<BrowserResponse> {
  return browser.script(url, { method, headers: { ...CALL, ...headers } })
}

const account = (auth: Auth): Record<string, ServerFunction> => ({
  account: serverFunction(
    'account',
    auth.loginRequired((_args, { user }) => ({ name: user.name })),
  ),
})

test('a page whose loader calls a guarded function leads to the provider, and back', async ({
  open,
  provider,
}) => {
  const { origin } = await open(account)

  const visitor = await new Browser().navigate(`${origin}/account?tab=1`)
  const browser = await signIn({ origin }, provider, { path: '/account?tab=1' })
  const page = await browser.navigate(`${origin}/account`)

  expect(visitor.status).toBe(302)
  expect(new URL(visitor.location ?? '').origin).toBe(new URL(provider.authority()).origin)
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('Alex Rivera')])
  expect(page.headers['cache-control']).toBe('private, no-store')
})

test('a function that the browser calls leads to the sign-in, and back to its page', async ({
  open,
}) => {
  const { origin } = await open(account)

  const response = await call(new Browser(), origin + urlOf('account'), {
    headers: { referer: `${origin}/account?tab=1` },
  })

  const redirect = response.json() as { href: string }
  expect(response.status).toBe(200)
  expect(redirect).toMatchObject({ isSerializedRedirect: true, reloadDocument: true })
  const url = new URL(redirect.href, origin)
  expect(url.origin + url.pathname).toBe(`${origin}/login`)
  expect(url.searchParams.get('return_to')).toBe('/account?tab=1')
  expect(response.setCookies).toEqual([])
})

test('a function that changes something is not called by another site', async ({
  open,
  provider,
}) => {
  let calls = 0
  const { origin } = await open((auth) => ({
    ...account(auth),
    save: serverFunction(
      'save',
      auth.loginRequired(() => {
        calls += 1
        return 'saved'
      }),
      { method: 'POST' },
    ),
  }))
  const browser = await signIn({ origin }, provider, { path: '/account' })
  const own = { 'sec-fetch-site': 'same-origin', origin }
  const foreign = { 'sec-fetch-site': 'same-site', origin: 'http://localhost:1' }

  const saved = await call(browser, origin + urlOf('save'), { method: 'POST', headers: own })
  const rejected = await call(browser, origin + urlOf('save'), { method: 'POST', headers: foreign })

  expect([saved.status, calls]).toEqual([200, 1])
  expect([rejected.status, rejected.text]).toEqual([403, 'access_denied'])
})

const unguarded = (auth: Auth): Record<string, ServerFunction> => ({
  ...account(auth),
  token: serverFunction('token', async () => {
    const { scopes } = await auth.getTokenForUser(getRequest(), ['Mail.Read'])
    return { scopes }
  }),
  sdk: serverFunction('sdk', () =>
    auth.getTokenForUser(getRequest(), ['Mail.Read']).catch((cause: unknown) => {
      throw new Error('The SDK failed.', { cause })
    }),
  ),
  handled: serverFunction('handled', () =>
    auth.getTokenForUser(getRequest(), ['Mail.Read']).catch((error: unknown) => {
      if (IdentityError.is(error)) return { code: error.code }
      throw error
    }),
  ),
})

test('a token that needs the user leads to the provider from a function without a guard', async ({
  open,
  provider,
}) => {
  const { origin } = await open(unguarded)
  const browser = await signIn({ origin }, provider, { path: '/account' })

  const page = await browser.navigate(`${origin}/token`)
  const sdk = await browser.navigate(`${origin}/sdk`)
  const visitor = await new Browser().navigate(`${origin}/token`)
  const called = await call(browser, origin + urlOf('token'))

  for (const { status, location } of [page, sdk, visitor]) {
    expect(status).toBe(302)
    expect(new URL(location ?? '').searchParams.get('scope')).toContain('Mail.Read')
  }
  expect(called.json()).toMatchObject({
    isSerializedRedirect: true,
    href: expect.stringContaining('/login?'),
  })
})

test('an error that a function handles is not a reason to sign in', async ({ open }) => {
  const { origin } = await open(unguarded)

  const page = await new Browser().navigate(`${origin}/handled`)
  const called = await call(new Browser(), origin + urlOf('handled'))

  expect([page.status, page.text]).toEqual([200, expect.stringContaining('login_required')])
  expect([called.status, called.text]).toEqual([200, expect.stringContaining('login_required')])
})

test('the browser does not get the text of the provider', async ({ open, provider }) => {
  const { origin } = await open(unguarded)
  const browser = await signIn({ origin }, provider, { path: '/account' })
  provider.behave({
    faults: {
      token: { kind: 'error', error: 'invalid_client', status: 401, description: 'MARKED' },
    },
  })

  const called = await call(browser, origin + urlOf('token'))

  expect([called.status, called.text]).toEqual([500, 'configuration'])
})

test('a user who is not allowed sees the page for 403, and the browser gets an error', async ({
  open,
  provider,
}) => {
  const { origin } = await open((auth) => ({
    ...account(auth),
    approve: serverFunction(
      'approve',
      auth.loginRequired({ roles: ['Todos.Approver'] }, () => 1),
    ),
    denied: serverFunction(
      'denied',
      auth.loginRequired(() => {
        throw new AccessDenied({ message: 'Only for members.' })
      }),
    ),
  }))
  const browser = await signIn({ origin }, provider, { path: '/account' })

  const page = await browser.navigate(`${origin}/approve`)
  const called = await call(browser, origin + urlOf('approve'))
  const denied = await call(browser, origin + urlOf('denied'))

  expect(page.status).toBe(403)
  expect(page.text).toContain('You do not have access')
  expect([called.status, called.text]).toEqual([403, 'access_denied'])
  expect([denied.status, denied.text]).toEqual([403, 'Only for members.'])
  // The client of TanStack Start makes an error of the text only if it is not JSON.
  expect(called.headers['content-type']).toBe('text/plain; charset=utf-8')
})

test('functions of one request share a refreshed session, and the response stores it', async ({
  open,
  provider,
  clock,
}) => {
  const { origin } = await open((auth) => ({
    ...account(auth),
    name: serverFunction('name', async () => {
      const users = [await auth.getUser(getRequest()), await auth.getUser(getRequest())]
      return users.map((user) => user?.name)
    }),
  }))
  provider.behave({ reuseDetection: true })
  const browser = await signIn({ origin }, provider, { path: '/account' })

  for (const send of [
    () => browser.navigate(`${origin}/name`),
    () => call(browser, origin + urlOf('name')),
  ]) {
    clock.advance(HOUR + 600)
    const response = await send()
    expect([response.status, response.text]).toEqual([200, expect.stringContaining('Alex Rivera')])
    expect(response.setCookies.join()).toContain('identity=')
  }
  const refreshes = provider.requests.filter(({ grantType }) => grantType === 'refresh_token')
  expect(refreshes).toHaveLength(2)
})

test('a middleware passes the context on to functions', async ({ open, provider }) => {
  const { origin } = await open((auth) => {
    const guard = createMiddleware({ type: 'function' }).server(
      auth.loginRequired(({ next }, identity) => next({ context: { identity } })),
    )
    const run = ({ context }: { context: { identity: LoginContext } }): unknown =>
      context.identity.user.name
    return { inner: serverFunction('inner', run, { middleware: [guard] }) }
  })

  const visitor = await new Browser().navigate(`${origin}/inner`)
  const called = await call(new Browser(), origin + urlOf('inner'))
  const browser = await signIn({ origin }, provider, { path: '/inner' })
  const user = await call(browser, origin + urlOf('inner'))

  expect(visitor.status).toBe(302)
  expect(called.json()).toMatchObject({ isSerializedRedirect: true })
  expect([user.status, user.text]).toEqual([200, expect.stringContaining('Alex Rivera')])
})
