import {
  ApiAuth,
  Auth,
  type Claims,
  type HandlerArgs,
  type LoginContext,
  type Middleware,
  type TokenContext,
  type UserContext,
} from 'identity-web/react-router'
import type { LoaderFunctionArgs, MiddlewareFunction } from 'react-router'
import { expectTypeOf, test } from 'vitest'

test('a loader has a user, and a token only with scopes', () => {
  const auth = new Auth({})

  auth.loginRequired((args, context) => {
    expectTypeOf(args).toEqualTypeOf<HandlerArgs>()
    expectTypeOf(context).toEqualTypeOf<LoginContext>()
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ scopes: ['User.Read'] }, (_args, context) => {
    expectTypeOf(context).toEqualTypeOf<TokenContext>()
  })
})

test('a loader keeps the types of its argument and of its data', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })

  const loader = auth.loginRequired(async ({ params }: LoaderFunctionArgs, { user }) => ({
    id: user.id,
    page: params['page'],
  }))

  expectTypeOf(loader).parameters.toEqualTypeOf<[LoaderFunctionArgs]>()
  expectTypeOf(loader).returns.resolves.toEqualTypeOf<{ id: number; page: string | undefined }>()
})

test('the middleware fits React Router', () => {
  const auth = new Auth({})

  expectTypeOf(auth.middleware).toExtend<MiddlewareFunction<Response>>()
  expectTypeOf(auth.loginRequired({ roles: ['Admin'] })).toEqualTypeOf<Middleware>()
  expectTypeOf(auth.loginRequired()).toExtend<MiddlewareFunction<Response>>()
})

test('members accept the arguments of a loader', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })
  const use = async ({ request, context }: LoaderFunctionArgs): Promise<void> => {
    expectTypeOf(await auth.getUser({ request, context })).toEqualTypeOf<
      { id: number } | undefined
    >()
    expectTypeOf(auth.contextOf({ request, context }).user).toEqualTypeOf<{ id: number }>()
    await auth.toResponse({ request }, new Error('failed'))
    // @ts-expect-error the state is in the context
    await auth.getUser({ request })
  }
  void use
})

test('the requirement decides the type of the caller', () => {
  const api = new ApiAuth({})

  api.authorizationRequired({ scopes: ['A'] }, (_args, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return new Response()
  })
  expectTypeOf(api.authorizationRequired({ scopes: ['A'] })).toEqualTypeOf<Middleware>()
  // @ts-expect-error misspelt
  api.authorizationRequired({ scope: ['A'] }, () => new Response())
})
