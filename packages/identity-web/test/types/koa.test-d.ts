import Koa from 'koa'
import { ApiAuth, Auth, type Claims, type LoginContext, type TokenContext } from 'identity-web/koa'
import { expectTypeOf, test } from 'vitest'

test('a wrapped handler always has a user, and a token only with scopes', () => {
  const auth = new Auth({})

  auth.loginRequired((_ctx, context) => {
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ challenge: 'redirect' }, (_ctx, context) => {
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ scopes: ['User.Read'] }, (_ctx, context, next) => {
    expectTypeOf(context.accessToken).toEqualTypeOf<string>()
    expectTypeOf(context.fetch).returns.resolves.toEqualTypeOf<Response>()
    expectTypeOf(next).toEqualTypeOf<Koa.Next>()
  })
})

test('the user of onLogin reaches the handler, the state and getUser', () => {
  const auth = new Auth({ onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }) })
  type User = { id: number; label: string }

  auth.loginRequired((_ctx, { user }) => {
    expectTypeOf(user).toEqualTypeOf<User>()
  })
  new Koa().use(auth.loginRequired()).use((ctx) => {
    expectTypeOf(ctx.state.identity.user).toEqualTypeOf<User>()
  })
  expectTypeOf(auth.getUser).returns.resolves.toEqualTypeOf<User | undefined>()
})

test('the middleware types the state only for the middleware behind it', () => {
  const auth = new Auth({})
  interface State {
    readonly requestId: string
  }
  const app = new Koa<State>()

  app.use((ctx) => {
    // @ts-expect-error no guard, no user
    void ctx.state.identity
  })
  app.use(auth.loginRequired()).use((ctx) => {
    expectTypeOf(ctx.state.identity).toEqualTypeOf<LoginContext>()
    expectTypeOf(ctx.state.requestId).toEqualTypeOf<string>()
    // @ts-expect-error no scopes, no token
    void ctx.state.identity.accessToken
  })
  app.use(auth.loginRequired({ scopes: 'User.Read' })).use((ctx) => {
    expectTypeOf(ctx.state.identity).toEqualTypeOf<TokenContext>()
  })
  app.use(new ApiAuth({}).authorizationRequired({ scopes: ['A'] })).use((ctx) => {
    expectTypeOf(ctx.state.identity.user.oid).toEqualTypeOf<string | undefined>()
  })
})

test('accepts applications with their own types, and keeps these in wrapped handlers', () => {
  interface State {
    readonly requestId: string
  }
  interface Own {
    readonly database: { find(id: string): string }
  }
  const app = new Koa<State, Own>()
  const auth = new Auth(app)

  app.use(
    auth.loginRequired<State, Own>(async (ctx, { user }) => {
      expectTypeOf(ctx.state.requestId).toEqualTypeOf<string>()
      expectTypeOf(ctx.database.find(user.sub)).toEqualTypeOf<string>()
      ctx.body = await auth.getUser(ctx)
    }),
  )
  app.use(async (ctx) => auth.login(ctx, { prompt: 'create' }))
  // @ts-expect-error a router runs its middleware for its own routes only
  void new Auth({ use: () => undefined, middleware: () => undefined })
})

test('the requirement decides the type of the caller', () => {
  const api = new ApiAuth({})

  api.authorizationRequired({ scopes: ['Todos.Read'] }, (_ctx, { user }) => {
    expectTypeOf(user).not.toBeUndefined()
  })
  api.authorizationRequired(
    { scopes: ['Todos.Read'], appPermissions: ['All'] },
    (_ctx, { user }) => {
      // @ts-expect-error an application has no user
      void user.oid
    },
  )
  new Auth({}).orBearer(api).required({ login: { scopes: 'User.Read' } }, (_ctx, context) => {
    if (context.kind === 'session') expectTypeOf(context.accessToken).toEqualTypeOf<string>()
  })
})
