import { createServer } from 'node:http'
import express from 'express'
import { startDevProvider } from 'identity-web-dev'
import { Auth, IdentityError, type AuthOptions } from 'identity-web/express'
import { NextRequest } from 'next/server.js'
import { Auth as FetchAuth } from '../../src/adapters/fetch/index.ts'
import { deviceCode } from '../../src/device-code/device-code.ts'
import { Auth as FunctionsAuth } from '../../src/adapters/azure-functions/index.ts'
import { Auth as NextAuth } from '../../src/adapters/next/index.ts'
import { Auth as KitAuth } from '../../src/adapters/sveltekit/index.ts'
import { Browser } from '../support/browser.ts'
import { close, listen } from '../support/site.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'

const HTML = { accept: 'text/html' }

const test = base
  /** A site whose `Auth` has an invalid configuration. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('origin', { scope: 'file' }, async ({}, { onCleanup }) => {
    const app = express()
    const server = createServer(app)
    onCleanup(() => close(server))
    const auth = new Auth(app, {
      authority: 'nowhere',
      clientId: 'x',
      logger: {},
      session: { secret: 'a-secret-of-thirty-two-characters' },
    })
    const code = (error: unknown): unknown => (IdentityError.is(error) ? error.code : error)
    app.get('/calls', async (req, res) => {
      res.json({
        user: (await auth.getUser(req)) ?? null,
        editProfileUrl: (await auth.getEditProfileUrl(req)) ?? null,
        forUser: await auth.getTokenForUser(req, 'User.Read').catch(code),
        forClient: await auth.getTokenForClient('x/.default').catch(code),
      })
    })
    app.get('/own-login', (req, res) => auth.login(req, res))
    app.get('/own-callback', (req, res) => auth.completeLogin(req, res))
    app.get('/own-logout', (req, res) => auth.logout(req, res))
    app.get('/own-front-channel', (req, res) => auth.handleLogout('front-channel', req, res))
    return listen(server)
  })

describe('an Auth with an invalid configuration', () => {
  test('has no user, and explains the error at each token request', async ({ origin }) => {
    const response = await new Browser().navigate(`${origin}/calls`)

    expect(response.json()).toEqual({
      user: null,
      editProfileUrl: null,
      forUser: 'configuration',
      forClient: 'configuration',
    })
  })

  test.for(['/login', '/logout', '/redirect', '/own-login', '/own-callback', '/own-logout'])(
    'shows the missing settings at %s',
    async (path, { origin }) => {
      const response = await new Browser().navigate(origin + path)

      expect(response.status).toBe(500)
      expect(response.text).toContain('<code>authority</code> is not a URL')
    },
  )

  test('returns JSON to an iframe of the provider, as to a script', async ({ origin }) => {
    const response = await new Browser().navigate(`${origin}/own-front-channel`)

    expect(response.status).toBe(500)
    expect(response.json()).toMatchObject({ error: 'configuration' })
  })
})

/** Returns the setup page, and the text of its parts. */
async function setupPage(
  variables: Record<string, string>,
  options: object = {},
  path = '/login',
): Promise<{ html: string; items: string[]; blocks: string[] }> {
  const environment = { NODE_ENV: 'development', ...variables }
  const auth = new FetchAuth({ logger: {}, ...options }, environment)
  const response = await auth.handle(new Request(`http://localhost:3000${path}`))
  const html = (await response?.text()) ?? ''
  const textsOf = (pattern: RegExp): string[] =>
    [...html.matchAll(pattern)].map((match) =>
      match
        .slice(1)
        .join(' ')
        .replaceAll(/<\/?code>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>'),
    )
  return {
    html,
    items: textsOf(/<li data-mark="(.)">(.*?)<\/li>/g),
    blocks: textsOf(/<pre>(.*?)<\/pre>/gs),
  }
}

const SECRETS = {
  IDENTITY_AUTHORITY: 'https://login.microsoftonline.com/secret-tenant',
  IDENTITY_CLIENT_SECRET: 'secret-of-the-client',
  IDENTITY_SESSION_SECRET: 'secret-of-the-session-1234567890abcdef',
}

describe('the setup page', () => {
  test('lists the settings that are set, those that are missing, and those to think about', async () => {
    const { items } = await setupPage(
      { IDENTITY_CLIENT_ID: 'x' },
      { redirectUri: 'http://a.example/r' },
    )

    expect(items).toEqual([
      '✓ IDENTITY_CLIENT_ID is set',
      '✗ IDENTITY_AUTHORITY is missing (in the code: authority)',
      '✗ IDENTITY_CLIENT_SECRET is missing (in the code: clientCredential). At Entra ID, a certificate or a managed identity works too.',
      expect.stringMatching(/^✗ redirectUri must start with https:.* IDENTITY_REDIRECT_URI,/),
      expect.stringMatching(/^○ No session secret is configured,/),
    ])
  })

  test('names the client secret among the missing settings, unless the application needs none', async () => {
    const IDENTITY_AUTHORITY = 'https://login.microsoftonline.com/contoso.onmicrosoft.com'
    for (const [variables, options, isMissing] of [
      [{}, {}, true],
      [{ IDENTITY_AUTHORITY }, {}, true],
      [{ IDENTITY_AUTHORITY: 'https://contoso.ciamlogin.com' }, {}, true],
      [{ IDENTITY_AUTHORITY: 'https://sts.contoso.com/adfs' }, {}, true],
      [{ IDENTITY_B2C_TENANT_NAME: 'fabrikam' }, {}, true],
      [{ IDENTITY_AUTHORITY, IDENTITY_CLIENT_SECRET: 'x' }, {}, false],
      [{ IDENTITY_AUTHORITY, IDENTITY_CLIENT_AUTHENTICATION: 'none' }, {}, false],
      [{ IDENTITY_OIDC_AUTHORITY: 'https://id.contoso.com' }, {}, false],
      [{ IDENTITY_OIDC_AUTHORITY: 'nowhere' }, {}, false],
      [{ IDENTITY_AUTHORITY }, { routes: false }, false],
      [{ IDENTITY_AUTHORITY }, { signIn: deviceCode() }, false],
    ] as const) {
      const environment = { NODE_ENV: 'development', ...variables }
      const { problems } = new FetchAuth({ logger: {}, ...options }, environment)

      expect([
        variables,
        options,
        problems.map(({ option }) => option).includes('clientCredential'),
      ]).toEqual([variables, options, isMissing])
    }
  })

  test('shows names and code as code, without the marks of the terminal', async () => {
    const apis = { todos: { baseUrl: 'x', scopes: [] } }
    const browser = { sessionView: 1 }
    const options = {
      session: { secret: 'short' },
      apis,
      browser,
      tokenCache: 1,
      scope: 'x',
      signIn: 1,
    }
    const { html } = await setupPage({ IDENTITY_CLIENT_ID: 'x' }, options)
    const codes = [...html.matchAll(/<code>(.*?)<\/code>/g)].map(([, text]) => text)
    const plain = html.replaceAll(/<style.*?<\/style>|<pre>.*?<\/pre>|<code>.*?<\/code>/gs, '')

    expect(codes).toEqual(
      expect.arrayContaining([
        'IDENTITY_CLIENT_ID',
        'IDENTITY_AUTHORITY',
        'authority',
        'scope',
        'session.secret',
        'openssl rand -base64 32',
        'Auth({ session: { secret } })',
        'apis.todos.baseUrl',
        'Auth({ apis: { todos: { baseUrl: &#39;https://todos.contoso.com/v1&#39;, scopes: [&#39;api://todos/Todos.Read&#39;] } } })',
        'Auth({ browser: { sessionView: (user) =&gt; ({ name: user.name }) } })',
        'Auth({ tokenCache: sharedTokens({ store: redisStore(client) }) })',
        'import { easyAuth } from &#39;identity-web/easy-auth&#39;',
        'deviceCode()',
      ]),
    )
    expect(plain).not.toMatch(/`|IDENTITY_|\b[a-z]+[A-Z]|[({}]\w*[)}]|Auth\(/)
    expect(html).toContain('Add the missing settings, correct the wrong ones,')
    expect(html).toContain('This page is not shown in production.')
  })

  test('shows the values of settings nowhere', async () => {
    const inCode = { session: { secret: SECRETS.IDENTITY_SESSION_SECRET } }
    for (const [variables, options] of [
      [SECRETS, {}],
      [{}, { clientSecret: SECRETS.IDENTITY_CLIENT_SECRET, ...inCode }],
      // A URL can contain a password.
      [SECRETS, { redirectUri: 'http://user:secret-of-url@localhost:3000/redirect?secret-of-url' }],
      [SECRETS, { redirectUri: 'http://user:secret-of-url@a.example/redirect' }],
    ] as const) {
      const { html, items } = await setupPage(variables, options)

      expect(items.filter((item) => item.startsWith('✓')).length).toBeGreaterThan(1)
      expect(html).not.toMatch(/secret-of|secret-tenant/)
    }
  })

  test('names settings of the code by their option', async () => {
    const b2c = { tenantName: 'fabrikam' }
    const { IDENTITY_SESSION_SECRET } = SECRETS
    const options = { clientSecret: 'x', b2c, clientId: 'x' }
    const { items } = await setupPage({ IDENTITY_SESSION_SECRET }, options)

    expect(items.filter((item) => item.startsWith('✓'))).toEqual([
      '✓ clientId is set',
      '✓ clientSecret is set',
      '✓ b2c.tenantName is set',
      '✓ IDENTITY_SESSION_SECRET is set',
    ])
    expect(items).toContain(
      '✗ IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW is missing (in the code: b2c.signUpSignInUserFlow)',
    )
  })

  test('has settings to copy for the development provider first, and for each kind of tenant', async () => {
    const { html, blocks } = await setupPage({})
    const [command = '', development = '', ...tenants] = blocks

    expect([...html.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, name]) => name)).toEqual([
      'Development provider: try the application now, without an account',
      'Microsoft Entra ID',
      'Microsoft Entra External ID',
      'Azure AD B2C',
      'AD FS',
      'Another OpenID Connect provider',
    ])
    expect(html.match(/<details open>/g)).toHaveLength(1)
    expect(command).toMatch(/^npx --no-install identity-web-dev -- /)
    expect(tenants).toHaveLength(5)
    const secrets = tenants.map((block) => /IDENTITY_SESSION_SECRET=(\S+)$/.exec(block)?.[1])
    expect(new Set(secrets).size).toBe(1)
    expect(Buffer.from(secrets[0] ?? '', 'base64')).toHaveLength(32)
    // A copied block must not have a secret that other applications have, too.
    expect((await setupPage({})).html).not.toContain(secrets[0])

    // The settings that the development provider itself passes to an application.
    const { app, authority, close: closeProvider } = await startDevProvider()
    const path = new URL(authority()).pathname
    await closeProvider()
    expect(development.split('\n')).toEqual([
      `IDENTITY_AUTHORITY=http://localhost:5100${path}`,
      `IDENTITY_CLIENT_ID=${app.clientId}`,
      `IDENTITY_CLIENT_SECRET=${app.clientSecret}`,
      'IDENTITY_REDIRECT_URI=http://localhost:3000/redirect',
    ])
  })

  test('has settings that configure an application, once they are filled in', async () => {
    const { blocks } = await setupPage({})
    const filled = blocks.slice(1).map((block) => {
      const text = block
        .replace('<tenant ID>', 'contoso.onmicrosoft.com')
        .replace('<issuer>', 'https://id.example.com')
        .replaceAll(/<[\w ]+>/g, 'contoso')
      return Object.fromEntries(text.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2)))
    })

    for (const variables of filled) {
      const auth = new FetchAuth({ logger: {} }, { NODE_ENV: 'development', ...variables })
      expect([variables, auth.problems]).toEqual([variables, []])
    }
  })

  test('has the redirect URI of the application in the blocks, escaped', async () => {
    const redirectUri = `http://localhost:3000/a'b&c/redirect`
    const { html, blocks } = await setupPage({}, { redirectUri }, `/a'b&c/login`)

    expect(html).toContain('IDENTITY_REDIRECT_URI=http://localhost:3000/a&#39;b&amp;c/redirect')
    expect(blocks.slice(1).every((block) => block.includes('/redirect'))).toBe(true)
    expect(html).toContain(`--redirect-uri &quot;/a&#39;b&amp;c/redirect&quot; -- `)
  })

  test.for([
    [
      'Next.js, whose route handlers are in a folder',
      '/auth/redirect',
      'http://localhost:3000/auth/redirect',
      async (options: AuthOptions) => {
        const request = new NextRequest('http://localhost:3000/auth/login', { headers: HTML })
        return (await new NextAuth(options).handlers.GET(request)).text()
      },
    ],
    [
      'Azure Functions, which have a port and a route prefix of their own',
      'http://localhost:7071/api/auth/redirect',
      'http://localhost:7071/api/auth/redirect',
      async (options: AuthOptions) => {
        const request = new Request('http://localhost:7071/api/auth/login', { headers: HTML })
        const response = await new FunctionsAuth(options).handler(request as never)
        return new Response(response.body as BodyInit).text()
      },
    ],
  ] as const)(
    'has the redirect URI of the guide for %s',
    async ([, option, redirectUri, openSetupPage]) => {
      const log: string[] = []
      const html = await openSetupPage({
        logger: {},
        onEvent: ({ message }) => log.push(message),
      })

      const command = `npx --no-install identity-web-dev --redirect-uri ${option} -- `
      expect(html).toContain(command)
      expect(html.split(`IDENTITY_REDIRECT_URI=${redirectUri}`)).toHaveLength(7)
      expect(log).toContainEqual(expect.stringContaining(command))
      expect(log).toContainEqual(expect.stringContaining(`for example ${redirectUri}`))
      expect(html + log.join()).not.toContain(':3000/redirect')
    },
  )

  test('keeps the port of the application in the command', async () => {
    const redirectUri = 'http://localhost:8080/redirect'
    const { html } = await setupPage({}, { redirectUri })

    expect(html).toContain(`--redirect-uri ${redirectUri} -- `)
  })

  test('does not open the development provider if most settings are there', async () => {
    const { html } = await setupPage(SECRETS)

    expect(html).toContain('<details><summary>Development provider')
  })
})

test('a guard that can only redirect does not repeat the password of a redirect URI', async () => {
  const auth = new KitAuth({
    redirectUri: 'http://user:secret-of-url@localhost:3000/redirect',
    logger: {},
  })
  const load = auth.loginRequired(() => ({}))
  const url = new URL('http://localhost:3000/page')
  const event = { url, request: new Request(url), locals: {}, depends() {} }
  const hook = { event, resolve: () => load(event as never) }

  await expect(auth.handle(hook as never)).rejects.toMatchObject({
    location: 'http://localhost:3000/login',
  })
})
