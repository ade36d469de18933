import { AccessDenied } from 'identity-web'
import { Auth } from 'identity-web/next'
import { NextRequest } from 'next/server.js'
import { vi } from 'vitest'
import { expect, test } from '../support/fixtures.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'

/** The `Cookie` header of the request that Next.js renders. */
const rendered = vi.hoisted(() => ({ cookie: '' }))

vi.mock(import('next/headers.js'), () => ({
  headers: async () => new Headers({ cookie: rendered.cookie }),
  cookies: async () => ({}) as never,
  draftMode: async () => ({}) as never,
}))

test('a page that a user may not see reports the denial once, and then throws it', async ({
  site,
  provider,
  browser,
}) => {
  await signIn(site, provider, {}, browser)
  rendered.cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const denials: unknown[] = []
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${site.origin}/redirect`,
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    onEvent: ({ type, message }) => type === 'access.denied' && denials.push(message),
    logger: {},
  })
  const page = auth.loginRequired.page({ roles: ['Admin'] }, async () => 'in')

  const props = { params: Promise.resolve({}), searchParams: Promise.resolve({}) }
  await expect(page(props)).rejects.toMatchObject({ code: 'access_denied' })
  expect(denials).toEqual(['The user does not have the role Admin.'])
})

test('the proxy shows the 403 page to a user whom onRefresh rejects, and ends the session', async ({
  site,
  provider,
  browser,
  clock,
}) => {
  await signIn(site, provider, {}, browser)
  const cookie = [...browser.cookies]
    .filter(([name]) => name.startsWith('identity'))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ')
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${site.origin}/redirect`,
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    onRefresh: () => {
      throw new AccessDenied({ message: 'Your account is suspended.' })
    },
    now: clock.now,
    logger: {},
  })
  const navigate = async (options?: { readonly loginRequired: string[] }): Promise<Response> =>
    auth.createProxy(options)(
      new NextRequest(`${site.origin}/account`, { headers: { cookie, accept: 'text/html' } }),
    )
  clock.advance(3600)

  for (const response of [await navigate(), await navigate({ loginRequired: ['/account'] })]) {
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('Your account is suspended.')
    const ended = response.headers.getSetCookie().filter((set) => set.includes('Max-Age=0'))
    expect(ended.map((set) => set.split('=', 1)[0])).toEqual(['identity', 'identity-tokens'])
  }
})

test('the proxy shows pages although the provider denies an access token', async ({
  site,
  provider,
  browser,
  clock,
}) => {
  provider.tamper = { tokenResponse: (body) => ({ ...body, expires_in: 600 }) }
  await signIn(site, provider, { path: '/token' }, browser)
  const cookie = [...browser.cookies]
    .filter(([name]) => name.startsWith('identity'))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ')
  const types: string[] = []
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${site.origin}/redirect`,
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    onEvent: ({ type }) => types.push(type),
    now: clock.now,
    logger: {},
  })
  const navigate = async (): Promise<Response> =>
    auth.createProxy()(
      new NextRequest(`${site.origin}/public`, { headers: { cookie, accept: 'text/html' } }),
    )
  const denied = { kind: 'error', error: 'access_denied', codes: [65004] } as const
  provider.behave({ faults: { token: denied } })
  clock.advance(700)

  expect((await navigate()).status).toBe(200)
  expect(types).toEqual(['tokens.refresh_failed'])
})

test('the proxy sends 503 to signed-in users during an outage of the store, and keeps their sessions', async ({
  openSite,
  provider,
  browser,
  store,
}) => {
  const session = { secret: SESSION_SECRET, cookie: { name: 'identity' }, store }
  const site = await openSite({ session })
  await signIn(site, provider, {}, browser)
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${site.origin}/redirect`,
    session,
    logger: {},
  })
  const cookie = `identity=${browser.cookies.get('identity')?.value}`
  const ask = async (headers: Record<string, string>, loginRequired: string[]): Promise<Response> =>
    auth.createProxy({ loginRequired })(
      new NextRequest(`${site.origin}/account`, { headers: { accept: 'text/html', ...headers } }),
    )
  const { get } = store
  store.get = () => Promise.reject(new Error('down'))

  for (const guarded of [[], ['/account']]) {
    const page = await ask({ cookie }, guarded)
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, expect.any(String)])
    expect(await page.text()).toContain(`href="${site.origin}/account"`)
    expect(page.headers.getSetCookie()).toEqual([])
    const script = await ask(
      { cookie, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
      guarded,
    )
    expect([script.status, await script.json()]).toEqual([503, { error: 'store_unavailable' }])
  }
  expect((await ask({}, [])).headers.get('x-middleware-next')).toBe('1')

  store.get = get
  await expect.poll(async () => (await ask({ cookie }, [])).status, { timeout: 10_000 }).toBe(200)
})
