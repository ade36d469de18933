// The entry point `identity-web/svelte`: the session for Svelte.
import { getContext, onDestroy, setContext } from 'svelte'
import { createSubscriber } from 'svelte/reactivity'
import {
  createSession,
  type Expiring,
  type ExpiringOptions,
  type RegisteredView,
  type Session,
  type SessionClientOptions,
} from './index.ts'

export * from './index.ts'

const KEY = Symbol.for('identity-web.session')

/**
 * Provides the session to all components below. Call it in the root component or in the root layout.
 *
 * @param given - The options for `createSession()`, with the session from the server as `initial`. You can also pass a
 *   session that you have created with `createSession()`.
 * @returns The session, which is also a store. Its property `current` is reactive.
 * @throws Error outside a component's initialization, as `setContext` from Svelte does.
 * @example
 * ```svelte
 * <script lang="ts">
 *   import { provideSession } from 'identity-web/svelte'
 *
 *   const { data, children } = $props()
 *   provideSession({ initial: data.session })
 * </script>
 *
 * {@render children()}
 * ```
 * @public
 */
export function provideSession<View = RegisteredView>(
  given: SessionClientOptions<View> | Session<View> = {},
): Session<View> {
  const isOwn = !('subscribe' in given)
  const session = isOwn ? createSession<View>(given) : given
  if (isOwn) onDestroy(session.close)
  return setContext(KEY, toReactive(session))
}

/**
 * Returns the session that a component above provides.
 *
 * @returns The session, whose property `current` is reactive. `$session` works because the session is a store, too.
 * @throws Error if no component above has called `provideSession()`.
 * @example
 * ```svelte
 * <script lang="ts">
 *   import { useSession } from 'identity-web/svelte'
 *
 *   const session = useSession()
 *   const user = $derived(session.current.user)
 * </script>
 *
 * {#if user}<button onclick={() => session.logout()}>Sign {user.name} out</button>{/if}
 * ```
 * @public
 */
export function useSession<View = RegisteredView>(): Session<View> {
  const session = getContext<Session<View> | undefined>(KEY)
  if (session === undefined)
    throw new Error('Call provideSession() of identity-web/svelte in the root component.')
  return session
}

/** A reactive object that contains the warning. @public */
export interface ExpiringState {
  /** The warning, or `undefined` without a warning. */
  readonly current: Expiring | undefined
}

/**
 * Returns a warning when the session ends soon.
 *
 * @param options - The seconds before the end at which the warning appears.
 * @returns An object whose property `current` is reactive.
 * @throws Error if no component above has called `provideSession()`.
 * @example
 * ```svelte
 * <script lang="ts">
 *   import { useExpiring, useSession } from 'identity-web/svelte'
 *
 *   const session = useSession()
 *   const expiring = useExpiring({ secondsBefore: 120 })
 * </script>
 *
 * {#if expiring.current}<button onclick={() => session.extend()}>Stay signed in</button>{/if}
 * ```
 * @public
 */
export function useExpiring(options?: ExpiringOptions): ExpiringState {
  const session = useSession()
  let expiring: Expiring | undefined
  const subscribe = createSubscriber((update) =>
    session.onExpiring((found) => {
      expiring = found
      update()
      return () => {
        expiring = undefined
        update()
      }
    }, options),
  )
  return {
    get current() {
      subscribe()
      return expiring
    },
  }
}

/** Returns the session with a reactive property `current`, so that effects and templates run again when it changes. */
function toReactive<View>(session: Session<View>): Session<View> {
  const subscribe = createSubscriber((update) => {
    let isFirst = true
    // Svelte does not allow a change while it evaluates, so the first call must not announce one.
    const stop = session.subscribe(() => {
      if (!isFirst) update()
    })
    isFirst = false
    return stop
  })
  return {
    ...session,
    get current() {
      subscribe()
      return session.current
    },
  }
}
