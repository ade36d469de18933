import { execFile } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { browser } from 'identity-web-dev/testing'
import { describe, expect, onTestFinished } from 'vitest'
import { createServerCertificate } from '../../packages/dev-provider/src/server/server-certificate.ts'
import type { Environment } from '../hosts/support/project.ts'
import { migrationTest, sides, type Side } from './support.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = `${root}examples/migrations/passport-azure-ad`
const guide = readFileSync(`${root}docs/from-passport-azure-ad.md`, 'utf8')
/** The JavaScript of an application, by the names of its files. */
const sourcesOf = (side: Side): Map<string, string> => {
  const names = readdirSync(`${folder}/${side}`).filter((name) => name.endsWith('.js'))
  return new Map(names.map((name) => [name, readFileSync(`${folder}/${side}/${name}`, 'utf8')]))
}
const SECRET = 'a secret for the tests of the migrations'

const test = migrationTest('passport-azure-ad')
  /** The settings of the site. The application with the old library has its own names for them. */
  .extend('siteSettings', { scope: 'file' }, ({ provider }) => {
    const { clientId, clientSecret = '' } = provider.app
    return (url: string): Record<Side, Environment> => ({
      before: {
        AUTHORITY: provider.authority(),
        CLIENT_ID: clientId,
        CLIENT_SECRET: clientSecret,
        REDIRECT_URL: `${url}/auth/openid/return`,
        SESSION_SECRET: SECRET,
        COOKIE_KEY: SECRET.slice(0, 32),
        COOKIE_IV: SECRET.slice(0, 12),
        GRAPH_URL: `${new URL(provider.authority()).origin}/v1.0`,
      },
      after: {
        IDENTITY_AUTHORITY: provider.authority(),
        IDENTITY_CLIENT_ID: clientId,
        IDENTITY_CLIENT_SECRET: clientSecret,
        IDENTITY_REDIRECT_URI: `${url}/auth/openid/return`,
        IDENTITY_SESSION_SECRET: SECRET,
      },
    })
  })
  /** The settings of the API, whose app registration is another one. */
  .extend('apiSettings', { scope: 'file' }, ({ provider }): Record<Side, Environment> => ({
    before: { AUTHORITY: provider.authority(), API_CLIENT_ID: provider.api.clientId },
    after: { IDENTITY_AUTHORITY: provider.authority(), IDENTITY_CLIENT_ID: provider.api.clientId },
  }))
  .extend('sites', { scope: 'file' }, ({ startOf, siteSettings }) =>
    onEachSide((side) => startOf(side)('app.js', (url) => siteSettings(url)[side])),
  )
  .extend('apis', { scope: 'file' }, ({ startOf, apiSettings }) =>
    onEachSide((side) => startOf(side)('api.js', () => apiSettings[side])),
  )
  /** The APIs again. `BearerStrategy` does not have `scope` and `audience`, as in many applications. */
  .extend('openApis', { scope: 'file' }, ({ startOf, apiSettings }) =>
    onEachSide((side) => {
      const code = (sourcesOf(side).get('api.js') ?? '').replace(
        'config.api,',
        '{ ...config.api, scope: undefined, audience: undefined },',
      )
      return startOf(side)(['--eval', code], () => apiSettings[side])
    }),
  )

  /**
   * The URL of the B2C tenant without a policy. Azure AD B2C also takes the policy of the metadata from the parameter `p`, which
   * passport-azure-ad sends. The metadata leads to the development provider.
   */
  .extend('b2cTenant', { scope: 'file' }, async ({ provider, certificateFile }, { onCleanup }) => {
    const { key, cert, ca } = createServerCertificate()
    writeFileSync(`${certificateFile}.b2c`, `${provider.certificate}\n${ca}`)
    const server = createServer({ key, cert }, ({ url = '' }, outgoing) => {
      if (!url.includes('/.well-known/')) {
        outgoing.writeHead(302, { location: new URL(url, provider.b2c.customDomain).href }).end()
        return
      }
      const policy = new URL(url, 'https://localhost').searchParams.get('p') ?? 'none'
      const target = `${provider.b2cAuthority(policy)}/v2.0/.well-known/openid-configuration`
      get(target, { ca: provider.certificate }, (incoming) => {
        outgoing.writeHead(incoming.statusCode ?? 500, { 'content-type': 'application/json' })
        incoming.pipe(outgoing)
      })
    })
    await new Promise<void>((done) => server.listen(0, done))
    onCleanup(() => void server.close())
    return `https://localhost:${(server.address() as AddressInfo).port}/fabrikamb2c.onmicrosoft.com`
  })
  .extend(
    'b2cSites',
    { scope: 'file' },
    ({ startOf, provider, b2cTenant, certificateFile, siteSettings }) =>
      onEachSide((side) =>
        startOf(side)('b2c.js', (url) => ({
          ...siteSettings(url)[side],
          API_CLIENT_ID: B2C_API,
          ...(side === 'before'
            ? { B2C_TENANT_URL: b2cTenant, NODE_EXTRA_CA_CERTS: `${certificateFile}.b2c` }
            : { IDENTITY_AUTHORITY: '', IDENTITY_B2C_CUSTOM_DOMAIN: provider.b2c.customDomain }),
        })),
      ),
  )

/** The API of the B2C tenant. */
const B2C_API = '33333333-4444-4555-8666-777777777777'

/** Starts a program of each application, and returns their URLs. */
async function onEachSide(start: (side: Side) => Promise<string>): Promise<Map<Side, string>> {
  return new Map(await Promise.all(sides.map(async (side) => [side, await start(side)] as const)))
}

describe.each(sides)('the application %s the move from passport-azure-ad', (side) => {
  test('sends a visitor to the sign-in, and then to the requested page', async ({ sites }) => {
    const alex = browser(sites.get(side), { as: 'alex' })

    const page = await alex.get('/account')

    expect(page.status).toBe(200)
    expect(page.url).toBe(`${alex.origin}/account`)
    const text = await page.text()
    expect(text).toContain('Hello, Alex Rivera')
    expect(text).toContain('alex@contoso.onmicrosoft.com, en')
    expect(await (await alex.get('/')).text()).toContain('Welcome, Alex Rivera')
  })

  test('shows the home page to visitors who are not signed in', async ({ sites }) => {
    const page = await browser(sites.get(side)).get('/')

    expect(await page.text()).toContain('Sign in')
  })

  test('signs in with the link of the home page', async ({ sites }) => {
    const robin = browser(sites.get(side), { as: 'robin' })
    const [, link = ''] = /href="([^"]*)">Sign in/.exec(await (await robin.get('/')).text()) ?? []

    const page = await robin.get(link)

    expect(page.url).toBe(`${robin.origin}/`)
    expect(await page.text()).toContain('Welcome, Robin')
  })

  test("calls Microsoft Graph with the user's token", async ({ sites }) => {
    const page = await browser(sites.get(side), { as: 'alex' }).get('/profile')

    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<h1>Alex Rivera</h1>')
  })

  test('signs the user out', async ({ sites }) => {
    const alex = browser(sites.get(side), { as: 'alex' })
    const text = await (await alex.get('/account')).text()
    const [, link = ''] = /href="([^"]*)">Sign out/.exec(text) ?? []

    await alex.get(link)

    expect(alex.url).toBe(`${alex.origin}/`)
    expect(await (await alex.get('/')).text()).toContain('Sign in')
    const account = await alex.get('/account', { redirect: 'manual' })
    expect(account.status).toBe(302)
  })

  test('does not give a user without oid the account of another one', async ({
    sites,
    provider,
  }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, oid: undefined }) }
    onTestFinished(() => void (provider.tamper = {}))

    for (const as of ['alex', 'robin'] as const) {
      const user = browser(sites.get(side), { as })
      await user.get('/account')
      expect(await (await user.get('/')).text()).toContain('Sign in')
    }
  })

  test('does not start a session without a sign-in of this browser', async ({ sites }) => {
    const stranger = browser(sites.get(side))

    const page = await stranger.post('/auth/openid/return', { code: 'a', state: 'b'.repeat(32) })

    expect(page.url).not.toContain('/account')
    expect(await (await stranger.get('/')).text()).toContain('Sign in')
  })
})

describe.each(sides)('the API %s the move from passport-azure-ad', (side) => {
  test('rejects requests without a token', async ({ apis }) => {
    expect((await fetch(`${apis.get(side)}/api/todos`)).status).toBe(401)
  })

  test('knows the user of a token', async ({ apis, provider }) => {
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    const response = await fetch(`${apis.get(side)}/api/todos`, {
      headers: { authorization: `Bearer ${token}` },
    })

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ owner: 'Alex Rivera', todos: [] })
  })

  test('requires the scope of each route', async ({ apis, provider }) => {
    const add = async (scope: string): Promise<number> => {
      const token = await provider.accessToken({ as: 'robin', scopes: [scope] })
      const { status } = await fetch(`${apis.get(side)}/api/todos`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'Water the plants' }),
      })
      return status
    }

    expect(await add('Todos.Read')).toBe(403)
    expect(await add('Todos.ReadWrite')).toBe(201)
  })

  // BearerStrategy accepts the version of its metadata.
  test('accepts access tokens of version 1, but not before', async ({ apis, provider }) => {
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

    const { status } = await fetch(`${apis.get(side)}/api/todos`, {
      headers: { authorization: `Bearer ${token}` },
    })

    expect(status).toBe(side === 'before' ? 401 : 200)
  })

  // BearerStrategy responds with 401. ApiAuth responds with 403, because a new sign-in does not help.
  test.for([
    ['a user whose token has another scope', { as: 'alex', claims: { scp: 'Other' } }],
    ['an application without a user', {}],
  ] as const)('rejects %s', async ([, request], { apis, provider }) => {
    const { status } = await fetch(`${apis.get(side)}/api/todos`, {
      headers: { authorization: `Bearer ${await provider.accessToken(request)}` },
    })

    expect(status).toBe(side === 'before' ? 401 : 403)
  })

  test('rejects a token of another signer, of another API and of yesterday', async ({
    apis,
    provider,
  }) => {
    const bad = await Promise.all([
      provider.accessToken({ as: 'alex', key: 'stranger' }),
      provider.accessToken({ as: 'alex', claims: { aud: 'https://graph.microsoft.com' } }),
      provider.accessToken({ as: 'alex', expiresIn: -86_400 }),
    ])
    for (const token of bad) {
      const response = await fetch(`${apis.get(side)}/api/todos`, {
        headers: { authorization: `Bearer ${token}` },
      })
      expect(response.status).toBe(401)
    }
  })
})

describe.each(sides)('the application of Azure AD B2C %s the move', (side) => {
  test('signs users in and out', async ({ b2cSites }) => {
    const mia = browser(b2cSites.get(side), { as: 'mia' })
    const page = await mia.get('/account')
    const text = await page.text()
    expect(page.url).toBe(`${mia.origin}/account`)
    expect(text).toContain('Hello, Mia Santos (mia@shopper.example).')
    const [, link = ''] = /href="([^"]*)">Sign out/.exec(text) ?? []

    await mia.get(link)

    expect(mia.url).toBe(`${mia.origin}/`)
    expect((await mia.get('/account', { redirect: 'manual' })).status).toBe(302)
  })

  test('shows the edited profile', async ({ b2cSites, provider }) => {
    onTestFinished(() => provider.reset())
    const mia = browser(b2cSites.get(side), { as: 'mia' })
    const text = await (await mia.get('/account')).text()
    const [, link = ''] = /href="([^"]*)">Edit/.exec(text) ?? []

    const { pathname, search } = new URL(link.replaceAll('&#38;', '&'), mia.origin)
    await mia.signIn({ as: 'mia', displayName: 'Mia S.', path: pathname + search })

    expect(await (await mia.get('/account')).text()).toContain('Hello, Mia S.')
  })

  test('has an API for tokens of its policy', async ({ b2cSites, provider }) => {
    const statusOf = async (request: object): Promise<number> => {
      const token = await provider.accessToken({ as: 'mia', ...request })
      const headers = { authorization: `Bearer ${token}` }
      return (await fetch(`${b2cSites.get(side)}/api/todos`, { headers })).status
    }

    expect(await statusOf({ scopes: ['Todos.Read'] })).toBe(200)
    expect(await statusOf({ scopes: ['Todos.Read'], key: 'stranger' })).toBe(401)
    expect(await statusOf({ scopes: ['Todos.ReadWrite'] })).toBe(side === 'before' ? 401 : 403)
    // BearerStrategy does not compare the policy of the token with policyName.
    const edit = { scopes: ['Todos.Read'], claims: { tfp: 'B2C_1_edit' } }
    expect(await statusOf(edit)).toBe(side === 'before' ? 200 : 401)
  })
})

const linesOf = (text: string): number => text.split('\n').filter((line) => line.trim()).length

/** `app.js` while it moves, as the guide describes it: the profile and the sign-out belong to `identity-web`. */
function sideBySide(): string {
  const [before, after] = (['before', 'after'] as const).map((side) =>
    (sourcesOf(side).get('app.js') ?? '').split('\n\n'),
  )
  const isProfile = (block: string): boolean => block.includes("'/profile'")
  return (before ?? [])
    .map((block) => (isProfile(block) ? (after?.find(isProfile) ?? '') : block))
    .join('\n\n')
    .replace('const app = express()', (line) => `${line}\n${AUTH}`)
    .replace('config.signOutUrl', 'auth.paths.logout')
}
const AUTH = `const { Auth } = require('identity-web/express')
const auth = new Auth(app, { basePath: '', scopes: ['User.Read'] })`

describe.runIf(sides.includes('before'))('both libraries side by side', () => {
  test('sign the user in with one choice, and out with one link', async ({
    startOf,
    siteSettings,
  }) => {
    const url = await startOf('before')(['--eval', sideBySide()], (origin) => {
      const { before, after } = siteSettings(origin)
      return { ...before, ...after, IDENTITY_REDIRECT_URI: `${origin}/identity/redirect` }
    })
    const alex = browser(url, { as: 'alex' })

    expect(await (await alex.get('/account')).text()).toContain('Hello, Alex Rivera')
    // Without `as`, this browser would stop at a page of the provider. It has the session there.
    const same = browser(url)
    same.addCookies(alex.cookies)
    expect(await (await same.get('/profile')).text()).toContain('<h1>Alex Rivera</h1>')

    await same.get('/logout')

    expect(same.url).toBe(`${url}/`)
    for (const path of ['/account', '/profile'])
      expect((await same.get(path, { redirect: 'manual' })).status).toBe(302)
  })
})

// The table of tokens in the guide.
describe.each(sides)('the API %s the move, without scope and audience,', (side) => {
  test.for([
    ['for the client ID', {}, { before: 200, after: 200 }],
    ['for the Application ID URI', { aud: 'api://' }, { before: 401, after: 200 }],
    ['for the name of the service principal', { aud: 'spn:' }, { before: 200, after: 401 }],
    ['without a scope', { scp: undefined }, { before: 200, after: 401 }],
    ['that is an ID token', { scp: undefined, nonce: 'n' }, { before: 200, after: 401 }],
  ] as const)('gets a token %s', async ([, { ...claims }, expected], { openApis, provider }) => {
    const aud = `${'aud' in claims ? claims.aud : ''}${provider.api.clientId}`
    const token = await provider.accessToken({ as: 'alex', claims: { ...claims, aud } })

    const response = await fetch(`${openApis.get(side)}/api/todos`, {
      headers: { authorization: `Bearer ${token}` },
    })

    expect(response.status).toBe(expected[side])
  })

  test('gets a token of an application', async ({ openApis, provider }) => {
    const { status } = await fetch(`${openApis.get(side)}/api/todos`, {
      headers: { authorization: `Bearer ${await provider.accessToken()}` },
    })

    expect(status).toBe(side === 'before' ? 200 : 403)
  })

  test('gets a token in the body', async ({ openApis, provider }) => {
    const { status } = await fetch(`${openApis.get(side)}/api/todos`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'x', access_token: await provider.accessToken({ as: 'sam' }) }),
    })

    expect(status).toBe(side === 'before' ? 201 : 401)
  })
})

// Older applications use it.
test('the moved application works with Express 4', async ({ startOf, siteSettings }) => {
  const code = (sourcesOf('after').get('app.js') ?? '').replace("('express')", "('express4')")
  expect(code).toContain("require('express4')")
  const url = await startOf('after')(['--eval', code], (origin) => siteSettings(origin).after)
  const alex = browser(url, { as: 'alex' })

  expect(await (await alex.get('/account')).text()).toContain('Hello, Alex Rivera')
  expect(await (await alex.get('/profile')).text()).toContain('<h1>Alex Rivera</h1>')
})

describe('the skill for coding agents', () => {
  test('has a check that sees the guards and the sign-out', async ({ sites }) => {
    const skill = readFileSync(
      `${root}packages/identity-web/skills/from-passport-azure-ad/SKILL.md`,
      'utf8',
    )
    const [, check = ''] = /^```js\n(import \{ browser \}.*?)^```/ms.exec(skill) ?? []
    const code = check.replace('http://localhost:3000', sites.get('after') ?? '')

    // The provider of the test responds meanwhile.
    const { stdout: output } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', code],
      { cwd: `${folder}/after` },
    )

    expect(output.trim().split('\n')).toEqual([
      '/account 302 200 /account',
      'signed out 302',
      '/profile 302 200 /profile',
      'signed out 302',
    ])
  })
})

describe('the guide', () => {
  test('shows the code of the applications', () => {
    const sources = (['before', 'after'] as const).flatMap((side) => [...sourcesOf(side).values()])
    const shown = [...guide.matchAll(/^```js\n(.*?)^```/gms)].map(([, code = '']) => code)

    expect(shown.length).toBeGreaterThan(8)
    expect(shown.filter((code) => !sources.some((source) => source.includes(code)))).toEqual([])
  })

  test('counts the lines', () => {
    const [before, after] = (['before', 'after'] as const).map((side) =>
      [...sourcesOf(side).values()].reduce((sum, text) => sum + linesOf(text), 0),
    )

    const [row = ''] = /^\| all files.*/m.exec(readFileSync(`${folder}/README.md`, 'utf8')) ?? []
    expect(row.match(/\d+/g)?.map(Number)).toEqual([before, after])
  })

  // The packages of the root do not contain the library.
  test.runIf(sides.includes('before'))('names each option of passport-azure-ad', () => {
    const read = (name: string): string =>
      readFileSync(`${folder}/before/node_modules/passport-azure-ad/${name}`, 'utf8')
    // The guide leads to options.md, which has the old name of each option.
    const names = guide + readFileSync(`${root}docs/options.md`, 'utf8')
    // "* `clientID` (Required)" is an option of a strategy, and "* `prompt`: …" one of `authenticate`.
    const listed = [...read('README.md').matchAll(/^ *\* `(\w+)`(?: +\(|:)/gm)]
    expect(listed.length).toBeGreaterThan(30)
    // Options that only the code mentions.
    const code = read('lib/oidcstrategy.js') + read('lib/bearerstrategy.js')
    const used = [...code.matchAll(/\boptions\.(?!isCommonEndpoint|length)([a-zA-Z]+)\b/g)]
    const options = new Set([...listed, ...used].map(([, name]) => name))
    expect([...options].filter((name) => !names.includes(`\`${name}`))).toEqual([])
  })
})
