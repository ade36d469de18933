import {
  ApiAuth,
  Auth,
  type AstroContext,
  type Claims,
  type LoginContext,
  type TokenContext,
  type UserContext,
} from 'identity-web/astro'
import { expectTypeOf, test } from 'vitest'

// Astro's own types, as far as they matter here.
interface APIContext extends AstroContext {
  readonly cookies: { get(name: string): string }
  locals: { identity: LoginContext | undefined }
}
type MiddlewareHandler = (
  context: APIContext,
  next: (rewrite?: string) => Promise<Response>,
) => Promise<Response> | Response | Promise<void> | void
type APIRoute = (context: APIContext) => Response | Promise<Response>

test('the middleware is one of Astro', () => {
  const onRequest: MiddlewareHandler = new Auth().onRequest
  const api: MiddlewareHandler = new ApiAuth().onRequest

  expectTypeOf(onRequest).toBeFunction()
  expectTypeOf(api).toBeFunction()
})

test('an endpoint gets the context of Astro', () => {
  const auth = new Auth()

  const GET: APIRoute = auth.loginRequired(({ cookies }, { user }) => {
    expectTypeOf(user).toEqualTypeOf<Claims>()
    return new Response(cookies.get('theme'))
  })
  auth.loginRequired((context) => {
    expectTypeOf(context).toEqualTypeOf<AstroContext>()
    return new Response()
  })

  expectTypeOf(GET).toEqualTypeOf<APIRoute>()
})

test('a page has a token only with scopes', () => {
  const { page } = new Auth().loginRequired

  expectTypeOf(
    page({} as APIContext, { scopes: ['User.Read'] }),
  ).resolves.toEqualTypeOf<TokenContext>()
  expectTypeOf(page({} as APIContext, { roles: ['Admin'] })).resolves.toEqualTypeOf<LoginContext>()
  expectTypeOf(page({} as APIContext)).resolves.toEqualTypeOf<LoginContext>()
})

test('an action keeps the types of its input and its result', () => {
  const save = new Auth().loginRequired.action(
    async ({ note }: { note: string }, _context, { user }) => `${note} of ${user.name}`,
  )

  expectTypeOf(save).parameter(0).toEqualTypeOf<{ note: string }>()
  expectTypeOf(save).returns.resolves.toEqualTypeOf<string>()
})

test('the variables are an object or a function', () => {
  expectTypeOf(Auth).toBeConstructibleWith({}, (name: string) => name)
  expectTypeOf(Auth).toBeConstructibleWith({}, { IDENTITY_CLIENT_ID: '1' })
})

test('the guard of an API knows the kinds of callers', () => {
  new ApiAuth().authorizationRequired({ scopes: ['Todos.Read'] }, (_context, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return new Response()
  })
})
