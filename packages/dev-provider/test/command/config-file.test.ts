import { unwatchFile, watchFile } from 'node:fs'
import { readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { vi } from 'vitest'
import { defaultConfig, type DevProviderConfigFile } from '../../src/index.js'
import { watchConfig } from '../../src/command/watch-config.js'
import { authorizeUrl, claimsOf, getCode, getTokens, redeem, refresh } from '../support/flow.js'
import { describe, expect, providerOf, test as base } from '../support/run-command.js'

const DANA = {
  username: 'dana@contoso.onmicrosoft.com',
  name: 'Dana Lee',
  givenName: 'Dana',
  surname: 'Lee',
  oid: 'da000000-0000-4000-8000-000000000051',
  tenant: defaultConfig.tenants[0]!.id,
}

const test = base
  /** Writes the configuration file and returns its path. */
  .extend('write', ({ path }) => async (content: unknown) => {
    const file = path('identity-dev.json')
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  })
  /** Starts the command with the contents of a configuration file. */
  .extend('start', ({ run, write }) => async (content: unknown, ...args: string[]) => {
    const file = await write(content)
    return run('--port', '0', '--config', file, ...args)
  })

/** Waits until a condition is true, for a change that a poll of the file finds. */
const waitFor = (check: () => unknown): Promise<void> =>
  vi.waitFor(
    async () => {
      await check()
    },
    { timeout: 20_000, interval: 50 },
  )

describe('--config', () => {
  test('has all settings of the start', async ({ start }) => {
    const provider = providerOf(
      await start({
        $schema: './node_modules/identity-web-dev/config.schema.json',
        extends: 'default',
        users: [DANA],
        behaviour: { consent: 'skip', accessTokenSeconds: 60 },
        host: '127.0.0.1',
        allowHosts: ['idp.example'],
        origin: 'http://idp.example:5100',
      }),
    )

    expect(provider.user('dana').name).toBe('Dana Lee')
    expect(provider.user('alex').name).toBe('Alex Rivera')
    expect(provider.behaviour).toMatchObject({ consent: 'skip', accessTokenSeconds: 60 })
    expect(provider.origin).toBe('http://idp.example:5100')
    provider.behave({ consent: 'ask' })
    provider.reset()
    expect(provider.behaviour.consent).toBe('skip')
  })

  test('gives way to options of the command', async ({ start }) => {
    const settings = { port: 1, host: '192.0.2.1', origin: 'http://idp:1', allowHosts: ['idp'] }
    const args = ['--host', '127.0.0.1', '--origin', 'http://localhost:5199']
    const provider = providerOf(await start(settings, ...args))

    expect(provider.origin).toBe('http://localhost:5199')
  })

  test('a default user gets a role, and the first app another name', async ({ start }) => {
    const [app] = defaultConfig.apps
    const provider = providerOf(
      await start({
        extends: 'default',
        users: [{ username: 'ALEX@contoso.onmicrosoft.com', roles: ['Todos.Admin'] }],
        apps: [{ clientId: app!.clientId, name: 'Shop' }],
        tenants: [{ id: defaultConfig.tenants[0]!.id, name: 'Northwind' }],
        groups: [{ id: defaultConfig.groups![0]!.id, name: 'Boss' }],
      }),
    )

    expect(provider.user('alex')).toMatchObject({ name: 'Alex Rivera', roles: ['Todos.Admin'] })
    expect(provider.config.users).toHaveLength(defaultConfig.users.length)
    expect(provider.app).toEqual({ ...app, name: 'Shop' })
    expect(provider.config.tenants[0]).toMatchObject({
      name: 'Northwind',
      domains: expect.anything(),
    })
    expect(provider.config.groups?.[0]?.name).toBe('Boss')
  })

  test('lists all problems with their paths and remedies', async ({ start }) => {
    const { error } = await start({
      usres: [],
      port: 70_000,
      behaviour: { consnet: 'skip', consent: 'never', faults: { token: { kind: 'stauts' } } },
      users: [DANA, { ...DANA, username: 'b', oid: undefined, admin: 'yes', jobTitel: 'x' }],
      apps: [{ clientId: 'x', redirectUris: [1] }],
      groups: {},
    })

    expect(error.join().split('\n').slice(1)).toEqual([
      '- usres is not a setting. Did you mean users?',
      '- behaviour.consnet is not a setting. Did you mean consent?',
      "- behaviour.consent must be 'ask' or 'skip'",
      "- behaviour.faults.token.kind must be 'status', 'html', 'hang', 'slow', 'huge', 'error' or 'drop'",
      '- users[1].admin must be true or false, not a string',
      '- users[1].jobTitel is not a setting. Did you mean jobTitle?',
      '- users[1].oid is missing. Write a string: the object ID in the home tenant, a GUID',
      '- apps[0].redirectUris[0] must be a string, not a number',
      '- apps[0].name is missing. Write a string: the name that the pages show',
      '- apps[0].clientId must be a GUID, for example 44444444-5555-4666-8777-888888888888',
      '- groups must be a list, not an object',
      '- port must be an integer from 0 to 65535',
    ])
  })

  test.for([
    [
      { tenants: [{ ...defaultConfig.tenants[0], id: DANA.oid }] },
      'tenants replaces the default tenants, but the default users need them. To keep the default tenants',
    ],
    [{ extends: 'default', users: [{ username: 'x@contoso.example' }] }, 'users[0].oid is missing'],
    [
      { extends: 'default', users: [DANA, { ...DANA }] },
      'users[1].username must be unique, but users[0] also contains dana@',
    ],
    [
      { extends: 'default', apps: [{ clientId: defaultConfig.apps[1]!.clientId, idUri: 5 }] },
      'apps[0].idUri must be a string',
    ],
    [{ extends: 'all' }, "extends must be 'default'"],
    [{ users: [] }, 'users must not be empty'],
    [{ users: [null] }, 'users[0] must be an object, not null'],
    [
      { users: [{ ...DANA, roles: { app: 'x' } }] },
      'users[0].roles.app must be a list, not a string',
    ],
    [
      { users: [{ ...DANA, guestOf: [{ oid: 'x', tenant: 'y' }] }] },
      'users[0].guestOf[0].oid must be a GUID',
    ],
    [{ behaviour: { graphClaims: '[]' } }, 'behaviour.graphClaims is not valid'],
    [
      { behaviour: { faults: { token: { kind: 'status' } } } },
      'behaviour.faults.token.status is missing. Write a number: the HTTP status of the response',
    ],
    [{ graph: { '/v1.0/me': {} } }, 'must not contain the version'],
    ['[]', 'must contain a JSON object'],
    ['', 'Line 1, column 1: A value is missing here.'],
    [
      '{\n  "users": [],\n}',
      'Line 3, column 1: Write a name in double quotes here, or remove the comma before it.',
    ],
    ['{\n  "a": 1\n  "b": 2\n}', 'Line 3, column 3: A comma is missing here.'],
    ['{ // x\n}', 'Line 1, column 3: JSON does not allow comments.'],
    ["{ 'a': 1 }", 'Line 1, column 3: A name or a value without double quotes'],
    ['{ "a": "x\n" }', 'Line 1, column 8: The string has no closing double quote.'],
    ['{ "users": [', 'Line 1, column 13: A closing bracket ] is missing here.'],
  ] as const)('%j is wrong', async ([content, message], { start }) => {
    const { result, error } = await start(content)

    expect(result).toBe(1)
    expect(error.join()).toContain(message)
    expect(error.join()).toContain('identity-dev.json')
  })

  test('a file with a byte order mark works', async ({ start }) => {
    expect(providerOf(await start('\uFEFF{}')).config.users).toHaveLength(11)
  })

  test('a file cannot change the prototypes of objects', async ({ start }) => {
    const { error } = await start('{ "__proto__": { "port": 1 }, "extends": "default" }')

    expect(error.join()).toContain('__proto__ is not a setting')
  })
})

describe('a change of the file', () => {
  test('takes effect without a restart, and sessions, tokens and keys stay', async ({
    start,
    write,
  }) => {
    const started = await start({ extends: 'default', behaviour: { consent: 'skip' } })
    const provider = providerOf(started)
    const cookies = new Map<string, string>()
    const tokens = await getTokens(provider, {}, { as: 'alex', cookies })
    const { kid } = await firstKey(provider.oidcAuthority)

    await write({
      extends: 'default',
      users: [DANA, { username: 'alex@contoso.onmicrosoft.com', name: 'Alexandra Rivera' }],
      behaviour: { accessTokenSeconds: 120 },
    })

    await waitFor(async () =>
      expect(await (await fetch(provider.origin)).text()).toContain('Dana Lee'),
    )
    expect(started.out.at(-1)).toMatch(/^Reloaded .*identity-dev\.json$/)
    const { status, body } = await refresh(provider, tokens['refresh_token'])
    expect(status).toBe(200)
    expect(body['expires_in']).toBe(120)
    expect(claimsOf(body['id_token'])['name']).toBe('Alexandra Rivera')
    const silent = authorizeUrl(provider, { prompt: 'none', scope: 'openid' })
    expect(
      (await provider.signIn(silent, { as: 'alex', cookies })).url.searchParams.has('code'),
    ).toBe(true)
    expect((await firstKey(provider.oidcAuthority)).kid).toBe(kid)
    expect(provider.behaviour.consent).toBe('ask')
  })

  test('ends the sessions and tokens of a user and of an app that it removes', async ({
    start,
    write,
  }) => {
    const other = {
      ...defaultConfig.apps[0]!,
      clientId: '44444444-5555-4666-8777-888888888888',
      name: 'Other',
    }
    const behaviour = { consent: 'skip' as const }
    const provider = providerOf(
      await start({ extends: 'default', users: [DANA], apps: [other], behaviour }),
    )
    const cookies = new Map<string, string>()
    const ofUser = await getTokens(provider, {}, { as: 'dana', cookies })
    const credentials = { client_id: other.clientId, client_secret: other.clientSecret! }
    const ofApp = await getTokensOf(provider, credentials)

    await write({ extends: 'default', behaviour })
    await waitFor(() => expect(provider.config.apps).toHaveLength(3))

    expect((await refresh(provider, ofUser['refresh_token'])).status).toBe(400)
    expect((await refresh(provider, ofApp, credentials)).status).not.toBe(200)
    const silent = authorizeUrl(provider, { prompt: 'none', scope: 'openid' })
    const { url } = await provider.signIn(silent, { as: 'alex', cookies })
    expect(url.searchParams.get('error')).toBe('login_required')
  })

  test('that is not valid keeps the configuration and prints the problems, and the next one works', async ({
    start,
    write,
  }) => {
    const started = await start({ extends: 'default' })
    const provider = providerOf(started)

    await write({ users: [{ ...DANA, oid: 'x' }] })
    await waitFor(() => expect(started.error.join()).toContain('users[0].oid must be a GUID'))
    expect(started.error.join()).toContain('The provider keeps the earlier configuration.')
    expect(provider.config.users).toHaveLength(11)

    await write('{ "users": ')
    await waitFor(() => expect(started.error.join()).toContain('Line 1, column 12'))

    await write({ users: [DANA] })
    await waitFor(() => expect(provider.config.users.map(({ name }) => name)).toEqual(['Dana Lee']))
  })

  test('by an editor that renames a new file works each time', async ({ start, path }) => {
    const provider = providerOf(await start({ extends: 'default' }))

    for (const name of ['Dana A', 'Dana B']) {
      await writeFile(path('new.json'), JSON.stringify({ users: [{ ...DANA, name }] }))
      await rename(path('new.json'), path('identity-dev.json'))
      await waitFor(() => expect(provider.user('dana').name).toBe(name))
    }
  })

  test('that keeps its contents has no effect', async ({ start, write }) => {
    const started = await start({ extends: 'default' })

    const file = await write({ extends: 'default' })
    let isSeen = (): void => undefined
    const seen = new Promise<void>((resolve) => (isSeen = () => resolve()))
    watchFile(file, isSeen)
    await utimes(file, 1, 1)
    // The listener of the command comes first, and reads the file before this test does.
    await seen
    unwatchFile(file, isSeen)
    await readFile(file)
    await write({ users: [DANA] })
    await waitFor(() => expect(providerOf(started).config.users).toHaveLength(1))

    expect(started.out.filter((line) => line.startsWith('Reloaded'))).toHaveLength(1)
  })

  test('of a tenant changes its paths', async ({ start, write }) => {
    const provider = providerOf(await start({ extends: 'default' }))
    const id = 'd0000000-0000-4000-8000-000000000005'
    const metadata = `${provider.origin}/${id}/v2.0/.well-known/openid-configuration`
    expect((await fetch(metadata)).status).toBe(400)

    await write({
      extends: 'default',
      tenants: [{ id, name: 'Northwind', domains: ['n.example'] }],
    })

    await waitFor(async () => expect((await fetch(metadata)).status).toBe(200))
  })

  test('of the port needs a restart, and a line says so', async ({ start, write }) => {
    const started = await start({ extends: 'default' })

    await write({ extends: 'default', port: 5111, origin: 'http://localhost:5111' })

    await waitFor(() =>
      expect(started.out.at(-1)).toBe('Restart identity-web-dev to use the new port, origin.'),
    )
  })

  test('that the command reads while it stops has no effect', async ({ start, path }) => {
    const provider = providerOf(await start({ extends: 'default' }))
    const loaded = { json: '', config: {}, settings: {} }
    const [stopped, running]: [string[], string[]] = [[], []]
    const watch = (lines: string[]): (() => void) => {
      const write = (line: string): unknown => lines.push(line)
      const io = { out: write, error: write }
      return watchConfig(path('identity-dev.json'), { provider, loaded, io })
    }
    watch(stopped)()
    const stop = watch(running)
    await waitFor(() => expect(running.join()).toContain('Reloaded'))
    stop()

    expect(stopped).toEqual([])
  })

  test('after the provider is closed has no effect', async ({ start, write }) => {
    const started = await start({ extends: 'default' })
    // Both watch the same file, so the first one would notice the change at the same time.
    const other = providerOf(await start({ extends: 'default' }))
    await providerOf(started).close()
    const lines = [...started.out]

    await write({ users: [DANA] })
    await waitFor(() => expect(other.config.users).toHaveLength(1))

    expect(started.out).toEqual(lines)
    expect(providerOf(started).config.users).toHaveLength(11)
  })
})

describe('IDENTITY_DEV_CONFIG', () => {
  test.for([
    ['the provider', []],
    ['easy-auth', ['easy-auth', '--target', 'http://localhost:1', '--provider-port', '0']],
  ] as const)('contains the JSON of the file: %s', async ([, args], { run }) => {
    vi.stubEnv('IDENTITY_DEV_CONFIG', JSON.stringify({ extends: 'default', users: [DANA] }))
    const provider = providerOf(await run(...args, '--port', '0'))

    expect(provider.user('dana').name).toBe('Dana Lee')
  })

  test.for([
    ['{"users":[{}]}', /^The variable IDENTITY_DEV_CONFIG is not valid:\n- users\[0\]/],
    ['{', /^The variable IDENTITY_DEV_CONFIG is not valid JSON\. Line 1/],
    ['[]', /^The variable IDENTITY_DEV_CONFIG must contain a JSON object/],
  ] as const)('%s is an error that names the variable', async ([json, message], { run }) => {
    vi.stubEnv('IDENTITY_DEV_CONFIG', json)

    expect((await run('--port', '0')).error.join()).toMatch(message)
  })

  test('next to a file is an error', async ({ start }) => {
    vi.stubEnv('IDENTITY_DEV_CONFIG', '{}')

    expect((await start({})).error.join()).toBe(
      'Both --config and the variable IDENTITY_DEV_CONFIG contain a configuration. Remove one of them.',
    )
  })
})

describe('--write-config', () => {
  test('writes the defaults, which start again', async ({ run, path }) => {
    const file = path('new.json')
    const { result, out } = await run('--write-config', file)

    expect(result).toBe(0)
    expect(out.join()).toContain(`--config ${file}`)
    const { $schema, ...config } = JSON.parse(await readFile(file, 'utf8')) as DevProviderConfigFile
    expect($schema).toBe('./node_modules/identity-web-dev/config.schema.json')
    expect(config).toEqual(defaultConfig)
    const provider = providerOf(await run('--port', '0', '--config', file))
    expect(provider.config).toEqual(defaultConfig)
  })

  test('does not overwrite a file', async ({ run, write }) => {
    const file = await write('{"users":[]}')
    const { result, error } = await run('--write-config', file)

    expect(result).toBe(1)
    expect(error.join()).toMatch(/identity-dev\.json exists\. Remove it, or choose another file/)
    expect(await readFile(file, 'utf8')).toBe('{"users":[]}')
  })
})

async function firstKey(authority: string): Promise<{ kid: string }> {
  const { keys } = (await (await fetch(`${authority}/keys`)).json()) as { keys: { kid: string }[] }
  return keys[0]!
}

async function getTokensOf(
  provider: Parameters<typeof getTokens>[0],
  credentials: Record<string, string>,
): Promise<string | undefined> {
  const code = await getCode(provider, { client_id: credentials['client_id']! }, { as: 'alex' })
  const { status, body } = await redeem(provider, code, credentials)
  expect(status).toBe(200)
  return body['refresh_token']
}
