import { createMiddleware } from '@tanstack/start-client-core'
import {
  ApiAuth,
  Auth,
  type Claims,
  type LoginContext,
  type RouteArgs,
  type TokenContext,
  type UserContext,
} from 'identity-web/tanstack-start'
import { expectTypeOf, test } from 'vitest'

// The template of create-identity-web is checked with the types of TanStack Start for React.

test('a guarded function has a user, and a token only with scopes', () => {
  const auth = new Auth({})

  auth.loginRequired((args, context) => {
    expectTypeOf(args).toEqualTypeOf<RouteArgs>()
    expectTypeOf(context).toEqualTypeOf<LoginContext>()
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ scopes: ['User.Read'] }, (_args, context) => {
    expectTypeOf(context).toEqualTypeOf<TokenContext>()
  })
  // @ts-expect-error A guard needs a function.
  auth.loginRequired({})
})

test('a guarded function keeps the types of its argument and of its result', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })

  const save = auth.loginRequired(async ({ data }: { readonly data: string }, { user }) => ({
    id: user.id,
    data,
  }))

  expectTypeOf(save).parameters.toEqualTypeOf<[{ readonly data: string }]>()
  expectTypeOf(save).returns.resolves.toEqualTypeOf<{ id: number; data: string }>()
})

test('middleware adds the context that it passes on, and nothing else', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })

  const identity = createMiddleware().server(auth.middleware)
  const signIn = createMiddleware({ type: 'function' }).server(auth.functionMiddleware)
  const guard = createMiddleware({ type: 'function' }).server(
    auth.loginRequired({ scopes: ['User.Read'] }, ({ next }, given) =>
      next({ context: { identity: given } }),
    ),
  )

  expectTypeOf(identity['~types'].serverContext).toEqualTypeOf<undefined>()
  expectTypeOf(signIn['~types'].serverContext).toEqualTypeOf<undefined>()
  expectTypeOf(guard['~types'].serverContext).toEqualTypeOf<{
    identity: TokenContext<{ id: number }>
  }>()
})

test('members accept the request', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })

  expectTypeOf(auth.getUser).parameters.toEqualTypeOf<[request: Request]>()
  expectTypeOf(auth.getUser).returns.resolves.toEqualTypeOf<{ id: number } | undefined>()
})

test('the requirement decides the type of the caller', () => {
  const api = new ApiAuth({})

  api.authorizationRequired({ scopes: ['A'] }, ({ request }, context) => {
    expectTypeOf(request).toEqualTypeOf<Request>()
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return new Response()
  })
  // @ts-expect-error misspelt
  api.authorizationRequired({ scope: ['A'] }, () => new Response())
})
