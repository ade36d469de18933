import { allOutputs } from '../support/fixtures.js'
import { describe, expect, test, type Json } from '../support/graph-fixtures.js'

const VS_CODE = 'aebc6443-996d-45c2-90f0-388ff96faa56'
const WRITES = ['POST', 'PATCH', 'DELETE']
const REGISTER_SHOP = 'register --name Shop --env .env'

function claimsOf(token: string): Json {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Json
}

describe('a web app', () => {
  test('gets redirect URIs, claims, roles, permissions and a secret, and users can sign in', async ({
    provider,
    ok,
    readApp,
    readEnv,
    modeOf,
  }) => {
    const out = await ok(REGISTER_SHOP, '--role', 'Orders.Approver', '--permission', 'user.read')
    const env = readEnv()

    expect(out).toContain('A new app registration "Shop" (web app)')
    expect(out).toContain('+ role Orders.Approver')
    expect(modeOf('.env')).toBe('600')
    expect(env).toEqual({
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: expect.any(String),
      IDENTITY_CLIENT_SECRET: expect.any(String),
      IDENTITY_CLIENT_SECRET_ID: expect.any(String),
      IDENTITY_CLIENT_SECRET_EXPIRES: expect.any(String),
      IDENTITY_REDIRECT_URI: 'http://localhost:3000/redirect',
      IDENTITY_SESSION_SECRET: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as unknown,
    })
    expect(out).toContain('.env did not contain a session secret, so the command added a new one')
    expect(await readApp(env['IDENTITY_CLIENT_ID'])).toMatchObject({
      displayName: 'Shop',
      passwordCredentials: [{ endDateTime: env['IDENTITY_CLIENT_SECRET_EXPIRES'] }],
      signInAudience: 'AzureADMyOrg',
      web: { redirectUris: ['http://localhost:3000/redirect', 'http://localhost:3000/'] },
      optionalClaims: { idToken: [{ name: 'login_hint' }] },
      appRoles: [{ value: 'Orders.Approver', allowedMemberTypes: ['User'] }],
      requiredResourceAccess: [{ resourceAccess: [{ type: 'Scope' }] }],
    })
    const endpoints = `${env['IDENTITY_AUTHORITY']}/oauth2/v2.0`
    const app = {
      client_id: env['IDENTITY_CLIENT_ID'] ?? '',
      redirect_uri: env['IDENTITY_REDIRECT_URI'] ?? '',
    }
    const request = new URLSearchParams({ ...app, response_type: 'code', scope: 'openid profile' })
    const { url } = await provider.signIn(new URL(`${endpoints}/authorize?${request}`), {
      as: 'alex',
    })
    const response = await fetch(`${endpoints}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...app,
        grant_type: 'authorization_code',
        client_secret: env['IDENTITY_CLIENT_SECRET'] ?? '',
        code: url.searchParams.get('code') ?? '',
      }),
    })
    const { id_token: idToken = '' } = (await response.json()) as { id_token?: string }
    expect(claimsOf(idToken)).toMatchObject({ name: 'Alex Rivera', login_hint: expect.any(String) })
  })

  test('uses the redirect URI that the file has already', async ({
    registerShop,
    readApp,
    write,
  }) => {
    write('.env', 'IDENTITY_REDIRECT_URI=http://localhost:4000/auth/redirect\n')
    const env = await registerShop()

    expect(env['IDENTITY_REDIRECT_URI']).toBe('http://localhost:4000/auth/redirect')
    expect(await readApp(env['IDENTITY_CLIENT_ID'])).toMatchObject({
      web: { redirectUris: ['http://localhost:4000/auth/redirect', 'http://localhost:4000/'] },
    })
  })

  test('a redirect URI of the file that Entra ID does not accept is an error', async ({
    cli,
    write,
  }) => {
    write('.env', 'IDENTITY_REDIRECT_URI=http://shop.contoso.com/redirect\n')

    const { code, error } = await cli(REGISTER_SHOP)

    expect(code).not.toBe(0)
    expect(error).toContain('http://shop.contoso.com/redirect is not a URL that Entra ID accepts.')
  })

  test('a second run changes nothing, and a third run adds what is new', async ({
    provider,
    ok,
    readApp,
    readEnv,
  }) => {
    const register = `${REGISTER_SHOP} --url https://shop.contoso.com`
    await ok(register)
    const before = readEnv()
    const app = await readApp(before['IDENTITY_CLIENT_ID'])
    const count = provider.requests.length

    const again = await ok(register)
    expect(again).toContain('Everything is as it should be.')
    expect(again).toContain(
      'To get another secret, run "npx --no-install identity-web-cli rotate --env .env".',
    )
    expect(again).not.toContain('session secret')
    expect(readEnv()).toEqual(before)
    expect(await readApp(before['IDENTITY_CLIENT_ID'])).toEqual(app)
    const sent = provider.requests.slice(count).map(({ method }) => method)
    expect(sent.filter((method) => WRITES.includes(method))).toEqual([])

    const changed = await ok(
      `${register} --app-id ${before['IDENTITY_CLIENT_ID']} --role Admin --accounts organizations`,
      '--sign-out-url',
      'https://shop.contoso.com/out',
    )
    expect(changed.split('\n').filter((line) => /^ {2}[+~]/.test(line))).toEqual([
      '  ~ accounts AzureADMyOrg → AzureADMultipleOrgs',
      '  ~ front-channel logout URL https://shop.contoso.com/out',
      '  + role Admin',
    ])
    expect(readEnv()['IDENTITY_AUTHORITY']).toBe(`${provider.origin}/organizations`)
    // Nothing that the app had is removed.
    expect((await readApp(before['IDENTITY_CLIENT_ID']))['web']).toMatchObject({
      redirectUris: ['https://shop.contoso.com/redirect', 'https://shop.contoso.com/'],
    })
  })

  test('an app that exists does not get the default URL, the default accounts or a default secret', async ({
    ok,
    readApp,
    readEnv,
  }) => {
    await ok(`${REGISTER_SHOP} --url https://a.example --github contoso/shop --accounts all`)
    const { IDENTITY_CLIENT_ID: appId } = readEnv()
    const before = await readApp(appId)
    const out = await ok('register --name Shop --role Admin --json')

    expect(before).toMatchObject({
      signInAudience: 'AzureADandPersonalMicrosoftAccount',
      api: { requestedAccessTokenVersion: 2 },
    })
    expect(JSON.parse(out)).toMatchObject({ changes: ['+ role Admin'] })
    expect(await readApp(appId)).toEqual({ ...before, appRoles: expect.any(Array) as unknown })
  })

  test('an app that exists keeps what somebody else added', async ({ provider, ok, readApp }) => {
    const { clientId } = provider.api
    const before = await readApp(clientId)
    await ok('register --api --scope Todos.Delete --app-id', clientId)

    const { api } = (await readApp(clientId)) as { api: { oauth2PermissionScopes: Json[] } }
    const { api: old } = before as { api: { oauth2PermissionScopes: Json[] } }
    expect(api.oauth2PermissionScopes.slice(0, -1)).toEqual(old.oauth2PermissionScopes)
    expect(api.oauth2PermissionScopes.at(-1)).toMatchObject({ value: 'Todos.Delete' })
  })

  test('--dry-run sends no write, and prints the changes', async ({ provider, ok, readEnv }) => {
    const count = provider.requests.length
    const out = await ok(
      `${REGISTER_SHOP} --url https://shop.contoso.com --github contoso/shop --secret --dry-run`,
    )

    expect(out).toContain('+ secret for 180 days')
    expect(out).toContain(
      '+ federated credential repo:contoso/shop:ref:refs/heads/main of https://token.actions.githubusercontent.com',
    )
    expect(out).toContain('run the command without --dry-run')
    expect(readEnv()).toEqual({})
    const sent = provider.requests.slice(count)
    expect(sent.length).toBeGreaterThan(0)
    expect(sent.filter(({ method }) => WRITES.includes(method))).toEqual([])
  })
})

describe('an API and an MCP server', () => {
  test('an API gets its URI, scopes, app permissions, clients and tokens of version 2', async ({
    ok,
    readApp,
    readEnv,
  }) => {
    await ok(
      `register --api --name Todos --app-permission Todos.Read.All --client ${VS_CODE} --env .env`,
      '--scope',
      'Todos.Read=Read your to-dos',
    )
    const { IDENTITY_CLIENT_ID: appId = '', ...others } = readEnv()
    const app = await readApp(appId)
    const { api } = app as { api: { oauth2PermissionScopes: Json[] } }

    expect(Object.keys(others)).toEqual(['IDENTITY_AUTHORITY'])
    expect(app).toMatchObject({
      identifierUris: [`api://${appId}`],
      appRoles: [{ value: 'Todos.Read.All', allowedMemberTypes: ['Application'] }],
      optionalClaims: { accessToken: [{ name: 'idtyp' }] },
      passwordCredentials: [],
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [
          { value: 'Todos.Read', userConsentDisplayName: 'Read your to-dos' },
        ],
        preAuthorizedApplications: [
          { appId: VS_CODE, delegatedPermissionIds: [api.oauth2PermissionScopes[0]?.['id']] },
        ],
      },
    })
  })

  test('an MCP server accepts Visual Studio Code without a consent page', async ({
    provider,
    ok,
    readEnv,
  }) => {
    const resource = 'https://tools.unverified.example/mcp'
    await ok('register --mcp --name Tools --env .env --url', resource)
    expect(readEnv()['IDENTITY_RESOURCE']).toBe(resource)
    const request = new URLSearchParams({
      client_id: VS_CODE,
      redirect_uri: 'http://127.0.0.1:33418/',
      response_type: 'code',
      scope: `${resource}/Tools.Use`,
      resource,
    })
    const authorize = new URL(`${provider.authority()}/oauth2/v2.0/authorize?${request}`)
    const { url } = await provider.signIn(authorize, { as: 'alex', consent: false })

    expect(url.searchParams.get('error')).toBeNull()
    expect(url.searchParams.get('code')).not.toBeNull()
  })

  test('an app that exists with version 1 gets version 2 before the https URI', async ({
    provider,
    ok,
    readEnv,
  }) => {
    await ok('register --name Tools --no-credential --env .env')
    const count = provider.requests.length
    const { IDENTITY_CLIENT_ID: appId = '' } = readEnv()
    await ok('register --mcp --url https://tools.unverified.example/mcp --app-id', appId)

    const patches = provider.requests.slice(count).filter(({ method }) => method === 'PATCH')
    expect(patches.map(({ status }) => status)).toEqual([204, 204, 204])
  })
})

describe('credentials', () => {
  test('a workload of another issuer authenticates the app', async ({ provider, ok, readEnv }) => {
    const assertion = await provider.workloadToken()
    const { iss, sub } = claimsOf(assertion) as { iss: string; sub: string }
    const args = [REGISTER_SHOP, '--issuer', iss, '--subject', sub]
    expect(await ok(...args)).toContain(`+ federated credential ${sub} of ${iss}`)
    expect(await ok(...args)).toContain('Everything is as it should be.')
    const { IDENTITY_CLIENT_ID: clientId = '', IDENTITY_CLIENT_SECRET: secret } = readEnv()
    const response = await fetch(`${provider.authority()}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        scope: 'https://graph.microsoft.com/.default',
      }),
    })

    expect(secret).toBeUndefined()
    expect(response.status).toBe(200)
  })

  test.for([
    [
      ['--github', 'contoso/shop:environment:production'],
      'repo:contoso/shop:environment:production',
    ],
    [
      ['--kubernetes', 'https://cluster.example/', '--service-account', 'web/shop'],
      'system:serviceaccount:web:shop',
    ],
    [['--managed-identity', 'da000000-0000-4000-8000-000000000051'], 'da000000-'],
  ] as const)('%j adds its subject', async ([args, subject], { ok, readEnv, getGraph }) => {
    await ok(REGISTER_SHOP, ...args)
    const path = `/applications(appId='${readEnv()['IDENTITY_CLIENT_ID']}')`
    const response = await getGraph(`${path}/federatedIdentityCredentials`)
    const { value } = (await response.json()) as { value: Json[] }

    expect(value).toHaveLength(1)
    expect(value[0]?.['subject']).toContain(subject)
    expect(value[0]?.['audiences']).toEqual(['api://AzureADTokenExchange'])
  })

  test('--managed-identity needs an object ID', async ({ cli }) => {
    const { code, error } = await cli('register --name Shop --managed-identity abc')

    expect([code, error]).toEqual([2, expect.stringContaining('Object (principal) ID')])
  })

  test('without --env, the secret is printed once, and --json does not print it', async ({
    provider,
    ok,
    cli,
    codeOf,
  }) => {
    const count = provider.config.apps.length
    const { code, error } = await cli('register --name Shop --json')
    expect([code, error]).toEqual([2, expect.stringContaining('--json does not print a secret')])
    expect(provider.config.apps).toHaveLength(count)

    const out = await ok('register --name Shop')
    const again = await ok('register --name Shop')
    expect(out).toContain('run "npx --no-install identity-web-cli secret"')
    expect(again).toMatch(/run "npx --no-install identity-web-cli rotate --app-id [\w-]{36}"/)
    const secret = /IDENTITY_CLIENT_SECRET=(\S+)/.exec(out)?.[1] ?? ''
    expect(out.split(secret)).toHaveLength(2)
    expect(out).toMatch(/ {2}IDENTITY_CLIENT_SECRET_EXPIRES=\d{4}-\d\d-\d\dT/)
    expect(await codeOf(/IDENTITY_CLIENT_ID=(\S+)/.exec(out)?.[1], secret)).toBe(0)
  })

  test('--env keeps a session secret, and only a web app gets one', async ({
    ok,
    write,
    readEnv,
  }) => {
    write('.env', 'IDENTITY_SESSION_SECRET=mine\n')
    const out = await ok(REGISTER_SHOP)
    await ok('register --daemon --name Nightly --env daemon.env')
    await ok('register --api --name Todos --env api.env')

    expect(readEnv()['IDENTITY_SESSION_SECRET']).toBe('mine')
    expect(out).not.toContain('session secret')
    expect(readEnv('daemon.env')).not.toHaveProperty('IDENTITY_SESSION_SECRET')
    expect(readEnv('api.env')).not.toHaveProperty('IDENTITY_SESSION_SECRET')
  })

  test('no output contains a secret or the token', async ({ token, ok, readEnv }) => {
    allOutputs.length = 0
    await ok(REGISTER_SHOP)
    const { IDENTITY_CLIENT_SECRET: first = '', IDENTITY_SESSION_SECRET: session = '' } = readEnv()
    await ok(`${REGISTER_SHOP} --json`)
    await ok(`${REGISTER_SHOP} --dry-run --role A`)
    await ok('rotate --env .env')
    const { IDENTITY_CLIENT_SECRET: second = '' } = readEnv()
    await ok('rotate --env .env --end-old --json')

    const text = allOutputs.join('\n')
    expect(text).toContain('Shop')
    for (const secret of [token, first, second, session]) {
      expect(secret.length).toBeGreaterThan(20)
      expect(text).not.toContain(secret)
    }
  })
})

describe('mistakes', () => {
  test.for([
    [[], 'Write --name <name>'],
    [['--name', 'x', '--api', '--mcp'], '--api and --mcp cannot be used together'],
    [['--name', 'x', '--scope', 'A'], '--scope does not belong to this kind of app. Add --api.'],
    [['--name', 'x', '--api', '--scope', 'A B'], 'is not a scope'],
    [['--name', 'x', '--url', 'http://shop.example'], 'is not a URL that Entra ID accepts'],
    [['--name', 'x', '--mcp'], 'An MCP server needs its URL'],
    [['--name', 'x', '--mcp', '--url', 'https://tools.contoso.com/'], 'must not end with a slash'],
    [
      ['--name', 'x', '--mcp', '--url', 'https://Tools.contoso.com/mcp'],
      'host must be in lower case',
    ],
    [['--name', 'x', '--accounts', 'everyone'], 'is not known'],
    [['--name', 'x', '--app-id', '1'], 'A client ID is a GUID'],
    [['--name', 'x', '--api', '--client', 'claude-code'], 'Create an app registration'],
    [
      ['--name', 'x', '--api', '--client', 'codex'],
      'Add the redirect URI http://127.0.0.1/callback/{server} to its platform "mobile and desktop"',
    ],
    [
      ['--name', 'x', '--mcp', '--url', 'https://api.us.elevenlabs.io/v1/mcp', '--client', 'Codex'],
      'Add the redirect URI http://127.0.0.1/callback/6MFBM1In3Ey- to its platform',
    ],
    [
      ['--name', 'x', '--api', '--client', 'cursor'],
      'http://localhost:8787/callback and https://www.cursor.com/agents/mcp/oauth/callback',
    ],
    [['--name', 'x', '--permission', 'User.Reed'], 'is not a scope of Microsoft Graph'],
    [['--name', 'x', '--github', 'shop'], 'is not a repository'],
    [['--name', 'x', '--kubernetes', 'https://c.example'], 'needs both options'],
    [['--name', 'x', '--secret', '--no-credential'], 'cannot be used together'],
    [['--name', 'x', '--secret-days', '9999'], 'whole number from 1 to 730'],
    [['--name', 'x', '--certificate', 'missing.pem'], 'cannot be read'],
    [['--name', 'x', '--env', 'missing/folder/.env'], 'cannot be written'],
  ] as const)('%j', async ([args, message], { provider, cli }) => {
    const count = provider.config.apps.length
    const { code, error, out } = await cli('register', ...args)

    expect([code, out]).toEqual([2, ''])
    expect(error).toContain(message)
    expect(provider.config.apps).toHaveLength(count)
  })

  test('two apps with the same name need --app-id', async ({ provider, token, cli }) => {
    for (let count = 0; count < 2; count++) {
      await fetch(`${provider.graph}/applications`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ displayName: "Bob's shop" }),
      })
    }
    const { code, error } = await cli('register', '--name', "Bob's shop")

    expect(code).toBe(2)
    expect(error).toContain('Choose one with --app-id.')
  })
})
