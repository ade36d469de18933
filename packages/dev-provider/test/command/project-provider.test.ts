import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { startDevProvider } from '../../src/index.js'
import { describe, expect, test as base } from '../support/run-command.js'
import { claimsOf } from '../support/flow.js'

const test = base.extend('askForToken', async ({ path, spawnCommand }) => {
  // A folder without it shares the cache of the user with the other tests.
  await mkdir(path('node_modules'))
  return async (): Promise<string> => {
    const command = spawnCommand('token', '--as', 'alex')
    await command.exitCode
    return command.output()
  }
})

const issuerOf = (output: string): unknown => claimsOf(/eyJ\S+/.exec(output)?.[0] ?? '')['iss']

describe('identity-web-dev token without --port', () => {
  test('asks the provider that was started in this folder, also with a command of the app', async ({
    spawnCommand,
    askForToken,
  }) => {
    const running = spawnCommand('--port', '0', '--', 'node', '-e', 'setInterval(() => {}, 1000)')
    await running.printed('Development provider at ')
    const [, origin = ''] = /Development provider at (\S+)/.exec(running.output()) ?? []

    const output = await askForToken()

    expect(issuerOf(output)).toContain(`${origin}/`)
    expect(output).not.toContain('Note')
  })

  test('asks the provider of the file .env', async ({ path, askForToken }) => {
    const provider = await startDevProvider()
    try {
      await writeFile(path('.env'), `IDENTITY_AUTHORITY=${provider.authority()}\n`)

      const output = await askForToken()

      expect(issuerOf(output)).toBe(`${provider.authority()}/v2.0`)
      expect(output).not.toContain('Note')
    } finally {
      await provider.close()
    }
  })

  test('does not read a file .env outside of the project', async ({ path, askForToken }) => {
    await writeFile(path('package.json'), '{}')
    await symlink(import.meta.filename, path('.env'))

    expect(await askForToken()).toMatch(
      /^\.env is or contains a symbolic link to .*\. This target is outside of the project in/,
    )
  })

  test('does not ask a provider that was started here and has ended', async ({
    spawnCommand,
    askForToken,
  }) => {
    const ended = spawnCommand('--port', '0')
    await ended.printed('Development provider at ')
    const [, port = ''] = /Development provider at \S+:(\d+)/.exec(ended.output()) ?? []
    ended.child.kill('SIGKILL')
    await ended.exitCode

    const output = await askForToken()

    // Another project can run a provider at port 5100.
    expect(output).toMatch(
      /No provider is running at port 5100\.|Note: the provider at port 5100 issued/,
    )
    expect(output).not.toContain(port)
  })
})
