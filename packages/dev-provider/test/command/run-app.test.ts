import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { describe, expect, test } from '../support/run-command.js'

/** Prints its variables as JSON, and runs until a signal. */
const APP = `
const names = Object.keys(process.env).filter((name) => /^(IDENTITY_|PORT$|NODE_ENV$)/.test(name))
console.log(JSON.stringify(Object.fromEntries(names.map((name) => [name, process.env[name]]))))
process.once('SIGTERM', () => { console.log('the app has ended'); process.exit(0) })
setInterval(() => {}, 1000)
`

/** The variables that the app has printed. */
function variablesIn(output: string): Record<string, string> {
  return JSON.parse(/^\{.*\}$/m.exec(output)?.[0] ?? '{}') as Record<string, string>
}

describe('a command after --', () => {
  test('gets the settings of the provider, and ends with it', async ({ spawnCommand, path }) => {
    await writeFile(path('app.mjs'), APP)

    const started = spawnCommand('--port', '0', '--env-for', 'external-id', '--', 'node', 'app.mjs')
    await started.printed('}\n')
    const variables = variablesIn(started.output())
    const { IDENTITY_AUTHORITY: authority = '', PORT: port = '' } = variables

    // What to do comes first, with an account of the kind of provider that the app has.
    expect(started.output()).toMatch(
      new RegExp(`^Open http://localhost:${port} and sign in as Nora Lind\\.`),
    )
    expect(variables).toMatchObject({
      IDENTITY_REDIRECT_URI: `http://localhost:${port}/redirect`,
      IDENTITY_SESSION_SECRET: expect.stringMatching(/^[\w+/]{43}=$/) as string,
    })
    expect(started.output()).toContain(`Development provider at ${new URL(authority).origin} (`)
    const metadata = `${authority}/v2.0/.well-known/openid-configuration`
    expect((await fetch(metadata)).status).toBe(200)
    started.child.kill('SIGTERM')
    expect(await started.exitCode).toBe(0)
    expect(started.output()).toContain('the app has ended')
  })

  test('listens at the port of --redirect-uri', async ({ spawnCommand, path }) => {
    await writeFile(path('app.mjs'), APP)
    const uri = 'http://localhost:8123/auth/callback'

    const started = spawnCommand('--port', '0', '--redirect-uri', uri, '--', 'node', 'app.mjs')
    await started.printed('}\n')

    expect(variablesIn(started.output())).toMatchObject({
      PORT: '8123',
      IDENTITY_REDIRECT_URI: uri,
    })
  })

  test('has the path of --redirect-uri on its own port', async ({ spawnCommand, path }) => {
    await writeFile(path('app.mjs'), APP)

    const options = ['--port', '0', '--redirect-uri', '/auth/redirect']
    const started = spawnCommand(...options, '--', 'node', 'app.mjs')
    await started.printed('}\n')
    const variables = variablesIn(started.output())

    expect(variables['IDENTITY_REDIRECT_URI']).toBe(
      `http://localhost:${variables['PORT']}/auth/redirect`,
    )
  })

  test('gets the other variables of the file of --env', async ({ spawnCommand, path }) => {
    await writeFile(path('app.mjs'), APP)
    const lines = [
      'IDENTITY_APP_NAME="Contoso Shop"',
      'IDENTITY_OIDC_AUTHORITY=https://accounts.example.com',
      'IDENTITY_CLIENT_ID=of another registration',
      'IDENTITY_REDIRECT_URI=https://shop.example.com/redirect',
    ]
    await writeFile(path('.env'), lines.join('\n'))

    const started = spawnCommand('--port', '0', '--env', '.env', '--', 'node', 'app.mjs')
    await started.printed('}\n')
    const variables = variablesIn(started.output())

    expect(variables['IDENTITY_APP_NAME']).toBe('Contoso Shop')
    expect(variables).not.toHaveProperty('IDENTITY_OIDC_AUTHORITY')
    expect(variables['IDENTITY_CLIENT_ID']).toBe('11111111-2222-4333-8444-555555555555')
    expect(variables['IDENTITY_REDIRECT_URI']).toBe(
      `http://localhost:${variables['PORT']}/redirect`,
    )
  })

  test.for([undefined, 'staging'])(
    'gets the NODE_ENV of the terminal (%s), because a command such as next start chooses its own',
    async (nodeEnv, { spawnCommand, path }) => {
      await writeFile(path('app.mjs'), APP)
      await writeFile(path('.env'), 'NODE_ENV=production')

      const started = spawnCommand.with({ NODE_ENV: nodeEnv })(
        ...'--port 0 --env .env -- node app.mjs'.split(' '),
      )
      await started.printed('}\n')

      expect(variablesIn(started.output())['NODE_ENV']).toBe(nodeEnv)
    },
  )

  test('starts without the file of --env', async ({ spawnCommand }) => {
    const started = spawnCommand('--port', '0', '--env', '.env', '--', 'node', '-e', '0')

    expect(await started.exitCode).toBe(0)
    expect(started.output()).toContain('node has ended, so the development provider stops.')
  })

  test('does not get the variables of a file outside of the project', async ({
    spawnCommand,
    path,
  }) => {
    await mkdir(path('project/.git'), { recursive: true })
    await writeFile(path('outside.env'), 'COLOR=red\n')
    await symlink('../outside.env', path('project/.env'))
    const app = ['node', '-e', 'console.log(process.env.COLOR)']

    const started = spawnCommand('--port', '0', '--env', 'project/.env', '--', ...app)

    expect(await started.exitCode).toBe(1)
    expect(started.output()).toContain('This target is outside of the project in')
    expect(started.output()).not.toContain('red')
  })

  test('decides the exit code', async ({ spawnCommand }) => {
    const failed = spawnCommand('--port', '0', '--', 'node', '-e', 'process.exit(3)')
    const missing = spawnCommand('--port', '0', '--', 'no-such-program')

    expect(await failed.exitCode).toBe(3)
    expect(await missing.exitCode).toBe(1)
    expect(missing.output()).toContain(
      'Could not start no-such-program: the program is not installed. Check the command after --.',
    )
  })

  test.for([
    [['--port', '0', '--'], 'Write the command of your app after --'],
    [['--port', '0', '--env', '.env'], '--env is for the command of your app'],
    [['--port', '0', '--write-env', '--', 'node', 'app.mjs'], 'Remove --write-env'],
  ] as const)('%j is rejected', async ([args, message], { run }) => {
    const { result, error } = await run(...args)

    expect(result).toBe(1)
    expect(error.join()).toContain(message)
  })
})
