import {
  ApiAuth,
  Auth,
  type AppContext,
  type Claims,
  type Handler,
  type LoginContext,
  type TokenContext,
  type UserContext,
} from 'identity-web/fetch'
import { expectTypeOf, test } from 'vitest'

const empty = (): Response => new Response()

test('a wrapped handler always has a user, and a token only with scopes', () => {
  const auth = new Auth({})

  auth.loginRequired((_request, context) => {
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
    return empty()
  })
  auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
    expectTypeOf(context).toEqualTypeOf<TokenContext>()
    expectTypeOf(context.accessToken).toEqualTypeOf<string>()
    return empty()
  })
})

test('what onLogin returns reaches the handler', () => {
  const auth = new Auth({ onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }) })

  auth.loginRequired((_request, { user }) => {
    expectTypeOf(user).toEqualTypeOf<{ id: number; label: string }>()
    return empty()
  })
  expectTypeOf(auth.getUser).returns.resolves.toEqualTypeOf<
    { id: number; label: string } | undefined
  >()
})

test('a guarded handler accepts the other parameters of the wrapped handler', () => {
  const auth = new Auth({})

  expectTypeOf(auth.loginRequired(empty)).toEqualTypeOf<Handler>()
  expectTypeOf(
    auth.loginRequired({}, (_request, _context, _env: { readonly A: string }, _n: number) =>
      empty(),
    ),
  ).toEqualTypeOf<Handler<[_env: { readonly A: string }, _n: number]>>()
  // @ts-expect-error a handler returns a response
  auth.loginRequired(() => undefined)
  // @ts-expect-error The middleware form does not exist.
  auth.loginRequired({})
})

test('the requirement decides the type of the caller', () => {
  const api = new ApiAuth({})

  api.authorizationRequired({ scopes: ['A'] }, (_request, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return empty()
  })
  api.authorizationRequired({ appPermissions: ['R'] }, (_request, context) => {
    expectTypeOf(context).toEqualTypeOf<AppContext>()
    return empty()
  })
  api.authorizationRequired((_request, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return empty()
  })
  // @ts-expect-error misspelt
  api.authorizationRequired({ scope: ['A'] }, empty)
  // @ts-expect-error an unset variable
  api.authorizationRequired(undefined, empty)
})

test('a route for both kinds of callers distinguishes them by the token', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })

  auth
    .orBearer(new ApiAuth({}))
    .required({ authorization: { scopes: ['A'] } }, (_request, context) => {
      if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<UserContext>()
      else expectTypeOf(context).toEqualTypeOf<LoginContext<{ id: number }>>()
      return empty()
    })
})
