// The entry point `identity-web/react`: the provider and the hooks. The build puts the directive `use client` in front of it, for Next.js.
import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react'
import {
  createSession,
  type BrowserSession,
  type Expiring,
  type ExpiringOptions,
  type RegisteredView,
  type Session,
  type SessionClientOptions,
  type SessionState,
} from './index.ts'

export * from './index.ts'

const SessionContext = createContext<Session<never> | undefined>(undefined)

/** The properties of `<SessionProvider>`. @public */
export interface SessionProviderProps<View = RegisteredView> {
  /**
   * The components that call `useSession()`.
   *
   * @defaultValue not set
   */
  readonly children?: ReactNode
  /**
   * The session that `auth.browserSession(req)` returned on the server. With it, the page does not change after it has
   * loaded.
   *
   * @defaultValue not set: the browser asks the server
   * @example <SessionProvider initialSession={initialSession}>
   */
  readonly initialSession?: BrowserSession<View> | undefined
  /**
   * The options for `createSession()`. Later changes are ignored.
   *
   * @defaultValue those of `createSession()`
   * @example <SessionProvider options={{ path: '/portal/session' }}>
   */
  readonly options?: SessionClientOptions<View>
  /**
   * A session that you have created with `createSession()`, for example because you also use it outside of components.
   * You must close it yourself.
   *
   * @defaultValue the provider creates a session, and closes it when it is unmounted
   * @example <SessionProvider session={session}>
   */
  readonly session?: Session<View> | undefined
}

/**
 * Provides the session to the components inside it, so put one `SessionProvider` around your application. It does not
 * throw.
 *
 * @param props - The session from the server, or options.
 * @returns The children, which can use the session.
 * @example
 * ```tsx
 * createRoot(document.getElementById('root')!).render(
 *   <SessionProvider>
 *     <App />
 *   </SessionProvider>,
 * )
 * ```
 * @public
 */
export function SessionProvider<View = RegisteredView>({
  children,
  initialSession,
  options,
  session: given,
}: SessionProviderProps<View>): ReactElement {
  const [own] = useState(
    () => given ?? createSession<View>({ ...options, initial: initialSession }),
  )
  const session = given ?? own
  useEffect(() => (given === undefined ? () => own.close() : undefined), [given, own])
  // The context cannot know the type of the view, so `useSession` names it.
  const value = session as unknown as Session<never>
  return createElement(SessionContext.Provider, { value }, children)
}

/** The result of `useSession()`: the state, and the session's methods. @public */
export type UseSession<View> = SessionState<View> & Omit<Session<View>, 'current' | 'initial'>

/**
 * Returns the session, and renders the component again when it changes.
 *
 * @returns The state with `status`, `user` and `error`, and the session's methods.
 * @throws Error if the component is not inside a `<SessionProvider>`.
 * @example
 * ```tsx
 * function Greeting() {
 *   const { user, login, logout } = useSession()
 *   if (user === null) return <button onClick={() => login()}>Sign in</button>
 *   return <button onClick={() => logout()}>Sign {user.name} out</button>
 * }
 * ```
 * @public
 */
export function useSession<View = RegisteredView>(): UseSession<View> {
  const session = useProvided<View>()
  const state = useSyncExternalStore(
    session.subscribe,
    () => session.current,
    () => session.initial,
  )
  return { ...session, ...state }
}

/**
 * Returns a warning when the session ends soon, and renders the component again when the warning appears or disappears.
 *
 * @param options - The seconds before the end at which the warning appears.
 * @returns The warning, or `undefined`.
 * @throws Error if the component is not inside a `<SessionProvider>`.
 * @example
 * ```tsx
 * function IdleWarning() {
 *   const expiring = useExpiring({ secondsBefore: 120 })
 *   const { extend } = useSession()
 *   if (expiring === undefined) return null
 *   return <button onClick={() => extend()}>Stay signed in</button>
 * }
 * ```
 * @public
 */
export function useExpiring({ secondsBefore = 60 }: ExpiringOptions = {}): Expiring | undefined {
  const session = useProvided<unknown>()
  const [expiring, setExpiring] = useState<Expiring>()
  useEffect(
    () =>
      session.onExpiring(
        (found) => {
          setExpiring(found)
          return () => setExpiring(undefined)
        },
        { secondsBefore },
      ),
    [session, secondsBefore],
  )
  return expiring
}

function useProvided<View>(): Session<View> {
  const session = useContext(SessionContext)
  if (session === undefined)
    throw new Error(
      'Put <SessionProvider> of identity-web/react around the component that calls useSession().',
    )
  return session
}
