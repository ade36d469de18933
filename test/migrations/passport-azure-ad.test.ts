import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { browser } from 'identity-web-dev/testing'
import { describe, expect, onTestFinished } from 'vitest'
import type { Environment } from '../hosts/support/project.ts'
import { migrationTest } from './support.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = `${root}examples/migrations/passport-azure-ad/after`
const guide = readFileSync(`${root}docs/from-passport-azure-ad.md`, 'utf8')
const readSource = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8')

const test = migrationTest('passport-azure-ad')
  .extend('siteSettings', { scope: 'file' }, ({ provider }) => (url: string): Environment => ({
    IDENTITY_AUTHORITY: provider.authority(),
    IDENTITY_CLIENT_ID: provider.app.clientId,
    IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
    IDENTITY_REDIRECT_URI: `${url}/auth/openid/return`,
    IDENTITY_SESSION_SECRET: 'a secret for the tests of the migrations',
  }))
  /** The settings of the API, whose app registration is another one. */
  .extend('apiSettings', { scope: 'file' }, ({ provider }): Environment => ({
    IDENTITY_AUTHORITY: provider.authority(),
    IDENTITY_CLIENT_ID: provider.api.clientId,
  }))
  .extend('site', { scope: 'file' }, ({ startOf, siteSettings }) =>
    startOf('after')('app.js', siteSettings),
  )
  .extend('api', { scope: 'file' }, ({ startOf, apiSettings }) =>
    startOf('after')('api.js', () => apiSettings),
  )
  .extend('b2cSite', { scope: 'file' }, ({ startOf, provider, siteSettings }) =>
    startOf('after')('b2c.js', (url) => ({
      ...siteSettings(url),
      API_CLIENT_ID: B2C_API,
      IDENTITY_AUTHORITY: '',
      IDENTITY_B2C_CUSTOM_DOMAIN: provider.b2c.customDomain,
    })),
  )

/** The API of the B2C tenant. */
const B2C_API = '33333333-4444-4555-8666-777777777777'

describe('the application after the move from passport-azure-ad', () => {
  test('sends a visitor to the sign-in, and then to the requested page', async ({ site }) => {
    const alex = browser(site, { as: 'alex' })

    const page = await alex.get('/account')

    expect(page.status).toBe(200)
    expect(page.url).toBe(`${alex.origin}/account`)
    const text = await page.text()
    expect(text).toContain('Hello, Alex Rivera')
    expect(text).toContain('alex@contoso.onmicrosoft.com, en')
    expect(await (await alex.get('/')).text()).toContain('Welcome, Alex Rivera')
  })

  test('shows the home page to visitors who are not signed in', async ({ site }) => {
    const page = await browser(site).get('/')

    expect(await page.text()).toContain('Sign in')
  })

  test('signs in with the link of the home page', async ({ site }) => {
    const robin = browser(site, { as: 'robin' })
    const [, link = ''] = /href="([^"]*)">Sign in/.exec(await (await robin.get('/')).text()) ?? []

    const page = await robin.get(link)

    expect(page.url).toBe(`${robin.origin}/`)
    expect(await page.text()).toContain('Welcome, Robin')
  })

  test("calls Microsoft Graph with the user's token", async ({ site }) => {
    const page = await browser(site, { as: 'alex' }).get('/profile')

    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<h1>Alex Rivera</h1>')
  })

  test('signs the user out', async ({ site }) => {
    const alex = browser(site, { as: 'alex' })
    const text = await (await alex.get('/account')).text()
    const [, link = ''] = /href="([^"]*)">Sign out/.exec(text) ?? []

    await alex.get(link)

    expect(alex.url).toBe(`${alex.origin}/`)
    expect(await (await alex.get('/')).text()).toContain('Sign in')
    const account = await alex.get('/account', { redirect: 'manual' })
    expect(account.status).toBe(302)
  })

  test('does not give a user without oid the account of another one', async ({
    site,
    provider,
  }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, oid: undefined }) }
    onTestFinished(() => void (provider.tamper = {}))

    for (const as of ['alex', 'robin'] as const) {
      const user = browser(site, { as })
      await user.get('/account')
      expect(await (await user.get('/')).text()).toContain('Sign in')
    }
  })

  test('does not start a session without a sign-in of this browser', async ({ site }) => {
    const stranger = browser(site)

    const page = await stranger.post('/auth/openid/return', { code: 'a', state: 'b'.repeat(32) })

    expect(page.url).not.toContain('/account')
    expect(await (await stranger.get('/')).text()).toContain('Sign in')
  })
})

describe('the API after the move from passport-azure-ad', () => {
  test('rejects requests without a token', async ({ api }) => {
    expect((await fetch(`${api}/api/todos`)).status).toBe(401)
  })

  test('knows the user of a token', async ({ api, provider }) => {
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    const response = await fetch(`${api}/api/todos`, {
      headers: { authorization: `Bearer ${token}` },
    })

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ owner: 'Alex Rivera', todos: [] })
  })

  test('requires the scope of each route', async ({ api, provider }) => {
    const add = async (scope: string): Promise<number> => {
      const token = await provider.accessToken({ as: 'robin', scopes: [scope] })
      const { status } = await fetch(`${api}/api/todos`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'Water the plants' }),
      })
      return status
    }

    expect(await add('Todos.Read')).toBe(403)
    expect(await add('Todos.ReadWrite')).toBe(201)
  })

  // BearerStrategy accepted the version of its metadata.
  test('accepts access tokens of version 1', async ({ api, provider }) => {
    const tenant = provider.authority().split('/').at(-1)
    const token = await provider.accessToken({
      as: 'alex',
      claims: {
        iss: `https://sts.windows.net/${tenant}/`,
        aud: `api://${provider.api.clientId}`,
        ver: '1.0',
        azp: undefined,
        appid: provider.app.clientId,
      },
    })

    const { status } = await fetch(`${api}/api/todos`, {
      headers: { authorization: `Bearer ${token}` },
    })

    expect(status).toBe(200)
  })

  // BearerStrategy responded with 401. ApiAuth responds with 403, because a new sign-in does not help.
  test.for([
    ['a user whose token has another scope', { as: 'alex', claims: { scp: 'Other' } }],
    ['an application without a user', {}],
  ] as const)('rejects %s', async ([, request], { api, provider }) => {
    const { status } = await fetch(`${api}/api/todos`, {
      headers: { authorization: `Bearer ${await provider.accessToken(request)}` },
    })

    expect(status).toBe(403)
  })

  test('rejects a token of another signer, of another API and of yesterday', async ({
    api,
    provider,
  }) => {
    const bad = await Promise.all([
      provider.accessToken({ as: 'alex', key: 'stranger' }),
      provider.accessToken({ as: 'alex', claims: { aud: 'https://graph.microsoft.com' } }),
      provider.accessToken({ as: 'alex', expiresIn: -86_400 }),
    ])
    for (const token of bad) {
      const response = await fetch(`${api}/api/todos`, {
        headers: { authorization: `Bearer ${token}` },
      })
      expect(response.status).toBe(401)
    }
  })
})

describe('the application of Azure AD B2C after the move', () => {
  test('signs users in and out', async ({ b2cSite }) => {
    const mia = browser(b2cSite, { as: 'mia' })
    const page = await mia.get('/account')
    const text = await page.text()
    expect(page.url).toBe(`${mia.origin}/account`)
    expect(text).toContain('Hello, Mia Santos (mia@shopper.example).')
    const [, link = ''] = /href="([^"]*)">Sign out/.exec(text) ?? []

    await mia.get(link)

    expect(mia.url).toBe(`${mia.origin}/`)
    expect((await mia.get('/account', { redirect: 'manual' })).status).toBe(302)
  })

  test('shows the edited profile', async ({ b2cSite, provider }) => {
    onTestFinished(() => provider.reset())
    const mia = browser(b2cSite, { as: 'mia' })
    const text = await (await mia.get('/account')).text()
    const [, link = ''] = /href="([^"]*)">Edit/.exec(text) ?? []

    const { pathname, search } = new URL(link.replaceAll('&#38;', '&'), mia.origin)
    await mia.signIn({ as: 'mia', displayName: 'Mia S.', path: pathname + search })

    expect(await (await mia.get('/account')).text()).toContain('Hello, Mia S.')
  })

  test('has an API for tokens of its policy', async ({ b2cSite, provider }) => {
    const statusOf = async (request: object): Promise<number> => {
      const token = await provider.accessToken({ as: 'mia', ...request })
      const headers = { authorization: `Bearer ${token}` }
      return (await fetch(`${b2cSite}/api/todos`, { headers })).status
    }

    expect(await statusOf({ scopes: ['Todos.Read'] })).toBe(200)
    expect(await statusOf({ scopes: ['Todos.Read'], key: 'stranger' })).toBe(401)
    expect(await statusOf({ scopes: ['Todos.ReadWrite'] })).toBe(403)
    // BearerStrategy did not compare the policy of the token with policyName.
    const edit = { scopes: ['Todos.Read'], claims: { tfp: 'B2C_1_edit' } }
    expect(await statusOf(edit)).toBe(401)
  })
})

// The table of tokens in the guide. The tests above have those with another scope, of another version and of an application.
describe('the API after the move', () => {
  test.for([
    ['for the client ID', {}, 200],
    ['for the Application ID URI', { aud: 'api://' }, 200],
    ['for the name of the service principal', { aud: 'spn:' }, 401],
    ['without a scope', { scp: undefined }, 401],
    ['that is an ID token', { scp: undefined, nonce: 'n' }, 401],
  ] as const)('gets a token %s', async ([, { ...claims }, expected], { api, provider }) => {
    const aud = `${'aud' in claims ? claims.aud : ''}${provider.api.clientId}`
    const token = await provider.accessToken({ as: 'alex', claims: { ...claims, aud } })

    const { status } = await fetch(`${api}/api/todos`, {
      headers: { authorization: `Bearer ${token}` },
    })

    expect(status).toBe(expected)
  })

  test('gets a token in the body', async ({ api, provider }) => {
    const token = await provider.accessToken({ as: 'sam', scopes: ['Todos.ReadWrite'] })
    const { status } = await fetch(`${api}/api/todos`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'x', access_token: token }),
    })

    expect(status).toBe(401)
  })
})

// Older applications use it.
test('the moved application works with Express 4', async ({ startOf, siteSettings }) => {
  const code = readSource('app.js').replace("('express')", "('express4')")
  expect(code).toContain("require('express4')")
  const url = await startOf('after')(['--eval', code], siteSettings)
  const alex = browser(url, { as: 'alex' })

  expect(await (await alex.get('/account')).text()).toContain('Hello, Alex Rivera')
  expect(await (await alex.get('/profile')).text()).toContain('<h1>Alex Rivera</h1>')
})

describe('the skill for coding agents', () => {
  test('has a check that sees the guards and the sign-out', async ({ site }) => {
    const skill = readFileSync(
      `${root}packages/identity-web/skills/from-passport-azure-ad/SKILL.md`,
      'utf8',
    )
    const [, check = ''] = /^```js\n(import \{ browser \}.*?)^```/ms.exec(skill) ?? []
    const code = check.replace('http://localhost:3000', site)

    // The provider of the test responds meanwhile.
    const { stdout: output } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', code],
      { cwd: folder },
    )

    expect(output.trim().split('\n')).toEqual([
      '/account 302 200 /account',
      'signed out 302',
      '/profile 302 200 /profile',
      'signed out 302',
    ])
  })
})

test('the guide shows the code of the applications', () => {
  const sources = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const shown = [...guide.matchAll(/^```js\n(.*?)^```/gms)].map(([, code = '']) => code)
  // The others show the old application.
  const ours = shown.filter((code) => !/config|passport/.test(code))

  expect(ours.length).toBeGreaterThan(8)
  expect(
    ours.filter((code) => !sources.map(readSource).some((source) => source.includes(code))),
  ).toEqual([])
})
