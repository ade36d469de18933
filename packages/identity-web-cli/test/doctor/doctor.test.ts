import { createClientCertificate, type DevProvider } from 'identity-web-dev'
import { browser } from 'identity-web-dev/testing'
import { connect, createServer, type AddressInfo } from 'node:net'
import { createClient } from 'redis'
import { onTestFinished } from 'vitest'
import { startRedisServer } from '../../../identity-web/test/support/redis-server.js'
import { CHECKS } from '../../src/commands/doctor/checks/index.js'
import { runCli } from '../../src/run-cli.js'
import { describe, expect, test as base } from '../support/fixtures.js'
import { startApp, unusedPort } from '../support/servers.js'

/** Vitest's `test` with a Redis. */
// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
const test = base.extend('redis', async ({}, { onCleanup }) => {
  const redis = await startRedisServer()
  onCleanup(() => redis.close())
  return redis
})

test('a complete setup has no errors and no warnings', async ({
  provider,
  variables,
  write,
  doctor,
  redis,
}) => {
  const url = await startApp({ variables })
  const claims = { aud: provider.app.clientId, login_hint: 'hint', roles: ['Admin'] }
  write('.env', `REDIS_URL=${redis.url}\n`)

  const token = write('id-token', await provider.sign(claims))
  const { code, findings } = await doctor({}, `--url ${url} --claims roles --id-token`, token)

  const results = Object.fromEntries(findings.map(({ check, result }) => [check, result]))
  expect(results).toEqual({
    settings: 'ok',
    'env-file': 'ok',
    proxy: 'ok',
    tls: 'skipped',
    discovery: 'ok',
    clock: 'ok',
    'redirect-uri': 'ok',
    credential: 'ok',
    'token-version': 'skipped',
    'mcp-metadata': 'skipped',
    registration: 'skipped',
    consent: 'ok',
    expiry: 'skipped',
    'session-secret': 'ok',
    store: 'ok',
    deployment: 'ok',
    headers: 'ok',
    claims: 'ok',
  })
  expect(code).toBe(0)
})

test('the report for people has a line for each finding, and its change below', async ({
  run,
  variables,
}) => {
  const { code, out } = await run(['doctor', '--only', 'settings,discovery'], {
    ...variables,
    IDENTITY_CLIENT_ID: '',
  })

  const [subject, , first, change, second] = out.split('\n')
  expect(subject).toBe('Checked the web app with the environment variables.')
  expect(first).toMatch(/^error {4}settings {3}clientId is not configured\.$/)
  expect(change).toMatch(/^ +Change: Set Auth\(\{ clientId \}\) or IDENTITY_CLIENT_ID/)
  expect(second).toMatch(/^ok {7}discovery {2}The issuer is http/)
  expect(out).toMatch(/\n\n1 error, 0 warnings, 1 ok, 0 skipped$/)
  expect(code).toBe(1)
})

test('without settings, every check says why it was skipped', async ({ run }) => {
  const { code, out } = await run(['doctor'])
  expect(out).toContain('authority is not configured')
  for (const { name } of CHECKS) expect(out).toMatch(new RegExp(`^\\w+ +${name} +\\S`, 'm'))
  expect(code).toBe(1)
})

describe('where the settings come from', () => {
  test('the file .env, and variables of the process take precedence', async ({
    run,
    write,
    variables,
  }) => {
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
    write('.env', lines.join('\n'))

    const fromFile = await run(['doctor', '--only', 'credential'])
    const changed = await run(['doctor', '--only', 'credential'], {
      IDENTITY_CLIENT_SECRET: 'wrong-client-secret',
    })

    expect(fromFile.out).toContain('Checked the web app with the variables of .env.')
    expect([fromFile.code, changed.code]).toEqual([0, 1])
  })

  test('the options that a file exports', async ({ doctor, write, provider }) => {
    const { cert, key } = createClientCertificate()
    const options = { clientCredential: { certificate: cert, privateKey: key } }
    write('auth.mjs', `export const options = ${JSON.stringify(options)}\n`)
    provider.configure({
      apps: provider.config.apps.map((app) => ({ ...app, certificates: [cert] })),
    })

    const { findings } = await doctor(
      { IDENTITY_CLIENT_SECRET: undefined },
      '--config auth.mjs --only credential,expiry',
    )

    expect(findings.map(({ result }) => result)).toEqual(['ok', 'ok'])
  })

  test('an object that a file exports', async ({ doctor, write, variables }) => {
    const entry = new URL('../../../identity-web/src/adapters/fetch/index.ts', import.meta.url)
      .pathname
    const code = (options: string): string => `import { Auth } from '${entry}'
export const auth = new Auth(
  { ...${options}, strictStart: false, logger: false },
  ${JSON.stringify(variables)},
)
`
    write('short.ts', code(`{ session: { secret: 'short' } }`))
    write('wrong.ts', code(`{ clientCredential: 'wrong-client-secret' }`))
    const only = ['--only', 'settings,session-secret,credential,store']

    const short = await doctor({}, '--config', 'short.ts', ...only)
    const wrong = await doctor({}, '--config', 'wrong.ts', ...only)

    const errors = ({ findings }: typeof short): string[] =>
      findings.filter(({ result }) => result === 'error').map(({ check, found }) => check + found)
    expect(errors(short)).toContainEqual(expect.stringMatching(/^session-secret.*shorter/))
    expect(errors(wrong)).toEqual([expect.stringMatching(/^credential.*AADSTS7000215/)])
    expect(wrong.findings.map(({ found }) => found)).toContainEqual(
      expect.stringContaining('exports an object'),
    )
  })

  test.for([
    ['missing.mjs', undefined, 'cannot be imported'],
    ['empty.mjs', 'export const other = 1\n', 'does not export the settings'],
  ] as const)(
    '%s is a mistake of the command line',
    async ([name, text, message], { run, write }) => {
      if (text !== undefined) write(name, text)
      const { code, error } = await run(['doctor', '--config', name])
      expect(error).toContain(message)
      expect(code).toBe(2)
    },
  )

  test.for([
    [['--env', 'missing.env'], '--env is missing.env, but this file does not exist'],
    [['--url', 'app.contoso.com'], "--url is 'app.contoso.com'. Set it to a whole URL"],
    [['--timeout', 'soon'], "--timeout is 'soon'. Set it to a number"],
    [['--only', 'dns'], "--only contains 'dns', which is not a check"],
    [['--sign-in'], '--sign-in needs a redirect URI with http://localhost'],
  ] as const)('%s is a mistake of the command line', async ([args, message], { run }) => {
    const { code, error } = await run(['doctor', ...args])
    expect(error).toContain(message)
    expect(code).toBe(2)
  })
})

test('--sign-in shows which claims the ID token contains', async ({ folder, variables }) => {
  const redirectUri = `http://localhost:${await unusedPort()}/redirect`
  const lines: string[] = []
  const statuses: number[] = []
  let page: Promise<string> | undefined

  const code = await runCli(['doctor', '--sign-in', '--claims', 'roles', '--only', 'claims'], {
    folder,
    env: { ...variables, IDENTITY_REDIRECT_URI: redirectUri },
    out(line) {
      lines.push(line)
      const [given] = /http:\S+\/login\S*/.exec(line) ?? []
      if (given === undefined) return
      const { origin, pathname, search } = new URL(given)
      const robin = browser(origin, { as: 'robin' })
      page = Promise.all(
        ['', '?key=', `${search}x`].map((wrong) =>
          fetch(`${origin}/login${wrong}`, { redirect: 'manual' }),
        ),
      ).then(async (strangers) => {
        statuses.push(...strangers.map(({ status }) => status))
        return (await robin.get(pathname + search)).text()
      })
    },
    error: (line) => lines.push(line),
  })

  expect(await page).toContain('You are signed in')
  expect(statuses).toEqual([403, 403, 403])
  expect(lines.join('\n')).toContain('The ID token contains the claims.')
  expect(lines.join('\n')).not.toContain('robin@')
  expect(code).toBe(0)
})

test('the object of an application is closed', async ({ doctor, write }) => {
  write(
    'auth.mjs',
    `export const auth = {
  problems: [], paths: { login: '/login' }, closed: 0,
  ready: async () => undefined,
  getTokenForClient: async () => ({ accessToken: 'x' }),
  close() { globalThis.doctorTestClosed = true },
}
`,
  )
  await doctor({}, '--config', 'auth.mjs', '--only', 'store')
  expect((globalThis as { doctorTestClosed?: boolean }).doctorTestClosed).toBe(true)
})

describe('the credential is accepted', () => {
  test.for([
    ['Entra ID', (provider) => provider.authority(), 'ok', 'issued a token'],
    ['External ID', (provider) => provider.externalIdAuthority, 'ok', 'issued a token'],
    ['AD FS', (provider) => provider.adfsAuthority, 'ok', 'accepts the credential'],
    ['Azure AD B2C', (provider) => provider.b2cAuthority(), 'skipped', 'Sign in once'],
    ['several tenants', ({ origin }) => `${origin}/common`, 'skipped', '--tenant'],
  ] as const satisfies readonly (readonly [
    string,
    (provider: DevProvider) => string,
    string,
    string,
  ])[])('at %s', async ([, authorityOf, result, found], { doctor, provider }) => {
    const { code, findings } = await doctor(
      { IDENTITY_AUTHORITY: authorityOf(provider) },
      '--only credential',
    )
    expect(findings).toEqual([
      expect.objectContaining({ result, found: expect.stringContaining(found) }),
    ])
    expect(code).toBe(0)
  })

  test('at one of several tenants', async ({ doctor, provider }) => {
    const { findings } = await doctor(
      { IDENTITY_AUTHORITY: `${provider.origin}/common` },
      '--only credential --tenant contoso.onmicrosoft.com',
    )
    expect(findings).toMatchObject([
      { result: 'ok', found: 'The provider issued a token to the app.' },
    ])
  })

  test('of an API, and its tokens have version 2', async ({ doctor, provider }) => {
    const { findings } = await doctor(
      {
        IDENTITY_CLIENT_ID: provider.api.clientId,
        IDENTITY_CLIENT_SECRET: secretOf(provider, provider.api.clientId),
        IDENTITY_REDIRECT_URI: undefined,
      },
      '--api --only settings,credential,token-version',
    )
    expect(findings.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok'])
  })
})

function secretOf({ config }: DevProvider, id: string): string | undefined {
  return config.apps.find(({ clientId }) => clientId === id)?.clientSecret
}

test.for([
  [['--api', '--url', 'http://localhost:1'], 'headers', 'An API does not have cookies.'],
  [['--api', '--url', 'http://localhost:1'], 'deployment', 'An API does not have a login route.'],
  [['--api'], 'session-secret', 'An API does not have sessions.'],
  [['--api'], 'redirect-uri', 'An API does not have a redirect URI.'],
] as const)('%s skips %s', async ([args, check, found], { doctor }) => {
  const { findings } = await doctor({}, ...args, '--only', check)
  expect(findings).toEqual([{ check, result: 'skipped', found }])
})

test('the checks of a provider run for each issuer of an API', async ({
  doctor,
  write,
  provider,
}) => {
  const { api, oidcAuthority } = provider
  const workforce = { authority: provider.authority(), clientId: api.clientId }
  const issuers = {
    workforce: { ...workforce, clientCredential: api.clientSecret },
    customers: { ...workforce, authority: provider.externalIdAuthority, clientCredential: 'wrong' },
    plain: { oidcAuthority, audience: 'https://todos.example' },
  }
  write('api.mjs', `export const options = ${JSON.stringify({ issuers })}\n`)
  const checks = ['--only', 'settings,discovery,credential']

  const { findings } = await doctor({}, '--config', 'api.mjs', ...checks)

  expect(findings.map(({ check, result, found }) => `${check} ${result} ${found}`)).toEqual([
    'settings ok All options and variables are set, and have the right form.',
    expect.stringMatching(/^discovery ok Issuer workforce: The issuer is http/),
    expect.stringMatching(/^discovery ok Issuer customers: The issuer is https:.*ciamlogin/),
    `discovery ok Issuer plain: The issuer is ${oidcAuthority}.`,
    expect.stringMatching(/^credential ok Issuer workforce: /),
    expect.stringMatching(/^credential error Issuer customers: .*AADSTS7000215/),
    expect.stringMatching(/^credential (skipped|warning|ok) Issuer plain: /),
  ])
})

test('a chosen client authentication does not hide the provider from the checks without a credential', async ({
  doctor,
}) => {
  const { findings } = await doctor(
    { IDENTITY_CLIENT_AUTHENTICATION: 'client_secret_post' },
    '--only discovery,clock,credential',
  )

  expect(findings.map(({ check, result }) => `${check} ${result}`)).toEqual([
    'discovery ok',
    'clock ok',
    'credential ok',
  ])
})

test('a platform that signs users in keeps the sessions', async ({ doctor, write }) => {
  const entry = new URL('../../../identity-web/src/easy-auth/easy-auth.ts', import.meta.url)
  write(
    'auth.ts',
    `import { easyAuth } from '${entry.pathname}'\nexport const options = { signIn: easyAuth() }\n`,
  )
  const { findings } = await doctor(
    { IDENTITY_SESSION_SECRET: undefined, IDENTITY_REDIRECT_URI: undefined },
    '--config auth.ts --only session-secret,redirect-uri',
  )
  expect(findings.map(({ found }) => found)).toEqual([
    'The settings do not contain a redirect URI.',
    'The platform keeps the sessions.',
  ])
})

test('a registered secret without an end has no finding about its end', async ({
  provider,
  doctor,
  write,
}) => {
  const api = 'https://graph.microsoft.com'
  const scopes = ['Application.Read.All']
  write('token', await provider.accessToken({ api, as: 'sam', scopes }))
  const { findings } = await doctor({}, '--only expiry --token-file token --graph', provider.graph)

  expect(findings).toContainEqual(
    expect.objectContaining({
      result: 'error',
      found: expect.stringMatching(/registered secret .* does not expire, so/),
    }),
  )
})

test('the date of a secret in the settings is shown, and without a date the report says how to set it', async ({
  doctor,
}) => {
  const dated = await doctor(
    { IDENTITY_CLIENT_SECRET_EXPIRES: '2099-01-31' },
    '--only expiry,settings',
  )
  const undated = await doctor({}, '--only', 'expiry')

  expect(dated.findings.map(({ result, found }) => [result, found])).toEqual([
    ['ok', 'All options and variables are set, and have the right form.'],
    [
      'ok',
      expect.stringMatching(/^The secret of IDENTITY_CLIENT_SECRET expires on 2099-01-31, in/),
    ],
  ])
  expect(undated.findings).toEqual([
    expect.objectContaining({
      result: 'skipped',
      found: expect.stringContaining('Set IDENTITY_CLIENT_SECRET_EXPIRES') as unknown,
    }),
  ])
})

test('the connection to a Redis that rejects the password is closed, so the command ends', async ({
  doctor,
  redis,
}) => {
  await redis.command('ACL SETUSER app on >right-password ~* +@all')
  const url = redis.url.replace('redis://', 'redis://app:wrong-password@')
  const { findings } = await doctor({}, '--only', 'store', '--store', url)
  const clients = await redis.command('CLIENT LIST')

  expect(findings).toEqual([
    expect.objectContaining({ found: expect.stringContaining('WRONGPASS') }),
  ])
  expect(clients.match(/^id=/gm)).toHaveLength(1)
})

test('a slow Redis is not a Redis that loses values', async ({ doctor, redis }) => {
  const slow = createServer((client) => {
    const server = connect(Number(new URL(redis.url).port))
    client.pipe(server).on('error', () => undefined)
    server.on('data', (chunk) => setTimeout(() => client.write(chunk), 400))
    server.on('end', () => client.end())
  })
  await new Promise<void>((done) => slow.listen(0, done))
  const { port } = slow.address() as AddressInfo

  const { findings } = await doctor({}, '--store', `redis://localhost:${port}`, '--only', 'store')

  slow.close()
  expect(findings).toMatchObject([{ result: 'ok', found: expect.stringContaining('keeps values') }])
})

test('the Redis of shared tokens keeps values and has locks', async ({ doctor, redis, write }) => {
  const client = await createClient({ url: redis.url }).connect()
  onTestFinished(() => client.destroy())
  Object.assign(globalThis, { doctorTestRedis: client })
  write(
    'config.mjs',
    `import { redisStore } from 'identity-web/redis'
     import { sharedTokens } from 'identity-web/token-cache'
     export const options = { tokenCache: sharedTokens({ store: redisStore(globalThis.doctorTestRedis) }) }`,
  )
  const { code, findings } = await doctor({}, '--config config.mjs --api --only settings,store')

  expect(findings).toEqual([
    expect.objectContaining({ check: 'settings', result: 'ok' }),
    {
      check: 'store',
      result: 'ok',
      found:
        'The store of sharedTokens() keeps values, deletes them when they expire, and has locks.',
    },
  ])
  expect(code).toBe(0)
  expect(await client.keys('*')).toEqual([])
})
