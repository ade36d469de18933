import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { hc } from 'hono/client'
import {
  ApiAuth,
  Auth,
  loginRequired,
  type ApiUser,
  type AppContext,
  type AuthorizationEnv,
  type Claims,
  type LoginContext,
  type TokenContext,
  type UserContext,
} from 'identity-web/hono'
import { expectTypeOf, test } from 'vitest'

test('a wrapped handler always has a user, and a token only with scopes', () => {
  const auth = new Auth({})

  auth.loginRequired((c, context) => {
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
    return c.text('')
  })
  auth.loginRequired({ scopes: ['User.Read'] }, (c, context) => {
    expectTypeOf(context).toEqualTypeOf<TokenContext>()
    expectTypeOf(context.accessToken).toEqualTypeOf<string>()
    return c.text('')
  })
  loginRequired({ challenge: 'redirect' }, (c, context) => {
    expectTypeOf(context).toEqualTypeOf<LoginContext<unknown>>()
    return c.text('')
  })
})

test('the user of onLogin reaches handlers, and those behind the middleware', () => {
  const app = new Hono()
  const auth = new Auth(app, { onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }) })

  auth.loginRequired((c, { user }) => {
    expectTypeOf(user).toEqualTypeOf<{ id: number; label: string }>()
    return c.text('')
  })
  app.get('/', auth.loginRequired(), (c) => {
    expectTypeOf(c.var.identity.user).toEqualTypeOf<{ id: number; label: string }>()
    // @ts-expect-error no scopes, no token
    void c.var.identity.accessToken
    return c.text('')
  })
  app.get('/mail', auth.loginRequired({ scopes: 'Mail.Read' }), (c) => {
    expectTypeOf(c.var.identity.accessToken).toEqualTypeOf<string>()
    return c.text('')
  })
  expectTypeOf(auth.getUser).returns.resolves.toEqualTypeOf<
    { id: number; label: string } | undefined
  >()
})

test('c.var.identity exists only behind the middleware', () => {
  const app = new Hono()

  app.get('/', (c) => {
    // @ts-expect-error no guard
    void c.var.identity
    return c.text('')
  })
})

test('a guarded handler keeps the route types of Hono, also for clients', () => {
  type Bindings = { readonly SECRET: string }
  const auth = new Auth({})
  const app = new Hono<{ Bindings: Bindings }>().get(
    '/orders/:id',
    auth.loginRequired({}, (c: Context<{ Bindings: Bindings }, '/orders/:id'>, { user }) => {
      expectTypeOf(c.env.SECRET).toEqualTypeOf<string>()
      expectTypeOf(c.req.param('id')).toEqualTypeOf<string>()
      return c.json({ name: user.name ?? '' })
    }),
  )

  const client = hc<typeof app>('http://localhost')
  expectTypeOf(client.orders[':id'].$get)
    .returns.resolves.toHaveProperty('json')
    .returns.resolves.toEqualTypeOf<{ name: string }>()
})

test('options can be a function of the bindings', () => {
  const app = new Hono<{ Bindings: { readonly SECRET: string } }>()

  void new Auth(app, (env: { readonly SECRET: string }) => ({ session: { secret: env.SECRET } }))
  void new ApiAuth((env: { readonly ID: string }) => ({ clientId: env.ID }))
  // @ts-expect-error no such option
  void new Auth(app, () => ({ redirectURI: '' }))
  // @ts-expect-error no such option
  void new Auth(app, { redirectURI: '' })
})

test('the requirement decides the type of the caller', () => {
  const app = new Hono()
  const api = new ApiAuth({})

  api.authorizationRequired({ scopes: ['A'] }, (c, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return c.text('')
  })
  api.authorizationRequired((c, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return c.text('')
  })
  app.get('/', api.authorizationRequired({ scopes: ['A'] }), (c) => {
    expectTypeOf(c.var.identity.user).toEqualTypeOf<ApiUser>()
    return c.text('')
  })
  expectTypeOf(api.authorizationRequired({ appPermissions: ['R'] })).toEqualTypeOf<
    MiddlewareHandler<AuthorizationEnv<AppContext>>
  >()
  // @ts-expect-error misspelt
  api.authorizationRequired({ scope: ['A'] })
  // @ts-expect-error an unset variable
  api.authorizationRequired(undefined)
})

test('a route for both kinds of callers distinguishes them by the token', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })

  auth.orBearer(new ApiAuth({})).required({ authorization: { scopes: ['A'] } }, (c, context) => {
    if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<UserContext>()
    else expectTypeOf(context).toEqualTypeOf<LoginContext<{ id: number }>>()
    return c.text('')
  })
})
