import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Browser } from '../support/browser.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { freePort } from '../support/port.ts'
import { compileReadmeProgram } from '../support/readme-program.ts'
import { startRedisServer } from '../support/redis-server.ts'
import { SESSION_SECRET, sendToCallback, signIn, startSignIn } from '../support/site.ts'

// The program of README.md in production, with one wrong setting: its log has one line that names the cause and the remedy.

interface LogLine {
  readonly level: string
  readonly message: string
  readonly hint?: string
}

/** Removes the warning that the provider of this test is on this machine. */
function linesOf(written: readonly string[]): readonly string[] {
  return written.filter((line) => !line.includes('The authority is a URL of this machine'))
}

const STORE = (connected: string) => (code: string) =>
  `import { createClient } from 'redis'
   import { redisStore } from 'identity-web/redis'
   const client = createClient({ url: process.env.REDIS_URL, disableOfflineQueue: true })
   client.on('error', () => undefined)
   ${connected}
   ${code.replace('new Auth(app)', 'new Auth(app, { session: { store: redisStore(client) } })')}`

const test = base
  .extend('behaviour', { consent: 'skip' })
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('readme', { scope: 'file' }, async ({}, { onCleanup }) => {
    const program = await compileReadmeProgram('plain')
    onCleanup(() => program.delete())
    return program
  })
  /** The variables that are right. */
  .extend('right', ({ provider }) => {
    return (origin: string): Record<string, string> => ({
      NODE_ENV: 'production',
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: provider.app.clientId,
      IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
      IDENTITY_REDIRECT_URI: `${origin}/redirect`,
      IDENTITY_SESSION_SECRET: SESSION_SECRET,
    })
  })
  /** Opens the program as a visitor who signs in, as far as it goes. */
  .extend('visit', ({ provider }) => {
    return async (origin: string): Promise<void> => {
      const browser = new Browser()
      const { status } = await browser.navigate(`${origin}/`)
      if (status !== 302) return
      const callback = await startSignIn({ origin }, provider, browser).catch(() => undefined)
      if (callback !== undefined) await sendToCallback(browser, callback)
    }
  })
  /** Runs the program of the README with changed variables, and returns the only line of its log. */
  .extend('lineWith', ({ readme, right, visit }) => {
    return async (changed: Readonly<Record<string, string>>): Promise<LogLine> => {
      const written = await readme.run((origin) => ({ ...right(origin), ...changed }), visit)
      const lines = linesOf(written)
      expect(lines).toHaveLength(1)
      return JSON.parse(lines[0]!) as LogLine
    }
  })

/** Expects that a line names the cause in its message and the remedy in its hint. */
function expectLine({ level, message, hint }: LogLine, cause: string, remedy: string): void {
  if (process.env['SHOW_LINES']) process.stdout.write(`- ${level}: ${message} | ${hint}\n`)
  expect(level).toBe('error')
  expect(message).toContain(cause)
  expect(hint).toContain(remedy)
}

test('the program in README.md calls the Graph of the development provider unchanged', async ({
  readme,
  right,
  provider,
}) => {
  let profile: unknown
  await readme.run(
    (origin) => ({ ...right(origin), NODE_ENV: 'development' }),
    async (origin) => {
      const browser = await signIn({ origin }, provider)
      const { location } = await browser.navigate(`${origin}/call_api`)
      if (location !== undefined) await sendToCallback(browser, await provider.signIn(location))
      profile = (await browser.navigate(`${origin}/call_api`)).json()
    },
  )

  expect(profile).toMatchObject({ displayName: 'Alex Rivera' })
})

describe('an operator of the program in README.md reads one line', () => {
  test('about a wrong client secret', async ({ lineWith }) => {
    const line = await lineWith({ IDENTITY_CLIENT_SECRET: 'wrong' })
    expectLine(line, 'AADSTS7000215', 'IDENTITY_CLIENT_SECRET')
    expect(JSON.stringify(line)).not.toContain('"wrong"')
  })

  test('about a wrong tenant', async ({ lineWith, provider }) => {
    const line = await lineWith({
      IDENTITY_AUTHORITY: `${provider.origin}/nobody.onmicrosoft.com`,
    })
    expectLine(line, 'AADSTS90002', 'IDENTITY_AUTHORITY')
  })

  test('about a misspelled host', async ({ lineWith }) => {
    const line = await lineWith({
      IDENTITY_AUTHORITY: 'https://login.microsoftonline.invalid/contoso',
    })
    expectLine(line, 'login.microsoftonline.invalid cannot be resolved', 'IDENTITY_AUTHORITY')
  })

  test('about a refused connection', async ({ lineWith }) => {
    const port = await freePort()
    const line = await lineWith({ IDENTITY_AUTHORITY: `http://localhost:${port}/contoso` })
    expectLine(
      line,
      `localhost:${port} refused the connection`,
      'npx --no-install identity-web-dev',
    )
  })

  test('about intercepted TLS', async ({ lineWith, workshop, onTestFinished }) => {
    workshop.openssl(
      'req -x509 -nodes -days 1 -newkey rsa:2048 -keyout proxy.key -out proxy.pem -subj /CN=localhost',
    )
    const server = createServer({
      key: workshop.text('proxy.key'),
      cert: workshop.text('proxy.pem'),
    })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const line = await lineWith({ IDENTITY_AUTHORITY: `https://localhost:${port}/contoso` })
    expectLine(line, 'does not trust', 'NODE_EXTRA_CA_CERTS')
  })

  test('about a clock that is ten minutes off', async ({ lineWith, workshop }) => {
    writeFileSync(
      workshop.path('clock.cjs'),
      'const { now } = Date; Date.now = () => now() - 600_000',
    )
    const line = await lineWith({ NODE_OPTIONS: `--require ${workshop.path('clock.cjs')}` })
    expectLine(line, 'The time in the token is', 'NTP')
  })

  test.for([
    ['that was stopped', 'await client.connect()', 'The session store cannot be reached.', 'Start'],
    ['that was not connected', '', 'is not connected', 'redisStore(await client.connect())'],
  ] as const)(
    'about a Redis client or server %s',
    async ([name, connected, cause, remedy], { right, visit, onTestFinished }) => {
      const redis = await startRedisServer()
      onTestFinished(() => redis.close())
      const program = await compileReadmeProgram(name.replaceAll(' ', '-'), STORE(connected))
      onTestFinished(() => program.delete())
      const written = await program.run(
        (origin) => ({ ...right(origin), REDIS_URL: redis.url }),
        async (origin) => {
          if (connected !== '') await redis.stop()
          await visit(origin)
        },
      )
      const [line = '', ...more] = linesOf(written)
      expect(more).toEqual([])
      expectLine(JSON.parse(line) as LogLine, cause, remedy)
    },
  )

  test.for(['IDENTITY_CLIENT_ID', 'IDENTITY_REDIRECT_URI', 'IDENTITY_SESSION_SECRET'])(
    'about %s, which is missing, because the start fails',
    async (variable, { readme, right }) => {
      const lines = await readme.run(
        (origin) => ({ ...right(origin), [variable]: '' }),
        async () => expect.unreachable(),
      )
      if (process.env['SHOW_LINES']) process.stdout.write(`${lines.join('\n')}\n`)
      expect(lines.filter((line) => line.includes(variable))).toHaveLength(1)
    },
  )

  test('only if something is wrong', async ({ readme, right, visit }) => {
    expect(linesOf(await readme.run(right, visit))).toEqual([])
  })
})
