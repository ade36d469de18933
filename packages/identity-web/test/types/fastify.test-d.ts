import Fastify, {
  type FastifyInstance,
  type FastifyTypeProvider,
  type RouteHandlerMethod,
} from 'fastify'
import {
  ApiAuth,
  Auth,
  loginRequired,
  type AuthorizationContext,
  type Claims,
  type GuardHook,
} from 'identity-web/fastify'
import { expectTypeOf, test } from 'vitest'
import type { RequestIdentity } from '../../src/classes/index.ts'

const app = Fastify()
const auth = new Auth({})
const api = new ApiAuth({})

test('a wrapped handler always has a user, and a token only with scopes', () => {
  auth.loginRequired((_request, _reply, context) => {
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    expectTypeOf(context.claims).toEqualTypeOf<Claims>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ challenge: 'redirect' }, (_request, _reply, context) => {
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  app.get(
    '/',
    auth.loginRequired({ scopes: ['User.Read'] }, (_request, _reply, context) => {
      expectTypeOf(context.accessToken).toEqualTypeOf<string>()
      expectTypeOf(context.expiresInSeconds).toEqualTypeOf<number>()
      expectTypeOf(context.fetch).returns.resolves.toEqualTypeOf<Response>()
    }),
  )
  loginRequired((_request, _reply, { claims, user }) => {
    expectTypeOf(user).toEqualTypeOf<unknown>()
    expectTypeOf(claims).toEqualTypeOf<Claims>()
  })
})

test('what onLogin returns reaches the handler', () => {
  const own = new Auth({ onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }) })

  own.loginRequired((_request, _reply, { user }) => {
    expectTypeOf(user).toEqualTypeOf<{ id: number; label: string }>()
  })
  expectTypeOf(own.getUser).returns.resolves.toEqualTypeOf<
    { id: number; label: string } | undefined
  >()
})

test('a wrapped handler has the types of its route', () => {
  interface Search {
    Querystring: { page: number }
    Reply: { found: string[] }
  }
  app.get<Search>(
    '/search',
    auth.loginRequired(async (request, response, { user }) => {
      expectTypeOf(request.query).toEqualTypeOf<{ page: number }>()
      expectTypeOf(response.send).parameter(0).toEqualTypeOf<{ found: string[] }>()
      return { found: [user.sub] }
    }),
  )
  app.post<{ Body: { title: string } }>(
    '/todos',
    api.authorizationRequired(
      { scopes: ['Todos.ReadWrite'] },
      async (request, _reply, { user }) => {
        expectTypeOf(request.body).toEqualTypeOf<{ title: string }>()
        return { by: user.oid }
      },
    ),
  )
  app.get<{ Params: { id: string } }>(
    '/todos/:id',
    auth.orBearer(api).required(async (request) => {
      expectTypeOf(request.params).toEqualTypeOf<{ id: string }>()
    }),
  )
  app.get<Search>(
    '/wrong',
    // @ts-expect-error no such reply
    auth.loginRequired(async () => ({ found: 7 })),
  )
  app.get(
    '/this',
    auth.loginRequired(function () {
      expectTypeOf(this).toEqualTypeOf<FastifyInstance>()
    }),
  )
})

test('without a route type, a guard is a handler for any route', () => {
  expectTypeOf(auth.loginRequired(async () => 'hello')).toEqualTypeOf<RouteHandlerMethod>()
})

test('as a hook, a guard accepts routes of any type, and the context is on the request', () => {
  expectTypeOf(auth.loginRequired()).toEqualTypeOf<GuardHook>()
  app.addHook('preHandler', auth.loginRequired({ scopes: ['User.Read'] }))
  app.addHook('onRequest', api.authorizationRequired())
  app.get<{ Querystring: { page: number }; Reply: string }>(
    '/',
    { preHandler: [auth.loginRequired()], onRequest: loginRequired() },
    async (request) => {
      expectTypeOf(request.identity).toEqualTypeOf<RequestIdentity | null | undefined>()
      expectTypeOf(api.contextOf(request)).toEqualTypeOf<AuthorizationContext>()
      return auth.contextOf(request).user.name ?? ''
    },
  )
})

test('applications with any server and type provider accept the plugin', () => {
  interface Provider extends FastifyTypeProvider {
    validator: this['schema'] extends { readonly kind: infer Kind } ? Kind : unknown
  }
  const http2 = Fastify({ http2: true })
  const typed = Fastify().withTypeProvider<Provider>()
  void new Auth(http2)
  void new ApiAuth(http2, {})
  http2.register(auth.plugin())
  http2.get(
    '/',
    auth.loginRequired(async (request) => request.raw.httpVersion),
  )
  void new Auth(typed)
  typed.register(auth.plugin())
  typed.get(
    '/hook',
    { schema: { querystring: { kind: 7 } }, preHandler: auth.loginRequired() },
    async (request) => {
      expectTypeOf(request.query).toEqualTypeOf<7>()
    },
  )
  typed.get(
    '/wrapper',
    { schema: { querystring: { kind: 7 } } },
    auth.loginRequired(async (request) => {
      expectTypeOf(request.query).toEqualTypeOf<7>()
    }),
  )
  const part = async (inner: FastifyInstance): Promise<void> => {
    void new Auth(inner, {})
    inner.setErrorHandler(api.errorHandler)
  }
  app.register(part, { prefix: '/part' })
})

test('checks options', () => {
  // @ts-expect-error no such prompt
  void new Auth({ prompt: 'maybe' })
  // @ts-expect-error no such option
  void new Auth(app, { redirectURI: 'http://localhost:3000/redirect' })
  // @ts-expect-error no such requirement
  api.authorizationRequired({ scope: ['Todos.Read'] }, () => undefined)
  // @ts-expect-error seconds
  auth.loginRequired({ maxAgeSeconds: '10 minutes' })
})
