import { Auth as FetchAuth, type AuthOptions } from 'identity-web/fetch'
import { Auth as HonoAuth } from 'identity-web/hono'
import { Hono } from 'hono'
import { describe, expect } from 'vitest'
import { test as base } from '../support/fixtures.ts'
import { serveRequests } from '../support/request-server.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'

// A server without an adapter, such as tRPC, authenticates a request where it creates its context. It gets tokens later.

type Serve = (options: AuthOptions) => (request: Request) => Promise<Response>

const SCOPES = ['User.Read']

const SERVERS: readonly [name: string, serve: Serve][] = [
  [
    'fetch',
    (options) => {
      const auth = new FetchAuth(options)
      const tokens = async (request: Request): Promise<Response> => {
        const { pathname, searchParams } = new URL(request.url)
        const session = await auth.authenticate(request)
        if (pathname === '/' || !session.ok) return new Response(session.ok ? 'in' : 'out')
        const scopes = searchParams.get('scopes') ?? SCOPES
        try {
          return Response.json((await auth.getTokenForUser(request, scopes)).scopes)
        } catch (error) {
          return auth.toResponse(request, error)
        }
      }
      return (request) => auth.respond(request, () => tokens(request))
    },
  ],
  [
    'fetch with the headers of the response',
    (options) => {
      const auth = new FetchAuth(options)
      const tokens = async (request: Request): Promise<Response> => {
        const { pathname, searchParams } = new URL(request.url)
        const responseHeaders = new Headers()
        const session = await auth.authenticate(request, { responseHeaders })
        const body = async (): Promise<unknown> => {
          if (pathname === '/' || !session.ok) return session.ok ? 'in' : 'out'
          const scopes = searchParams.get('scopes') ?? SCOPES
          return JSON.stringify((await auth.getTokenForUser(request, scopes)).scopes)
        }
        try {
          return new Response((await body()) as string, { headers: responseHeaders })
        } catch (error) {
          return auth.toResponse(request, error)
        }
      }
      return (request) => auth.respond(request, () => tokens(request))
    },
  ],
  [
    'Hono',
    (options) => {
      const app = new Hono()
      const auth = new HonoAuth(app, options)
      app.get('/', async (c) => c.text((await auth.authenticate(c)).ok ? 'in' : 'out'))
      app.get('/tokens', async (c) => {
        await auth.authenticate(c)
        try {
          return c.json((await auth.getTokenForUser(c, c.req.query('scopes') ?? SCOPES)).scopes)
        } catch (error) {
          return auth.toResponse(c, error)
        }
      })
      return async (request) => app.fetch(request)
    },
  ],
]

describe.each(SERVERS)('after authenticate(), %s', (name, serve) => {
  const test = base.extend('open', ({ provider, clock }, { onCleanup }) => async () => {
    let respond: ReturnType<Serve> | undefined
    const site = await serveRequests((request, origin) => {
      respond ??= serve({
        authority: provider.authority(),
        clientId: provider.app.clientId,
        clientCredential: provider.app.clientSecret,
        redirectUri: `${origin}/redirect`,
        scopes: SCOPES,
        session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
        logger: false,
        now: clock.now,
      })
      return respond(request)
    })
    onCleanup(() => site.close())
    return site
  })

  test('refreshes a session in cookies for a token, and stores the result', async ({
    open,
    provider,
    clock,
  }) => {
    provider.behave({ reuseDetection: true })
    const { origin } = await open()
    const browser = await signIn({ origin }, provider, { path: '/login' })
    expect((await browser.script(`${origin}/`)).text).toBe('in')
    const times: unknown[] = []
    for (let hour = 0; hour < 3; hour += 1) {
      const { status, json, setCookies } = await browser.script(`${origin}/tokens`)
      times.push([status, json(), setCookies.some((cookie) => cookie.startsWith('identity='))])
      // The ID token is still accepted for another minute.
      clock.advance(3590)
    }

    expect(times).toEqual([
      [200, SCOPES, false],
      [200, SCOPES, true],
      [200, SCOPES, true],
    ])
  })

  test.runIf(name.includes('headers'))(
    'stores the last of two refreshes',
    async ({ open, provider, clock }) => {
      provider.behave({ reuseDetection: true, consent: 'skip' })
      const { origin } = await open()
      const browser = await signIn({ origin }, provider, { path: '/login' })
      for (const scope of ['Mail.Read', 'Calendars.Read', 'Mail.Send']) {
        clock.advance(3700)
        const { status, json } = await browser.script(`${origin}/tokens?scopes=${scope}`)
        expect([status, json()]).toEqual([200, expect.arrayContaining([scope])])
      }
    },
  )

  test('says that the user must consent, and not that the page must connect again', async ({
    open,
    provider,
  }) => {
    const { origin } = await open()
    const browser = await signIn({ origin }, provider, { path: '/login' })

    const { status, json } = await browser.script(`${origin}/tokens?scopes=Mail.Read`)

    expect([status, json()]).toMatchObject([
      401,
      { error: 'interaction_required', loginUrl: expect.stringContaining('/login?') },
    ])
  })
})
