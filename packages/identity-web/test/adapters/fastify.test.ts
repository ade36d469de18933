import { createServer } from 'node:http'
import { connect } from 'node:http2'
import type { AddressInfo } from 'node:net'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { ApiAuth, Auth, loginRequired, type AuthOptions } from 'identity-web/fastify'
import { Browser } from '../support/browser.ts'
import {
  SESSION_SECRET,
  startSignIn,
  sendToCallback,
  close,
  listen,
  signIn,
} from '../support/site.ts'
import { adapterContract, type StartHost } from './contract.ts'
import { addContract } from './hosts/fastify-app.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'

const startFastify: StartHost = async (optionsFor, variant) => {
  const server = createServer()
  const origin = await listen(server)
  const app = Fastify({ serverFactory: (handler) => server.on('request', handler) })
  for (const prefix of variant.prefixes) {
    const options = optionsFor(origin, prefix)
    if (prefix === '') await addContract(app, options, variant)
    else app.register((part) => addContract(part, options, variant), { prefix })
  }
  await app.ready()
  return { origin, close: () => close(server) }
}

adapterContract('Fastify', startFastify)

interface Site {
  readonly origin: string
  readonly app: FastifyInstance
}

const test = base
  /** Runs an application. */
  .extend(
    'on',
    ({ provider, clock }) =>
      async (
        build: (
          app: FastifyInstance,
          authAt: (prefix: string, options?: AuthOptions) => Auth,
        ) => unknown,
        act: (site: Site) => Promise<void>,
        options: FastifyServerOptions = {},
      ): Promise<void> => {
        const server = createServer()
        const origin = await listen(server)
        const app: FastifyInstance = Fastify({
          ...options,
          serverFactory: (handler) => server.on('request', handler),
        })
        const authAt = (prefix: string, given?: AuthOptions): Auth =>
          new Auth({
            authority: provider.authority(),
            clientId: provider.app.clientId,
            clientCredential: provider.app.clientSecret,
            redirectUri: `${origin}${prefix}/auth/redirect`,
            session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
            now: clock.now,
            ...given,
          })
        try {
          await build(app, authAt)
          await app.ready()
          await act({ origin, app })
        } finally {
          await close(server)
        }
      },
  )

describe('on Fastify', () => {
  const setsSession = (setCookies: readonly string[]): boolean =>
    setCookies.some((cookie) => cookie.startsWith('identity='))

  describe('the plugin', () => {
    test('is known by its name, and adds to the part of the application that registers it alone', ({
      on,
    }) =>
      on(
        async (app, authAt) => {
          const auth = authAt('/part')
          app.register(
            async (part) => {
              await part.register(auth.plugin())
              expect(part.hasPlugin('identity-web-auth')).toBe(true)
              expect(part.hasRequestDecorator('identity')).toBe(true)
              part.get('/', { preHandler: loginRequired() }, async () => 'part')
            },
            { prefix: '/part' },
          )
          app.get(
            '/outside',
            loginRequired(async () => 'allowed'),
          )
          app.get('/user', (request) => auth.getUser(request))
        },
        async ({ app, origin }) => {
          const outside = await new Browser().navigate(`${origin}/outside`)

          expect(app.hasRequestDecorator('identity')).toBe(false)
          expect([outside.status, outside.text]).toEqual([
            500,
            expect.stringContaining('auth.initApp(app)'),
          ])
          expect((await new Browser().navigate(`${origin}/user`)).status).toBe(500)
          expect((await new Browser().navigate(`${origin}/auth/login`)).status).toBe(404)
          expect((await new Browser().navigate(`${origin}/part/auth/login`)).status).toBe(302)
        },
      ))

    test('of a part stands in front of that of the whole', ({ on }) =>
      on(
        (app, authAt) => {
          const session = { secret: SESSION_SECRET, cookie: { name: 'part' } }
          app.register(authAt('').plugin())
          app.register(
            async (part) => {
              authAt('/part', { session }).initApp(part)
              part.get('/', { preHandler: loginRequired() }, async () => 'part')
            },
            { prefix: '/part' },
          )
          app.get('/', { preHandler: loginRequired() }, async () => 'whole')
        },
        async ({ origin }) => {
          const callbackOf = async (path: string): Promise<string | null> => {
            const { location = '' } = await new Browser().navigate(origin + path)
            return new URL(location).searchParams.get('redirect_uri')
          }

          expect(await callbackOf('/')).toBe(`${origin}/auth/redirect`)
          expect(await callbackOf('/part')).toBe(`${origin}/part/auth/redirect`)
        },
      ))

    test('warns of routes that its part of the application can not have', async ({ on }) => {
      const lines: string[] = []
      await on(
        (app, authAt) => {
          app.register(async (part) => void authAt('').initApp(part), { prefix: '/part' })
        },
        async () => {
          expect(lines.join()).toContain('cannot handle the route /auth/redirect')
        },
        { logger: { level: 'warn', stream: { write: (line: string) => void lines.push(line) } } },
      )
    })

    test('has its routes where an encoded path has them, too', ({ on }) =>
      on(
        (app, authAt) => {
          const auth = authAt('/part/caf%C3%A9')
          app.register(async (part) => void auth.initApp(part), { prefix: '/part' })
        },
        async ({ origin }) => {
          const answer = await new Browser().navigate(`${origin}/part/caf%C3%A9/auth/login`)

          expect(answer.status).toBe(302)
        },
      ))

    test('fails where the application took a path of sign-in for itself', ({ on }) =>
      expect(
        on(
          (app, authAt) => {
            authAt('').initApp(app)
            app.get('/auth/login', async () => 'mine')
          },
          () => Promise.resolve(),
        ),
        // In Fastify 5.0.0, the error does not have a code.
      ).rejects.toThrow(/already declared/))
  })

  test('a guard of an Auth without an application says that initApp was not called', ({ on }) =>
    on(
      (app, authAt) => {
        const auth = authAt('')
        app.get(
          '/',
          auth.loginRequired(async () => 'allowed'),
        )
        app.get('/hook', { preHandler: auth.loginRequired() }, async () => 'allowed')
      },
      async ({ origin }) => {
        for (const path of ['/', '/hook']) {
          const answer = await new Browser().navigate(origin + path)
          expect([answer.status, answer.text]).toEqual([
            500,
            expect.stringContaining('auth.initApp(app)'),
          ])
        }
      },
    ))

  describe('bodies', () => {
    const form = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=1',
    }

    test.for([
      ['before', 200],
      ['after', 200],
      ['never', 415],
    ] as const)(
      'a form post signs in, and forms are the application’s, with @fastify/formbody registered: %s',
      ([when, status], { on, provider }) =>
        on(
          async (app, authAt) => {
            if (when === 'before') await app.register(formbody)
            await app.register(authAt('', { responseMode: 'form_post' }).plugin())
            if (when === 'after') await app.register(formbody)
            app.get('/', { preHandler: loginRequired() }, async () => 'signed in')
            app.post('/form', async ({ body }) => body)
          },
          async (site) => {
            const browser = await signIn(site, provider)

            expect((await browser.navigate(`${site.origin}/`)).text).toBe('signed in')
            expect((await browser.navigate(`${site.origin}/form`, form)).status).toBe(status)
          },
        ),
    )

    test('the application still parses JSON, and a sign-in route that needs a form rejects it', ({
      on,
      provider,
    }) =>
      on(
        (app, authAt) => {
          const auth = authAt('', { responseMode: 'form_post' }).initApp(app)
          app.post(
            '/json',
            auth.loginRequired(async ({ body }) => body),
          )
          app.get('/', { preHandler: auth.loginRequired() }, async () => 'allowed')
        },
        async (site) => {
          const browser = await signIn(site, provider)
          const json = {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"a":{"b":[1]}}',
          }

          expect((await browser.script(`${site.origin}/json`, json)).json()).toEqual({
            a: { b: [1] },
          })
          const answer = await browser.navigate(`${site.origin}/auth/redirect`, json)
          expect(answer.status).toBe(400)
        },
      ))

    test('as onRequest, a guard keeps the bodies of strangers unread', ({ on }) =>
      on(
        (app, authAt) => {
          const auth = authAt('').initApp(app)
          app.post('/early', { onRequest: auth.loginRequired() }, async () => '')
          app.post('/late', { preHandler: auth.loginRequired() }, async () => '')
        },
        async ({ origin }) => {
          const broken = {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{',
          }

          expect((await new Browser().script(`${origin}/early`, broken)).status).toBe(401)
          expect((await new Browser().script(`${origin}/late`, broken)).status).toBe(400)
        },
      ))
  })

  test('a guard of the whole application lets its users sign in', ({ on, provider }) =>
    on(
      (app, authAt) => {
        const auth = authAt('', { responseMode: 'form_post' }).initApp(app)
        app.addHook('onRequest', auth.loginRequired())
        app.addHook('preHandler', auth.loginRequired())
        app.get('/', async (request) => auth.contextOf(request).user.name)
      },
      async (site) => {
        const browser = await signIn(site, provider)

        expect((await browser.navigate(`${site.origin}/`)).text).toBe('Alex Rivera')
        expect((await new Browser().navigate(`${site.origin}/nowhere`)).status).toBe(302)
      },
    ))

  test('a hook and a wrapper guard one route together', ({ on, provider }) =>
    on(
      (app, authAt) => {
        const auth = authAt('').initApp(app)
        app.get(
          '/',
          { preHandler: auth.loginRequired() },
          auth.loginRequired({ scopes: 'User.Read' }, async (request, _reply, context) => ({
            same: request.identity?.claims.sub === context.user.sub,
            tokenType: context.tokenType,
          })),
        )
      },
      async (site) => {
        const browser = await signIn(site, provider)
        await signIn(site, provider, {}, browser)

        expect((await browser.navigate(`${site.origin}/`)).json()).toEqual({
          same: true,
          tokenType: 'Bearer',
        })
      },
    ))

  test('hooks of the application see every answer of ours, and headers of theirs stay', ({
    on,
    provider,
  }) => {
    const seen: unknown[] = []
    return on(
      (app, authAt) => {
        app.addHook('onRequest', async (_request, reply) => void reply.header('vary', 'Origin'))
        const auth = authAt('').initApp(app)
        const api = new ApiAuth(app, { clientId: 'x', authority: provider.authority() })
        app.addHook('onSend', async (request, reply, payload) => {
          seen.push(`${reply.statusCode} ${request.url.split('?')[0]} ${typeof payload}`)
          await new Promise((resolve) => setImmediate(resolve))
          reply.header('x-sent', '1')
          return typeof payload === 'string'
            ? payload.replace('</html>', '<!-- sent --></html>')
            : payload
        })
        app.get('/', { preHandler: auth.loginRequired() }, async () => 'allowed')
        app.get(
          '/wrapped',
          auth.loginRequired(async () => 'allowed'),
        )
        app.get('/hooked', { preHandler: api.authorizationRequired() }, async () => 'allowed')
        app.get('/switch', (request, reply) => auth.login(request, reply))
      },
      async ({ origin }) => {
        const browser = new Browser()
        for (const path of ['/wrapped', '/switch', '/auth/login', '/hooked', '/auth/redirect']) {
          const answer = await browser.navigate(origin + path)
          expect(answer.headers['x-sent']).toBe('1')
          expect(answer.headers['vary']).toMatch(/^Origin(, Cookie)?(, Accept-Language)?$/)
        }

        const page = await browser.navigate(`${origin}/auth/redirect`)
        expect(page.text).toContain('<!-- sent -->')
        expect(seen).toEqual([
          '302 /wrapped undefined',
          '302 /switch undefined',
          '302 /auth/login undefined',
          '401 /hooked string',
          '400 /auth/redirect string',
          '400 /auth/redirect string',
        ])
      },
    )
  })

  test.for([
    ['by reply.send, later', '/later', 'later'],
    ['by returning the reply', '/reply', 'reply'],
    ['by returning a Response', '/response', 'response'],
    ['by a promise of nothing', '/nothing', ''],
    ['on a reply that is hijacked', '/hijacked', 'hijacked'],
  ] as const)(
    'a handler answers %s, with the session that was renewed meanwhile',
    ([_how, path, text], { on, provider, clock }) =>
      on(
        (app, authAt) => {
          const auth = authAt('').initApp(app)
          app.get('/', { preHandler: auth.loginRequired() }, async () => 'allowed')
          app.get(
            '/later',
            auth.loginRequired((_request, reply) => {
              setTimeout(() => void reply.send('later'), 5)
            }),
          )
          app.get(
            '/reply',
            auth.loginRequired((_request, reply) => reply.send('reply')),
          )
          app.get(
            '/response',
            auth.loginRequired(() => new Response('response')),
          )
          app.get(
            '/nothing',
            auth.loginRequired(() => Promise.resolve()),
          )
          app.get(
            '/hijacked',
            auth.loginRequired((_request, reply) => {
              reply.hijack().raw.end('hijacked')
            }),
          )
        },
        async (site) => {
          const browser = await signIn(site, provider)
          const fresh = await browser.navigate(site.origin + path)
          clock.advance(3600 + 600)

          const renewed = await browser.navigate(site.origin + path)

          expect([fresh.status, fresh.text, setsSession(fresh.setCookies)]).toEqual([
            200,
            text,
            false,
          ])
          expect([renewed.status, renewed.text, setsSession(renewed.setCookies)]).toEqual([
            200,
            text,
            true,
          ])
        },
      ),
  )

  test('errors of onLogin are the error handler’s', ({ on, provider }) =>
    on(
      (app, authAt) => {
        app.setErrorHandler((error: Error, _request, reply) => reply.code(418).send(error.message))
        const onLogin = (): never => {
          throw new Error('no such account')
        }
        authAt('', { onLogin }).initApp(app)
        app.get('/', { preHandler: loginRequired() }, async () => 'allowed')
      },
      async (site) => {
        const browser = new Browser()

        const answer = await sendToCallback(browser, await startSignIn(site, provider, browser))

        expect([answer.status, answer.text]).toEqual([418, 'no such account'])
      },
    ))

  test('errors that are not for clients of an API go on to the error handler around', ({
    on,
    provider,
  }) =>
    on(
      (app) => {
        app.setErrorHandler((error: Error, _request, reply) => reply.code(418).send(error.message))
        const api = new ApiAuth({ clientId: 'x', authority: provider.authority(), logger: {} })
        app.register(async (part) => {
          part.setErrorHandler(api.errorHandler)
          part.get('/', async () => {
            throw new Error('from the handler')
          })
        })
      },
      async ({ origin }) => {
        const answer = await new Browser().navigate(`${origin}/`)

        expect([answer.status, answer.text]).toEqual([418, 'from the handler'])
      },
    ))

  test('a guard that fails with nothing lets nobody in', ({ on, provider, clock }) =>
    on(
      (app) => {
        const api = new ApiAuth({
          authority: provider.authority(),
          clientId: provider.api.clientId,
          audience: provider.api.idUri,
          now: clock.now,
        })
        const claims = (): Promise<boolean> => Promise.reject()
        const preHandler = api.authorizationRequired({ claims })
        app.get('/', { preHandler }, async () => 'allowed')
      },
      async ({ origin }) => {
        const token = await provider.accessToken({ as: 'alex' })

        const answer = await new Browser().send(`${origin}/`, {
          headers: { authorization: `Bearer ${token}` },
        })

        expect([answer.status, answer.text]).toEqual([500, expect.not.stringContaining('allowed')])
      },
    ))

  test('behind a proxy that cuts a path off, rewriteUrl puts it back', ({ on, provider }) =>
    on(
      (app, authAt) => {
        const auth = authAt('/app').initApp(app)
        app.get(
          '/app/',
          auth.loginRequired(async () => 'allowed'),
        )
      },
      async (site) => {
        const browser = new Browser()
        const { url } = await startSignIn(site, provider, browser)

        // What the browser keeps for /app, the proxy brings to a path that is none of the browser's.
        const cookie = [...browser.cookies]
          .map(([name, { value }]) => `${name}=${value}`)
          .join('; ')

        const answer = await browser.navigate(url.href.replace('/app/', '/'), {
          headers: { cookie },
        })

        expect([answer.status, answer.location]).toEqual([302, '/app/'])
      },
      { rewriteUrl: (req) => Object.assign(req, { originalUrl: `/app${req.url}` }).originalUrl },
    ))

  test('HTTP/2 is served alike', async ({ provider }) => {
    const app = Fastify({ http2: true })
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      redirectUri: 'http://localhost:3000/auth/redirect',
      session: { secret: SESSION_SECRET },
    })
    app.get(
      '/',
      auth.loginRequired(async () => 'allowed'),
    )
    await app.listen({ port: 0, host: 'localhost' })
    const client = connect(`http://localhost:${(app.server.address() as AddressInfo).port}`)
    const statusOf = (path: string): Promise<unknown> =>
      new Promise((resolve, reject) => {
        client
          .request({ ':path': path, accept: 'text/html' })
          .on('response', (headers) => resolve(headers[':status']))
          .on('error', reject)
          .resume()
      })

    expect(await statusOf('/')).toBe(302)
    expect(await statusOf('/auth/login')).toBe(302)
    client.close()
    await app.close()
  })
})
