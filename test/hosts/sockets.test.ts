import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startDevProvider, type DevProvider } from 'identity-web-dev'
import { describe, expect, onTestFinished, test } from 'vitest'
import { test as pageTest } from '../../packages/dev-provider/test/support/fixtures.ts'
import { connectWebSocket } from '../../packages/identity-web/test/connections/clients.ts'
import { connectionContract } from '../../packages/identity-web/test/connections/contract.ts'
import { Browser, signIn } from '../../packages/identity-web/test/support/site.ts'
import { hasChromium } from '../chromium.ts'
import { expectPicture } from '../screenshots/picture.ts'
import { SMALL } from '../screenshots/windows.ts'
import { freePort, installExample, type Project } from './support/project.ts'
import { settingsOf } from './support/serve.ts'

let installed: Project | undefined
const project = (): Project => (installed ??= installExample('sockets'))

const readText = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const TSC = fileURLToPath(new URL('../../node_modules/typescript7/bin/tsc', import.meta.url))

// The command `deno` of the package downloads nothing, but is a script of Node.js, which a signal does not end with its child.
const DENO = `node_modules/@deno/${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}/deno`

const SERVERS = {
  '@fastify/websocket': [process.execPath, 'fastify.js'],
  Bun: ['node_modules/.bin/bun', 'bun.ts'],
  Deno: [DENO, 'run', '--allow-net', '--allow-env', '--allow-read', '--no-lock', 'deno.ts'],
}

/** Starts a program of the example at a free port. */
async function serve(
  provider: DevProvider,
  command: readonly string[],
  idleTimeoutSeconds = 3600,
): Promise<{ readonly origin: string }> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const server = await project().start(command, `${origin}/login`, {
    PORT: String(port),
    IDLE_TIMEOUT_SECONDS: String(idleTimeoutSeconds),
    ...settingsOf(provider, `${origin}/redirect`),
  })
  onTestFinished(() => server.close())
  return { origin }
}

describe.each(Object.entries(SERVERS))('%s', (name, command) => {
  connectionContract(name, {
    start: ({ provider, idleTimeoutSeconds }) => serve(provider, command, idleTimeoutSeconds),
    connect: connectWebSocket,
    endsWith: 4401,
  })
})

// A guard has no signal, so it does not close the socket.
const GUARDED = `
import websocket from '@fastify/websocket'
import fastify from 'fastify'
import { Auth } from 'identity-web/fastify'

const app = fastify()
const auth = new Auth(app)
await app.register(websocket)
app.get('/socket', { websocket: true, preValidation: auth.loginRequired() }, (socket, request) => {
  socket.send(\`Hello, \${auth.contextOf(request).user.name}\`)
})
await app.listen({ port: Number(process.env.PORT) })
`

test('a guard of @fastify/websocket sends the cookies of a refreshed session', async () => {
  const provider = await startDevProvider({ logger: () => undefined })
  onTestFinished(() => provider.close())
  provider.behave({ consent: 'skip', idTokenSeconds: -30, reuseDetection: true })
  project().write('guarded.js', GUARDED)
  const host = await serve(provider, [process.execPath, 'guarded.js'])
  const browser = await signIn(host, provider, { path: '/login' })
  const connect = () => connectWebSocket(host, { browser, from: host.origin })

  const { greeting, setCookies } = await connect()
  expect(greeting).toBe('Hello, Alex Rivera')
  expect(setCookies.filter((cookie) => cookie.startsWith('identity'))).toHaveLength(2)
  expect((await connectWebSocket(host, { browser: new Browser() })).status).toBe(401)
})

test('the guide shows how TypeScript finds the types of routes beside @fastify/websocket', () => {
  const [, code = ''] =
    /```typescript\n(app\.get<\{ Querystring.*?)```/s.exec(readText('../../docs/websockets.md')) ??
    []
  const before = GUARDED.replace(/await app\.listen.*/, '')
  project().write('types.ts', before.replaceAll('process.env.PORT', '3000') + code)

  const options =
    '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2023 --types node'
  const compile = (): string =>
    project().run([process.execPath, TSC, ...options.split(' '), 'types.ts'])
  expect(code).toContain('auth.loginRequired')
  expect(compile()).toBe('')

  project().write('types.ts', before + code.replace("'/search',\n  {},", "'/search',"))
  expect(compile).toThrow("'request.query' is of type 'unknown'")
})

test.each(['bun.ts', 'deno.ts', 'fastify.js'])('docs/websockets.md shows %s', (name) => {
  const [, region = 'nothing'] =
    /#region guide\n(.*?)\n\/\/ #endregion/s.exec(readText(`../../examples/sockets/${name}`)) ?? []

  expect(readText('../../docs/websockets.md')).toContain(region)
})

pageTest.runIf(hasChromium)('looks like its picture', async ({ openPage, provider }) => {
  provider.behave({ consent: 'skip' })
  const { origin } = await serve(provider, SERVERS['@fastify/websocket'])
  const page = await openPage(SMALL)
  await page.goto(origin)
  await page.getByRole('button', { name: /Alex/ }).click()
  await page.getByText('Hello, Alex Rivera').waitFor()

  await expectPicture(page, 'examples/sockets/screenshot.png')
})
