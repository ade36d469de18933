import {
  Controller,
  Get,
  Inject,
  Req,
  type CanActivate,
  type ExecutionContext,
  type Provider,
} from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { Test, type TestingModuleBuilder } from '@nestjs/testing'
import {
  Auth,
  CurrentUser,
  IdentityModule,
  LoginGuard,
  LoginRequired,
  Public,
  type Claims,
  type GuardedRequest,
  type PlatformRequest,
} from 'identity-web/nestjs'
import { expect, onTestFinished, test } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { decorate } from './decorate.ts'

// No provider runs here: whoever tests an application with a user of their own needs none.

class Pages {
  readonly #auth: Auth<Claims>
  constructor(auth: Auth<Claims>) {
    this.#auth = auth
  }
  home(name: string): string {
    return `Hello, ${name}`
  }
  async open(request: PlatformRequest): Promise<string> {
    return `Hello, ${(await this.#auth.getUser(request))?.name}`
  }
}
Inject(Auth)(Pages, undefined, 0)
decorate(Pages, 'home', { on: [Get(), LoginRequired()], parameters: [CurrentUser('name')] })
decorate(Pages, 'open', { on: [Get('open'), Public()], parameters: [Req()] })
Controller()(Pages)

class Silent {
  page(name: string): string {
    return `Hello, ${name}`
  }
}
decorate(Silent, 'page', { on: [Get('silent')], parameters: [CurrentUser('name')] })
Controller()(Silent)

const asSam: CanActivate = {
  canActivate(context: ExecutionContext) {
    const claims = {
      iss: 'https://issuer.example',
      sub: '1',
      aud: 'x',
      exp: 0,
      iat: 0,
      name: 'Sam',
    }
    context.switchToHttp().getRequest<GuardedRequest>().identity = {
      kind: 'session',
      user: claims,
      claims,
      roles: [],
      api: {},
      fetch: () => Promise.reject(new Error('This test calls no API.')),
      userInfo: () => Promise.resolve(claims),
    }
    return true
  },
}

function testing(...providers: Provider[]): TestingModuleBuilder {
  return Test.createTestingModule({
    imports: [
      IdentityModule.forRoot({
        auth: {
          authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
          clientId: '11111111-2222-3333-4444-555555555555',
          redirectUri: 'http://localhost:3000/redirect',
          logger: {},
        },
      }),
    ],
    controllers: [Pages, Silent],
    providers,
  })
}

async function start(builder: TestingModuleBuilder): Promise<string> {
  const app = (await builder.compile()).createNestApplication({ logger: false })
  onTestFinished(() => app.close())
  await app.listen(0, 'localhost')
  return (await app.getUrl()).replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost')
}

test('a guard that a test overrides lets its own user in', async () => {
  const origin = await start(testing().overrideGuard(LoginGuard).useValue(asSam))

  expect((await new Browser().navigate(`${origin}/`)).text).toBe('Hello, Sam')
})

test('so does one of the whole application, by its provider', async () => {
  const everywhere = { provide: APP_GUARD, useExisting: LoginGuard }
  const origin = await start(testing(everywhere).overrideProvider(LoginGuard).useValue(asSam))

  expect((await new Browser().navigate(`${origin}/silent`)).text).toBe('Hello, Sam')
})

test('an Auth that a test overrides is what handlers get', async () => {
  const origin = await start(
    testing()
      .overrideGuard(LoginGuard)
      .useValue(asSam)
      .overrideProvider(Auth)
      .useValue({ getUser: async () => ({ name: 'Kim' }) }),
  )

  expect((await new Browser().navigate(`${origin}/open`)).text).toBe('Hello, Kim')
  expect((await new Browser().navigate(`${origin}/login`)).status).toBe(404)
})

test('an Auth that is overridden lets nobody in by itself, and says what else to override', async () => {
  const builder = testing().overrideProvider(Auth).useValue({})

  await expect(start(builder)).rejects.toThrow(
    /LoginGuard works only with the Auth that IdentityModule provides\. .*overrideGuard\(LoginGuard\)/,
  )
})

test('without any override, strangers stay outside', async () => {
  const origin = await start(testing())

  expect((await new Browser().script(`${origin}/`)).status).toBe(401)
})
