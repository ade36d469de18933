import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import type { AuthenticateWith } from 'identity-web/express'
import { Auth as HonoAuth } from 'identity-web/hono'
import { Auth as KoaAuth } from 'identity-web/koa'
import { azureCredential, type AzureCredential } from 'identity-web/azure'
import type { DevProvider } from 'identity-web-dev'
import { Hono } from 'hono'
import { decodeJwt } from 'jose'
import Koa from 'koa'
import { WebSocket, WebSocketServer } from 'ws'
import { describe, expect, test, withResolvers } from '../support/azure-fixtures.ts'
import { type Browser, close, listen, SESSION_SECRET, type Site, signIn } from '../support/site.ts'

// A credential that an application keeps by mistake must not serve the next user. The contract of the adapters tests the guards.

const SENT = expect.stringContaining('The response to this request has been sent') as string

function cookieOf({ cookies }: Browser): string {
  return [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}

async function credentialFor(
  { auth }: Site,
  req: IncomingMessage | Request,
  options?: AuthenticateWith,
): Promise<{ readonly credential: AzureCredential; close(): void }> {
  const session = await auth.authenticate(req, options)
  if (!session.ok) return expect.unreachable(session.error.message)
  return { credential: azureCredential(session.context), close: () => session.close() }
}

/** The settings of another application that reads the sessions of a site. */
const settingsOf = ({ origin }: Site, provider: DevProvider) => ({
  authority: provider.authority(),
  clientId: provider.app.clientId,
  clientCredential: provider.app.clientSecret ?? '',
  redirectUri: `${origin}/redirect`,
  logger: false as const,
  session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
})

/** Returns the user of a token, or the message of the error. */
async function ownerOf(credential: AzureCredential): Promise<string> {
  try {
    return decodeJwt((await credential.getToken('User.Read')).token)['oid'] as string
  } catch (error) {
    return (error as Error).message
  }
}

describe('the credential of authenticate(req, { res })', () => {
  test('is for one user', async ({ workSite: { site, browser }, provider }) => {
    const robin = await signIn(site, provider, { path: '/token', as: 'robin' })
    let kept: AzureCredential | undefined
    site.app.get('/plain', async (req, res) => {
      kept ??= (await credentialFor(site, req, { res })).credential
      res.json(await ownerOf(kept))
    })

    const first = await browser.navigate(`${site.origin}/plain`)
    const second = await robin.navigate(`${site.origin}/plain`)

    expect(first.json()).toBe(provider.user('alex').oid)
    expect(second.json()).toEqual(SENT)
  })

  test.for(['the server ends it', 'the client closes it'])(
    'works while a stream is open, until %s',
    async (end, { workSite: { site, browser }, provider }) => {
      const opened = withResolvers<{ credential: AzureCredential; end(): void }>()
      site.app.get('/events', async (req, res) => {
        const { credential } = await credentialFor(site, req, { res })
        res.write('data: 1\n\n')
        opened.resolve({ credential, end: () => void res.end() })
      })
      const client = request(`${site.origin}/events`, { headers: { cookie: cookieOf(browser) } })
      client.on('error', () => undefined).end()
      const stream = await opened.promise

      expect(await ownerOf(stream.credential)).toBe(provider.user('alex').oid)
      if (end === 'the server ends it') stream.end()
      else client.destroy()

      await expect.poll(() => ownerOf(stream.credential)).toEqual(SENT)
      client.destroy()
    },
  )

  test('ends with a stream of HTTP/2 that the client closes', async ({
    workSite: { site, browser },
    provider,
  }) => {
    const opened = withResolvers<AzureCredential>()
    const server = http2.createServer((req, res) => {
      const plain = [req, res] as unknown as [IncomingMessage, NonNullable<AuthenticateWith['res']>]
      credentialFor(site, plain[0], { res: plain[1] }).then(
        ({ credential }) => opened.resolve(credential),
        opened.reject,
      )
    })
    const client = http2.connect(await listen(server as never))
    try {
      const stream = client.request({ ':path': '/events', cookie: cookieOf(browser) })
      stream.on('error', () => undefined).end()
      const kept = await opened.promise

      expect(await ownerOf(kept)).toBe(provider.user('alex').oid)
      stream.close(http2.constants.NGHTTP2_CANCEL)

      await expect.poll(() => ownerOf(kept)).toEqual(SENT)
    } finally {
      client.destroy()
      server.close()
    }
  })
})

test('the credential of a WebSocket works while the socket is open', async ({
  workSite: { site, browser },
  provider,
}) => {
  const sockets = new WebSocketServer({ noServer: true })
  const opened = withResolvers<AzureCredential>()
  const server = createServer().on('upgrade', (req, socket, head) => {
    credentialFor(site, req).then(
      ({ credential }) =>
        sockets.handleUpgrade(req, socket, head, () => opened.resolve(credential)),
      opened.reject,
    )
  })
  const origin = await listen(server)
  const client = new WebSocket(origin.replace('http', 'ws'), {
    headers: { cookie: cookieOf(browser) },
    origin: site.origin,
  })
  try {
    const [kept] = await Promise.all([opened.promise, once(client, 'open')])

    expect(await ownerOf(kept)).toBe(provider.user('alex').oid)
    client.close()

    await expect.poll(() => ownerOf(kept)).toEqual(SENT)
  } finally {
    client.terminate()
    await close(server)
  }
})

test('the credential of a Request ends when the client closes the connection, or with close()', async ({
  workSite: { site, browser },
  provider,
}) => {
  const { oid } = provider.user('alex')
  const client = new AbortController()
  const headers = { cookie: cookieOf(browser) }
  const aborted = new Request(`${site.origin}/events`, { headers, signal: client.signal })
  const closed = new Request(`${site.origin}/events`, { headers })
  const [first, second] = [await credentialFor(site, aborted), await credentialFor(site, closed)]

  expect([await ownerOf(first.credential), await ownerOf(second.credential)]).toEqual([oid, oid])
  client.abort()
  second.close()

  expect([await ownerOf(first.credential), await ownerOf(second.credential)]).toEqual([SENT, SENT])
  // A request can be authenticated again.
  expect(await ownerOf((await credentialFor(site, closed)).credential)).toBe(oid)
})

test('the credential of a handler of Koa with ctx.respond = false works until it responds', async ({
  workSite: { site, browser },
  provider,
}) => {
  const app = new Koa()
  const auth = new KoaAuth(app, settingsOf(site, provider))
  let kept: AzureCredential | undefined
  app.use(
    auth.loginRequired(async (ctx, context) => {
      ctx.respond = false
      kept = azureCredential(context)
      ctx.res.end(await ownerOf(kept))
    }),
  )
  const server = createServer((req, res) => void app.callback()(req, res))
  const origin = await listen(server)
  try {
    const answer = await fetch(origin, { headers: { cookie: cookieOf(browser) } })

    expect(await answer.text()).toBe(provider.user('alex').oid)
    expect(await ownerOf(kept as never)).toEqual(SENT)
  } finally {
    await close(server)
  }
})

test('the credential of a handler of Hono fails after the handler threw a value that is not an Error', async ({
  workSite: { site, browser },
  provider,
}) => {
  const app = new Hono()
  const auth = new HonoAuth(app, settingsOf(site, provider))
  let kept: AzureCredential | undefined
  app.get(
    '/',
    auth.loginRequired((_c, context) => {
      kept = azureCredential(context)
      // oxlint-disable-next-line typescript/only-throw-error -- Hono passes it on.
      throw 'text'
    }),
  )

  const headers = { cookie: cookieOf(browser) }
  await expect(Promise.resolve(app.request('/', { headers }))).rejects.toBe('text')

  expect(await ownerOf(kept as never)).toEqual(SENT)
})
