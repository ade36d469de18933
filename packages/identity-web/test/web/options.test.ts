import { describe, expect, test, vi } from 'vitest'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import express from 'express'
import { MemoryStore } from 'express-session'
import { fromExpressStore, memoryStore } from 'identity-web'
import { deviceCode } from 'identity-web/device-code'
import { easyAuth } from 'identity-web/easy-auth'
import { Auth } from 'identity-web/express'
import { Keyv } from 'keyv'
import { createClient } from 'redis'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { close, listen } from '../support/site.ts'

const RIGHT = {
  // No server listens there, so the tests do not use the network.
  authority: 'http://localhost:1/contoso.onmicrosoft.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientCredential: 'secret',
  redirectUri: 'http://localhost:3000/redirect',
  session: { secret: 'a-secret-of-thirty-two-characters' },
}

const NEXT_YEAR = new Date(Date.now() + 365 * 24 * 3600 * 1000)

const MISSING_REDIRECT_URI =
  "redirectUri is not configured. Set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example http://localhost:3000/redirect. If the provider cannot redirect users to this application, set Auth({ signIn: deviceCode() }), with import { deviceCode } from 'identity-web/device-code'."

const LOOPBACK_WARNING: unknown = expect.stringMatching(
  /^warning The authority is a URL of this machine, and the application runs in production\. .*Change Auth\(\{ authority \}\) or IDENTITY_AUTHORITY, for example https:/,
)

/** Creates an `Auth`. Returns its log, and the responses of the login page to a visitor and to a script. */
async function configure(
  options: object,
  environment: Record<string, string> = {},
): Promise<{
  problems: string[]
  page: BrowserResponse
  guarded: BrowserResponse
  script: BrowserResponse
}> {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('IDENTITY_')) vi.stubEnv(name, undefined)
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const problems: string[] = []
  const app = express()
  const auth = new Auth(app, {
    logger: {
      error: (message: string) => problems.push(message),
      warn: (message: string) => problems.push(`warning ${message}`),
    },
    ...options,
  })
  app.get(
    '/guarded',
    auth.loginRequired((_req, res) => void res.end('in')),
  )
  vi.unstubAllEnvs()
  const found = [...problems]
  const server = createServer(app)
  const origin = await listen(server)
  const browser = new Browser()
  const result = {
    problems: found,
    page: await browser.navigate(origin + auth.paths.login),
    guarded: await browser.navigate(`${origin}/guarded`),
    script: await browser.script(`${origin}/guarded`),
  }
  await close(server)
  return result
}

describe('the options of Auth', () => {
  test.for([['console'], [7], [null]] as const)(
    'are checked with the logger %j too, and the console shows the problems',
    async ([logger]) => {
      const lines: string[] = []
      vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))

      await configure({ ...RIGHT, clientCapabilities: 'cp1', logger })

      expect(lines.join('\n')).toContain('logger must be an object')
      expect(lines.join('\n')).toContain('clientCapabilities must be a list')
    },
  )

  test('without any setting, an error names each option, its variable and an example', async () => {
    const { problems, page, guarded, script } = await configure(
      { environment: 'production', strictStart: false },
      {},
    )

    expect(problems).toEqual([
      expect.stringMatching(
        /authority is not configured.*Auth\(\{ authority \}\) or IDENTITY_AUTHORITY.*https:\/\//,
      ),
      expect.stringMatching(
        /clientId is not configured.*Auth\(\{ clientId \}\) or IDENTITY_CLIENT_ID/,
      ),
      expect.stringMatching(/clientCredential is not configured.*or IDENTITY_CLIENT_SECRET/),
      MISSING_REDIRECT_URI,
      expect.stringMatching(
        /session\.secret is not configured.*IDENTITY_SESSION_SECRET.*openssl rand/,
      ),
    ])
    for (const response of [page, guarded]) {
      expect(response.status).toBe(503)
      expect(response.headers['content-security-policy']).toContain("default-src 'none'")
      expect(response.text).toContain('This site is not available right now')
      expect(response.text).not.toMatch(/IDENTITY_|Auth\(|authority|clientId|secret|configur/)
    }
    expect(script.status).toBe(503)
    expect(script.json()).toEqual({ error: 'configuration' })
  })

  test('in development, the pages name each option and its variable', async () => {
    const { page, guarded, script } = await configure({ redirectUri: 'x' }, {})

    for (const response of [page, guarded]) {
      expect(response.status).toBe(500)
      expect(response.headers['content-security-policy']).toContain("default-src 'none'")
      for (const variable of ['IDENTITY_AUTHORITY', 'IDENTITY_CLIENT_ID', 'redirectUri']) {
        expect(response.text).toContain(variable)
      }
    }
    expect(script.status).toBe(500)
    expect(script.json()).toMatchObject({
      error: 'configuration',
      problems: expect.arrayContaining([
        {
          option: 'clientId',
          variable: 'IDENTITY_CLIENT_ID',
          message: expect.stringContaining('clientId is not configured'),
          example: expect.any(String),
          isMissing: true,
        },
      ]),
    })
  })

  test('all options can come from the environment', async () => {
    const { problems } = await configure(
      {},
      {
        IDENTITY_AUTHORITY: RIGHT.authority,
        IDENTITY_CLIENT_ID: RIGHT.clientId,
        IDENTITY_CLIENT_SECRET: RIGHT.clientCredential,
        IDENTITY_REDIRECT_URI: RIGHT.redirectUri,
        IDENTITY_SESSION_SECRET: RIGHT.session.secret,
      },
    )

    expect(problems).toEqual([])
  })

  test('an empty variable counts as not set', async () => {
    const { problems } = await configure(
      { ...RIGHT, clientId: undefined },
      { IDENTITY_CLIENT_ID: '', IDENTITY_OIDC_AUTHORITY: '' },
    )

    expect(problems).toEqual([expect.stringContaining('clientId is not configured')])
  })

  test('an authority in the code overrides one of the other kind in the environment', async () => {
    const { problems } = await configure(RIGHT, {
      IDENTITY_OIDC_AUTHORITY: 'https://id.example.com',
    })

    expect(problems).toEqual([])
  })

  test('Azure AD B2C can come from the environment', async () => {
    const { problems } = await configure(
      { ...RIGHT, authority: undefined },
      {
        IDENTITY_B2C_TENANT_NAME: 'fabrikam',
        IDENTITY_B2C_CUSTOM_DOMAIN: 'http://localhost:1',
        IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: 'B2C_1_susi',
        IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: '',
      },
    )

    expect(problems).toEqual([])
  })

  test('Azure AD B2C in the code is completed from the environment', async () => {
    const { problems } = await configure(
      {
        ...RIGHT,
        authority: undefined,
        b2c: { tenantName: 'fabrikam', customDomain: 'http://localhost:1' },
      },
      { IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: 'B2C_1_susi' },
    )

    expect(problems).toEqual([])
  })

  test('Azure AD B2C in the code overrides an authority in the environment', async () => {
    const b2c = {
      tenantName: 'fabrikam',
      customDomain: 'http://localhost:1',
      signUpSignInUserFlow: 'B2C_1_susi',
    }
    const { problems } = await configure(
      { ...RIGHT, authority: undefined, b2c },
      { IDENTITY_AUTHORITY: RIGHT.authority },
    )

    expect(problems).toEqual([])
  })

  test.each([
    [
      'a missing tenant',
      { tenantName: '' },
      /b2c\.tenantName is not configured.*IDENTITY_B2C_TENANT_NAME/,
    ],
    [
      'a tenant by its domain',
      { tenantName: 'fabrikam.onmicrosoft.com' },
      /first part of the tenant's domain.*IDENTITY_B2C_TENANT_NAME/,
    ],
    [
      'a custom domain on http',
      { customDomain: 'http://login.fabrikam.com' },
      /b2c\.customDomain must be a domain.*IDENTITY_B2C_CUSTOM_DOMAIN, for example login/,
    ],
    [
      'a missing user flow',
      { signUpSignInUserFlow: undefined },
      /b2c\.signUpSignInUserFlow is not configured.*IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW.*B2C_1_susi/,
    ],
    [
      'a misspelt option',
      { editProfilUserFlow: 'B2C_1_edit' },
      /no option b2c\.editProfilUserFlow\. Did you mean editProfileUserFlow\?/,
    ],
  ])('an error explains Azure AD B2C with %s', async (_, change, problem) => {
    const b2c = { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi', ...change }
    const { problems, page } = await configure({ ...RIGHT, authority: undefined, b2c })

    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(problem)
    expect(page.status).toBe(500)
  })

  test('an empty authority in the code falls back to the environment', async () => {
    const { problems } = await configure(
      { ...RIGHT, authority: '' },
      { IDENTITY_OIDC_AUTHORITY: 'http://localhost:1' },
    )

    expect(problems).toEqual([])
  })

  test('an alias in the code overrides the environment', async () => {
    const { problems } = await configure(
      { ...RIGHT, clientCredential: undefined, clientSecret: 'of the code' },
      { IDENTITY_CLIENT_SECRET: 'of the environment' },
    )

    expect(problems).toEqual([])
  })

  test.each([{ session: null }, { session: { ...RIGHT.session, cookie: null } }, { pages: null }])(
    '%j does not end the process',
    async (options) => {
      await expect(configure({ ...RIGHT, ...options })).resolves.toBeDefined()
    },
  )

  test.each([
    ['a Map', new Map()],
    ['a Keyv that throws errors', new Keyv({ throwOnErrors: true })],
    ['an object with three methods', memoryStore()],
    ['a store of express-session, wrapped', fromExpressStore(new MemoryStore())],
  ])('%s is accepted as a store', async (_, store) => {
    const { problems } = await configure({ ...RIGHT, session: { ...RIGHT.session, store } })

    expect(problems).toEqual([])
  })

  test('an undefined secret in a list is ignored', async () => {
    const { problems } = await configure({
      ...RIGHT,
      session: { secret: [RIGHT.session.secret, undefined] },
    })

    expect(problems).toEqual([])
  })

  test('without a session secret, development gets a random one and a warning', async () => {
    const { problems, page } = await configure({
      ...RIGHT,
      session: {},
    })

    expect(problems[0]).toMatch(/^warning .*No session secret.*IDENTITY_SESSION_SECRET/)
    expect(page.status).toBe(503)
  })

  test('a missing redirect URI is a problem in development too, and does not start another flow', async () => {
    const { problems, page, guarded, script } = await configure({
      ...RIGHT,
      redirectUri: undefined,
    })

    expect(problems).toEqual([MISSING_REDIRECT_URI])
    for (const response of [page, guarded, script]) expect(response.status).toBe(500)
    expect(guarded.location).toBeUndefined()
    expect(guarded.text).toContain('IDENTITY_REDIRECT_URI')
  })

  test('the device code flow is used if it is asked for', async () => {
    const { problems, page, guarded } = await configure({
      ...RIGHT,
      redirectUri: undefined,
      signIn: deviceCode(),
    })

    expect(problems).toEqual([])
    expect(guarded.location).toBe('/login?return_to=%2Fguarded')
    // The provider that would issue the code is not running.
    expect(page.status).toBe(503)
  })

  test('the device code flow in production causes a warning', async () => {
    const { problems } = await configure(
      { ...RIGHT, redirectUri: undefined, signIn: deviceCode() },
      { NODE_ENV: 'production' },
    )

    expect(problems).toEqual([
      LOOPBACK_WARNING,
      expect.stringMatching(
        /^warning .*signIn: deviceCode\(\) .*production\. .*phishing.*, so cookies are not Secure/,
      ),
    ])
  })

  test.each([
    ['in the code', { signIn: deviceCode() }, {}],
    [
      'in the environment',
      { signIn: deviceCode(), redirectUri: undefined },
      { IDENTITY_REDIRECT_URI: RIGHT.redirectUri },
    ],
  ])(
    'the device code flow with a redirect URI %s is a problem',
    async (_, options, environment) => {
      const { problems } = await configure({ ...RIGHT, ...options }, environment)

      expect(problems).toEqual([
        expect.stringMatching(
          /redirectUri and signIn: deviceCode\(\) are both configured.*remove Auth\(\{ redirectUri \}\) and IDENTITY_REDIRECT_URI\..* remove Auth\(\{ signIn \}\)/,
        ),
      ])
    },
  )

  test.each([['device-code'], [{ name: 'deviceCode()' }], [null]])(
    'signIn: %j is a problem',
    async (signIn) => {
      const { problems } = await configure({ ...RIGHT, signIn })

      expect(problems).toEqual([
        "signIn must be the result of deviceCode() or easyAuth(). Set, for example, Auth({ signIn: easyAuth() }), with import { easyAuth } from 'identity-web/easy-auth'.",
      ])
    },
  )

  test('session options without a secret use the secret of the environment', async () => {
    const { problems } = await configure(
      { ...RIGHT, session: { idleTimeoutSeconds: 60 } },
      { IDENTITY_SESSION_SECRET: RIGHT.session.secret, NODE_ENV: 'production' },
    )

    expect(problems).toEqual([LOOPBACK_WARNING])
  })

  test.each([
    ['http://localhost:5100/contoso.onmicrosoft.com', {}],
    ['http://127.0.0.1:5100/common', {}],
    ['https://[::1]:5100/common', {}],
    [
      'http://idp.localhost/oidc',
      { authority: undefined, oidcAuthority: 'http://idp.localhost/oidc' },
    ],
  ])('the authority %s causes a warning in production only', async (authority, options) => {
    const given = { ...RIGHT, authority, ...options }

    const production = await configure(given, { NODE_ENV: 'production' })
    const development = await configure(given, { NODE_ENV: 'development' })

    expect(production.problems).toEqual([LOOPBACK_WARNING])
    expect(development.problems).toEqual([])
  })

  describe('without a client credential, at a Microsoft authority', () => {
    const SITE = {
      ...RIGHT,
      clientCredential: undefined,
      redirectUri: 'https://a.example/redirect',
    }
    const MISSING =
      /clientCredential is not configured\. Set Auth\(\{ clientCredential \}\) or IDENTITY_CLIENT_SECRET.*clientAuthentication: 'none' \}\) or IDENTITY_CLIENT_AUTHENTICATION=none/
    const B2C = { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' }

    test.for<[string, object]>([
      ['Entra ID', {}],
      ['Azure AD B2C', { authority: undefined, b2c: B2C }],
      ['External ID', { authority: 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com' }],
      ['AD FS', { authority: 'https://fs.contoso.com/adfs' }],
    ])('a site in production does not start, and is not ready: %s', async ([, authority]) => {
      const options = { ...SITE, ...authority, environment: 'production', logger: false } as const

      expect(() => new Auth(express(), options)).toThrow(MISSING)
      const late = new Auth(express(), { ...options, strictStart: false })
      await expect(late.ready()).rejects.toThrow(MISSING)
      expect(late.problems).toMatchObject([
        { option: 'clientCredential', variable: 'IDENTITY_CLIENT_SECRET' },
      ])
    })

    test.for<[string, object]>([
      ['in development', { environment: 'development' }],
      ['a local tool', { redirectUri: 'http://localhost:3000/redirect' }],
      ['a process that only opens sessions', { routes: false }],
    ])('%s starts, with a warning', async ([, options]) => {
      const { problems } = await configure({ ...SITE, ...options }, { NODE_ENV: 'production' })

      expect(problems.filter((message) => MISSING.test(message))).toEqual([
        expect.stringMatching(/^warning /),
      ])
    })

    test.for<[string, object, Record<string, string>]>([
      ['a public client that says so in code', { clientAuthentication: 'none' }, {}],
      ['or in the environment', {}, { IDENTITY_CLIENT_AUTHENTICATION: 'none' }],
      ['the device code flow', { signIn: deviceCode(), redirectUri: undefined }, {}],
      [
        'Easy Auth',
        { signIn: easyAuth(), redirectUri: undefined },
        { WEBSITE_AUTH_ENABLED: 'True' },
      ],
      ['another provider', { authority: undefined, oidcAuthority: 'https://op.example' }, {}],
    ])('%s needs none: no problem and no warning', async ([, options, variables]) => {
      const { problems } = await configure(
        { ...SITE, ...options },
        { NODE_ENV: 'production', ...variables },
      )

      expect(problems.filter((message) => message.includes('clientCredential'))).toEqual([])
    })
  })

  test.for<[boolean, object]>([
    [true, { authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com' }],
    [true, { authority: 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com' }],
    [
      true,
      { authority: undefined, b2c: { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_a' } },
    ],
    [false, { authority: 'https://fs.contoso.com/adfs' }],
    [false, { authority: undefined, oidcAuthority: 'https://op.example' }],
    [false, {}],
  ])('a secret that is a GUID causes a warning: %s, %j', async ([isExpected, authority]) => {
    const secret = '5c1fb9a4-0c3e-4d5e-9a4b-6f1de6a1c0de'
    for (const clientCredential of [secret, [undefined, secret], { secret, expires: NEXT_YEAR }]) {
      const { problems } = await configure({ ...RIGHT, ...authority, clientCredential })

      const warning = expect.stringMatching(/^warning clientCredential is a GUID.*the value of/)
      expect(problems).toEqual(isExpected ? [warning] : [])
      expect(problems.join('')).not.toContain(secret)
    }
  })

  test('a random secret causes no problem', async () => {
    const secrets = Array.from({ length: 200 }, (_, index) =>
      randomBytes(index % 2 === 0 ? 16 : 32).toString(index % 2 === 0 ? 'hex' : 'base64'),
    )
    const { problems } = await configure({ ...RIGHT, session: { secret: secrets } })

    expect(problems).toEqual([])
  })

  test.each<[string, object, RegExp]>([
    [
      'two authorities',
      { oidcAuthority: 'https://id.example.com' },
      /authority and oidcAuthority are both/,
    ],
    [
      'an authority without a tenant',
      { authority: 'https://login.microsoftonline.com' },
      /a host and a tenant/,
    ],
    [
      'an authority on http',
      { authority: 'http://login.example.com/common' },
      /must start with https/,
    ],
    [
      'an authority that is not a URL',
      { authority: 'contoso' },
      /authority is not a URL.*IDENTITY_AUTHORITY/,
    ],
    [
      'an authority with a password',
      { authority: 'https://:pass-word@login.microsoftonline.com/common' },
      /^(?!.*pass-word)authority is not a URL/,
    ],
    ['a base path with a slash at its end', { basePath: '/expenses/' }, /basePath must be a path/],
    ['a base path that is only a slash', { basePath: '/' }, /basePath must be a path/],
    ['a base path without a slash', { basePath: 'expenses' }, /basePath must be a path/],
    ['a base path of another host', { basePath: '//evil.example' }, /basePath must be a path/],
    ['a base path with a query', { basePath: '/expenses?a' }, /basePath must be a path/],
    ['a base path that is not a string', { basePath: 7 }, /basePath must be a path/],
    ['a home page of another host', { homePath: '//evil.example/' }, /homePath must be the path/],
    ['a home page as a URL', { homePath: 'https://evil.example/' }, /homePath must be the path/],
    ['an empty home page', { homePath: '' }, /homePath must be the path/],
    ['the login route as the home page', { homePath: '/login' }, /homePath must be the path/],
    ['a relative redirectUri', { redirectUri: '/redirect' }, /redirectUri is not an absolute URL/],
    ['a redirectUri on http', { redirectUri: 'http://example.com/r' }, /must start with https/],
    [
      'a redirectUri with a query',
      { redirectUri: 'http://localhost/r?a=1' },
      /must not have a query/,
    ],
    [
      'a redirectUri with a password',
      { redirectUri: 'http://a:pass-word@localhost/r' },
      /^(?!.*pass-word)redirectUri must not contain a user name or a password\. Change .*IDENTITY_REDIRECT_URI/,
    ],
    [
      'a redirectUri with a user name',
      { redirectUri: 'http://a@localhost/r' },
      /must not contain a user name/,
    ],
    ['a redirectUri at the root', { redirectUri: 'http://localhost/' }, /must have a path/],
    ['a redirectUri at /login', { redirectUri: 'http://localhost/login' }, /paths of other routes/],
    ['two secrets', { clientSecret: 'other' }, /clientCredential and clientSecret/],
    [
      'a misspelt option',
      { redirectURI: 'x' },
      /no option redirectURI. Did you mean redirectUri\?/,
    ],
    [
      'an option with a letter missing',
      { clientCredentia: 'x' },
      /Did you mean clientCredential\?/,
    ],
    ['an unknown option', { color: 'x' }, /no option color\.$/],
    [
      'scope, as in the library for Python',
      { scope: ['User.Read'] },
      /no option scope\. Set Auth\(\{ scopes \}\) or IDENTITY_SCOPE, for example .*'User\.Read'/,
    ],
    [
      'endpoint, as in the library for Python',
      { endpoint: 'https://graph.microsoft.com/v1.0/me' },
      /no option endpoint\. Pass the URL of the API to context\.fetch\(\).*Auth\(\{ apis \}\)/,
    ],
    [
      'a misspelt part of an option',
      { session: { ...RIGHT.session, secrets: 'x' } },
      /no option session\.secrets. Did you mean secret\?/,
    ],
    [
      'a wrong SameSite',
      { session: { ...RIGHT.session, cookie: { sameSite: 'Strict' } } },
      /must be 'strict', 'lax' or 'none'/,
    ],
    [
      'a wrong prefix',
      { session: { ...RIGHT.session, cookie: { prefix: '__Http-' } } },
      /prefix must be '__Host-' or '__Host-Http-'/,
    ],
    [
      'a prefix beside a domain',
      {
        redirectUri: 'https://app.example.com/redirect',
        session: { ...RIGHT.session, cookie: { prefix: '__Host-Http-', domain: 'example.com' } },
      },
      /prefix cannot be used with session\.cookie\.domain/,
    ],
    [
      'transient as a string',
      { session: { ...RIGHT.session, cookie: { transient: 'yes' } } },
      /transient must be true or false/,
    ],
    [
      'tenants of another provider',
      { authority: undefined, oidcAuthority: 'http://localhost:1', tenants: 'work' },
      /tenants works only with Entra ID/,
    ],
    [
      'a wrong prompt',
      { prompt: 'maybe' },
      /prompt must be 'login', 'none', 'consent', 'select_account' or 'create'/,
    ],
    ['tenants by name', { tenants: ['contoso.com'] }, /list of tenant IDs/],
    [
      'an authority beside B2C',
      { b2c: { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' } },
      /authority and b2c are both configured.*IDENTITY_B2C_TENANT_NAME/,
    ],
    [
      'a claims request as a string',
      { claimsRequest: '{"id_token":{}}' },
      /claimsRequest must be an object/,
    ],
    [
      'a capability that is not a list',
      { clientCapabilities: 'cp1' },
      /clientCapabilities must be/,
    ],
    ['an invalid credential', { clientCredential: 7 }, /clientCredential/],
    ['a short secret', { session: { secret: 'short' } }, /shorter than 32/],
    [
      'a secret of one repeated character',
      { session: { secret: 'x'.repeat(64) } },
      /session\.secret has fewer than 6 different characters.*openssl rand -base64 32/,
    ],
    [
      'a secret of few characters',
      { session: { secret: 'abcde'.repeat(3) + 'edcba'.repeat(5) } },
      /session\.secret has fewer than 6 different characters/,
    ],
    [
      'a secret that repeats a word',
      { session: { secret: 'change-me'.repeat(4) } },
      /session\.secret repeats a short string.*openssl rand -base64 32/,
    ],
    [
      'a secret that repeats a word and ends inside it',
      { session: { secret: 'MySecretPassword'.repeat(3).slice(0, 40) } },
      /session\.secret repeats a short string/,
    ],
    [
      'the placeholder of a guide',
      { session: { secret: '<the output of openssl rand -base64 32>' } },
      /session\.secret is the placeholder of a guide/,
    ],
    [
      'a weak secret among others',
      { session: { secret: [RIGHT.session.secret, '0'.repeat(32)] } },
      /session\.secret has fewer than 6 different characters/,
    ],
    ['a secret that is not a string', { session: { secret: 5 } }, /shorter than 32/],
    [
      'a cookie name with a blank',
      { session: { ...RIGHT.session, cookie: { name: 'a b' } } },
      /cookie\.name/,
    ],
    [
      'SameSite=None on http',
      { session: { ...RIGHT.session, cookie: { sameSite: 'none' } } },
      /sameSite 'none' requires/,
    ],
    [
      'a partition without SameSite=None',
      { session: { ...RIGHT.session, cookie: { partitioned: true } } },
      /partitioned requires session\.cookie\.sameSite 'none'/,
    ],
    [
      'a partition that is not a boolean',
      { session: { ...RIGHT.session, cookie: { partitioned: 'yes' } } },
      /partitioned must be true or false/,
    ],
    [
      'a cookie domain that browsers reject',
      { session: { ...RIGHT.session, cookie: { domain: 'example.com' } } },
      /cookie\.domain must be localhost \(the host of redirectUri\) or one of its parent domains/,
    ],
    [
      'a cookie domain that only ends like the host',
      { session: { ...RIGHT.session, cookie: { domain: 'host' } } },
      /cookie\.domain must be localhost \(the host of redirectUri\) or one of its parent domains/,
    ],
    [
      'a negative lifetime',
      { session: { ...RIGHT.session, idleTimeoutSeconds: -1 } },
      /session\.idleTimeoutSeconds must be/,
    ],
    [
      'an invalid store',
      { session: { ...RIGHT.session, store: {} } },
      /session\.store must have the methods get, set and delete.*redisStore\(client\)/,
    ],
    [
      'a store that is null',
      { session: { ...RIGHT.session, store: null } },
      /session\.store must have the methods get, set and delete/,
    ],
    [
      'an invalid deny-list',
      { session: { ...RIGHT.session, denyList: 'redis://localhost' } },
      /session\.denyList must have the methods get, set and delete/,
    ],
    [
      'a store of express-session without the wrapper',
      { session: { ...RIGHT.session, store: new MemoryStore() } },
      /session\.store is an express-session store.*fromExpressStore\(store\)/,
    ],
    [
      'a client of Redis without the wrapper',
      { session: { ...RIGHT.session, store: createClient() } },
      /session\.store is a Redis client.*redisStore\(client\)/,
    ],
    [
      'a Keyv that reports an outage as a missing session',
      { session: { ...RIGHT.session, store: new Keyv() } },
      /session\.store is a Keyv that hides the errors.*throwOnErrors: true/,
    ],
    [
      'a store and a deny-list',
      { session: { ...RIGHT.session, store: new Map(), denyList: new Map() } },
      /session\.store and session\.denyList are both configured/,
    ],
    [
      'a store without a timeout',
      { session: { ...RIGHT.session, store: new Map(), storeTimeoutSeconds: 0 } },
      /session\.storeTimeoutSeconds must be a positive number/,
    ],
    [
      'a cache without entries',
      { cacheEntries: 0 },
      /cacheEntries must be a whole number from 1 to 1000000.*Auth\(\{ cacheEntries: 10_000 \}\)/,
    ],
    ['a part of a cache entry', { cacheEntries: 1.5 }, /cacheEntries must be a whole number/],
    ['too many cache entries', { cacheEntries: 1_000_001 }, /cacheEntries must be a whole number/],
    [
      'a response mode that servers cannot see',
      { responseMode: 'fragment' },
      /responseMode must be/,
    ],
    [
      'a timeout of zero',
      { timeoutSeconds: 0 },
      /timeoutSeconds must be.*Auth\(\{ timeoutSeconds: 10 \}\)/,
    ],
    [
      'a negative maxAgeSeconds',
      { maxAgeSeconds: -1 },
      /maxAgeSeconds must be 0 or.*Auth\(\{ maxAgeSeconds: 3600 \}\)/,
    ],
    ['a claims request as an array', { claimsRequest: [] }, /claimsRequest must be an object/],
    [
      'scopes that are not a string',
      { scopes: [1] },
      /scopes must be an array of strings.*Auth\(\{ scopes \}\) or IDENTITY_SCOPE/,
    ],
    [
      'a client ID that is not a string',
      { clientId: 5 },
      /clientId must be a string.*Auth\(\{ clientId \}\) or IDENTITY_CLIENT_ID, for example/,
    ],
    [
      'a landing page that is not a URL',
      { postLogoutRedirectUri: '/bye' },
      /postLogoutRedirectUri must be an absolute URL/,
    ],
    [
      'a landing page without https://',
      { postLogoutRedirectUri: 'localhost:3000/bye' },
      /postLogoutRedirectUri must be an absolute URL/,
    ],
    [
      'a landing page with a password',
      { postLogoutRedirectUri: 'https://a:pass-word@example.com/bye' },
      /^(?!.*pass-word)postLogoutRedirectUri must be an absolute URL without a user name/,
    ],
  ])('an error explains %s, and the process keeps running', async (_, options, problem) => {
    const { problems, page } = await configure({ ...RIGHT, ...options })

    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(problem)
    expect(page.status).toBe(500)
  })

  test('invalid values are escaped on the page', async () => {
    const { page } = await configure({ ...RIGHT, '<img src=x>': 1 })

    expect(page.text).toContain('&lt;img src=x&gt;')
    expect(page.text).not.toContain('<img')
  })
})
