// The entry point `identity-web/vue`: the plugin and the composables.
import {
  computed,
  inject,
  onScopeDispose,
  shallowRef,
  type ComputedRef,
  type InjectionKey,
  type Plugin,
  type ShallowRef,
} from 'vue'
import {
  createSession,
  type Expiring,
  type ExpiringOptions,
  type RegisteredView,
  type Session,
  type SessionClientOptions,
  type SessionError,
  type SessionState,
} from './index.ts'

export * from './index.ts'

const KEY: InjectionKey<Session<never>> = Symbol('identity-web')

/** The options of `sessionPlugin()`. @public */
export interface SessionPluginOptions<View> extends SessionClientOptions<View> {
  /**
   * A session that you have created with `createSession()`, for example because you also use it outside of components.
   *
   * @defaultValue the plugin creates a session with the other options
   * @example sessionPlugin({ session })
   */
  readonly session?: Session<View> | undefined
}

/**
 * Creates the plugin that provides the session to all components. It does not throw.
 *
 * @param options - The session from the server as `initial`, and the other options for `createSession()`.
 * @returns The plugin for `app.use()`.
 * @example
 * ```ts
 * createApp(App).use(sessionPlugin()).mount('#app')
 * ```
 * @public
 */
export function sessionPlugin<View = RegisteredView>({
  session,
  ...options
}: SessionPluginOptions<View> = {}): Plugin {
  return {
    install(app) {
      const provided = session ?? createSession<View>(options)
      // The key cannot know the type of the view, so `useSession` names it.
      app.provide(KEY, provided as unknown as Session<never>)
      if (session === undefined) app.onUnmount(provided.close)
    },
  }
}

/** The result of `useSession()`: the state as refs, and the session's methods. @public */
export interface UseSession<View> extends Omit<Session<View>, 'current' | 'initial'> {
  /** The whole state. TypeScript knows that `user` is set if `status` is `'signed-in'`. */
  readonly state: Readonly<ShallowRef<SessionState<View>>>
  /** The status, which tells whether a user is signed in. */
  readonly status: ComputedRef<SessionState<View>['status']>
  /** The part of the user that `sessionView` returned on the server, or `null`. */
  readonly user: ComputedRef<View | null>
  /** The error from the last request, with a message that says what to change. */
  readonly error: ComputedRef<SessionError | undefined>
}

/**
 * Returns the session as refs, which change when the session changes.
 *
 * @returns The refs `status`, `user`, `error` and `state`, and the session's methods.
 * @throws Error if the application does not use `sessionPlugin()`.
 * @example
 * ```ts
 * const { user, login, logout } = useSession()
 * ```
 * @public
 */
export function useSession<View = RegisteredView>(): UseSession<View> {
  const session = useProvided<View>()
  const state = shallowRef(session.current)
  untilDisposed(() => session.subscribe((next) => (state.value = next)))
  return {
    ...session,
    state,
    status: computed(() => state.value.status),
    user: computed(() => state.value.user),
    error: computed(() => state.value.error),
  }
}

/**
 * Returns a ref that contains a warning when the session ends soon.
 *
 * @param options - The seconds before the end at which the warning appears.
 * @returns The ref, whose value is `undefined` without a warning.
 * @throws Error if the application does not use `sessionPlugin()`.
 * @example
 * ```ts
 * const expiring = useExpiring({ secondsBefore: 120 })
 * ```
 * @public
 */
export function useExpiring(options?: ExpiringOptions): Readonly<ShallowRef<Expiring | undefined>> {
  const session = useProvided<unknown>()
  const expiring = shallowRef<Expiring>()
  untilDisposed(() =>
    session.onExpiring((found) => {
      expiring.value = found
      return () => (expiring.value = undefined)
    }, options),
  )
  return expiring
}

function useProvided<View>(): Session<View> {
  const session = inject(KEY, undefined)
  if (session === undefined)
    throw new Error('Add app.use(sessionPlugin()) of identity-web/vue before app.mount().')
  return session
}

/**
 * Calls a function that starts something, and stops it when the component is removed. On the server, it does nothing,
 * because components are never removed there.
 */
function untilDisposed(start: () => () => void): void {
  if (typeof document !== 'undefined') onScopeDispose(start())
}
