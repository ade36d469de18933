import { Controller, Get, Inject, Req, UseGuards, type ExecutionContext } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js'
import {
  AccessToken,
  ApiAuth,
  ApiGuard,
  Auth,
  AuthorizationRequired,
  CurrentUser,
  EitherGuard,
  EitherRequired,
  IdentityContext,
  LoginGuard,
  LoginRequired,
  Public,
  type GuardedRequest,
  type PlatformRequest,
  type TokenContext,
} from 'identity-web/nestjs'
import { describe, expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { signIn } from '../../support/site.ts'
import { test as base } from './bench.ts'
import { decorate } from './decorate.ts'
import { PLATFORMS } from './host.ts'

const test = base.extend(
  'bearer',
  ({ provider }) =>
    async (): Promise<{ headers: Record<string, string> }> => {
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      return { headers: { authorization: `Bearer ${token}` } }
    },
)
const client = new Browser()

describe.each(Object.keys(PLATFORMS))('a guard of the whole application on %s', (platform) => {
  class Pages {
    silent(): string {
      return 'for users'
    }
    open(): string {
      return 'for all'
    }
    scoped(token: string): object {
      return { hasToken: token.length > 0 }
    }
    api(): string {
      return 'for clients'
    }
  }
  Controller()(Pages)
  decorate(Pages, 'silent', { on: [Get()] })
  decorate(Pages, 'open', { on: [Get('open'), Public()] })
  decorate(Pages, 'scoped', {
    on: [Get('scoped'), LoginRequired({ scopes: ['User.Read'] })],
    parameters: [AccessToken()],
  })
  decorate(Pages, 'api', { on: [Get('api'), AuthorizationRequired({ scopes: ['Todos.Read'] })] })
  const wanted = {
    platform,
    controllers: [Pages],
    providers: [{ provide: APP_GUARD, useExisting: LoginGuard }],
  }

  test('keeps strangers from every route but the public ones and those of sign-in', ({
    on,
    provider,
  }) =>
    on(wanted, async (site) => {
      const stranger = new Browser()

      expect((await stranger.navigate(`${site.origin}/`)).status).toBe(302)
      expect((await stranger.navigate(`${site.origin}/open`)).text).toBe('for all')
      expect((await stranger.navigate(`${site.origin}/nowhere`)).status).toBe(404)
      const browser = await signIn(site, provider)
      expect((await browser.navigate(`${site.origin}/`)).text).toBe('for users')
    }))

  test('asks what the route asks', ({ on, provider }) =>
    on(wanted, async (site) => {
      const browser = await signIn(site, provider)
      const stepUp = await browser.navigate(`${site.origin}/scoped`)
      expect(new URL(stepUp.location ?? '').searchParams.get('scope')).toContain('User.Read')

      await signIn(site, provider, { path: '/scoped' }, browser)
      expect((await browser.navigate(`${site.origin}/scoped`)).json()).toEqual({ hasToken: true })
    }))

  test('leaves routes for clients to their own guard', ({ on, provider, bearer }) =>
    on(wanted, async (site) => {
      const browser = await signIn(site, provider)

      expect((await client.send(`${site.origin}/api`, await bearer())).text).toBe('for clients')
      expect((await browser.navigate(`${site.origin}/api`)).status).toBe(401)
    }))
})

describe('decorators', () => {
  class Base {
    inherited(): string {
      return 'inherited'
    }
    redirects(): string {
      return ''
    }
    open(): string {
      return 'for all'
    }
    api(): string {
      return 'for clients'
    }
  }
  decorate(Base, 'inherited', { on: [Get('inherited')] })
  decorate(Base, 'redirects', { on: [Get('redirects'), LoginRequired({ challenge: 'redirect' })] })
  decorate(Base, 'open', { on: [Get('open'), Public()] })
  decorate(Base, 'api', { on: [Get('api'), AuthorizationRequired({ scopes: ['Todos.Read'] })] })

  test('of a method come before those of its controller', ({ on, bearer }) => {
    class Pages extends Base {}
    Controller()(Pages)
    LoginRequired({ challenge: 'unauthorized' })(Pages)

    return on({ controllers: [Pages] }, async ({ origin }) => {
      expect((await client.navigate(`${origin}/inherited`)).status).toBe(401)
      expect((await client.navigate(`${origin}/redirects`)).status).toBe(302)
      expect((await client.navigate(`${origin}/open`)).text).toBe('for all')
      expect((await client.navigate(`${origin}/api`)).headers['www-authenticate']).toMatch(
        /^Bearer/,
      )
      expect((await client.send(`${origin}/api`, await bearer())).text).toBe('for clients')
    })
  })

  test('of a controller come before those that it inherits', ({ on, bearer }) => {
    class Users extends Base {}
    LoginRequired()(Users)
    class Clients extends Users {}
    Controller()(Clients)
    AuthorizationRequired()(Clients)

    return on({ controllers: [Clients] }, async ({ origin }) => {
      expect((await client.navigate(`${origin}/inherited`)).status).toBe(401)
      expect((await client.send(`${origin}/inherited`, await bearer())).text).toBe('inherited')
    })
  })

  test('that contradict each other on the same method, or controller, are refused at once', () => {
    class Pages {
      page(): void {}
    }

    expect(() =>
      decorate(Pages, 'page', { on: [LoginRequired(), AuthorizationRequired()] }),
    ).toThrow(/method page has two decorators .* @LoginRequired\(\)\. .* @EitherRequired/)
    Public()(Pages)
    expect(() => LoginRequired()(Pages)).toThrow(
      /controller has two decorators .* @LoginRequired\(\)/,
    )
  })

  test('that make a controller public open no method that names a guard', ({ on }) => {
    class Pages {
      open(): string {
        return 'for all'
      }
      login(): string {
        return ''
      }
      api(): string {
        return ''
      }
      either(): string {
        return ''
      }
    }
    decorate(Pages, 'open', { on: [Get('open')] })
    decorate(Pages, 'login', { on: [Get('login'), UseGuards(LoginGuard)] })
    decorate(Pages, 'api', { on: [Get('api'), UseGuards(ApiGuard)] })
    decorate(Pages, 'either', { on: [Get('either'), UseGuards(EitherGuard)] })
    Controller()(Pages)
    Public()(Pages)

    return on({ controllers: [Pages] }, async ({ origin }) => {
      const statuses = await Promise.all(
        ['open', 'login', 'api', 'either'].map(
          async (path) => (await client.script(`${origin}/${path}`)).status,
        ),
      )
      expect(statuses).toEqual([200, 401, 401, 401])
    })
  })
})

test('a guard that stands globally and on the route judges once', ({ on, bearer }) => {
  let judged = 0
  class Pages {
    page(): string {
      return 'let in'
    }
  }
  const claims = (): boolean => ++judged > 0
  decorate(Pages, 'page', { on: [Get(), AuthorizationRequired({ claims })] })
  Controller()(Pages)
  const providers = [{ provide: APP_GUARD, useExisting: ApiGuard }]

  return on({ controllers: [Pages], providers }, async ({ origin }) => {
    expect((await client.send(`${origin}/`, await bearer())).text).toBe('let in')
    expect(judged).toBe(1)
  })
})

test('two guards on one route both have to be passed', ({ on, bearer, provider }) => {
  class Pages {
    readonly #auth: Auth
    readonly #api: ApiAuth
    constructor(auth: Auth, api: ApiAuth) {
      this.#auth = auth
      this.#api = api
    }
    page(request: PlatformRequest): object {
      return [this.#auth.contextOf(request).kind, this.#api.contextOf(request).kind]
    }
  }
  Inject(Auth)(Pages, undefined, 0)
  Inject(ApiAuth)(Pages, undefined, 1)
  decorate(Pages, 'page', {
    on: [Get(), UseGuards(LoginGuard, ApiGuard)],
    parameters: [Req()],
  })
  Controller()(Pages)

  return on({ controllers: [Pages] }, async (site) => {
    const browser = new Browser()
    expect((await client.script(`${site.origin}/`, await bearer())).status).toBe(401)

    const away = await browser.navigate(`${site.origin}/`)
    const { url } = await provider.signIn(away.location ?? '', { as: 'alex' })
    await browser.navigate(url.href, { headers: { 'sec-fetch-site': 'cross-site' } })

    expect((await browser.script(`${site.origin}/`)).status).toBe(401)
    expect((await browser.script(`${site.origin}/`, await bearer())).json()).toEqual([
      'session',
      'bearer',
    ])
  })
})

test('the parameters of a handler are what its guard knows', ({ on, provider, bearer }) => {
  class Pages {
    user(user: unknown, name: unknown, token: unknown, context: TokenContext): object {
      return { user, name, token, isContext: context.accessToken === token }
    }
    caller(user: unknown, oid: unknown, token: unknown, context: object): object {
      return { user, oid, token, isContext: 'getTokenOnBehalfOf' in context }
    }
    nobody(...known: unknown[]): object {
      return known.map((value) => value === undefined)
    }
  }
  const parameters = [CurrentUser(), CurrentUser('name'), AccessToken(), IdentityContext()]
  decorate(Pages, 'user', { on: [Get(), LoginRequired({ scopes: 'User.Read' })], parameters })
  decorate(Pages, 'caller', {
    on: [Get('caller'), EitherRequired()],
    parameters: [CurrentUser(), CurrentUser('oid'), AccessToken(), IdentityContext()],
  })
  decorate(Pages, 'nobody', { on: [Get('nobody'), Public()], parameters })
  Controller()(Pages)

  return on({ controllers: [Pages] }, async (site) => {
    const browser = await signIn(site, provider, { path: '/' })
    const ask = await bearer()
    const { oid, name } = provider.user('alex')

    expect((await browser.navigate(`${site.origin}/`)).json()).toMatchObject({
      user: { oid, name },
      name,
      token: expect.any(String),
      isContext: true,
    })
    expect((await client.send(`${site.origin}/caller`, ask)).json()).toMatchObject({
      user: { oid },
      oid,
      token: ask.headers['authorization']?.slice('Bearer '.length),
      isContext: true,
    })
    expect((await client.navigate(`${site.origin}/nobody`)).json()).toEqual([
      true,
      true,
      true,
      true,
    ])
  })
})

test('what is no HTTP request is refused with the way out, unless it is public', ({ on }) => {
  class Resolver {
    me(): void {}
    open(): void {}
  }
  decorate(Resolver, 'open', { on: [Public()] })
  const reachedBy = (type: string, method: 'me' | 'open'): ExecutionContext => {
    const context = new ExecutionContextHost([], Resolver, Resolver.prototype[method])
    context.setType(type)
    return context
  }

  return on({}, async ({ app }) => {
    const guard = app.get(LoginGuard)

    expect(() => guard.canActivate(reachedBy('rpc', 'me'))).toThrow(
      /LoginGuard guards only HTTP routes and GraphQL resolvers, but Resolver\.me handles rpc messages.*@Public\(\)/,
    )
    expect(() => app.get(ApiGuard).canActivate(reachedBy('ws', 'me'))).toThrow(
      /handles ws messages/,
    )
    expect(guard.canActivate(reachedBy('rpc', 'open'))).toBe(true)
    // A subscription of GraphQL. The text for the developer is in the log only.
    await expect(guard.canActivate(reachedBy('graphql', 'me'))).rejects.toMatchObject({
      message: 'configuration',
      extensions: { code: 'INTERNAL_SERVER_ERROR', error: 'configuration' },
    })
    expect(guard.canActivate(reachedBy('graphql', 'open'))).toBe(true)
  })
})

test('a guard can be made stricter by a class of its own', ({ provider, on }) => {
  class OnlyRobin extends LoginGuard {
    override async canActivate(context: ExecutionContext): Promise<true> {
      await super.canActivate(context)
      const { identity } = context.switchToHttp().getRequest<GuardedRequest>()
      if (identity?.claims['name'] !== provider.user('robin').name) throw new Error('not Robin')
      return true
    }
  }
  class Pages {
    page(): string {
      return 'hello'
    }
  }
  decorate(Pages, 'page', { on: [Get(), UseGuards(OnlyRobin)] })
  Controller()(Pages)

  return on({ controllers: [Pages] }, async (site) => {
    const robin = await signIn(site, provider, { as: 'robin' })
    const alex = await signIn(site, provider, { as: 'alex' })

    expect((await robin.navigate(`${site.origin}/`)).text).toBe('hello')
    expect((await alex.navigate(`${site.origin}/`)).status).toBe(500)
  })
})
