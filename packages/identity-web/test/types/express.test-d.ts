import { Auth, type Claims } from 'identity-web/express'
import { expectTypeOf, test } from 'vitest'

test('a wrapped handler always has a user, and a token only with scopes', () => {
  const auth = new Auth({})

  auth.loginRequired((_req, _res, context) => {
    expectTypeOf(context.user).toEqualTypeOf<Claims>()
    expectTypeOf(context.claims).toEqualTypeOf<Claims>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ challenge: 'redirect' }, (_req, _res, context) => {
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ scopes: ['User.Read'] }, (_req, _res, context) => {
    expectTypeOf(context.accessToken).toEqualTypeOf<string>()
    expectTypeOf(context.expiresInSeconds).toEqualTypeOf<number>()
    expectTypeOf(context.fetch).returns.resolves.toEqualTypeOf<Response>()
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
