import { app, type HttpHandler, type HttpRequest, type InvocationContext } from '@azure/functions'
import {
  ApiAuth,
  Auth,
  toHttpResponseInit,
  type AppContext,
  type Claims,
  type Handler,
  type LoginContext,
  type TokenContext,
  type UserContext,
} from 'identity-web/azure-functions'
import { expectTypeOf, test } from 'vitest'

test('a wrapped handler has the request, a user and the invocation', () => {
  const auth = new Auth()

  auth.loginRequired((request, context, invocation) => {
    expectTypeOf(request).toEqualTypeOf<HttpRequest>()
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    expectTypeOf(invocation).toEqualTypeOf<InvocationContext>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
    return {}
  })
  auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
    expectTypeOf(context).toEqualTypeOf<TokenContext>()
    return new Response(context.accessToken)
  })
})

test('Azure Functions accepts the handlers', () => {
  const auth = new Auth()
  const home = auth.loginRequired(() => ({ jsonBody: 1 }))

  expectTypeOf(home).toEqualTypeOf<Handler>()
  expectTypeOf(home).toExtend<HttpHandler>()
  app.http('identity', { route: 'auth/{*path}', methods: ['GET', 'POST'], handler: auth.handler })
  app.http('home', { handler: home })
  app.get('user', (request) =>
    auth.respond(request, async () => ({ jsonBody: await auth.getUser(request) })),
  )
  app.post('api', async (request) => {
    const session = await auth.authenticate(request)
    return session.ok
      ? { status: 204 }
      : toHttpResponseInit(await auth.toResponse(request, session.error))
  })
})

test('what onLogin returns reaches the handler', () => {
  const auth = new Auth({ onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }) })

  auth.loginRequired((request, { user }) => {
    expectTypeOf(user).toEqualTypeOf<{ id: number; label: string }>()
    expectTypeOf(auth.contextOf(request).user).toEqualTypeOf<{ id: number; label: string }>()
    return { jsonBody: user }
  })
})

test('a guard needs a handler with a response', () => {
  const auth = new Auth()

  // @ts-expect-error a handler returns a response
  auth.loginRequired(() => undefined)
  // @ts-expect-error The middleware form does not exist.
  auth.loginRequired({})
})

test('the requirement decides the type of the caller', () => {
  const api = new ApiAuth()

  api.authorizationRequired({ scopes: ['A'] }, (_request, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return {}
  })
  api.authorizationRequired({ appPermissions: ['R'] }, (_request, context) => {
    expectTypeOf(context).toEqualTypeOf<AppContext>()
    return {}
  })
  // @ts-expect-error misspelt
  api.authorizationRequired({ scope: ['A'] }, () => ({}))
})

test('a function for both kinds of callers distinguishes them by the token', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })

  auth
    .orBearer(new ApiAuth())
    .required({ authorization: { scopes: ['A'] } }, (_request, context) => {
      if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<UserContext>()
      else expectTypeOf(context).toEqualTypeOf<LoginContext<{ id: number }>>()
      return {}
    })
})
