import { expect } from 'vitest'
import { startKitSite, type KitSite } from '../adapters/sveltekit/site.ts'
import { test as base } from '../support/fixtures.ts'
import { signIn } from '../support/site.ts'

// Attacks on the requests of SvelteKit's router, which differ from page navigations. SvelteKit's own check of the origin is off.

const test = base.extend('kit', async ({ provider }, { onCleanup }): Promise<KitSite> => {
  const site = await startKitSite(provider)
  onCleanup(() => site.close())
  return site
})

const EVIL = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

test.for([
  ['an enhanced action', '/account', { 'x-sveltekit-action': 'true', accept: 'application/json' }],
  ['a plain action', '/account', { accept: 'text/html' }],
  ['a named action', '/notes?/named', {}],
  ['an endpoint', '/save', { accept: 'text/html' }],
] as const)(
  'a page of another site cannot post to %s with the session of the user',
  async ([_name, path, headers], { kit, provider }) => {
    const browser = await signIn(kit, provider, { path: '/enter' })
    // A cookie with SameSite=None, so that the browser sends it.
    const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')

    const response = await browser.send(kit.origin + path, {
      method: 'POST',
      body: 'note=evil',
      headers: { ...FORM, ...EVIL, ...headers, cookie },
    })

    expect(response.status).toBe(403)
    expect(kit.ran).toEqual([])
  },
)

test('an action without a guard does not see the user, if a page of another site posts to it', async ({
  kit,
  provider,
}) => {
  const browser = await signIn(kit, provider, { path: '/enter' })
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const form = { method: 'POST', body: 'note=evil' } as const
  const headers = { ...FORM, accept: 'text/html', cookie }

  const own = await browser.send(`${kit.origin}/public`, {
    ...form,
    headers: { ...headers, 'sec-fetch-site': 'same-origin' },
  })
  const evil = await browser.send(`${kit.origin}/public`, {
    ...form,
    headers: { ...headers, ...EVIL },
  })

  expect(own.text).toContain('"changedBy":"Alex Rivera"')
  expect(evil.text).toContain('"changedBy":"a visitor"')
})

test('a data request does not return the data of a page that the user may not see', async ({
  kit,
  provider,
}) => {
  const browser = await signIn(kit, provider, { path: '/enter', as: 'alex' })

  for (const query of ['', '?x-sveltekit-invalidated=11', '?x-sveltekit-invalidated=01']) {
    const response = await browser.script(`${kit.origin}/approvers/__data.json${query}`)

    expect(response.text).not.toContain('ran')
  }
  expect(kit.ran).toEqual([])
})

test('the header of an enhanced form does not open a load function', async ({ kit }) => {
  const response = await fetch(`${kit.origin}/account`, {
    headers: { 'x-sveltekit-action': 'true' },
    redirect: 'manual',
  })

  expect(response.status).toBe(303)
  expect(kit.ran).toEqual([])
})

test('a data request for a route of sign-in does not sign the user out', async ({
  kit,
  provider,
}) => {
  const browser = await signIn(kit, provider, { path: '/enter' })

  await browser.script(`${kit.origin}/logout/__data.json`)

  expect((await browser.navigate(`${kit.origin}/enter`)).text).toBe('in')
})
