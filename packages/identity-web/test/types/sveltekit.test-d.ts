import type {
  Actions,
  Handle,
  RequestEvent,
  RequestHandler,
  ServerLoad,
  ServerLoadEvent,
} from '@sveltejs/kit'
import {
  ApiAuth,
  Auth,
  type Claims,
  type IdentityLocals,
  type TokenContext,
  type UserContext,
} from 'identity-web/sveltekit'
import { expectTypeOf, test } from 'vitest'

test('the hook is one of SvelteKit', () => {
  const auth = new Auth()
  const handle: Handle = auth.handle
  const api: Handle = new ApiAuth().handle

  expectTypeOf(handle).toBeFunction()
  expectTypeOf(api).toBeFunction()
})

test('a guarded load function keeps the types of its data and its event', () => {
  const auth = new Auth()

  const load = auth.loginRequired(async (event, { user }) => {
    expectTypeOf(event).toEqualTypeOf<RequestEvent>()
    expectTypeOf(user).toEqualTypeOf<Claims>()
    return { name: user.name ?? '' }
  })
  const typed: ServerLoad = auth.loginRequired(async ({ params, parent }) => {
    await parent()
    return { id: params['id'] }
  })
  const annotated = auth.loginRequired((event: ServerLoadEvent<{ id: string }>) => ({
    id: event.params.id,
  }))

  expectTypeOf(load).returns.resolves.toEqualTypeOf<{ name: string }>()
  expectTypeOf(load).toExtend<ServerLoad>()
  expectTypeOf(typed).toEqualTypeOf<ServerLoad>()
  expectTypeOf(annotated).returns.resolves.toEqualTypeOf<{ id: string }>()
})

test('actions and endpoints have a token only with scopes', () => {
  const auth = new Auth()

  const actions = {
    default: auth.loginRequired({ scopes: ['User.Read'] }, async ({ request }, context) => {
      expectTypeOf(context).toEqualTypeOf<TokenContext>()
      return { saved: (await request.formData()).get('note') }
    }),
  } satisfies Actions
  const GET: RequestHandler = auth.loginRequired((_event, context) => {
    // @ts-expect-error no scopes, no token
    void context.accessToken
    return new Response()
  })

  expectTypeOf(actions.default).returns.resolves.toEqualTypeOf<{
    saved: FormDataEntryValue | null
  }>()
  expectTypeOf(GET).toEqualTypeOf<RequestHandler>()
})

test('what onLogin returns reaches functions and locals', () => {
  const auth = new Auth({ onLogin: async (claims) => ({ id: 7, label: claims.name ?? '' }) })
  interface AppUser {
    id: number
    label: string
  }

  auth.loginRequired((_event, { user }) => {
    expectTypeOf(user).toEqualTypeOf<AppUser>()
  })
  expectTypeOf<IdentityLocals<AppUser>['identity']>().extract<object>().toHaveProperty('user')
})

test('the guard of an API knows the kinds of callers', () => {
  new ApiAuth().authorizationRequired({ scopes: ['Todos.Read'] }, (_event, context) => {
    expectTypeOf(context).toEqualTypeOf<UserContext>()
    return new Response()
  })
})
