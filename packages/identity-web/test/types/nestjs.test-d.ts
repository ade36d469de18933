import type { CanActivate, DynamicModule } from '@nestjs/common'
import type { Request, Response } from 'express'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  ApiAuth,
  Auth,
  AuthorizationRequired,
  CurrentUser,
  EitherRequired,
  IdentityModule,
  LoginGuard,
  LoginRequired,
  Public,
  type AuthorizationContext,
  type Claims,
  type GuardedRequest,
  type IdentityModuleOptions,
  type PlatformRequest,
  type PlatformResponse,
  type RouteDecorator,
  type TokenResult,
} from 'identity-web/nestjs'
import { expectTypeOf, test } from 'vitest'

test('accepts requests and responses of both platforms', () => {
  expectTypeOf<Request>().toExtend<PlatformRequest>()
  expectTypeOf<FastifyRequest>().toExtend<PlatformRequest>()
  expectTypeOf<Response>().toExtend<PlatformResponse>()
  expectTypeOf<FastifyReply>().toExtend<PlatformResponse>()
  // @ts-expect-error a Request of the fetch API
  void new Auth({}).getUser(new globalThis.Request('http://localhost'))
})

test('the injected Auth has the user type of onLogin', () => {
  interface Account {
    readonly id: number
  }
  const auth = {} as Auth<Account>

  expectTypeOf(auth.getUser).returns.resolves.toEqualTypeOf<Account | undefined>()
  expectTypeOf<Auth<Claims>['getUser']>().returns.resolves.toEqualTypeOf<Claims | undefined>()
  expectTypeOf(auth.contextOf({} as PlatformRequest).user).toEqualTypeOf<Account>()
  // Nest injects it, so TypeScript does not see what onLogin returns.
  expectTypeOf<Auth['getUser']>().returns.resolves.toEqualTypeOf<unknown>()
  expectTypeOf(auth.getTokenForUser).returns.resolves.toEqualTypeOf<TokenResult>()
  expectTypeOf(new ApiAuth({}).getTokenForClient).returns.resolves.toEqualTypeOf<TokenResult>()
})

test('the module provides the given Auth and ApiAuth', () => {
  expectTypeOf(IdentityModule.forRoot({ auth: {}, isGlobal: true })).toEqualTypeOf<DynamicModule>()
  void IdentityModule.forRoot({
    auth: {
      onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }),
      onLogout: (user) => void expectTypeOf(user).toEqualTypeOf<{ id: number; label: string }>(),
    },
    api: { audience: 'api://x' },
  })
  // @ts-expect-error an option of auth
  void IdentityModule.forRoot({ clientId: 'x' })
  // @ts-expect-error no such option
  void IdentityModule.forRoot({ auth: { redirectURI: 'http://localhost:3000/redirect' } })
  // @ts-expect-error a list
  void IdentityModule.forRoot({ api: { allowedClients: 'x' } })
})

test('the options can come from a factory', () => {
  class Config {
    readonly id = 'x'
  }
  class Factory {
    async createIdentityOptions(): Promise<IdentityModuleOptions> {
      return { auth: {} }
    }
  }
  void IdentityModule.forRootAsync({
    isGlobal: true,
    inject: [Config],
    useFactory: ({ id }: Config) => ({ auth: { clientId: id } }),
  })
  void IdentityModule.forRootAsync({ useClass: Factory })
  void IdentityModule.forRootAsync({ useExisting: Factory })
  // @ts-expect-error not the options
  void IdentityModule.forRootAsync({ useFactory: () => ({ auth: { clientId: 7 } }) })
  // @ts-expect-error does not return options
  void IdentityModule.forRootAsync({ useClass: Config })
})

test('decorators apply to methods and controllers, and check their arguments', () => {
  expectTypeOf(LoginRequired({ scopes: 'User.Read' })).toEqualTypeOf<RouteDecorator>()
  expectTypeOf(Public()).toExtend<ClassDecorator>()
  expectTypeOf(EitherRequired()).toExtend<MethodDecorator>()
  expectTypeOf(CurrentUser('name')).toEqualTypeOf<ParameterDecorator>()
  void EitherRequired({ roles: ['R'], login: { maxAgeSeconds: 600 } })
  void LoginRequired({ roles: ['R'], groups: 'G', claims: { department: 'HR' } })
  // @ts-expect-error an unset variable
  void LoginRequired(undefined)
  // @ts-expect-error roles apply to sessions and tokens
  void EitherRequired({ authorization: { roles: ['R'] } })
  // @ts-expect-error misspelt
  void LoginRequired({ scope: ['A'] })
  // @ts-expect-error seconds
  void LoginRequired({ maxAgeSeconds: '10 minutes' })
  // @ts-expect-error misspelt
  void AuthorizationRequired({ scopes: ['A'], role: ['B'] })
  // @ts-expect-error an unset variable
  void AuthorizationRequired(undefined)
  // @ts-expect-error misspelt
  void EitherRequired({ authorisation: {} })
  // @ts-expect-error an unset variable
  void EitherRequired(undefined)
  // @ts-expect-error a string
  void CurrentUser(7)
})

test('guards are guards of Nest, and type the context on the request', () => {
  expectTypeOf<LoginGuard>().toExtend<CanActivate>()
  const { identity } = {} as GuardedRequest
  if (identity?.kind === 'session') {
    expectTypeOf(identity.user).toEqualTypeOf<unknown>()
    expectTypeOf(identity.claims).toEqualTypeOf<Claims>()
    expectTypeOf(identity.accessToken).toEqualTypeOf<string | undefined>()
  } else {
    expectTypeOf(identity).toEqualTypeOf<AuthorizationContext | undefined>()
  }
})
