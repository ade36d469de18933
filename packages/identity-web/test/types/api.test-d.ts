import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import {
  ApiAuth,
  Auth,
  type AccessTokenClaims,
  type ApiApplication,
  type ApiUser,
  type AppContext,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type Claims,
  type ContextFor,
  type DownstreamInit,
  type EitherContext,
  type LoginContext,
  type TokenContext,
  type UserContext,
} from 'identity-web/express'
import { expectTypeOf, test } from 'vitest'
import type { RequestIdentity } from '../../src/classes/index.ts'

test('the requirement decides whether the context has a user or an application', () => {
  expectTypeOf<ContextFor<object>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ scopes: ['A'] }>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ scopes: 'A B' }>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ scopes: { anyOf: ['A'] } }>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ scopes: false; roles: 'R' }>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ scopes: ['A']; acrs: 'c1' }>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ roles: ['R'] }>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ groups: { allOf: ['G'] } }>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ claims: () => true }>>().toEqualTypeOf<UserContext>()
  expectTypeOf<ContextFor<{ appPermissions: ['P'] }>>().toEqualTypeOf<AppContext>()
  expectTypeOf<ContextFor<{ appPermissions: 'P' }>>().toEqualTypeOf<AppContext>()
  expectTypeOf<
    ContextFor<{ appPermissions: { allOf: ['P'] }; claims: () => true }>
  >().toEqualTypeOf<AppContext>()
  expectTypeOf<
    ContextFor<{ scopes: ['A']; appPermissions: ['P'] }>
  >().toEqualTypeOf<AuthorizationContext>()
  expectTypeOf<
    ContextFor<{ roles: 'R'; appPermissions: 'P' }>
  >().toEqualTypeOf<AuthorizationContext>()
  expectTypeOf<
    ContextFor<{ acrs: 'c1'; appPermissions: 'P' }>
  >().toEqualTypeOf<AuthorizationContext>()
})

test('without a literal requirement, the caller is a user or an application', () => {
  expectTypeOf<ContextFor<AuthorizationRequirement>>().toEqualTypeOf<AuthorizationContext>()
  expectTypeOf<
    ContextFor<{ scopes: ['A']; appPermissions?: ['P'] }>
  >().toEqualTypeOf<AuthorizationContext>()
  expectTypeOf<
    ContextFor<{ scopes?: ['A']; appPermissions: ['P'] }>
  >().toEqualTypeOf<AuthorizationContext>()
  expectTypeOf<ContextFor<{ appPermissions?: ['P'] }>>().toEqualTypeOf<AuthorizationContext>()
  expectTypeOf<
    ContextFor<{ scopes: ['A'] } | { appPermissions: ['P'] }>
  >().toEqualTypeOf<AuthorizationContext>()
})

test('a wrapped handler gets the context of its requirement', () => {
  const api = new ApiAuth({})

  api.authorizationRequired({ scopes: ['Todos.Read'] }, (_req, _res, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    expectTypeOf(context.user).toEqualTypeOf<ApiUser>()
    expectTypeOf(context.user.oid).toEqualTypeOf<string | undefined>()
    expectTypeOf(context.app).toEqualTypeOf<undefined>()
  })
  api.authorizationRequired({ appPermissions: ['Todos.Read.All'] }, (_req, _res, context) => {
    expectTypeOf(context.app).toEqualTypeOf<ApiApplication>()
    expectTypeOf(context.app.clientId).toEqualTypeOf<string>()
    expectTypeOf(context.user).toEqualTypeOf<undefined>()
    expectTypeOf(context.appPermissions).toEqualTypeOf<readonly string[]>()
  })
  api.authorizationRequired({ scopes: ['A'], appPermissions: ['P'] }, (_req, _res, context) => {
    expectTypeOf(context.user).toEqualTypeOf<ApiUser | undefined>()
    if (context.user === undefined) expectTypeOf(context.app).toEqualTypeOf<ApiApplication>()
    else expectTypeOf(context.app).toEqualTypeOf<undefined>()
  })
  api.authorizationRequired((_req, _res, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
  })
  api.authorizationRequired({ roles: ['Admin'] }, async (_req, _res, { user }) => {
    expectTypeOf(user).toEqualTypeOf<ApiUser>()
  })
  const appPermissions = Math.random() > 2 ? (['P'] as const) : undefined
  api.authorizationRequired(
    { scopes: ['A'], ...(appPermissions && { appPermissions }) },
    (_req, _res, context) => {
      // @ts-expect-error an application may call
      void context.user.oid
    },
  )
  api.authorizationRequired(
    { claims: ({ department }) => department === 'HR' },
    (_req, _res, context) => {
      expectTypeOf(context).toEqualTypeOf<UserContext>()
    },
  )
})

test('the context is read-only', () => {
  const context = {} as UserContext

  expectTypeOf(context.claims).toEqualTypeOf<AccessTokenClaims>()
  expectTypeOf(context.claims['anything']).toEqualTypeOf<unknown>()
  expectTypeOf(context.scopes).toEqualTypeOf<readonly string[]>()
  expectTypeOf(context.roles).toEqualTypeOf<readonly string[]>()
  expectTypeOf(context.token).toEqualTypeOf<string>()
  expectTypeOf(context.clientId).toEqualTypeOf<string | undefined>()
  // @ts-expect-error requests share it
  context.claims.oid = 'other'
  // @ts-expect-error requests share it
  context.user.oid = 'other'
  // @ts-expect-error requests share it
  context.token = 'other'
  // @ts-expect-error requests share it
  context.scopes.push('Admin')
})

test('calling another API requires scopes', () => {
  const context = {} as UserContext

  expectTypeOf(context.fetch).returns.resolves.toEqualTypeOf<Response>()
  expectTypeOf<DownstreamInit['scopes']>().toEqualTypeOf<string | readonly string[]>()
  void context.fetch('https://api.example', { scopes: ['A'], method: 'POST' })
  void context.fetch(new URL('https://api.example'), { scopes: 'A B' })
  // @ts-expect-error no scopes
  void context.fetch('https://api.example', { method: 'POST' })
  // @ts-expect-error no scopes
  void context.fetch('https://api.example')
  expectTypeOf(context.getTokenOnBehalfOf).parameter(0).toEqualTypeOf<string | readonly string[]>()
  expectTypeOf(context.getTokenOnBehalfOf('A')).resolves.toHaveProperty('accessToken')
  expectTypeOf(context.startLongRunningProcess('A')).resolves.toEqualTypeOf<string>()
})

test('the middleware form puts the context on the request', () => {
  const api = new ApiAuth({})

  expectTypeOf(api.authorizationRequired()).toEqualTypeOf<RequestHandler>()
  expectTypeOf(api.authorizationRequired({ scopes: ['A'] })).toEqualTypeOf<RequestHandler>()
  expectTypeOf(api.errorHandler).toEqualTypeOf<ErrorRequestHandler>()
  expectTypeOf<Request['identity']>().toEqualTypeOf<RequestIdentity | undefined>()
  expectTypeOf(api.contextOf).parameter(0).toExtend<Request>()
  expectTypeOf(api.contextOf).returns.toEqualTypeOf<AuthorizationContext>()
  // @ts-expect-error not a request
  void api.contextOf({})
})

test('checks requirements', () => {
  const api = new ApiAuth({})

  // @ts-expect-error misspelt
  api.authorizationRequired({ scope: ['A'] })
  // @ts-expect-error misspelt, beside a handler
  api.authorizationRequired({ scope: ['A'] }, () => undefined)
  // @ts-expect-error misspelt together with a valid one and a handler
  api.authorizationRequired({ scopes: ['A'], role: ['B'] }, () => undefined)
  // @ts-expect-error an unset variable
  api.authorizationRequired(undefined)
  // @ts-expect-error an unset variable, beside a handler
  api.authorizationRequired(undefined, () => undefined)
  // @ts-expect-error a string
  api.authorizationRequired('Todos.Read')
  // @ts-expect-error not a list of strings
  api.authorizationRequired({ scopes: [7] })
  // @ts-expect-error a predicate returns a boolean
  api.authorizationRequired({ claims: () => 'yes' })
  // @ts-expect-error a predicate is a function
  api.authorizationRequired({ claims: true })
  // @ts-expect-error a claim has one value
  api.authorizationRequired({ claims: { department: ['HR'] } })
  // @ts-expect-error an unset variable
  api.authorizationRequired({ roles: undefined })
  // @ts-expect-error an unset variable, beside a handler
  api.authorizationRequired({ scopes: ['A'], roles: undefined }, () => undefined)
  // @ts-expect-error no roles
  api.authorizationRequired({ roles: [] }, () => undefined)
  // @ts-expect-error an empty string
  api.authorizationRequired({ roles: '' }, () => undefined)
  // @ts-expect-error no scopes
  api.authorizationRequired({ scopes: { anyOf: [] } }, () => undefined)
  // @ts-expect-error no app permissions
  api.authorizationRequired({ appPermissions: { allOf: [] } }, () => undefined)
  // @ts-expect-error roles are combined with allOf
  api.authorizationRequired({ roles: { anyOf: ['A'] } }, () => undefined)
  // @ts-expect-error scopes are combined with anyOf
  api.authorizationRequired({ scopes: { allOf: ['A'] } }, () => undefined)
  // @ts-expect-error only scopes can be false
  api.authorizationRequired({ roles: false }, () => undefined)
  // @ts-expect-error an option of version 0.1
  api.authorizationRequired({ scopes: ['A'], userRoles: ['B'] }, () => undefined)
  // @ts-expect-error the handler comes last
  api.authorizationRequired(() => undefined, { scopes: ['A'] })
  api.authorizationRequired({ claims: async ({ roles }) => Array.isArray(roles) })
})

test('checks options', () => {
  void new ApiAuth({ audience: 'api://x', resource: 'https://api.contoso.com' })
  void new ApiAuth({ longRunning: { store: new Map<string, string>() } })
  // @ts-expect-error no such option
  void new ApiAuth({ audiences: ['api://x'] })
  // @ts-expect-error an API has no session
  void new ApiAuth({ session: { secret: 'x' } })
  // @ts-expect-error a list
  void new ApiAuth({ allowedClients: 'x' })
  // @ts-expect-error an API does not store sessions
  void new ApiAuth({ longRunning: { secret: 'x' } })
})

test('a route for both kinds of callers distinguishes them by their kind', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })
  const either = auth.orBearer(new ApiAuth({}))

  either.required({ authorization: { scopes: ['A'] } }, (_req, _res, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext | LoginContext<{ id: number }>>()
    if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<UserContext>()
    else {
      expectTypeOf(context).toEqualTypeOf<LoginContext<{ id: number }>>()
      expectTypeOf(context.user.id).toEqualTypeOf<number>()
      expectTypeOf(context.claims).toEqualTypeOf<Claims>()
    }
  })
  either.required({ login: { scopes: ['Mail.Read'] } }, (_req, _res, context) => {
    if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<UserContext>()
    else {
      expectTypeOf(context).toEqualTypeOf<TokenContext<{ id: number }>>()
      expectTypeOf(context.accessToken).toEqualTypeOf<string>()
    }
  })
  either.required({ authorization: { appPermissions: ['P'] } }, (_req, _res, context) => {
    if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<AppContext>()
    else expectTypeOf(context).toEqualTypeOf<LoginContext<{ id: number }>>()
  })
  either.required(
    { authorization: { scopes: ['A'], appPermissions: ['P'] } },
    (_req, _res, context) => {
      if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<AuthorizationContext>()
    },
  )
  either.required(
    { roles: ['R'], authorization: { appPermissions: ['P'] } },
    (_req, _res, context) => {
      if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<AuthorizationContext>()
    },
  )
  either.required({ roles: ['R'], acrs: 'c1' }, (_req, _res, context) => {
    if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<UserContext>()
  })
  // @ts-expect-error roles apply to both
  either.required({ login: { roles: ['R'] } }, () => undefined)
  // @ts-expect-error roles apply to both
  either.required({ authorization: { roles: ['R'] } }, () => undefined)
  either.required((_req, _res, context) => {
    expectTypeOf(context).toEqualTypeOf<EitherContext<{ id: number }>>()
    if (context.kind === 'bearer') expectTypeOf(context).toEqualTypeOf<UserContext>()
    else expectTypeOf(context).toEqualTypeOf<LoginContext<{ id: number }>>()
  })
  // @ts-expect-error misspelt
  either.required({ authorisation: {} }, () => undefined)
  // @ts-expect-error no handler
  either.required({ authorization: { scopes: ['A'] } })
  // @ts-expect-error an unset variable
  either.required(undefined, () => undefined)
})
