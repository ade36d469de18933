import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { NestFactory } from '@nestjs/core'
import { WsAdapter } from '@nestjs/platform-ws'
import { IdentityModule } from 'identity-web/nestjs'
import { WebSocket } from 'ws'
import { moduleNamed } from '../../packages/identity-web/test/adapters/nestjs/host.ts'
import { Browser } from '../../packages/identity-web/test/support/browser.ts'
import { describe, expect, test } from '../../packages/identity-web/test/support/fixtures.ts'
import { freePort } from '../../packages/identity-web/test/support/port.ts'
import { SESSION_SECRET, signIn } from '../../packages/identity-web/test/support/site.ts'
import { serveGraphql } from './graphql-yoga.ts'
import { HelloGateway } from './nestjs-gateway.ts'
import { serveTrpc } from './trpc.ts'

// These tests run the examples of docs/websockets.md.

describe('tRPC', () => {
  test('answers a signed-in user, and rejects a visitor', async ({ site, provider }) => {
    serveTrpc(site.app, site.auth)
    const browser = await signIn(site, provider)
    const url = `${site.origin}/trpc/hello`

    const user = await browser.script(url)
    const visitor = await new Browser().script(url)

    expect([user.status, user.json()]).toEqual([200, { result: { data: 'Hello, Alex Rivera' } }])
    expect([visitor.status, visitor.json()]).toMatchObject([
      401,
      { error: { message: 'login_required', data: { code: 'UNAUTHORIZED' } } },
    ])
  })

  test('refreshes a session in cookies', async ({ site, provider, clock }) => {
    serveTrpc(site.app, site.auth)
    const browser = await signIn(site, provider)
    clock.advance(3700)

    const { status, setCookies } = await browser.script(`${site.origin}/trpc/hello`)

    expect(status).toBe(200)
    expect(setCookies.join()).toContain('identity=')
  })
})

test('GraphQL Yoga answers a signed-in user, and rejects a visitor and other sites', async ({
  site,
  provider,
}) => {
  serveGraphql(site.app, site.auth)
  const browser = await signIn(site, provider)
  const ask = async (visitor: Browser, fetchSite = 'same-origin') => {
    const { status, text } = await visitor.script(`${site.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': fetchSite },
      body: '{"query":"{ hello }"}',
    })
    return [status, JSON.parse(text)] as const
  }

  expect(await ask(browser)).toEqual([200, { data: { hello: 'Hello, Alex Rivera' } }])
  expect(await ask(new Browser())).toMatchObject([401, { errors: [{ message: 'login_required' }] }])
  expect(await ask(browser, 'same-site')).toMatchObject([
    403,
    { errors: [{ message: 'access_denied' }] },
  ])
})

test('a NestJS gateway greets a signed-in user until the sign-out, and rejects others', async ({
  provider,
  onTestFinished,
}) => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const auth = {
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/redirect`,
    session: { secret: SESSION_SECRET },
    logger: false,
  } as const
  const app = await NestFactory.create(
    {
      module: moduleNamed('Root'),
      imports: [IdentityModule.forRoot({ auth })],
      providers: [HelloGateway],
    },
    { logger: false, abortOnError: false },
  )
  app.useWebSocketAdapter(new WsAdapter(app))
  await app.listen(port)
  onTestFinished(() => app.close())
  const browser = await signIn({ origin }, provider, { path: '/login' })
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const open = (headers: Record<string, string>): WebSocket => {
    const ws = new WebSocket(origin.replace('http', 'ws'), { headers })
    onTestFinished(() => ws.terminate())
    return ws
  }
  const closing = async (ws: WebSocket): Promise<string> => {
    const [code, reason] = (await once(ws, 'close')) as [number, Buffer]
    return `${code} ${reason.toString()}`
  }

  const ws = open({ cookie, origin })
  const [greeting] = (await once(ws, 'message')) as [Buffer]
  const closed = closing(ws)
  await browser.navigate(`${origin}/logout`)

  expect(greeting.toString()).toBe('Hello, Alex Rivera')
  expect(await closed).toBe('4401 The session has ended.')
  expect(await closing(open({ origin }))).toBe('4401 login_required')
  expect(await closing(open({ cookie, origin: 'https://evil.example' }))).toBe('4401 access_denied')
})

test.for(['trpc', 'graphql-yoga', 'nestjs-gateway'])(
  'docs/websockets.md shows the example %s',
  (name) => {
    const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
    const [, region = 'nothing'] =
      /#region guide\n(.*?)\n *\/\/ #endregion/s.exec(read(`./${name}.ts`)) ?? []
    // The region of a method stays inside of its class.
    const isMethod = region.startsWith('  async handle')
    const lines = isMethod ? region : region.replaceAll(/^ {2}/gm, '')

    expect(read('../../docs/websockets.md')).toContain(lines)
  },
)
