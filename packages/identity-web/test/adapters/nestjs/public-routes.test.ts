import { Controller, Get, UseGuards, applyDecorators, type Type } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import {
  ApiGuard,
  AuthorizationRequired,
  EitherRequired,
  LoginGuard,
  LoginRequired,
  Public,
} from 'identity-web/nestjs'
import { describe, expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { signIn } from '../../support/site.ts'
import { test } from './bench.ts'
import { decorate } from './decorate.ts'
import { PLATFORMS } from './host.ts'

const client = new Browser()

class StricterGuard extends LoginGuard {}

/** A controller with these decorators on its class and on its method. */
function controllerWith(given: {
  readonly onClass?: readonly ClassDecorator[]
  readonly onMethod?: readonly MethodDecorator[]
  readonly base?: Type
}): Type {
  class Pages extends (given.base ?? Object) {
    page(): string {
      return 'page'
    }
  }
  decorate(Pages, 'page', { on: [Get('page'), ...(given.onMethod ?? [])] })
  for (const decorator of (given.onClass ?? []).toReversed()) decorator(Pages)
  Controller()(Pages)
  return Pages
}

describe.each(Object.keys(PLATFORMS))('on %s', (platform) => {
  const guarded = {
    platform,
    providers: [{ provide: APP_GUARD, useExisting: LoginGuard }],
  }

  describe('an application does not start if a decorator would switch off a guard', () => {
    test.for([
      [
        '@Public() and a guard on one method',
        { onMethod: [Public(), UseGuards(LoginGuard)] },
        'Pages.page has @Public() and @UseGuards(LoginGuard)',
      ],
      [
        'a guard and @Public() on one method',
        { onMethod: [UseGuards(LoginGuard), Public()] },
        'Pages.page has @Public() and @UseGuards(LoginGuard)',
      ],
      [
        '@Public() and the guard of an API',
        { onMethod: [Public(), UseGuards(ApiGuard)] },
        'Pages.page has @Public() and @UseGuards(ApiGuard)',
      ],
      [
        '@Public() and a class that extends a guard',
        { onMethod: [Public(), UseGuards(StricterGuard)] },
        'Pages.page has @Public() and @UseGuards(StricterGuard)',
      ],
      [
        'both in one decorator',
        { onMethod: [applyDecorators(Public(), UseGuards(LoginGuard)) as MethodDecorator] },
        'Pages.page has @Public() and @UseGuards(LoginGuard)',
      ],
      [
        '@Public() and a guard on one controller',
        { onClass: [Public(), UseGuards(LoginGuard)] },
        'Pages has @Public() and @UseGuards(LoginGuard)',
      ],
      [
        '@LoginRequired() and the guard of an API',
        { onMethod: [LoginRequired(), UseGuards(ApiGuard)] },
        'Pages.page has @LoginRequired() and @UseGuards(ApiGuard)',
      ],
      [
        '@EitherRequired() and a guard of sessions',
        { onMethod: [EitherRequired(), UseGuards(LoginGuard)] },
        'Pages.page has @EitherRequired() and @UseGuards(LoginGuard)',
      ],
    ] as const)('with %s', async ([, given, message], { on }) => {
      const started = on({ platform, controllers: [controllerWith(given)] }, async () => {})

      await expect(started).rejects.toThrow(message)
      await expect(started).rejects.toThrow(
        /would switch the guard off\. (?:To guard the route, r|R)emove /,
      )
    })

    test('with @Public() and an instance of a guard', async ({ on }) => {
      const instance = Object.create(LoginGuard.prototype) as LoginGuard
      const controllers = [controllerWith({ onMethod: [Public(), UseGuards(instance)] })]

      await expect(on({ platform, controllers }, async () => {})).rejects.toThrow(
        'Pages.page has @Public() and @UseGuards(LoginGuard)',
      )
    })
  })

  test.for([
    ['the decorator and its own guard', { onMethod: [LoginRequired(), UseGuards(LoginGuard)] }],
    [
      'a guard on a method of a public controller',
      { onClass: [Public()], onMethod: [UseGuards(LoginGuard)] },
    ],
    [
      'a guard on a controller whose base class is public',
      { base: baseWith(Public()), onClass: [UseGuards(LoginGuard)] },
    ],
  ] as const)('%s require sign-in', ([, given], { on }) =>
    on({ platform, controllers: [controllerWith(given)] }, async ({ origin }) => {
      expect((await client.script(`${origin}/page`)).status).toBe(401)
    }),
  )

  test('an instance of a guard on a method of a public controller requires sign-in', ({ on }) => {
    let guard: LoginGuard | undefined
    const late = { canActivate: (context: never) => guard!.canActivate(context) }
    Object.defineProperty(late, 'constructor', { value: LoginGuard })
    const controllers = [controllerWith({ onClass: [Public()], onMethod: [UseGuards(late)] })]

    return on({ platform, controllers }, async ({ origin, app }) => {
      guard = app.get(LoginGuard)
      expect((await client.script(`${origin}/page`)).status).toBe(401)
    })
  })

  describe('under a guard of the whole application', () => {
    test('a controller does not inherit @Public()', ({ on, provider }) => {
      const controllers = [controllerWith({ base: baseWith(Public()) })]

      return on({ ...guarded, controllers }, async (site) => {
        expect((await client.navigate(`${site.origin}/page`)).status).toBe(302)
        expect((await client.script(`${site.origin}/page`)).status).toBe(401)
        const browser = await signIn(site, provider, { path: '/auth/login' })
        expect((await browser.navigate(`${site.origin}/page`)).text).toBe('page')
      })
    })

    test('a controller inherits the requirement behind @Public()', ({ on, provider }) => {
      const admins = baseWith(LoginRequired({ roles: ['Nobody.HasIt'] }))
      const controllers = [controllerWith({ base: baseWith(Public(), admins) })]

      return on({ ...guarded, controllers }, async (site) => {
        const browser = await signIn(site, provider, { path: '/auth/login' })
        expect((await browser.navigate(`${site.origin}/page`)).status).toBe(403)
      })
    })

    test('@Public() opens its own controller, also if the base class has it', ({ on }) => {
      const open = Public()
      const controllers = [controllerWith({ base: baseWith(open), onClass: [open] })]

      return on({ ...guarded, controllers }, async ({ origin }) => {
        expect((await client.navigate(`${origin}/page`)).text).toBe('page')
      })
    })

    test('a method that replaces a public one is not public', ({ on }) => {
      class Base {
        page(): string {
          return 'open'
        }
      }
      decorate(Base, 'page', { on: [Get('page'), Public()] })
      const controllers = [controllerWith({ base: Base })]

      return on({ ...guarded, controllers }, async ({ origin }) => {
        expect((await client.script(`${origin}/page`)).status).toBe(401)
      })
    })

    // The guard caches the requirements of handlers.
    test('controllers that inherit one handler keep their own declarations', ({ on }) => {
      class Base {
        page(): string {
          return 'open'
        }
      }
      decorate(Base, 'page', { on: [Get()] })
      class Open extends Base {}
      class Closed extends Base {}
      Controller('open')(Open)
      Public()(Open)
      Controller('closed')(Closed)

      return on({ ...guarded, controllers: [Open, Closed] }, async ({ origin }) => {
        expect((await client.script(`${origin}/open`)).status).toBe(200)
        expect((await client.script(`${origin}/closed`)).status).toBe(401)
      })
    })

    test('a controller inherits the requirement of an API', ({ on }) => {
      const base = baseWith(AuthorizationRequired({ scopes: ['Todos.Read'] }))
      const controllers = [controllerWith({ base })]

      return on({ ...guarded, controllers }, async ({ origin }) => {
        const { headers } = await client.navigate(`${origin}/page`)
        expect(headers['www-authenticate']).toMatch(/^Bearer/)
      })
    })
  })
})

function baseWith(decorator: ClassDecorator, base: Type = Object): Type {
  class Base extends base {}
  decorator(Base)
  return Base
}
