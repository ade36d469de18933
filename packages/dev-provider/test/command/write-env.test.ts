import { execFile } from 'node:child_process'
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describe, expect, providerOf, test as base } from '../support/run-command.js'

const test = base
  /** Starts the command with `--write-env`, and returns the file and the variables that Node.js reads from it. */
  .extend('writeEnv', ({ run, path }) => async (...args: string[]) => {
    const file = path('.env')
    const started = await run('--port', '0', '--write-env', file, ...args)
    return { ...started, provider: providerOf(started), env: await readEnv(file) }
  })

/** Returns the variables that `node --env-file` sets. */
async function readEnv(file: string): Promise<Record<string, string>> {
  const program = 'console.log(JSON.stringify(process.env))'
  const args = [`--env-file=${file}`, '-e', program]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: {} })
  return JSON.parse(stdout) as Record<string, string>
}

describe('--write-env', () => {
  test('writes the settings of an app for node --env-file, only for this user', async ({
    writeEnv,
    path,
  }) => {
    const { env, provider, out } = await writeEnv()

    expect(env).toMatchObject({
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: provider.app.clientId,
      IDENTITY_CLIENT_SECRET: provider.app.clientSecret,
      IDENTITY_REDIRECT_URI: 'http://localhost:3000/redirect',
    })
    expect(Buffer.from(env['IDENTITY_SESSION_SECRET'] ?? '', 'base64')).toHaveLength(32)
    expect((await stat(path('.env'))).mode & 0o777).toBe(0o600)
    expect(out.join()).toContain(`node --env-file=${path('.env')}`)
    expect(out.join()).not.toContain(env['IDENTITY_SESSION_SECRET'])
  })

  test.for([
    ['entra', (provider) => ({ IDENTITY_AUTHORITY: provider.authority() })],
    ['external-id', (provider) => ({ IDENTITY_AUTHORITY: provider.externalIdAuthority })],
    ['adfs', (provider) => ({ IDENTITY_AUTHORITY: provider.adfsAuthority })],
    ['oidc', (provider) => ({ IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority })],
    [
      'b2c',
      (provider) => ({
        IDENTITY_B2C_TENANT_NAME: 'fabrikamb2c',
        IDENTITY_B2C_CUSTOM_DOMAIN: provider.origin,
        IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: 'B2C_1_susi',
      }),
    ],
  ] as const satisfies readonly [string, (provider: ReturnType<typeof providerOf>) => object][])(
    'writes the issuer of %s',
    async ([kind, expected], { writeEnv }) => {
      const redirectUri = 'http://localhost:4000/auth/redirect'
      const { env, provider } = await writeEnv('--env-for', kind, '--redirect-uri', redirectUri)

      expect(env).toMatchObject({ ...expected(provider), IDENTITY_REDIRECT_URI: redirectUri })
    },
  )

  test('keeps the lines of the user, and the session secret that it wrote before', async ({
    writeEnv,
    path,
  }) => {
    await writeFile(path('.env'), '# my app\nPORT=3000\nNOTE="a\nb"\n', { mode: 0o644 })
    const first = await writeEnv()
    await writeFile(path('.env'), `${await readFile(path('.env'), 'utf8')}LAST=1\n`)
    const second = await writeEnv('--env-for', 'oidc')

    expect(second.env).toMatchObject({ PORT: '3000', NOTE: 'a\nb', LAST: '1' })
    expect(second.env['IDENTITY_SESSION_SECRET']).toBe(first.env['IDENTITY_SESSION_SECRET'])
    expect(second.env['IDENTITY_OIDC_AUTHORITY']).toBe(second.provider.oidcAuthority)
    expect(second.env).not.toHaveProperty('IDENTITY_AUTHORITY')
    const text = await readFile(path('.env'), 'utf8')
    expect(text).toMatch(/^# my app\nPORT=3000\n/)
    expect(text.match(/IDENTITY_CLIENT_ID/g)).toHaveLength(1)
    expect((await stat(path('.env'))).mode & 0o777).toBe(0o600)
  })

  test.for([
    'IDENTITY_CLIENT_SECRET=real-secret',
    'export IDENTITY_SESSION_SECRET=real-secret',
    'IDENTITY_OIDC_AUTHORITY=https://login.example',
    '  IDENTITY_B2C_TENANT_NAME = real-secret',
  ])('does not overwrite %s, and the provider does not start', async (line, { run, path }) => {
    const content = `A=1\n${line}\n`
    await writeFile(path('.env'), content)
    const { result, error } = await run('--port', '0', '--write-env', path('.env'))

    expect(result).toBe(1)
    expect(error.join()).toMatch(
      /\.env already sets IDENTITY_\w+\. Remove these lines, or choose another file/,
    )
    expect(error.join()).not.toContain('real-secret')
    expect(await readFile(path('.env'), 'utf8')).toBe(content)
  })

  test('sets a variable that is empty in an example above', async ({ writeEnv, path }) => {
    await writeFile(path('.env'), 'IDENTITY_AUTHORITY=\nPORT=3000\n')

    const { env, provider } = await writeEnv()

    expect(env).toMatchObject({ IDENTITY_AUTHORITY: provider.authority(), PORT: '3000' })
  })

  test('does not let an empty variable below win', async ({ writeEnv, run, path }) => {
    await writeEnv()
    await writeFile(path('.env'), `${await readFile(path('.env'), 'utf8')}IDENTITY_CLIENT_ID=\n`)

    const { result, error } = await run('--port', '0', '--write-env', path('.env'))

    expect(result).toBe(1)
    expect(error.join()).toContain('already sets IDENTITY_CLIENT_ID.')
  })

  test('names the variables that it replaces', async ({ writeEnv }) => {
    const first = await writeEnv()
    const again = await writeEnv('--redirect-uri', 'http://localhost:4000/redirect')
    const other = await writeEnv(
      '--redirect-uri',
      'http://localhost:4000/redirect',
      '--env-for',
      'oidc',
    )

    expect(first.out.join('\n')).not.toContain('Replaced')
    // The port of the provider is another one, too.
    expect(again.out[0]).toMatch(
      /Replaced in .*\.env: IDENTITY_AUTHORITY, IDENTITY_REDIRECT_URI\.$/,
    )
    expect(other.out[0]).toMatch(/Replaced in .*\.env: IDENTITY_AUTHORITY\.$/)
  })

  test.for(['--write-env', 'easy-auth --target http://localhost:3000 --port 0'])(
    'does not replace the settings of a real app in its own lines: %s',
    async (command, { run, writeEnv, path }) => {
      await writeEnv()
      const own = await readFile(path('.env'), 'utf8')
      const real = own
        .replace(/^IDENTITY_CLIENT_ID=.*$/m, 'IDENTITY_CLIENT_ID=real-app')
        .replace(/^IDENTITY_CLIENT_SECRET=.*$/m, 'IDENTITY_CLIENT_SECRET=real-secret')
      await writeFile(path('.env'), real)
      const args = command.split(' ')
      const options = args.length === 1 ? ['--port', '0'] : [...args, '--provider-port', '0']
      const { result, error } = await run(...options, '--write-env', path('.env'))

      expect([result, await readFile(path('.env'), 'utf8')]).toEqual([1, real])
      expect(error.join()).toContain('the settings of another app, with the client ID real-app')
      expect(error.join()).not.toContain('real-secret')
    },
  )

  test.for([
    ['.env', '../outside.env', 'project/.env'],
    ['config', '..', 'project/config/new.env'],
  ] as const)(
    'does not follow a link that leaves the project: %s to %s',
    async ([link, target, file], { run, path }) => {
      await mkdir(path('project'))
      await writeFile(path('project/package.json'), '{}')
      await writeFile(path('outside.env'), 'A=1\n')
      await symlink(target, path(`project/${link}`))
      const { result, error } = await run('--port', '0', '--write-env', path(file))

      expect(result).toBe(1)
      expect(error.join()).toMatch(/symbolic link to .*\. This target is outside of the project in/)
      expect(await readFile(path('outside.env'), 'utf8')).toBe('A=1\n')
      await expect(stat(path('new.env'))).rejects.toThrow('ENOENT')
    },
  )

  test('follows a link inside the project', async ({ run, path }) => {
    await mkdir(path('web'))
    await mkdir(path('.git'))
    await symlink('../.env', path('web/.env'))
    await run('--port', '0', '--write-env', path('web/.env'))

    expect(await readEnv(path('.env'))).toHaveProperty('IDENTITY_AUTHORITY')
  })

  test('rejects a device or a pipe, and does not change its permissions', async ({ run, path }) => {
    // With `/dev/null` instead, other programs of this machine could not use it anymore.
    await promisify(execFile)('mkfifo', ['-m', '644', path('pipe')])
    const { result, error } = await run('--port', '0', '--write-env', path('pipe'))

    expect(result).toBe(1)
    expect(error.join()).toMatch(/pipe is not a regular file\. Choose another path/)
    expect((await stat(path('pipe'))).mode & 0o777).toBe(0o644)
  })

  test('names a folder', async ({ run, path }) => {
    const { error } = await run('--port', '0', '--write-env', path('.'))

    expect(error.join()).toMatch(/is a folder\. Use the path of a file/)
  })

  test('uses .env without a value', async ({ spawnCommand, path }) => {
    const command = spawnCommand('--write-env', '--port', '0')
    await command.printed('Press Ctrl+C')

    expect(await readEnv(path('.env'))).toHaveProperty('IDENTITY_AUTHORITY')
  })

  test('an app with a list of redirect URIs needs one of them', async ({ run, path }) => {
    const config = path('dev.json')
    await writeFile(
      config,
      '{"extends":"default","apps":[{"clientId":"11111111-2222-4333-8444-555555555555","redirectUris":["http://localhost:8000/cb"]}]}',
    )
    const args = ['--port', '0', '--config', config, '--write-env', path('.env')]
    const wrong = await run(...args)

    expect(wrong.error.join()).toContain(
      'Set --redirect-uri to one of these: http://localhost:8000/cb',
    )
    expect((await run(...args, '--redirect-uri', 'http://localhost:8000/cb')).error).toEqual([])
  })
})
