import { Controller, Get, Inject, Injectable, UseGuards } from '@nestjs/common'
import type { DynamicModule } from '@nestjs/common'
import {
  ApiAuth,
  Auth,
  AuthorizationRequired,
  CurrentUser,
  EitherRequired,
  IdentityModule,
  LoginGuard,
  LoginRequired,
  type Claims,
  type IdentityModuleOptions,
  type IdentityOptionsFactory,
  type PlatformRequest,
} from 'identity-web/nestjs'
import { describe, expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { sendToCallback, signIn } from '../../support/site.ts'
import { test as base } from './bench.ts'
import { decorate } from './decorate.ts'
import { PLATFORMS, moduleNamed } from './host.ts'

class Pages {
  home(name: string): string {
    return `Hello, ${name}`
  }
}
decorate(Pages, 'home', { on: [Get(), LoginRequired()], parameters: [CurrentUser('name')] })
Controller()(Pages)

const rootOf = (...imports: DynamicModule[]): DynamicModule => ({
  module: moduleNamed('Root'),
  imports,
  controllers: [Pages],
})

class Wrong {
  page(): void {}
}

const test = base.extend(
  'startWith',
  ({ start, options }) =>
    (decorator: MethodDecorator, given?: IdentityModuleOptions): Promise<unknown> => {
      class Controllers extends Wrong {
        override page(): void {}
      }
      decorate(Controllers, 'page', { on: [Get(), decorator] })
      Controller()(Controllers)
      return start((origin) => ({
        module: moduleNamed('Root'),
        imports: [IdentityModule.forRoot(given ?? options(origin))],
        controllers: [Controllers],
      }))
    },
)

describe('a global prefix', () => {
  test.for(
    Object.keys(PLATFORMS).flatMap((platform) => [
      { platform, redirectPath: '/expenses/redirect', home: '/expenses' },
      // The routes of sign-in do not have the prefix, so it can be that of an API.
      { platform, redirectPath: '/redirect', home: '/' },
    ]),
  )(
    'on $platform, with the redirect URI $redirectPath: users return to $home',
    async ({ platform, redirectPath, home }, { options, provider, start }) => {
      const site = await start(
        (origin) =>
          rootOf(
            IdentityModule.forRoot({
              auth: { ...options(origin).auth, redirectUri: origin + redirectPath },
            }),
          ),
        { platform, prepare: (app) => void app.setGlobalPrefix('expenses') },
      )
      const browser = new Browser()
      const login = `${site.origin}${redirectPath.replace('redirect', 'login')}`
      const { location = '' } = await browser.navigate(login)
      const callback = await sendToCallback(
        browser,
        await provider.signIn(location, { as: 'alex' }),
      )

      expect(callback.location).toBe(home)
      expect((await browser.navigate(`${site.origin}/expenses`)).text).toMatch(/^Hello/)
    },
  )
})

describe('options that are known only at start', () => {
  /** What knows the options: a configuration service, say. */
  class Settings {
    options: IdentityModuleOptions = {}
  }
  const settingsWith = (options: IdentityModuleOptions): DynamicModule => ({
    module: moduleNamed('SettingsModule'),
    providers: [{ provide: Settings, useValue: { options } }],
    exports: [Settings],
  })
  class Factory implements IdentityOptionsFactory {
    readonly #settings: Settings
    constructor(settings: Settings) {
      this.#settings = settings
    }
    createIdentityOptions(): IdentityModuleOptions {
      return this.#settings.options
    }
  }
  Injectable()(Factory)
  Inject(Settings)(Factory, undefined, 0)
  const factoryWith = (options: IdentityModuleOptions): DynamicModule => ({
    module: moduleNamed('FactoryModule'),
    imports: [settingsWith(options)],
    providers: [Factory],
    exports: [Factory],
  })

  test.for([
    [
      'a function',
      (options: IdentityModuleOptions) =>
        IdentityModule.forRootAsync({
          imports: [settingsWith(options)],
          inject: [Settings],
          useFactory: async (settings: Settings) => settings.options,
        }),
    ],
    [
      'a class',
      (options: IdentityModuleOptions) =>
        IdentityModule.forRootAsync({ imports: [settingsWith(options)], useClass: Factory }),
    ],
    [
      'a provider',
      (options: IdentityModuleOptions) =>
        IdentityModule.forRootAsync({ imports: [factoryWith(options)], useExisting: Factory }),
    ],
  ] as const)('come from %s', async ([_from, identity], { start, options, provider }) => {
    const running = await start((origin) => rootOf(identity(options(origin))))

    const browser = await signIn(running, provider)
    expect((await browser.navigate(`${running.origin}/`)).text).toBe('Hello, Alex Rivera')
  })
})

test.for([
  [
    'forRoot',
    (options: IdentityModuleOptions) => IdentityModule.forRoot({ isGlobal: true, ...options }),
  ],
  [
    'forRootAsync',
    (options: IdentityModuleOptions) =>
      IdentityModule.forRootAsync({ isGlobal: true, useFactory: () => options }),
  ],
] as const)(
  'with isGlobal, %s reaches modules that do not import it',
  async ([_form, identity], { start, options }) => {
    const feature: DynamicModule = { module: moduleNamed('Feature'), controllers: [Pages] }
    const running = await start((origin) => ({
      module: moduleNamed('Root'),
      imports: [feature, identity(options(origin))],
    }))

    expect((await new Browser().navigate(`${running.origin}/`)).status).toBe(302)
  },
)

test('what onLogin returns reaches the handler', async ({ start, options, provider }) => {
  const running = await start((origin) => {
    const { auth } = options(origin)
    const onLogin = (claims: Claims): Claims => ({ ...claims, name: 'whoever it is' })
    return rootOf(IdentityModule.forRoot({ auth: { ...auth, onLogin } }))
  })

  const browser = await signIn(running, provider)
  expect((await browser.navigate(`${running.origin}/`)).text).toBe('Hello, whoever it is')
})

test('an application that is only an API has no sign-in, and says so', async ({
  start,
  options,
  provider,
}) => {
  class Api {
    todos(): string {
      return 'todos'
    }
    page(): string {
      return ''
    }
  }
  decorate(Api, 'todos', { on: [Get('todos'), AuthorizationRequired()] })
  decorate(Api, 'page', { on: [Get('page'), UseGuards(LoginGuard)] })
  Controller()(Api)
  const running = await start((origin) => ({
    module: moduleNamed('Root'),
    imports: [IdentityModule.forRoot({ api: options(origin).api })],
    controllers: [Api],
  }))
  const token = await provider.accessToken({ as: 'alex' })
  const headers = { authorization: `Bearer ${token}` }

  expect((await new Browser().send(`${running.origin}/todos`, { headers })).text).toBe('todos')
  expect((await new Browser().navigate(`${running.origin}/auth/login`)).status).toBe(404)
  expect((await new Browser().navigate(`${running.origin}/page`)).status).toBe(500)
  expect(() => running.app.get(Auth).paths.login).toThrow(
    /The option auth of IdentityModule is not configured\./,
  )
})

describe('an application does not start', () => {
  test('without options', ({ start }) =>
    expect(start(() => rootOf(IdentityModule.forRoot({})))).rejects.toThrow(
      /The options auth and api of IdentityModule are not configured\./,
    ))

  test.for([
    ['scopes of two APIs', () => LoginRequired({ scopes: ['api://a/x', 'api://b/y'] }), /one API/],
    ['an option that there is not', () => LoginRequired({ scope: 'x' } as never), /scopes/],
    [
      'a requirement that is missing',
      () => AuthorizationRequired(undefined as never),
      /requires an object/,
    ],
    ['either of undefined', () => EitherRequired(undefined as never), /requires an object/],
    ['no roles', () => LoginRequired({ roles: [] }), /received roles without a value/],
    [
      'roles of tokens only',
      () => EitherRequired({ authorization: { roles: 'A' } } as never),
      /roles/,
    ],
  ] as const)('with %s', ([_fault, decorator, message], { startWith }) =>
    expect(async () => startWith(decorator())).rejects.toThrow(message),
  )

  test('with a route for either and no API', ({ startWith }) =>
    expect(startWith(EitherRequired(), { auth: { logger: {} } })).rejects.toThrow(
      /The option api of IdentityModule is not configured\./,
    ))

  test('with a faulty controller', ({ start, options }) => {
    class Controllers extends Wrong {}
    decorate(Controllers, 'page', { on: [] })
    Controller()(Controllers)
    const twoApis = LoginRequired({ scopes: ['api://a/x', 'api://b/y'] })
    twoApis(Controllers)
    return expect(
      start((origin) => ({
        module: moduleNamed('Root'),
        imports: [IdentityModule.forRoot(options(origin))],
        controllers: [Controllers],
      })),
    ).rejects.toThrow(/one API/)
  })
})

test('a request of another application is a fault with a remedy', ({ on }) =>
  on({}, async ({ app }) => {
    const auth = app.get<Auth>(Auth)

    await expect(auth.getUser({} as PlatformRequest)).rejects.toThrow(/IdentityModule\.forRoot/)
  }))

test('the module provides what is asked without a request', ({ on }) =>
  on({}, async ({ app, origin }) => {
    const auth = app.get<Auth>(Auth)
    const api = app.get(ApiAuth)

    expect(auth.paths.callback).toBe('/auth/redirect')
    expect(new URL(auth.paths.login, origin).pathname).toBe('/auth/login')
    await expect(
      api.getTokenForClient('https://graph.microsoft.com/.default'),
    ).resolves.toHaveProperty('accessToken')
  }))

test('Nest runs without HTTP', async ({ options }) => {
  const { NestFactory } = await import('@nestjs/core')
  const context = await NestFactory.createApplicationContext(
    {
      module: moduleNamed('Root'),
      imports: [IdentityModule.forRoot(options('http://localhost:3000'))],
    } as never,
    { logger: false, abortOnError: false },
  )

  await expect(
    context.get<Auth>(Auth).getTokenForClient('https://graph.microsoft.com/.default'),
  ).resolves.toHaveProperty('accessToken')
  await context.close()
})
