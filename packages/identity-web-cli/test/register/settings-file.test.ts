// A file of --env can belong to somebody, and can contain the only copy of a secret.
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test as base } from '../support/graph-fixtures.js'

const OTHER = 'da000000-0000-4000-8000-000000000051'
const SETTINGS = `IDENTITY_CLIENT_ID=${OTHER}\nIDENTITY_CLIENT_SECRET=the-only-copy-of-a-secret\n`

const test = base
  .extend('text', ({ folder }) => (name = '.env'): string => {
    return readFileSync(join(folder, name), 'utf8')
  })
  /** Runs a command that must not change anything at Graph. */
  .extend('rejected', ({ provider, cli }) => async (...args: readonly string[]) => {
    const count = provider.requests.length
    const { code, out, error } = await cli(...args)
    const sent = provider.requests.slice(count).filter(({ method }) => method !== 'GET')
    expect([code, out, sent]).toEqual([2, '', []])
    return error
  })

describe('a file of another application', () => {
  test.for([
    ['register', '--name', 'Shop'],
    ['register', '--name', 'Shop', '--dry-run'],
    ['register', '--api', '--name', 'Todos'],
    ['register', '--daemon', '--name', 'Nightly'],
    ['register', '--mcp', '--name', 'Tools', '--url', 'https://tools.contoso.com/mcp'],
  ] as const)('is not changed by %j', async (args, { rejected, write, text }) => {
    write('.env', SETTINGS)

    const error = await rejected(...args, '--env', '.env')

    expect(error).toContain(
      `.env contains the settings of another application (IDENTITY_CLIENT_ID=${OTHER})`,
    )
    expect(error).toContain('choose another file for --env')
    expect(error).toContain(`--app-id ${OTHER}`)
    expect(error).not.toContain('the-only-copy')
    expect(text()).toBe(SETTINGS)
  })

  test('is not changed for an app that exists, with its name or its client ID', async ({
    registerShop,
    ok,
    rejected,
    write,
    text,
  }) => {
    const { IDENTITY_CLIENT_ID: appId = '' } = await registerShop()
    write('.env', SETTINGS)

    for (const command of [
      'register --name Shop',
      `register --app-id ${appId}`,
      `rotate --app-id ${appId}`,
      `rotate --app-id ${appId} --dry-run`,
      `rotate --app-id ${appId} --end-old`,
      `rotate --app-id ${appId} --certificate app.pem`,
    ])
      expect(await rejected(command, '--env', '.env')).toContain(`the settings of the app ${appId}`)

    expect(text()).toBe(SETTINGS)
    // The client ID of the same app can have capital letters.
    write('.env', `IDENTITY_CLIENT_ID=${appId.toUpperCase()}\n`)
    await ok('register --name Shop --env .env')
  })
})

describe('a line that is replaced', () => {
  test('stays as a comment, and register names its variable', async ({ ok, write, text }) => {
    // A new application does not have an ID yet.
    write('.env', 'IDENTITY_CLIENT_ID=\nIDENTITY_CLIENT_SECRET=the-only-copy-of-a-secret\n')

    const out = await ok('register --name Shop --env .env')

    expect(out).toContain(
      'Replaced in .env: IDENTITY_CLIENT_SECRET. The old lines stay in the file as comments.',
    )
    expect(out).not.toContain('the-only-copy')
    expect(text()).toMatch(
      /\n# Replaced by identity-web-cli:\n# IDENTITY_CLIENT_SECRET=the-only-copy-of-a-secret\nIDENTITY_CLIENT_SECRET=/,
    )
  })

  test('stays as a comment after another URL, also with --json', async ({ ok, text }) => {
    const resource = 'http://localhost:3000/'
    const register = 'register --mcp --name Tools --env .env --json --url'
    await ok(register, `${resource}old`)
    const { notes } = JSON.parse(await ok(register, `${resource}new`)) as { notes: string[] }

    expect(notes).toContainEqual(expect.stringContaining('Replaced in .env: IDENTITY_RESOURCE.'))
    expect(text()).toContain(`# IDENTITY_RESOURCE=${resource}old\nIDENTITY_RESOURCE=${resource}new`)
    expect(await ok(register, `${resource}new`)).not.toContain('Replaced')
  })

  test('of rotate stays as a comment if it is not in another variable', async ({
    registerShop,
    ok,
    setInEnv,
    text,
  }) => {
    const { IDENTITY_CLIENT_SECRET: secret = '' } = await registerShop()
    setInEnv('IDENTITY_CLIENT_SECRET_ID', 'by-hand')

    const out = await ok('rotate --env .env')

    expect(out).toContain('Replaced in .env: IDENTITY_CLIENT_SECRET_ID.')
    expect(text()).toContain('# IDENTITY_CLIENT_SECRET_ID=by-hand\n')
    expect(text()).toContain(`\nIDENTITY_CLIENT_SECRET_BEFORE=${secret}\n`)
    expect(text().split(secret)).toHaveLength(2)
  })
})

test('rotate --end-old --key-id keeps another secret in the file, which still works', async ({
  provider,
  registerShop,
  ok,
  readEnv,
  setInEnv,
  codeOf,
}) => {
  await registerShop()
  await ok('rotate --env .env')
  const {
    IDENTITY_CLIENT_ID: appId,
    IDENTITY_CLIENT_SECRET_BEFORE: old = '',
    IDENTITY_CLIENT_SECRET_BEFORE_ID: oldId = '',
  } = readEnv()
  setInEnv('IDENTITY_CLIENT_SECRET_BEFORE', 'xyz-of-another-server')

  await ok('rotate --env .env --end-old --key-id', oldId)
  expect(readEnv()['IDENTITY_CLIENT_SECRET_BEFORE']).toBe('xyz-of-another-server')
  expect(await codeOf(appId, old)).not.toBe(0)
  expect(provider.requests.at(-1)?.status).toBe(401)
})

describe('a link that leaves the project', () => {
  test.for([
    ['register', '--name', 'Shop', '--env', '.env'],
    ['register', '--name', 'Shop', '--bicep', '.env'],
    ['register', '--name', 'Shop', '--az-script', 'config/app.sh'],
    ['rotate', '--env', 'config/app.env'],
    ['rotate', '--env', '.env', '--app-id', OTHER],
    ['rotate', '--app-id', OTHER, '--certificate', 'config/app.pem'],
    ['rotate', '--app-id', OTHER, '--certificate', 'app.pem', '--private-key', 'config/key.pem'],
    ['doctor'],
    ['doctor', '--env', 'config/app.env'],
    ['secret', '--env', '.env'],
  ] as const)('is not followed by %j', async (args, { folder, provider, run, token, write }) => {
    mkdirSync(join(folder, 'project'))
    mkdirSync(join(folder, 'outside'))
    const before = `IDENTITY_AUTHORITY=${provider.authority()}\n`
    write('outside/app.env', before)
    symlinkSync('../outside/app.env', join(folder, 'project', '.env'))
    symlinkSync('../outside', join(folder, 'project', 'config'))
    const options = ['register', 'rotate'].includes(args[0])
      ? ['--token-file', join(folder, 'token'), '--graph', provider.graph]
      : []
    const count = provider.requests.length

    const { code, out, error } = await run([...args, ...options], {}, join(folder, 'project'))

    expect(error).toMatch(/symbolic link to .*outside.*\. This target is outside of the project in/)
    expect([code, out]).toEqual([2, ''])
    expect(readFileSync(join(folder, 'outside', 'app.env'), 'utf8')).toBe(before)
    expect(provider.requests.slice(count)).toEqual([])
    expect(error).not.toContain(token)
  })
})
