import { injectSession, signedIn } from 'identity-web/angular'
import type { CanActivateFn, CanMatchFn } from '@angular/router'
import {
  createSession,
  type BrowserSession,
  type Session,
  type SessionState,
} from 'identity-web/browser'
import type { Auth, BrowserSession as ServerSession } from 'identity-web/express'
import { useSession, type SessionProviderProps } from 'identity-web/react'
import { useSession as useSvelteSession } from 'identity-web/svelte'
import { useSession as useVueSession } from 'identity-web/vue'
import { describe, expectTypeOf, test } from 'vitest'

const sessionView = (user: { readonly name?: string }) => ({
  name: user.name ?? '',
  isAdmin: false,
})
type View = ReturnType<typeof sessionView>

describe('the types of a session in the browser', () => {
  test('the view is unknown without a declaration, and follows the argument', () => {
    expectTypeOf(createSession()).toEqualTypeOf<Session<unknown>>()
    expectTypeOf(createSession<View>().current).toEqualTypeOf<SessionState<View>>()
    expectTypeOf(createSession<View>().get).returns.resolves.toEqualTypeOf<SessionState<View>>()
    expectTypeOf(useSession<View>().user).toEqualTypeOf<View | null>()
    expectTypeOf(useVueSession<View>().user.value).toEqualTypeOf<View | null>()
    expectTypeOf(useSvelteSession<View>().current.user).toEqualTypeOf<View | null>()
    expectTypeOf(injectSession<View>().user()).toEqualTypeOf<View | null>()
    expectTypeOf(injectSession().user()).toEqualTypeOf<unknown>()
  })

  test('the view is inferred from the initial session', () => {
    const initial = {} as BrowserSession<View>
    expectTypeOf(createSession({ initial })).toEqualTypeOf<Session<View>>()
  })

  test('the user is set if the status says so', () => {
    const state = createSession<View>().current
    if (state.status === 'signed-in') expectTypeOf(state.user).toEqualTypeOf<View>()
    else expectTypeOf(state.user).toBeNull()
  })

  test('a guard of Angular fits all kinds of guards, and knows the view', () => {
    const guard = signedIn<View>({ allow: ({ isAdmin }) => isAdmin, otherwise: '/forbidden' })
    expectTypeOf(guard).toExtend<CanActivateFn & CanMatchFn>()
    // @ts-expect-error -- the view is unknown
    signedIn({ allow: ({ isAdmin }) => isAdmin })
  })

  test('the session of the server is an initial session', () => {
    expectTypeOf<ServerSession<View>>().toExtend<BrowserSession<View>>()
    expectTypeOf<BrowserSession<View>>().toExtend<ServerSession<View>>()
    expectTypeOf<Awaited<ReturnType<Auth['browserSession']>>>().toExtend<BrowserSession<unknown>>()
    expectTypeOf<ServerSession<View>>().toExtend<SessionProviderProps<View>['initialSession']>()
  })
})
