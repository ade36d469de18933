import { createServer } from 'node:http'
import { Auth, loginRequired, type AuthOptions } from 'identity-web/koa'
import Koa3 from 'koa'
import mount from 'koa-mount'
// @ts-expect-error Koa 2 under a name of its own has no types; those of Koa 3 fit.
import Koa2 from 'koa2'
import { Browser } from '../support/browser.ts'
import { SESSION_SECRET, sendToCallback, close, listen, signIn } from '../support/site.ts'
import { adapterContract, type StartHost } from './contract.ts'
import { addContract } from './hosts/koa-app.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'

function startWith(Koa: typeof Koa3): StartHost {
  return async (optionsFor, variant) => {
    const root = new Koa()
    const server = createServer((req, res) => void root.callback()(req, res))
    const origin = await listen(server)
    for (const prefix of variant.prefixes) {
      const app = prefix === '' ? root : new Koa()
      addContract(app, optionsFor(origin, prefix), variant)
      if (prefix !== '') root.use(mount(prefix, app))
    }
    return { origin, close: () => close(server) }
  }
}

adapterContract('Koa 3', startWith(Koa3))
adapterContract('Koa 2', startWith(Koa2))

const test = base
  /** Runs an application, and gives the errors that it was told of. */
  .extend(
    'on',
    ({ provider, clock }) =>
      async (
        build: (app: Koa3, authAt: (prefix: string, options?: AuthOptions) => Auth) => void,
        act: (site: { readonly origin: string; readonly errors: Error[] }) => Promise<void>,
      ): Promise<void> => {
        const app = new Koa3()
        const errors: Error[] = []
        app.on('error', (error: Error) => errors.push(error))
        const server = createServer((req, res) => void app.callback()(req, res))
        const origin = await listen(server)
        build(
          app,
          (prefix, options) =>
            new Auth({
              authority: provider.authority(),
              clientId: provider.app.clientId,
              clientCredential: provider.app.clientSecret,
              redirectUri: `${origin}${prefix}/auth/redirect`,
              session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
              now: clock.now,
              ...options,
            }),
        )
        try {
          await act({ origin, errors })
        } finally {
          await close(server)
        }
      },
  )

describe('on Koa', () => {
  test('the middleware hands on by ctx.state, beside what is there', ({ on, provider }) =>
    on(
      (app, authAt) => {
        const auth = authAt('').initApp(app)
        app.use((ctx, next) => {
          ctx.state.before = 'kept'
          return next()
        })
        app.use(auth.loginRequired({ scopes: 'User.Read' })).use((ctx) => {
          const { tokenType, user } = ctx.state.identity
          ctx.body = { before: ctx.state['before'], tokenType, name: user.name }
        })
      },
      async (site) => {
        const browser = await signIn(site, provider)

        expect((await browser.navigate(`${site.origin}/`)).json()).toEqual({
          before: 'kept',
          tokenType: 'Bearer',
          name: 'Alex Rivera',
        })
      },
    ))

  test('an error further down that the user can solve becomes a step-up', ({ on, provider }) =>
    on(
      (app, authAt) => {
        const auth = authAt('').initApp(app)
        app.use(auth.loginRequired())
        app.use((_ctx, next) => next())
        app.use(async (ctx) => {
          ctx.body = 'half done'
          if (ctx.path === '/mail') ctx.body = await auth.getTokenForUser(ctx, 'Mail.Read')
        })
      },
      async (site) => {
        const browser = await signIn(site, provider)

        const away = await browser.navigate(`${site.origin}/mail`)
        const back = await sendToCallback(browser, await provider.signIn(away.location ?? '', {}))

        expect([away.status, away.text]).toEqual([302, ''])
        expect(back.location).toBe('/mail')
        expect((await browser.navigate(`${site.origin}/mail`)).json()).toMatchObject({
          scopes: ['Mail.Read'],
        })
        expect(site.errors).toEqual([])
      },
    ))

  test('middleware in front sees what the guard and the routes answer', async ({ on }) => {
    const seen: unknown[] = []
    await on(
      (app, authAt) => {
        app.use(async (ctx, next) => {
          await next()
          seen.push([ctx.path, ctx.status, ctx.response.get('location') !== ''])
          ctx.set('x-seen', 'yes')
        })
        app.use(authAt('').initApp(app).loginRequired())
      },
      async ({ origin }) => {
        const guarded = await new Browser().navigate(`${origin}/`)
        await new Browser().navigate(`${origin}/auth/login`)

        expect(guarded.headers['x-seen']).toBe('yes')
        expect(seen).toEqual([
          ['/', 302, true],
          ['/auth/login', 302, true],
        ])
      },
    )
  })

  test('nothing of an earlier answer is left in one of ours', ({ on }) =>
    on(
      (app, authAt) => {
        app.use((ctx, next) => {
          ctx.body = { of: 'an earlier middleware' }
          return next()
        })
        app.use(authAt('').initApp(app).loginRequired())
      },
      async ({ origin }) => {
        const page = await new Browser().navigate(`${origin}/`)
        const script = await new Browser().script(`${origin}/`)

        expect([page.status, page.text, page.headers['content-length']]).toEqual([302, '', '0'])
        expect(page.headers['content-type']).toBeUndefined()
        expect(script.json()).toMatchObject({ error: 'login_required' })
      },
    ))

  test('Koa waits for whatever a handler returns that can be waited for', ({ on, provider }) =>
    on(
      (app, authAt) => {
        const auth = authAt('').initApp(app)
        app.use(
          auth.loginRequired((ctx) => ({
            // oxlint-disable-next-line unicorn/no-thenable -- as query builders have it
            then: (resolve: () => void) =>
              void setImmediate(() => {
                ctx.body = 'waited for'
                resolve()
              }),
          })),
        )
      },
      async (site) => {
        const browser = await signIn(site, provider)

        expect((await browser.navigate(`${site.origin}/`)).text).toBe('waited for')
      },
    ))

  test('an error is told to the application and shown to nobody', ({ on, provider }) =>
    on(
      (app, authAt) => {
        const auth = authAt('').initApp(app)
        app.use(
          auth.loginRequired(() => {
            throw new Error('a detail of the inside')
          }),
        )
      },
      async (site) => {
        const browser = await signIn(site, provider)

        const answer = await browser.navigate(`${site.origin}/`)

        expect([answer.status, answer.text]).toEqual([500, 'Internal Server Error'])
        expect(site.errors.map(({ message }) => message)).toEqual(['a detail of the inside'])
      },
    ))

  // Koa takes all headers off the answer to an error, our cookies too.
  test('an error in the very request that renews costs nobody the session', ({
    on,
    provider,
    clock,
  }) =>
    on(
      (app, authAt) => {
        const auth = authAt('').initApp(app)
        app.use(
          auth.loginRequired((ctx) => {
            if (ctx.path === '/throws') throw new Error('after the renewal')
            ctx.body = 'in'
          }),
        )
      },
      async (site) => {
        provider.behave({ reuseDetection: true })
        const browser = await signIn(site, provider)
        clock.advance(4000)

        const failed = await browser.navigate(`${site.origin}/throws`)
        const next = await browser.navigate(`${site.origin}/`)

        expect([failed.status, failed.setCookies]).toEqual([500, []])
        expect([next.status, next.text]).toEqual([200, 'in'])
      },
    ))

  test('a handler that answers without Koa is left alone', ({ on, provider }) =>
    on(
      (app, authAt) => {
        const auth = authAt('').initApp(app)
        app.use(
          auth.loginRequired(async (ctx) => {
            ctx.respond = false
            if (ctx.path === '/mail') await auth.getTokenForUser(ctx, 'Mail.Read')
            ctx.res.end('by itself')
          }),
        )
      },
      async (site) => {
        const browser = await signIn(site, provider)

        expect((await browser.navigate(`${site.origin}/`)).text).toBe('by itself')
        // What it throws is Koa's: nobody would send our answer.
        expect((await browser.navigate(`${site.origin}/mail`)).status).toBe(401)
        expect(site.errors).toMatchObject([{ code: 'interaction_required' }])
      },
    ))

  test('an Auth without an application says that initApp was not called', ({ on }) =>
    on(
      (app, authAt) => {
        const guards = { '/': authAt('').loginRequired(), '/standalone': loginRequired() }
        app.use((ctx, next) => guards[ctx.path as '/'](ctx as never, next) as Promise<void>)
      },
      async ({ origin, errors }) => {
        expect((await new Browser().navigate(`${origin}/`)).status).toBe(500)
        expect((await new Browser().navigate(`${origin}/standalone`)).status).toBe(500)
        expect(errors.map(({ message }) => message)).toEqual([
          expect.stringContaining('auth.initApp(app)'),
          expect.stringContaining('auth.initApp(app)'),
        ])
      },
    ))

  describe('mounted below another application', () => {
    const customers = { session: { secret: SESSION_SECRET, cookie: { name: 'customer' } } }
    const build = (app: Koa3, authAt: (prefix: string, options?: AuthOptions) => Auth): void => {
      authAt('').initApp(app)
      const shop = new Koa3()
      authAt('/shop', customers).initApp(shop)
      const whoAt = (path: string): Koa3.Middleware => {
        const guarded = loginRequired((ctx, { claims }) => {
          ctx.body = { path, name: claims.name }
        })
        return (ctx, next) => (ctx.path === path ? guarded(ctx, next) : next()) as Promise<void>
      }
      shop.use(whoAt('/cart'))
      app.use(mount('/shop', shop))
      app.use(whoAt('/shop/admin'))
      app.use(whoAt('/orders'))
    }
    const redirectUriOf = (location = ''): string | undefined =>
      new URL(location).searchParams.get('redirect_uri') ?? undefined

    test('the stand-alone loginRequired finds the Auth of the same application', ({ on }) =>
      on(build, async ({ origin }) => {
        const inner = await new Browser().navigate(`${origin}/shop/cart?a=1`)
        const outer = await new Browser().navigate(`${origin}/orders`)

        expect(redirectUriOf(inner.location)).toBe(`${origin}/shop/auth/redirect`)
        expect(redirectUriOf(outer.location)).toBe(`${origin}/auth/redirect`)
      }))

    test('whoever is signed in to the inner one is a stranger to what lies behind it', ({
      on,
      provider,
    }) =>
      on(build, async (site) => {
        const browser = await signIn(site, provider, { path: '/shop/cart' })

        expect((await browser.navigate(`${site.origin}/shop/cart`)).json()).toEqual({
          path: '/cart',
          name: 'Alex Rivera',
        })
        const behind = await browser.navigate(`${site.origin}/shop/admin`)
        expect(redirectUriOf(behind.location)).toBe(`${site.origin}/auth/redirect`)
      }))
  })
})
