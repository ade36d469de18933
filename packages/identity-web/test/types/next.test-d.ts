import type { NextFetchEvent, NextRequest } from 'next/server.js'
import {
  ApiAuth,
  Auth,
  type Claims,
  type LoginContext,
  type TokenContext,
  type UserContext,
} from 'identity-web/next'
import { expectTypeOf, test } from 'vitest'
import type { PageProps } from '../../src/adapters/next/signatures.ts'

interface Segment {
  readonly params: Promise<{ id: string }>
}

test('a route handler always has a user, a token only with scopes, and the arguments of Next.js', () => {
  const auth = new Auth({})

  const bare = auth.loginRequired((request, context) => {
    expectTypeOf(request).toEqualTypeOf<NextRequest>()
    expectTypeOf(context).toEqualTypeOf<LoginContext>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
    return new Response()
  })
  expectTypeOf(bare).toEqualTypeOf<(request: NextRequest) => Promise<Response>>()
  const withSegment = auth.loginRequired(
    { scopes: ['User.Read'] },
    async (_request, context, { params }: Segment) => {
      expectTypeOf(context).toEqualTypeOf<TokenContext>()
      return Response.json({ id: (await params).id })
    },
  )
  expectTypeOf(withSegment).parameters.toEqualTypeOf<[NextRequest, Segment]>()
})

test('a page always has a user, a token only with scopes, and its own parameters', () => {
  const auth = new Auth({})

  const page = auth.loginRequired.page((context, props) => {
    expectTypeOf(context).toEqualTypeOf<LoginContext>()
    expectTypeOf(props).toEqualTypeOf<PageProps>()
    // @ts-expect-error no scopes, no token
    void context.accessToken
    return 'rendered'
  })
  expectTypeOf(page).toEqualTypeOf<(props: PageProps) => Promise<string>>()
  auth.loginRequired.page({ scopes: 'Mail.Read' }, async (context, { params }: Segment) => {
    expectTypeOf(context).toEqualTypeOf<TokenContext>()
    return (await params).id
  })
  // @ts-expect-error a page always redirects
  auth.loginRequired.page({ challenge: 'unauthorized' }, () => '')
})

test('a server action always has a user, and is async', () => {
  const auth = new Auth({})

  const rename = auth.loginRequired.action(async ({ user }, form: FormData) => {
    expectTypeOf(user).toEqualTypeOf<Claims>()
    return form.has('name')
  })
  expectTypeOf(rename).toEqualTypeOf<(form: FormData) => Promise<boolean>>()
  auth.loginRequired.action({ scopes: ['Files.Read'] }, async ({ accessToken }) => {
    expectTypeOf(accessToken).toEqualTypeOf<string>()
  })
  // @ts-expect-error Next.js requires async functions for actions
  auth.loginRequired.action(() => undefined)
})

test('the user of onLogin reaches all of them', () => {
  const auth = new Auth({ onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }) })
  interface User {
    id: number
    label: string
  }

  auth.loginRequired((_request, { user }) => {
    expectTypeOf(user).toEqualTypeOf<User>()
    return new Response()
  })
  auth.loginRequired.page(({ user }) => {
    expectTypeOf(user).toEqualTypeOf<User>()
    return null
  })
  auth.loginRequired.action(async ({ user }) => {
    expectTypeOf(user).toEqualTypeOf<User>()
  })
  auth.createProxy({ loginRequired: ['/account'] }, (request, user) => {
    expectTypeOf(request).toEqualTypeOf<NextRequest>()
    expectTypeOf(user).toEqualTypeOf<User | undefined>()
    return undefined
  })
  expectTypeOf(auth.getUser).returns.resolves.toEqualTypeOf<User | undefined>()
})

test('the proxy gets the requests of Next.js, and does not forward a path to an API', () => {
  const auth = new Auth({})

  expectTypeOf(auth.proxy).toEqualTypeOf<
    (request: NextRequest, event?: NextFetchEvent) => Promise<Response>
  >()
  expectTypeOf(auth.forward).parameter(0).toEqualTypeOf<string>()
})

test('an API has the type of its caller', () => {
  const auth = new Auth({})
  const api = new ApiAuth({})

  api.authorizationRequired({ scopes: ['Todos.Read'] }, (_request, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return new Response()
  })
  api.authorizationRequired((_request, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return new Response()
  })
  auth
    .orBearer(api)
    .required({ authorization: { scopes: ['Todos.Read'] } }, (_request, context) => {
      expectTypeOf(context).toEqualTypeOf<UserContext | LoginContext>()
      return new Response()
    })
})
