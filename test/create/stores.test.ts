import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browser, type TestBrowser } from 'identity-web-dev/testing'
import { Client } from 'pg'
import {
  FRAMEWORKS,
  type FrameworkName,
} from '../../packages/create-identity-web/src/frameworks.ts'
import { STORES } from '../../packages/create-identity-web/src/stores.ts'
import {
  describe,
  expect,
  test as base,
} from '../../packages/identity-web/test/support/server-fixtures.ts'
import { startPostgresServer } from '../../packages/identity-web/test/support/postgres-server.ts'
import { startRedisServer } from '../../packages/identity-web/test/support/redis-server.ts'
import { freePort } from '../hosts/support/project.ts'
import { createLinkedProject } from './support/linked-project.ts'

// `npm run -C maintain create` does the same with the packed libraries, for all frameworks.

const root = fileURLToPath(new URL('../../', import.meta.url))
const names = Object.keys(FRAMEWORKS) as FrameworkName[]
const NODE_SERVERS = names.filter((name) => FRAMEWORKS[name].folders.includes('node'))

interface App {
  /** Runs a command in the folder of the project. */
  run(command: readonly string[], variables?: Readonly<Record<string, string>>): string
  /** Writes a file of the project. */
  write(path: string, text: string): void
  readonly origin: string
  /** Starts the application, and waits until it has printed something. */
  start(
    ready: RegExp,
    variables?: Readonly<Record<string, string>>,
    program?: readonly string[],
  ): Promise<Server>
}

interface Server {
  output(): string
  waitFor(text: RegExp): Promise<void>
  /** Sends a signal. @returns The exit code, or `null` if the signal itself ended the process. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

const test = base
  /** Runs functions after the test. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('later', ({}, { onCleanup }) => {
    const all: (() => void)[] = []
    onCleanup(() => all.toReversed().forEach((one) => one()))
    return (one: () => void): void => void all.push(one)
  })
  /** Creates a project. */
  .extend(
    'create',
    ({ provider, later }) =>
      async (framework: FrameworkName, store: string): Promise<App> => {
        const options = ['--framework', framework, '--store', store]
        const { folder, run, write } = createLinkedProject(later, options)
        const port = await freePort()
        const origin = `http://localhost:${port}`
        // The project does not get the variables of the tests, such as NODE_ENV.
        const settings = {
          PATH: process.env['PATH'] ?? '',
          PORT: String(port),
          IDENTITY_AUTHORITY: provider.authority(),
          IDENTITY_CLIENT_ID: provider.app.clientId,
          IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
          IDENTITY_REDIRECT_URI: `${origin}/redirect`,
          IDENTITY_SESSION_SECRET: 'a session secret of at least 32 characters',
        }
        return {
          run,
          write,
          origin,
          async start(ready, variables, program = ['--import', 'tsx', 'src/server.ts']) {
            const child = spawn(process.execPath, program, {
              cwd: folder,
              env: { ...settings, ...variables },
              detached: true,
            })
            // `next dev` starts another process.
            later(() => child.exitCode ?? (child.pid && process.kill(-child.pid, 'SIGKILL')))
            const server = serverOf(child)
            await server.waitFor(ready)
            return server
          },
        }
      },
  )

function serverOf(child: ReturnType<typeof spawn>): Server {
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const ended = once(child, 'close')
  return {
    output: () => printed,
    async waitFor(text) {
      await expect.poll(() => printed, { timeout: 30_000 }).toMatch(text)
    },
    async end(signal) {
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}

/** Opens the page of the user without a redirect to the provider. */
async function accountOf(user: TestBrowser): Promise<string> {
  const page = await user.get('/account', { redirect: 'manual' })
  return `${page.status} ${/<h1>(.*)<\/h1>/.exec(await page.text())?.[1]}`
}

const ALEX = '200 Hello, Alex Rivera'

describe.each(['redis', 'postgres'] as const)('a project with %s', (store) => {
  const { variable = '', title } = STORES[store] ?? {}

  test.for(NODE_SERVERS)('for %s compiles', async (framework, { create }) => {
    const { run } = await create(framework, store)

    run(['node', join(root, 'node_modules/typescript7/bin/tsc'), '-p', '.'])
  })

  test.for(NODE_SERVERS)(
    'for %s keeps the session at a restart, shows the page about an outage, and ends after a signal',
    async (framework, { create, redis, postgres }) => {
      const { origin, start } = await create(framework, store)
      const database = { redis, postgres }[store]
      const { url } = database
      const ready = new RegExp(`Sessions are in ${title}\\.\n[^]*Listening on http`)
      const user = browser(origin, { as: 'alex' })

      const first = await start(ready, { [variable]: url })
      await user.get('/account')
      expect(await accountOf(user)).toBe(ALEX)
      expect(await first.end('SIGTERM')).toBe(0)

      const second = await start(ready, { [variable]: url })
      expect(await accountOf(user)).toBe(ALEX)
      await database.stop()
      const home = await user.get('/')
      await database.start()
      expect([home.status, await home.text()]).toEqual([
        503,
        expect.stringContaining('You are still'),
      ])
      expect(await second.end('SIGINT')).toBe(0)
    },
  )

  test('passes its own tests', async ({ create, redis, postgres }) => {
    const { run } = await create('express', store)
    const { url } = { redis, postgres }[store]

    expect(run(['npm', 'test'], { [variable]: url })).toContain('7 passed')
    expect(run(['npm', 'test'])).toContain('7 passed')
  })

  test('starts in development without the variable, and keeps sessions in cookies', async ({
    create,
  }) => {
    const { origin, start } = await create('express', store)
    const said = `Sessions are in cookies, because ${variable} is not set.\n`
    const server = await start(/Listening on http/, { [variable]: '' })
    const user = browser(origin, { as: 'alex' })

    await user.get('/account')

    expect(await accountOf(user)).toBe(ALEX)
    expect(server.output()).toContain(said)
  })

  test.for<[string, Readonly<Record<string, string>>]>([
    ['NODE_ENV is production', { NODE_ENV: 'production' }],
    ['the redirect URI is that of a server', { IDENTITY_REDIRECT_URI: 'https://a.test/redirect' }],
    ['the host only starts like localhost', { IDENTITY_REDIRECT_URI: 'http://localhost.a.test/' }],
  ])('does not start in production without the variable: %s', async ([, variables], { create }) => {
    const { start } = await create('express', store)

    const server = await start(new RegExp(`Error: Set ${variable}, for example`), variables)

    expect(server.output()).not.toMatch(/Listening on http|cookies/)
  })

  test('starts in production with the variable, because its time limits are right', async ({
    create,
    redis,
    postgres,
  }) => {
    const { start } = await create('express', store)
    const { url } = { redis, postgres }[store]

    await start(/Listening on http/, { [variable]: url, NODE_ENV: 'production' })
  })

  test('starts during an outage, and signs users in when it is over', async ({ create }) => {
    const database = await (store === 'redis' ? startRedisServer() : startPostgresServer())
    try {
      await database.stop()
      const { origin, start } = await create('express', store)
      const server = await start(/Listening on http/, { [variable]: database.url })
      expect(server.output()).toMatch(
        new RegExp(`${title}, which keeps the sessions, failed: .*ECONNREFUSED.*tries again`),
      )
      const early = await browser(origin, { as: 'alex' }).get('/account')
      expect(early.status).toBe(503)

      await database.start()
      await server.waitFor(new RegExp(`Sessions are in ${title}\\.`))

      const user = browser(origin, { as: 'alex' })
      await user.get('/account')
      expect(await accountOf(user)).toBe(ALEX)
    } finally {
      await database.close()
    }
  })
})

test('a project for Next.js works below a path, and keeps one connection while its code changes', async ({
  create,
  redis,
}) => {
  const { origin, run, write, start } = await create('next', 'redis')
  write('next.config.ts', "export default { basePath: '/shop' }")
  const IDENTITY_REDIRECT_URI = `${origin}/shop/auth/redirect`
  const program = [join(root, 'node_modules/next/dist/bin/next'), 'dev']
  await start(/Ready in/, { REDIS_URL: redis.url, IDENTITY_REDIRECT_URI }, program)
  const user = browser(origin, { as: 'alex' })
  const welcome = await (await user.get('/shop')).text()
  const linked = [...welcome.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, path]) => path ?? '')

  expect(linked).toContain('/shop/account')
  for (const path of linked) expect((await user.get(path)).status, path).not.toBe(404)
  expect(await (await user.get('/shop/account')).text()).toContain('url(/shop/photo)')

  const source = run(['cat', 'src/store.ts'])
  const slowly = { timeout: 15_000 }
  for (const text of ['One', 'Two', 'Three']) {
    write('src/store.ts', `${source}export const text = '${text}'\n`)
    write('src/app/page.tsx', `export default () => <h1>${text}</h1>`)
    await expect.poll(async () => (await user.get('/shop')).text(), slowly).toContain(`>${text}<`)
  }
  const connections = async () => (await redis.command('CLIENT LIST')).match(/=node-redis/g)
  await expect.poll(connections, slowly).toHaveLength(1)
})

test('the sessions of a project with PostgreSQL are in its table', async ({ create, postgres }) => {
  const { origin, start } = await create('hono', 'postgres')
  await start(/Listening on http/, { DATABASE_URL: postgres.url })
  const client = new Client(postgres.url)
  await client.connect()
  const count = async (): Promise<unknown> =>
    (await client.query('select count(*)::int as rows from identity_sessions')).rows[0]
  await client.query('delete from identity_sessions')

  await browser(origin, { as: 'alex' }).get('/account')

  expect(await count()).not.toEqual({ rows: 0 })
  await client.end()
})
