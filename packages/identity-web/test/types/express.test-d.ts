import { auth as jwtBearer, type AuthResult } from 'express-oauth2-jwt-bearer'
import type { Request } from 'express'
import {
  Auth,
  loginRequired,
  type AuthorizationContext,
  type Claims,
  type LoginContext,
  type SessionContext,
} from 'identity-web/express'
import { expectTypeOf, test } from 'vitest'
import type { RequestIdentity } from '../../src/classes/index.ts'

test('a wrapped handler always has a user, and a token only with scopes', () => {
  const auth = new Auth({})

  auth.loginRequired((_req, _res, context) => {
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    expectTypeOf(context.claims).toEqualTypeOf<Claims>()
    expectTypeOf(context.roles).toEqualTypeOf<readonly string[]>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
    // @ts-expect-error no scopes, no token to send
    void context.fetch
  })
  auth.loginRequired({ challenge: 'redirect' }, (_req, _res, context) => {
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ scopes: ['User.Read'] }, (_req, _res, context) => {
    expectTypeOf(context.accessToken).toEqualTypeOf<string>()
    expectTypeOf(context.expiresInSeconds).toEqualTypeOf<number>()
    expectTypeOf(context.fetch).returns.resolves.toEqualTypeOf<Response>()
    void context.fetch('/me')
    // @ts-expect-error which URL
    void context.fetch()
  })
})

test('what onLogin returns reaches the handler', () => {
  const auth = new Auth({ onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }) })

  auth.loginRequired((_req, _res, { user }) => {
    expectTypeOf(user).toEqualTypeOf<{ id: number; label: string }>()
  })
  expectTypeOf(auth.getUser).returns.resolves.toEqualTypeOf<
    { id: number; label: string } | undefined
  >()
})

test('where TypeScript cannot infer the user of onLogin, it is unknown', () => {
  loginRequired((_req, _res, { claims, user }) => {
    expectTypeOf(user).toEqualTypeOf<unknown>()
    expectTypeOf(claims).toEqualTypeOf<Claims>()
  })
  expectTypeOf<Request['identity']>().toEqualTypeOf<RequestIdentity | undefined>()
  const { identity } = {} as Request
  if (identity?.kind === 'session') {
    expectTypeOf(identity).toEqualTypeOf<SessionContext<unknown>>()
    // @ts-expect-error onLogin may return another type
    void identity.user.oid
    expectTypeOf(identity.claims.oid).toEqualTypeOf<string | undefined>()
  } else {
    expectTypeOf(identity).toEqualTypeOf<AuthorizationContext | undefined>()
  }
})

test('contextOf and getContext have the user of onLogin without a cast', () => {
  const auth = new Auth({ onLogin: async () => ({ id: 7 }) })
  const req = {} as Request

  expectTypeOf(auth.contextOf(req)).toEqualTypeOf<SessionContext<{ id: number }>>()
  expectTypeOf(auth.contextOf(req).user.id).toEqualTypeOf<number>()
  expectTypeOf(auth.contextOf(req).accessToken).toEqualTypeOf<string | undefined>()
  expectTypeOf(auth.contextOf(req).scopes).toEqualTypeOf<readonly string[] | undefined>()
  expectTypeOf(auth.contextOf(req).roles).toEqualTypeOf<readonly string[]>()
  expectTypeOf(auth.contextOf(req).fetch).returns.resolves.toEqualTypeOf<Response>()
  expectTypeOf(auth.getContext).returns.resolves.toEqualTypeOf<
    LoginContext<{ id: number }> | undefined
  >()
  // @ts-expect-error not a request
  void auth.contextOf({})
})

test('an application can also use express-oauth2-jwt-bearer', () => {
  void jwtBearer
  expectTypeOf<Request['auth']>().toEqualTypeOf<AuthResult | undefined>()
  expectTypeOf<Request['identity']>().toEqualTypeOf<RequestIdentity | undefined>()
})

test('onLogin and onRefresh return the same user, and never undefined or null', () => {
  const auth = new Auth({
    onLogin: (claims, { tokens, request }) => {
      expectTypeOf(tokens.refreshToken).toEqualTypeOf<string | undefined>()
      expectTypeOf(request.header('accept')).toEqualTypeOf<string | undefined>()
      return { id: 7, label: claims.name ?? '' }
    },
    onRefresh: async (user, { claims, tokens }) => {
      expectTypeOf(user).toEqualTypeOf<{ id: number; label: string }>()
      expectTypeOf(tokens.accessToken).toEqualTypeOf<string | undefined>()
      return { ...user, label: claims.name ?? '' }
    },
    revalidateUserSeconds: 600,
  })
  expectTypeOf(auth).toEqualTypeOf<Auth<{ id: number; label: string }>>()

  const claimsOnly = new Auth({ onRefresh: (user) => user })
  expectTypeOf(claimsOnly).toEqualTypeOf<Auth>()

  // @ts-expect-error undefined is not a user
  void new Auth<{ id: number }>({ onLogin: async () => undefined })
  // @ts-expect-error null is not a user
  void new Auth({ onLogin: (claims) => (claims.oid === undefined ? null : { id: claims.oid }) })
  // @ts-expect-error undefined is not a user
  void new Auth<{ id: number }>({ onRefresh: () => undefined })
  // @ts-expect-error onRefresh returns another user than onLogin
  void new Auth({ onLogin: () => ({ id: 7 }), onRefresh: () => ({ name: 'Ann' }) })
})

test('updateUser takes the user of onLogin', () => {
  const auth = new Auth({ onLogin: () => ({ id: 7 }) })
  const request = {} as Request

  expectTypeOf(auth.updateUser(request, { id: 8 })).resolves.toEqualTypeOf<void>()
  // @ts-expect-error another user
  void auth.updateUser(request, { id: 'eight' })
  // @ts-expect-error no user
  void auth.updateUser(request)
  // @ts-expect-error undefined is not a user
  void auth.updateUser(request, undefined)
})

test('sessions are revoked by one claim, or by the user', () => {
  const auth = new Auth({ onLogin: () => ({ id: 7 }) })

  void auth.revokeSessions({ tid: '11111111-2222-3333-4444-555555555555' })
  void auth.revokeSessions({ user: { id: 7 } })
  // @ts-expect-error no such claim
  void auth.revokeSessions({ email: 'ann@contoso.com' })
})

test('sessions are listed for a user, and one is revoked by the user and its handle', () => {
  const auth = new Auth({ onLogin: () => ({ id: 7 }) })

  auth.loginRequired(async (_req, _res, context) => {
    const [session] = await auth.listSessions(context)
    expectTypeOf(session?.startedAt).toEqualTypeOf<Date | undefined>()
    expectTypeOf(session?.userAgent).toEqualTypeOf<string | undefined>()
    await auth.revokeSessions({ user: context.user, handle: session?.handle ?? '' })
    // @ts-expect-error without the session, all sessions of the user would end
    await auth.revokeSessions({ user: context.user, handle: session?.handle })
  })
  void auth.listSessions({ user: 7 })
  void auth.revokeSessions({ oid: 'a', handle: 'b' })
  // @ts-expect-error a tenant does not have a list
  void auth.listSessions({ tid: '11111111-2222-3333-4444-555555555555' })
  // @ts-expect-error another user than that of onLogin
  void auth.listSessions({ user: { id: 'seven' } })
  // @ts-expect-error a handle alone
  void auth.revokeSessions({ handle: 'b' })
  // @ts-expect-error a handle belongs to a user
  void auth.revokeSessions({ sid: 'a', handle: 'b' })
})

test('a route can require how the user authenticated', () => {
  const auth = new Auth({})

  auth.loginRequired({ acrs: 'c1', maxAgeSeconds: 600 }, (_req, _res, { claims }) => {
    expectTypeOf(claims.auth_time).toEqualTypeOf<number | undefined>()
    expectTypeOf(claims.acrs).toEqualTypeOf<readonly string[] | undefined>()
  })
  // @ts-expect-error seconds
  auth.loginRequired({ maxAgeSeconds: '10 minutes' })
})

test('an application authenticates in any of these ways', () => {
  void new Auth({ clientCredential: 'secret' })
  void new Auth({ clientCredential: { certificate: 'cert.pem', privateKey: 'key.pem' } })
  void new Auth({ clientCredential: async ({ tokenEndpoint }) => `assertion for ${tokenEndpoint}` })
  void new Auth({ clientCredential: ['new', { pfx: 'old.pfx', passphrase: 'x' }] })
  // @ts-expect-error no credential
  void new Auth({ clientCredential: 7 })
})

test('checks options', () => {
  // @ts-expect-error no such prompt
  void new Auth({ prompt: 'maybe' })
  // @ts-expect-error no such option
  void new Auth({ redirectURI: 'http://localhost:3000/redirect' })
})

test('the pages have a color and a support URL, which pages of the application get', () => {
  const supportUrl = 'mailto:help@contoso.com'
  void new Auth({
    pages: {
      color: '#7a1f5c',
      supportUrl,
      error: (page) => {
        expectTypeOf(page.supportUrl).toEqualTypeOf<string | undefined>()
        return ''
      },
      forbidden: (page) => {
        expectTypeOf(page.supportUrl).toEqualTypeOf<string | undefined>()
        return ''
      },
    },
  })
  // @ts-expect-error -- A color is a string.
  void new Auth({ pages: { color: 0x7a1f5c } })
  // @ts-expect-error -- The URL is a string, and not an object.
  void new Auth({ pages: { supportUrl: new URL(supportUrl) } })
})
