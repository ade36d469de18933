import { afterEach, expect, vi } from 'vitest'
import { Auth } from 'identity-web/sveltekit'
import { test as base } from '../../support/fixtures.ts'
import { Browser, sendToCallback, signIn } from '../../support/site.ts'
import { createKitServer } from './server.ts'
import { startKitSite, type KitSite } from './site.ts'

const test = base.extend('kit', async ({ provider }, { onCleanup }): Promise<KitSite> => {
  const site = await startKitSite(provider)
  onCleanup(() => site.close())
  return site
})

afterEach(() => vi.unstubAllEnvs())

const ENHANCED = {
  accept: 'application/json',
  'content-type': 'application/x-www-form-urlencoded',
  'x-sveltekit-action': 'true',
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const post = { method: 'POST', body: 'note=water' } as const

test('a guarded load function leads a visitor to the provider, and back to the page', async ({
  kit,
  provider,
}) => {
  const browser = new Browser()

  const toLogin = await browser.navigate(`${kit.origin}/account?tab=1`)
  const away = await browser.navigate(toLogin.location ?? '')
  const back = await sendToCallback(
    browser,
    await provider.signIn(away.location ?? '', { as: 'alex', consent: true }),
  )
  const page = await browser.navigate(kit.origin + back.location)

  expect([toLogin.status, toLogin.location]).toEqual([
    303,
    `${kit.origin}/login?return_to=%2Faccount%3Ftab%3D1`,
  ])
  expect(back.location).toBe('/account?tab=1')
  expect(page.text).toContain('"name":"Alex Rivera"')
  expect(page.headers['cache-control']).toBe('private, no-store')
  expect(kit.ran).toEqual(['load'])
})

test('a data request of the router becomes a redirect to the page that the user wants', async ({
  kit,
}) => {
  const response = await new Browser().script(
    `${kit.origin}/account/__data.json?tab=1&x-sveltekit-invalidated=01`,
    { headers: { referer: `${kit.origin}/public` } },
  )

  expect([response.status, response.json()]).toEqual([
    200,
    { type: 'redirect', location: `${kit.origin}/login?return_to=%2Faccount%3Ftab%3D1` },
  ])
  expect(kit.ran).toEqual([])
})

test('the data of a guarded page depends on the URL, so the guard runs for each navigation', async ({
  kit,
  provider,
}) => {
  const browser = await signIn(kit, provider, { path: '/enter' })

  const response = await browser.script(`${kit.origin}/below/page/__data.json`)

  expect((response.json() as { nodes: { uses?: object }[] }).nodes[1]?.uses).toEqual({ url: 1 })
})

test('a link to edit the profile returns to the page whose data the router requests', async ({
  provider,
  onTestFinished,
}) => {
  const site = await startKitSite(provider, { authority: undefined, b2c: provider.b2c })
  onTestFinished(() => site.close())
  const browser = await signIn(site, provider, { path: '/enter', as: 'mia' })

  for (const path of ['/profile', '/guarded-profile']) {
    const response = await browser.script(
      `${site.origin}${path}/__data.json?tab=1&x-sveltekit-invalidated=01`,
      { headers: { referer: `${site.origin}/public` } },
    )
    expect(response.text).toContain(`/login?return_to=${encodeURIComponent(`${path}?tab=1`)}&`)
    // The router requests the data again for another URL.
    expect(response.text).toContain('"uses":{"url":1}')
  }
  const user = await browser.script(`${site.origin}/open-user/__data.json`)
  expect(user.text).toContain('"uses":{}')
})

test('a form with use:enhance leads a visitor to the sign-in and back to the page of the form', async ({
  kit,
}) => {
  const response = await new Browser().script(`${kit.origin}/account`, {
    ...post,
    headers: { ...ENHANCED, referer: `${kit.origin}/account?tab=1` },
  })

  expect(response.json()).toEqual({
    type: 'redirect',
    status: 303,
    location: `${kit.origin}/login?return_to=%2Faccount%3Ftab%3D1`,
  })
  expect(kit.ran).toEqual([])
})

test.for([
  ['/account', 'an action'],
  ['/notes?/named', 'a named action'],
  ['/save', 'an endpoint'],
])('a plain form that posts to %s leads a visitor to the provider', async ([path], { kit }) => {
  const response = await new Browser().navigate(kit.origin + path, {
    ...post,
    headers: { ...FORM, referer: `${kit.origin}/account` },
  })

  expect(response.status).toBe(303)
  expect(response.location).toContain('/oauth2/v2.0/authorize')
  expect(response.setCookies.join()).toContain('identity')
  expect(kit.ran).toEqual([])
})

test('a script that calls a named action without use:enhance gets a redirect', async ({ kit }) => {
  const response = await new Browser().script(`${kit.origin}/notes?/named`, {
    ...post,
    headers: FORM,
  })

  expect(response.json()).toMatchObject({ type: 'redirect' })
})

test('guarded actions and endpoints run for the signed-in user', async ({ kit, provider }) => {
  const browser = await signIn(kit, provider, { path: '/enter' })
  const own = { 'sec-fetch-site': 'same-origin' }

  const enhanced = await browser.script(`${kit.origin}/account`, {
    ...post,
    headers: { ...ENHANCED, ...own },
  })
  const plain = await browser.navigate(`${kit.origin}/account`, { ...post, headers: FORM })
  const endpoint = await browser.navigate(`${kit.origin}/save`, { ...post, headers: FORM })

  expect(enhanced.json()).toMatchObject({ type: 'success', status: 200 })
  expect(plain.text).toContain('"form":{"saved":"water"}')
  expect(endpoint.text).toBe('saved water')
})

test('a user without the role sees the error page of the application', async ({
  kit,
  provider,
}) => {
  const browser = await signIn(kit, provider, { path: '/enter', as: 'alex' })
  const message = 'You do not have access to this page.'

  const page = await browser.navigate(`${kit.origin}/approvers`)
  const data = await browser.script(`${kit.origin}/approvers/__data.json`)
  const action = await browser.script(`${kit.origin}/approvers`, { ...post, headers: ENHANCED })
  const form = await browser.navigate(`${kit.origin}/approvers`, { ...post, headers: FORM })

  expect([page.status, page.text]).toEqual([403, expect.stringContaining(message)])
  expect(data.json()).toMatchObject({
    nodes: [{ type: 'data' }, { type: 'error', error: { message }, status: 403 }],
  })
  expect([action.status, action.json()]).toMatchObject([403, { type: 'error', error: { message } }])
  expect([form.status, form.text]).toEqual([403, expect.stringContaining('You do not have access')])
  expect(kit.ran).toEqual([])
})

test('the message of AccessDenied is on the error page', async ({ kit, provider }) => {
  const browser = await signIn(kit, provider, { path: '/enter' })

  const page = await browser.navigate(`${kit.origin}/denied`)

  expect([page.status, page.text]).toEqual([403, expect.stringContaining('Only for members.')])
})

test.for(['/mail', '/open-mail'])(
  'a token for %s that needs consent leads to the consent, for pages and for data',
  async (path, { kit, provider }) => {
    const browser = await signIn(kit, provider, { path: '/enter' })

    const page = await browser.navigate(kit.origin + path)
    const data = await browser.script(`${kit.origin}${path}/__data.json`)
    const away = await browser.navigate(page.location ?? '')
    await sendToCallback(
      browser,
      await provider.signIn(away.location ?? '', { as: 'alex', consent: true }),
    )
    const allowed = await browser.navigate(kit.origin + path)

    expect([page.status, data.json()]).toEqual([
      303,
      {
        type: 'redirect',
        location: expect.stringContaining(`return_to=${encodeURIComponent(path)}`),
      },
    ])
    expect(new URL(away.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
    expect(allowed.status).toBe(200)
  },
)

test('getTokenForUser of a load function without a guard leads a visitor to the sign-in', async ({
  kit,
}) => {
  const page = await new Browser().navigate(`${kit.origin}/open-mail`)

  expect(page.location).toContain(`${kit.origin}/login?return_to=%2Fopen-mail`)
})

test('locals contain the signed-in user, and nothing for visitors', async ({ kit, provider }) => {
  const visitor = await new Browser().navigate(`${kit.origin}/public`)
  const browser = await signIn(kit, provider, { path: '/enter' })
  const user = await browser.navigate(`${kit.origin}/public`)

  expect(visitor.text).not.toContain('"name"')
  expect(visitor.headers['cache-control']).not.toBe('private, no-store')
  expect(user.text).toContain('"name":"Alex Rivera"')
  expect(user.headers['cache-control']).toBe('private, no-store')
})

test('a request of a page to its own server gets 401, not the page of the provider', async ({
  kit,
}) => {
  const page = await new Browser().navigate(`${kit.origin}/with-fetch`)

  expect(page.text).toContain('"status":401')
  expect(page.text).toContain('"error":"login_required"')
})

test('a guard without the hook says what to add', async ({ provider }) => {
  const site = await startKitSite(provider, {}, (app) => ({
    ...app,
    handle: ({ event, resolve }) => resolve(event),
  }))
  try {
    const page = await new Browser().navigate(`${site.origin}/account`)

    expect(page.text).toContain('export const handle = auth.handle')
  } finally {
    await site.close()
  }
})

test('a build logs nothing about missing settings, and fails for a guarded page that it renders', async () => {
  vi.stubEnv('SVELTEKIT_FORK', 'true')
  const lines: unknown[] = []
  const logger = (...line: unknown[]): void => void lines.push(line)
  const auth = new Auth(
    { logger: { debug: logger, info: logger, warn: logger, error: logger } },
    {},
  )
  const respond = await createKitServer({
    handle: auth.handle,
    pages: {
      '/public': { load: ({ locals }) => ({ identity: 'identity' in locals }) },
      '/account': { load: auth.loginRequired(() => ({})) },
    },
  })

  const open = await respond(new Request('http://localhost/public'))
  const guarded = await respond(new Request('http://localhost/account'))

  expect(lines).toEqual([])
  expect(await open.text()).toContain('"identity":false')
  expect(guarded.status).toBe(500)
  expect(await guarded.text()).toContain('SvelteKit renders a guarded page in advance')
})
