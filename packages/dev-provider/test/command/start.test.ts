import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, providerOf, test, vi } from '../support/run-command.js'

describe('the start', () => {
  test('prints settings for the app, where it listens and who can sign in', async ({ run }) => {
    const started = await run('--port', '0')
    const provider = providerOf(started)
    const output = started.out.join('\n')

    expect(started.out).toHaveLength(1)
    expect(output).toContain(`IDENTITY_AUTHORITY=${provider.authority()}\n`)
    expect(output).toContain(`IDENTITY_CLIENT_ID=${provider.app.clientId}\n`)
    expect(output).toContain('IDENTITY_REDIRECT_URI=http://localhost:3000/redirect\n')
    expect(output).toMatch(/IDENTITY_SESSION_SECRET=[\w+/]{43}=\n/)
    expect(output).toContain('alex@contoso.onmicrosoft.com')
    expect(output).toContain(`Microsoft Graph: ${provider.graph}\n`)
    const page = await (await fetch(provider.origin)).text()
    for (const authority of [
      provider.externalIdAuthority,
      provider.b2cAuthority(),
      provider.adfsAuthority,
    ]) {
      expect(output).toContain(authority)
      expect(page).toContain(authority)
    }
  })

  test('prints one line per request with --verbose, but not for those of a test', async ({
    run,
  }) => {
    const started = await run('--port', '0', '--verbose')
    for (const path of ['/health', '/dev/api/requests', '/error?code=1'])
      await fetch(providerOf(started).origin + path)

    expect(started.out.slice(1)).toEqual(['GET /error 200'])
  })

  test('prints its version', async ({ run }) => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } })

    for (const option of ['--version', '-v']) {
      expect(await run(option)).toMatchObject({ result: 0, out: [manifest.version] })
    }
  })

  test.for(['--help', '-h', 'help'])('prints the help after %s', async (argument, { run }) => {
    const { result, out } = await run(argument)

    expect(result).toBe(0)
    for (const option of ['--config', '--write-env', '--https', '--allow-host', '--port'])
      expect(out.join()).toContain(option)
  })

  test('warns when other machines reach the provider', async ({ run }) => {
    const args = ['--port', '0', '--host', '0.0.0.0', '--allow-host', 'idp.localhost']
    const { error } = await run(...args)

    expect(error.join()).toMatch(/^Warning: other machines can reach this provider/)
    expect((await run('--port', '0')).error).toEqual([])
  })
})

describe('a wrong command line', () => {
  test.for([
    [['--conifg', 'x'], '--conifg is not an option. Did you mean --config?'],
    [['--nonsense'], '--nonsense is not an option. Use one of these: --port, --host'],
    [['start'], "'start' is not a command. To start the provider, remove this word."],
    [['--write-config', '/nowhere/x.json'], 'The folder /nowhere does not exist. Create it'],
    [['tokn'], "'tokn' is not a command. Did you mean token?"],
    [['--port', '99999'], "--port is '99999'. Set it to a number from 0 to 65535."],
    [['--port'], '--port needs a value.'],
    [['--port', '--https'], '--port needs a value.'],
    [['--https=yes'], '--https does not have a value.'],
    [['--cert', 'x.pem'], '--cert and --key belong together.'],
    [
      ['--ca-file', 'a', '--cert', 'b', '--key', 'c'],
      '--ca-file is for a certificate that --https',
    ],
    [['--env-for', 'b3c'], "--env-for is 'b3c'. Did you mean b2c?"],
    [['--redirect-uri', 'redirect'], "--redirect-uri is 'redirect'. Set it to the whole URL"],
    [['--port', '0', '--redirect-uri', 'https://a.example/'], 'does not allow the redirect URI'],
    [['--config', '/tmp/nowhere.json'], 'The file /tmp/nowhere.json does not exist.'],
    [['--config', '/nowhere/x.json'], 'The folder /nowhere does not exist.'],
    [['--config', '/tmp'], '/tmp is a folder. Use the path of a file.'],
    [['--host', '0.0.0.0'], '--allow-host idp.localhost'],
    [['--host', 'nowhere.invalid', '--allow-host', 'a'], '--host is '],
    [
      ['--host', '192.0.2.1', '--allow-host', 'a'],
      "--host is '192.0.2.1', which does not belong to this machine",
    ],
    [['--allow-host', 'http://idp'], 'allowHosts[0] must be a host name'],
    [
      ['--origin', 'http://idp/path'],
      "origin is 'http://idp/path'. Set it to a URL without a path",
    ],
    [['--https', '--origin', 'http://idp'], 'Set origin to the same URL with https://'],
  ] as const)('%j', async ([args, message], { run }) => {
    const { result, out, error } = await run(...args)

    expect(result).toBe(1)
    expect(out).toEqual([])
    expect(error.join()).toContain(message)
  })

  test('NODE_ENV=production', async ({ run }) => {
    vi.stubEnv('NODE_ENV', 'production')

    expect((await run('--port', '0')).error.join()).toContain('--allow-production')
  })

  test('a port that is in use, with a free port that works', async ({ run }) => {
    const { port } = new URL(providerOf(await run('--port', '0')).origin)
    const { error } = await run('--port', port)
    const suggested = /Port (\d+) is free/.exec(error.join())?.[1]

    expect(error.join()).toContain(
      `A development provider already runs at http://localhost:${port}. Use it, or stop it first.`,
    )
    expect(Number(suggested)).toBeGreaterThan(Number(port))
    expect(providerOf(await run('--port', suggested ?? '')).origin).toContain(`:${suggested}`)
  })

  test('a port of a provider that uses https', async ({ run, path }) => {
    const started = await run('--port', '0', '--ca-file', path('ca.pem'))
    const { port, origin } = new URL(providerOf(started).origin)
    const { error } = await run('--port', port)

    expect(error.join()).toContain(`A development provider already runs at ${origin}.`)
    expect(started.out).toHaveLength(1)
  })

  test.for([
    ['responds to http', () => createHttpServer((_, response) => response.end('other'))],
    ['does not respond', () => createServer()],
  ] as const)('a port of a program that %s', async ([, create], { run }) => {
    const other = create().listen(0, 'localhost')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const { error } = await run('--port', String(port))
    other.close()

    expect(error.join()).toContain(`Another program uses port ${port}.`)
  })

  test('a port that is in use does not lead to the port of another program', async ({ run }) => {
    const { port } = new URL(providerOf(await run('--port', '0')).origin)
    const next = createServer().listen(Number(port) + 1, 'localhost')
    await new Promise((resolve) => next.once('listening', resolve).once('error', resolve))
    const { error } = await run('--port', port)
    const taken = (next.address() as AddressInfo | null)?.port ?? Number(port) + 1
    next.close()

    expect(error.join()).not.toContain(`Port ${taken} is free`)
  })
})

describe('a process', () => {
  test.for(['SIGINT', 'SIGTERM'] as const)(
    'ends with exit code 0 after %s',
    async (signal, { spawnCommand, path }) => {
      const { writeFile } = await import('node:fs/promises')
      await writeFile(path('dev.json'), '{ "extends": "default" }')
      const command = spawnCommand('--port', '0', '--config', 'dev.json')
      await command.printed('Press Ctrl+C')
      const origin = /provider at (\S+)/.exec(command.output())?.[1] ?? ''
      // A socket that stays open does not keep the process alive.
      const page = await fetch(origin)

      command.child.kill(signal)

      expect(await command.exitCode).toBe(0)
      expect(page.status).toBe(200)
      await expect(fetch(origin)).rejects.toThrow('fetch failed')
    },
  )

  test('ends with exit code 1 after an error', async ({ spawnCommand }) => {
    const command = spawnCommand('--port', 'x')

    expect(await command.exitCode).toBe(1)
    expect(command.output()).toBe("--port is 'x'. Set it to a number from 0 to 65535.\n")
  })
})
