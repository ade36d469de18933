import type { EventHandler, H3Event } from 'h3'
import {
  ApiAuth,
  Auth,
  type Claims,
  type DefaultPageUser,
  type LoginContext,
  type PageIdentity,
  type PageUserOf,
} from 'identity-web/h3'
import { expectTypeOf, test } from 'vitest'

test('a guarded handler always has a user, and a token only with scopes', () => {
  const auth = new Auth({})

  auth.loginRequired((event, context) => {
    expectTypeOf(event).toExtend<H3Event>()
    expectTypeOf(context).toEqualTypeOf<LoginContext>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
  })
  auth.loginRequired({ scopes: ['User.Read'] }, (_event, context) => {
    expectTypeOf(context.accessToken).toEqualTypeOf<string>()
  })
})

test('the result of a handler is the result of the route, so that useFetch() knows its type', () => {
  const route = new Auth({}).loginRequired(async (_event, { user }) => ({ name: user.name }))

  expectTypeOf(route).returns.resolves.toEqualTypeOf<{ name: string | undefined }>()
  expectTypeOf(route).toExtend<EventHandler>()
})

test('the user of onLogin reaches the handler, and pages get a part of it', () => {
  const auth = new Auth({
    onLogin: (claims) => ({ id: 7, name: claims.name ?? '', notes: ['internal'] }),
  })

  auth.loginRequired((_event, { user }) => {
    expectTypeOf(user.notes).toEqualTypeOf<string[]>()
  })
  expectTypeOf<PageUserOf<typeof auth>>().toEqualTypeOf<{ name: string }>()
  expectTypeOf<PageIdentity<PageUserOf<typeof auth>>['user']>().toEqualTypeOf<
    { name: string } | undefined
  >()
})

test('pageUser decides what pages get', () => {
  const auth = new Auth({ pageUser: ({ name, oid }) => ({ name, id: oid }) })

  expectTypeOf<PageUserOf<typeof auth>['id']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<keyof PageUserOf<typeof auth>>().toEqualTypeOf<'id' | 'name'>()
})

test('without options, pages get the names and the picture in the claims', () => {
  const auth = new Auth()

  expectTypeOf<PageUserOf<typeof auth>>().toEqualTypeOf<DefaultPageUser>()
  expectTypeOf<DefaultPageUser['name']>().toEqualTypeOf<string | undefined>()
  // @ts-expect-error the default does not contain it
  void (undefined as unknown as DefaultPageUser).oid
  expectTypeOf<Auth extends Auth<infer User> ? User : never>().toEqualTypeOf<Claims>()
})

test('the requirement decides the type of the caller', () => {
  new ApiAuth({}).authorizationRequired(
    { scopes: ['Todos.Read'], appPermissions: ['All'] },
    (_event, { user }) => {
      // @ts-expect-error an application has no user
      void user.oid
    },
  )
})
