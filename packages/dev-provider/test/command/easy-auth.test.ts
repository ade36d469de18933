import { readFile } from 'node:fs/promises'
import { describe, expect, providerOf, test } from '../support/run-command.js'

const ANY_PORT = ['--port', '0', '--provider-port', '0']
const TARGET = ['--target', 'http://localhost:3000/']

describe('identity-web-dev easy-auth', () => {
  test('starts the platform and its provider, and prints the settings', async ({ run }) => {
    const { out, result, error } = await run('easy-auth', ...TARGET, ...ANY_PORT)
    const output = out.join('\n')
    const [, platform = ''] = /App Service authentication at (\S+),/.exec(output) ?? []

    expect(error).toEqual([])
    expect(output).toContain('in front of http://localhost:3000')
    expect(output).toContain('WEBSITE_AUTH_ENABLED=True')
    expect(output).toContain(`WEBSITE_HOSTNAME=${new URL(platform).host}`)
    const login = await fetch(`${platform}/.auth/login/aad`, { redirect: 'manual' })
    expect(login.headers.get('location')).toContain(providerOf({ out, result, error }).origin)
  })

  test('writes the settings, and passes its options on', async ({ run, path }) => {
    const file = path('.env')
    const { out } = await run(
      'easy-auth',
      ...TARGET,
      ...ANY_PORT,
      '--scope',
      'User.Read Mail.Read',
      '--unauthenticated',
      'return401',
      '--no-token-store',
      '--write-env',
      file,
    )
    const [, platform = ''] = /authentication at (\S+),/.exec(out.join('\n')) ?? []

    expect(await readFile(file, 'utf8')).toContain('WEBSITE_AUTH_ENABLED=True')
    const login = await fetch(`${platform}/.auth/login/aad`, { redirect: 'manual' })
    const { searchParams } = new URL(login.headers.get('location') ?? '')
    expect(searchParams.get('scope')).toContain('User.Read Mail.Read')
    expect((await fetch(platform, { headers: { accept: 'text/html' } })).status).toBe(401)
    expect((await fetch(`${platform}/.auth/me`)).status).toBe(404)
  })

  test('stops with the provider', async ({ run }) => {
    const started = await run('easy-auth', ...TARGET, ...ANY_PORT)
    const [, platform = ''] = /authentication at (\S+),/.exec(started.out.join('\n')) ?? []

    await providerOf(started).close()

    await expect(fetch(platform)).rejects.toThrow()
  })

  test.for([
    [[], 'Set --target <url>'],
    [['--target', 'localhost:3000'], "--target is 'localhost:3000'"],
    [[...TARGET, '--unauthenticated', 'never'], 'RedirectToLoginPage, AllowAnonymous'],
    [[...TARGET, '--provider-port', 'x'], "--provider-port is 'x'"],
    [[...TARGET, '--targt', 'x'], '--targt is not an option'],
  ] as const)('explains wrong options: %j', async ([args, message], { run }) => {
    const { result, error } = await run('easy-auth', ...args)

    expect(result).toBe(1)
    expect(error.join('\n')).toContain(message)
  })

  test('has a help', async ({ run }) => {
    const { result, out } = await run('easy-auth', '--help')

    expect(result).toBe(0)
    expect(out.join('\n')).toContain('Usage: identity-web-dev easy-auth --target <url>')
    expect(
      out
        .join('\n')
        .split('\n')
        .every((line) => line.length <= 100),
    ).toBe(true)
  })
})
