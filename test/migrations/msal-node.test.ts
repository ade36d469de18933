import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ConfidentialClientApplication } from '@azure/msal-node'
import { browser } from 'identity-web-dev/testing'
import { describe, expect, onTestFinished, vi } from 'vitest'
import { createNetwork } from '../../packages/dev-provider/test/support/msal-network.ts'
import { startRedisServer } from '../../packages/identity-web/test/support/redis-server.ts'
import type { Environment } from '../hosts/support/project.ts'
import { migrationTest, sides, type Side } from './support.ts'

const SECRET = 'a secret for the tests of the migrations'

const test = migrationTest('msal-node')
  /** The settings of the web app and the job. The application with the old library has its own names for them. */
  .extend('settings', { scope: 'file' }, ({ provider }): Record<Side, Environment> => {
    const { app, api } = provider
    const tenant = provider.authority()
    return {
      before: {
        ...msalSettings(tenant),
        CLIENT_ID: app.clientId,
        CLIENT_SECRET: app.clientSecret ?? '',
        TODOS_API_ID: api.idUri,
        EXPRESS_SESSION_SECRET: SECRET,
      },
      after: {
        IDENTITY_AUTHORITY: tenant,
        IDENTITY_CLIENT_ID: app.clientId,
        IDENTITY_CLIENT_SECRET: app.clientSecret ?? '',
        TODOS_API_ID: api.idUri,
        IDENTITY_SESSION_SECRET: SECRET,
      },
    }
  })
  .extend('apiSettings', { scope: 'file' }, ({ provider }): Record<Side, Environment> => {
    const { clientId, clientSecret = '' } = provider.api
    const tenant = provider.authority()
    return {
      before: { ...msalSettings(tenant), API_CLIENT_ID: clientId, API_CLIENT_SECRET: clientSecret },
      after: {
        IDENTITY_AUTHORITY: tenant,
        IDENTITY_CLIENT_ID: clientId,
        IDENTITY_CLIENT_SECRET: clientSecret,
      },
    }
  })
  .extend('apis', { scope: 'file' }, async ({ startOf, apiSettings }) => {
    const apis = sides.map(
      async (side) => [side, await startOf(side)('src/api.js', () => apiSettings[side])] as const,
    )
    return new Map(await Promise.all(apis))
  })
  /** Starts a web app. `more` is added to its settings. */
  .extend(
    'startWeb',
    { scope: 'file' },
    ({ startOf, settings, apis }) =>
      (side: Side, more: Environment = {}) =>
        startOf(side)('src/web.js', (url) => ({
          ...settings[side],
          ...redirectUris(url)[side],
          TODOS_API: apis.get(side) ?? '',
          ...more,
        })),
  )
  /** Starts the application of a step of the move, which uses both libraries. */
  .extend(
    'startDuring',
    { scope: 'file' },
    ({ startOf, settings, apis }) =>
      () =>
        startOf('before')('../during/src/web.js', (url) => ({
          ...settings.before,
          ...settings.after,
          ...redirectUris(url).before,
          IDENTITY_REDIRECT_URI: `${url}/redirect`,
          TODOS_API: apis.get('before') ?? '',
        })),
  )
  .extend('webs', { scope: 'file' }, async ({ startWeb }) => {
    const webs = sides.map(async (side) => [side, await startWeb(side)] as const)
    return new Map(await Promise.all(webs))
  })
  .extend(
    'runJob',
    { scope: 'file' },
    ({ settings, apis, certificateFile }) =>
      async (side: Side) => {
        const cwd = fileURLToPath(
          new URL(`../../examples/migrations/msal-node/${side}/`, import.meta.url),
        )
        const env = {
          ...settings[side],
          TODOS_API: apis.get(side),
          NODE_EXTRA_CA_CERTS: certificateFile,
        }
        const { stdout } = await promisify(execFile)(process.execPath, ['src/job.js'], { cwd, env })
        return Number(/(\d+) todos/.exec(stdout)?.[1])
      },
  )

/** The tenant in the variables of Microsoft's samples. */
function msalSettings(authority: string): Environment {
  const { origin, pathname } = new URL(authority)
  return {
    CLOUD_INSTANCE: `${origin}/`,
    TENANT_ID: pathname.slice(1),
    GRAPH_API_ENDPOINT: `${origin}/`,
  }
}

const redirectUris = (url: string): Record<Side, Environment> => ({
  before: { REDIRECT_URI: `${url}/auth/redirect`, POST_LOGOUT_REDIRECT_URI: `${url}/` },
  after: { IDENTITY_REDIRECT_URI: `${url}/auth/redirect` },
})

describe.each(sides)('the web app %s the move from MSAL Node', (side) => {
  test('signs a user in with the link of the home page', async ({ webs }) => {
    const alex = browser(webs.get(side), { as: 'alex' })
    const page = await alex.get(linkTo('Sign in', await (await alex.get('/')).text()))

    expect(page.url).toBe(`${alex.origin}/account`)
    expect(await (await alex.get('/')).text()).toContain('Hello, Alex Rivera')
  })

  test('sends a visitor to the sign-in, and calls Microsoft Graph', async ({ webs, provider }) => {
    const alex = browser(webs.get(side), { as: 'alex' })
    const page = await alex.get('/account')

    expect(page.url).toBe(`${alex.origin}/account`)
    const text = await page.text()
    expect(text).toContain('<h1>Alex Rivera</h1>')
    expect(text).toContain(`user ${provider.user('alex').oid}`)
  })

  test('calls the API, and asks for the consent to write only then', async ({ webs }) => {
    const alex = browser(webs.get(side), { as: 'alex' })
    expect(await (await alex.get('/todos')).text()).toContain('The todos of Alex Rivera')

    await alex.get('/add')
    const list = await alex.post('/add', { title: 'Water the <plants>' })

    expect(list.url).toBe(`${alex.origin}/todos`)
    expect(await list.text()).toContain('<li>Water the &lt;plants></li>')
    const robin = browser(webs.get(side), { as: 'robin' })
    expect(await (await robin.get('/todos')).text()).not.toContain('plants')
  })

  test('refreshes a token that has expired', async ({ webs, provider }) => {
    provider.behave({ accessTokenSeconds: 2 })
    onTestFinished(() => provider.behave({ accessTokenSeconds: 3600 }))
    const alex = browser(webs.get(side), { as: 'alex' })
    await alex.get('/account')
    const start = provider.requests.length

    await vi.waitFor(
      async () => {
        expect(await (await alex.get('/account')).text()).toContain('Alex Rivera')
        const grants = provider.requests.slice(start).map(({ grantType }) => grantType)
        expect(grants).toContain('refresh_token')
        expect(grants).not.toContain('authorization_code')
      },
      { timeout: 20_000, interval: 500 },
    )
  })

  test('sends the user to the sign-in if Microsoft Graph, behind the API, requires claims', async ({
    webs,
    provider,
  }) => {
    const alex = browser(webs.get(side), { as: 'alex' })
    expect((await alex.get('/todos')).status).toBe(200)
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } })
    provider.behave({ graphClaims: claims, graphClaimsNeedUser: true })
    onTestFinished(() => provider.behave({ graphClaims: undefined, graphClaimsNeedUser: false }))
    const start = provider.requests.length

    const page = await alex.get('/todos')

    expect(page.status).toBe(200)
    expect(await page.text()).toContain('The todos of Alex Rivera')
    const grants = provider.requests.slice(start).map(({ grantType }) => grantType)
    expect(grants).toContain('authorization_code')
  })

  test('signs the user out, also at the provider', async ({ webs }) => {
    const alex = browser(webs.get(side), { as: 'alex' })
    await alex.get('/account')
    await alex.get(linkTo('Sign out', await (await alex.get('/')).text()))

    expect(alex.url).toBe(`${alex.origin}/`)
    expect(await (await alex.get('/')).text()).toContain('Sign in')
    const account = await alex.get('/account', { redirect: 'manual' })
    expect(account.status).toBe(302)
  })

  test('does not complete a sign-in that another browser started', async ({ webs, provider }) => {
    const attacker = browser(webs.get(side))
    const { headers } = await attacker.get('/account', { redirect: 'manual' })
    // The authorization response with the code of the attacker, as a form or as a URL.
    const { url, form } = await provider.signIn(headers.get('location') ?? '', { as: 'robin' })
    const alex = browser(webs.get(side))

    const page =
      form === undefined
        ? await alex.get(url, { redirect: 'manual' })
        : await alex.post(url, form, { redirect: 'manual' })

    expect(page.headers.get('location')).not.toBe('/account')
    expect(await (await alex.get('/')).text()).toContain('Sign in')
  })

  test('shares sessions and tokens with other servers in Redis', async ({ startWeb, provider }) => {
    const redis = await startRedisServer()
    onTestFinished(() => redis.close())
    const first = await startWeb(side, { REDIS_URL: redis.url })
    const uris = redirectUris(first)[side]
    const second = await startWeb(side, { REDIS_URL: redis.url, ...uris })
    const alex = browser(first, { as: 'alex' })
    await alex.get('/account')
    expect(await redis.command('DBSIZE')).not.toBe(':0')
    const start = provider.requests.length

    const elsewhere = browser(second)
    elsewhere.addCookies(alex.cookies)
    const page = await elsewhere.get('/account')

    expect(await page.text()).toContain('Alex Rivera')
    // The second server got the token from Redis.
    const paths = provider.requests.slice(start).map(({ path }) => path)
    expect(paths.filter((path) => /\/(?:authorize|token)$/.test(path))).toEqual([])
  })
})

describe.each(sides)('the API %s the move from MSAL Node', (side) => {
  test('accepts a token with the scope or the app role', async ({ apis, provider }) => {
    const user = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const job = await provider.accessToken({ roles: ['Todos.Read.All'] })

    expect(await statusOf(`${apis.get(side)}/todos`, user)).toBe(200)
    expect(await statusOf(`${apis.get(side)}/todos/all`, job)).toBe(200)
  })

  test('rejects requests without a valid token', async ({ apis, provider }) => {
    const good = { as: 'alex', scopes: ['Todos.Read'] } as const
    const bad = await Promise.all([
      provider.accessToken({ ...good, expiresIn: -86_400 }),
      provider.accessToken({ ...good, key: 'stranger' }),
      provider.accessToken({ ...good, claims: { aud: 'https://graph.microsoft.com' } }),
      provider.accessToken({ ...good, header: { alg: 'none' } }),
    ])

    for (const token of [undefined, 'not-a-token', ...bad])
      expect(await statusOf(`${apis.get(side)}/todos`, token)).toBe(401)
  })

  test('rejects a token without the scope or the app role', async ({ apis, provider }) => {
    const writer = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })
    const job = await provider.accessToken({ roles: ['Todos.Read.All'] })

    expect(await statusOf(`${apis.get(side)}/todos`, writer)).toBe(403)
    expect(await statusOf(`${apis.get(side)}/todos`, job)).toBe(403)
    expect(await statusOf(`${apis.get(side)}/todos/all`, writer)).toBe(403)
  })

  test('calls Microsoft Graph on behalf of the user', async ({ apis, provider }) => {
    const token = await provider.accessToken({ as: 'robin', scopes: ['Todos.Read'] })
    const response = await fetch(`${apis.get(side)}/profile`, {
      headers: { authorization: `Bearer ${token}` },
    })

    expect(await response.json()).toMatchObject({ displayName: 'Robin Chen' })
  })

  test('lets the job read the todos of all users', async ({ apis, provider, runJob }) => {
    const todos = await runJob(side)
    const token = await provider.accessToken({ as: 'sam', scopes: ['Todos.ReadWrite'] })
    await fetch(`${apis.get(side)}/todos`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Pay the rent' }),
    })

    expect(await runJob(side)).toBe(todos + 1)
  })
})

test.runIf(sides.includes('before'))(
  'one application uses both libraries during the move',
  async ({ startDuring }) => {
    const alex = browser(await startDuring(), { as: 'alex' })
    expect(await (await alex.get('/account')).text()).toContain('<h1>Alex Rivera</h1>')
    // The user has a session at the provider, so the other library signs the user in without a question.
    expect(await (await alex.get('/todos')).text()).toContain('todos</h1>')

    const old = alex.cookies.find(({ name }) => name === 'connect.sid')?.value
    expect(old).toBeDefined()
    await alex.get(linkTo('Sign out', await (await alex.get('/')).text()))
    expect(await (await alex.get('/')).text()).toContain('Sign in')
    // The old session contains more than the account, such as refresh tokens. So it ends, and the next one has another ID.
    for (const path of ['/account', '/todos'])
      expect((await alex.get(path, { redirect: 'manual' })).status).toBe(302)
    expect(alex.cookies.find(({ name }) => name === 'connect.sid')?.value).not.toBe(old)
  },
)

describe('the guide', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const guide = readFileSync(`${root}docs/from-msal-node.md`, 'utf8')
  // An option of this library says what it was called.
  const names = guide + readFileSync(`${root}docs/options.md`, 'utf8')
  const typesOf = (path: string) =>
    readFileSync(`${root}node_modules/@azure/${path}.d.ts`, 'utf8')
      // Comments of internal members go away together with the members.
      .replaceAll(/\/\*\*(?:(?!\*\/)[^])*@internal(?:(?!\*\/)[^])*\*\/\s*[^;]*;/g, '')
      .replaceAll(/\/\*[^]*?\*\//g, '')
  const membersOf = (types: string) =>
    [...types.matchAll(/^ {4}(?:private |protected )?(\w+)(?=[?:(<])/gm)].map(
      ([, name = '']) => name,
    )

  test('names every option of the configuration', () => {
    const [, configuration = ''] =
      /^([^]*)export type Configuration\b/.exec(typesOf('msal-node/types/config/Configuration')) ??
      []
    const options = membersOf(configuration)

    expect(options).toContain('clientCertificate')
    expect(options.filter((name) => !names.includes(name))).toEqual([])
  })

  test('names every method', () => {
    const classes = ['client/ClientApplication', 'client/ConfidentialClientApplication']
    const methods = classes
      .map((path) =>
        typesOf(`msal-node/types/${path}`).replaceAll(/^ +(?:private|protected) .*$/gm, ''),
      )
      .flatMap(membersOf)
      .filter((name) => name !== 'constructor')

    expect(methods).toContain('acquireTokenSilent')
    expect(methods.filter((name) => !guide.includes(`${name}(`))).toEqual([])
  })

  test('names every parameter of a request', () => {
    const requests = ['AuthorizationUrl', 'AuthorizationCode', 'SilentFlow', 'RefreshToken'].map(
      (name) => `msal-common/types/request/Common${name}Request`,
    )
    const own = ['ClientCredential', 'OnBehalfOf'].map(
      (name) => `msal-node/types/request/Common${name}Request`,
    )
    const paths = ['msal-common/types/request/BaseAuthRequest', ...requests, ...own]
    const parameters = new Set(paths.map(typesOf).flatMap(membersOf))

    expect(parameters).toContain('azureRegion')
    expect([...parameters].filter((name) => !names.includes(`\`${name}`))).toEqual([])
  })

  test('says what homeAccountId contains', async ({ provider }) => {
    const homeAndClaims = async (as: 'alex' | 'kim' | 'mia', authority: string) => {
      const { clientId, clientSecret = '' } = provider.app
      const knownAuthorities = [new URL(provider.origin).host]
      const client = new ConfidentialClientApplication({
        auth: { clientId, clientSecret, authority, knownAuthorities },
        system: { networkClient: createNetwork(provider.certificate) },
      })
      const request = { scopes: [], redirectUri: 'http://localhost:3999/callback' }
      const { url } = await provider.signIn(await client.getAuthCodeUrl(request), { as })
      const code = url.searchParams.get('code') ?? ''
      const { account } = await client.acquireTokenByCode({ ...request, code })
      const { oid = '', tid = '' } = account?.idTokenClaims ?? {}
      return { home: account?.homeAccountId ?? '', oid, tid }
    }

    const member = await homeAndClaims('alex', provider.authority())
    expect(member.home).toBe(`${member.oid}.${member.tid}`)
    const guest = await homeAndClaims('kim', provider.authority())
    expect(guest.home).not.toContain(guest.oid)
    expect(guest.home).not.toContain(guest.tid)
    const customer = await homeAndClaims('mia', provider.b2cAuthority())
    expect([customer.tid, customer.home.slice(0, 36)]).toEqual(['', customer.oid])
  })

  test.each(['before', 'after'])('counts the lines of %s', (side) => {
    const folder = `${root}examples/migrations/msal-node/${side}/src/`
    const code = readdirSync(folder)
      .flatMap((name) => readFileSync(folder + name, 'utf8').split('\n'))
      .filter((line) => !/^\s*(?:$|\/\/|\/\*\*|\*)/.test(line))

    expect(guide.replaceAll('\n', ' ')).toContain(` ${code.length} lines`)
  })
})

/** Returns the URL of a link. */
function linkTo(text: string, html: string): string {
  return new RegExp(`href="([^"]+)">${text}<`).exec(html)?.[1] ?? ''
}

async function statusOf(url: string, token?: string): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return (await fetch(url, { headers })).status
}
