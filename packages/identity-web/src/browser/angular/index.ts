// The entry point `identity-web/angular`: signals, interceptor and route guard. It has no decorators, so it does not need the compiler of Angular.
import { DOCUMENT, Location, PlatformLocation } from '@angular/common'
import {
  HttpErrorResponse,
  type HttpEvent,
  type HttpHandlerFn,
  type HttpRequest,
} from '@angular/common/http'
import {
  computed,
  DestroyRef,
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  NgZone,
  provideEnvironmentInitializer,
  signal,
  TransferState,
  type EnvironmentProviders,
  type Signal,
} from '@angular/core'
import { Router, type GuardResult } from '@angular/router'
import { catchError, from, switchMap, throwError, type Observable } from 'rxjs'
import { injectServer, TRANSFERRED, type ServerRender } from './server.ts'
import { createSession, type Body, type ObservedOptions } from '../create-session.ts'
import {
  LoginRequired,
  type BrowserSession,
  type Expiring,
  type ExpiringOptions,
  type RegisteredView,
  type Session,
  type SessionClientOptions,
  type SessionError,
  type SessionState,
} from '../index.ts'
import { mayRedirect, toLoginRequired, toLoginUrl } from '../login-page.ts'

export * from '../index.ts'

/** The application's session, and the parts that the interceptor and the guard need. */
interface Identity {
  readonly session: Session<never>
  readonly state: Signal<SessionState<never>>
  readonly body: Signal<Body<never> | undefined>
  /** The page's render on a server. Browser builds do not contain it. */
  readonly server: ServerRender | undefined
  /**
   * Rejects with {@link LoginRequired}, or starts the sign-in. If a guard did not send the response, the method does
   * nothing.
   */
  rejectSignedOut(response: Response): Promise<void>
  /** Loads the session and notices its changes, unless the page runs on the server. */
  watch(): void
  /** Runs a function whose timers do not keep zone.js waiting. */
  outside<Result>(run: () => Result): Result
}

declare const ngServerMode: boolean | undefined

// Angular's error contains this name if the application does not have the provider.
const IDENTITY = /* @__PURE__ */ new InjectionToken<Identity>(
  'provideIdentity() of identity-web/angular',
)

/**
 * Provides the session to the whole application. Add the result to the providers in `app.config.ts`.
 *
 * On a server, it reads the session from the request context,
 * `angularApp.handle(req, { identity: await auth.browserSession(req) })`, and passes it on to the browser with the
 * page. It does not throw.
 *
 * @param options - The options of `createSession()`. The option `onLoginRequired` also applies to requests of
 *   `HttpClient`.
 * @returns The providers for `app.config.ts`.
 * @example
 * ```ts
 * export const appConfig: ApplicationConfig = {
 *   providers: [
 *     provideRouter([{ path: 'account', component: Account, canActivate: [signedIn()] }]),
 *     provideHttpClient(withInterceptors([identityInterceptor])),
 *     provideIdentity(),
 *   ],
 * }
 * ```
 * @public
 */
export function provideIdentity<View = RegisteredView>(
  options: SessionClientOptions<View> = {},
): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: IDENTITY, useFactory: () => createIdentity(options) },
    // The page of a server contains the session even if only a part that the browser loads later shows the user.
    provideEnvironmentInitializer(() => void inject(IDENTITY)),
  ])
}

/** The result of `injectSession()`: the state as signals, and the session's methods. @public */
export interface InjectedSession<View> extends Pick<
  Session<View>,
  'get' | 'extend' | 'fetch' | 'login' | 'logout' | 'secondsLeft'
> {
  /** The whole state. TypeScript knows that `user` is set if `status` is `'signed-in'`. */
  readonly state: Signal<SessionState<View>>
  /** The status, which tells whether a user is signed in. */
  readonly status: Signal<SessionState<View>['status']>
  /** The part of the user that `sessionView` returned on the server, or `null`. */
  readonly user: Signal<View | null>
  /** `true` if a user is signed in. */
  readonly isSignedIn: Signal<boolean>
  /** The error from the last request, with a message that says what to change. */
  readonly error: Signal<SessionError | undefined>
  /** The path that starts a sign-in, without a return path. It is `undefined` until the session is known. */
  readonly loginUrl: Signal<string | undefined>
  /** The path that signs the user out, or `undefined` if no user is signed in. */
  readonly logoutUrl: Signal<string | undefined>
  /**
   * The seconds until the session ends if the user is not active, counted from the server's last response. It is
   * `undefined` if no user is signed in. For a countdown, call `secondsLeft()` instead.
   */
  readonly expiresInSeconds: Signal<number | undefined>
}

/**
 * Returns the session as signals, which change when the session changes. Call it where `inject()` works, for example in
 * a component's field.
 *
 * @returns The signals, such as `user` and `isSignedIn`, and the session's methods.
 * @throws Error if the application does not have `provideIdentity()`, or outside of an injection context.
 * @example
 * ```ts
 * export class User {
 *   // The template can contain {{ session.user()?.name }}.
 *   protected readonly session = injectSession<{ name: string }>()
 * }
 * ```
 * @public
 */
export function injectSession<View = RegisteredView>(): InjectedSession<View> {
  const { session, state, body, watch, outside } = inject(IDENTITY) as Provided<View>
  watch()
  return {
    state,
    status: computed(() => state().status),
    user: computed(() => state().user),
    isSignedIn: computed(() => state().user !== null),
    error: computed(() => state().error),
    loginUrl: computed(() => body()?.loginUrl),
    logoutUrl: computed(() => body()?.logoutUrl),
    expiresInSeconds: computed(() => body()?.expiresInSeconds),
    get: () => outside(session.get),
    extend: () => outside(session.extend),
    fetch: (input, init) => outside(() => session.fetch(input, init)),
    login: session.login,
    logout: session.logout,
    secondsLeft: session.secondsLeft,
  }
}

/** An {@link Identity} with the view's type, which `injectSession` names because the token cannot know it. */
interface Provided<View> extends Omit<Identity, 'session' | 'state' | 'body'> {
  readonly session: Session<View>
  readonly state: Signal<SessionState<View>>
  readonly body: Signal<Body<View> | undefined>
}

/**
 * Returns a signal that contains a warning when the session ends soon. Call it where `inject()` works.
 *
 * @param options - The seconds before the end at which the warning appears.
 * @returns The signal, whose value is `undefined` without a warning.
 * @throws Error if the application does not have `provideIdentity()`, or outside of an injection context.
 * @example
 * ```ts
 * protected readonly expiring = injectExpiring({ secondsBefore: 120 })
 * ```
 * @public
 */
export function injectExpiring(options?: ExpiringOptions): Signal<Expiring | undefined> {
  const { session, watch, outside } = inject(IDENTITY)
  const expiring = signal<Expiring | undefined>(undefined)
  watch()
  const stop = outside(() =>
    session.onExpiring((found) => {
      expiring.set(found)
      return () => expiring.set(undefined)
    }, options),
  )
  inject(DestroyRef).onDestroy(stop)
  return expiring.asReadonly()
}

/**
 * Intercepts the requests of `HttpClient`. On requests to your own origin, it adds the header that guards expect from
 * scripts, but it does not change requests to other origins.
 *
 * If a guard or `auth.forward()` on your server requires a sign-in, the request fails with {@link LoginRequired}. With
 * `provideIdentity({ onLoginRequired: 'redirect' })`, the browser goes to the sign-in at once. While a server renders
 * the page, the request does not have the user's cookie, so it fails with an error that says what to change.
 *
 * @param request - The request.
 * @param next - The next interceptor.
 * @returns The events of the intercepted request.
 * @throws Error if the application does not have `provideIdentity()`.
 * @example
 * ```ts
 * provideHttpClient(withInterceptors([identityInterceptor]))
 * ```
 * @public
 */
export function identityInterceptor(
  request: HttpRequest<unknown>,
  next: HttpHandlerFn,
): Observable<HttpEvent<unknown>> {
  const { server, rejectSignedOut, outside } = inject(IDENTITY)
  const page = inject(PlatformLocation).href
  const { origin } = new URL(page)
  // The base of the document can have another origin. A URL such as `blob:https://app.example.com/…` has the origin of
  // the page, but it is not a request to the server.
  const base = server ? page : inject(DOCUMENT).baseURI
  const isOwn = (url: string): boolean => new URL(url, base).href.startsWith(`${origin}/`)
  if (!isOwn(request.url)) return next(request)
  const sent = server ? request : request.clone({ setHeaders: { 'x-csrf': '1' } })
  return next(sent).pipe(
    catchError((error: unknown): Observable<never> => {
      // After a redirect to another origin, the response is not that of a guard.
      const isRejected =
        error instanceof HttpErrorResponse &&
        error.status === 401 &&
        isOwn(error.url ?? request.url)
      if (!isRejected) throw error
      const rejected = server
        ? server.rejectSignedOut(error)
        : outside(() => rejectSignedOut(toResponse(error)))
      return from(rejected).pipe(switchMap(() => throwError(() => error)))
    }),
  )
}

/** The options of `signedIn()`. @public */
export interface SignedInOptions<View> {
  /**
   * Returns whether a signed-in user may see the route.
   *
   * @defaultValue every signed-in user may see the route
   * @example signedIn<View>({ allow: (user) => user.isAdmin, otherwise: '/forbidden' })
   */
  readonly allow?: (user: View) => boolean
  /**
   * The URL in your application to which users go if `allow` rejects them.
   *
   * @defaultValue not set: the navigation is cancelled
   * @example signedIn<View>({ allow: (user) => user.isAdmin, otherwise: '/forbidden' })
   */
  readonly otherwise?: string
}

/**
 * Returns a guard for Angular routes. If no user is signed in, it starts the sign-in, after which the user returns to
 * the route. On a server, the response is a redirect.
 *
 * The guard is only for the user's convenience and does not protect data, because the browser has the code for all
 * routes. Your server decides who gets data, so guard your API, too.
 *
 * @param options - The condition for signed-in users, and the URL for users who do not meet it.
 * @returns A guard for `canActivate`, `canActivateChild` or `canMatch`.
 * @throws LoginRequired as the navigation's error, if the browser does not keep the session. {@link SessionError} if
 *   the server does not return the session, and Error if it renders the page without one.
 * @example
 * ```ts
 * export const routes: Routes = [
 *   { path: '', component: Home },
 *   { path: 'account', component: Account, canActivate: [signedIn()] },
 * ]
 * ```
 * @public
 */
export function signedIn<View = RegisteredView>({
  allow,
  otherwise,
}: SignedInOptions<View> = {}): () => GuardResult | Promise<GuardResult> {
  return () => {
    const { session, body, server, watch, outside } = inject(IDENTITY) as Provided<View>
    const router = inject(Router)
    const page = inject(PlatformLocation).href
    const { finalUrl, extractedUrl, id } = router.getCurrentNavigation()!
    const path = inject(Location).prepareExternalUrl(router.serializeUrl(finalUrl ?? extractedUrl))
    // With HashLocationStrategy, the path is only a fragment.
    const { href, origin } = new URL(path, page)
    const decide = ({ user }: SessionState<View>): GuardResult | Promise<GuardResult> => {
      if (user !== null) {
        // The browser has kept the cookie, so the next sign-in may start at once.
        if (!server) delete sessionStorage['identity-web:login_required']
        if (!allow || allow(user)) return true
        return otherwise !== undefined && router.parseUrl(otherwise)
      }
      const url = toLoginUrl(body()!.loginUrl, href.slice(origin.length), { href, origin })
      if (server) return server.redirect(url, router)
      // Only a page that has just loaded can come back here again and again.
      if (id === 1 && !mayRedirect('login_required'))
        throw new LoginRequired(url.href, 'login_required')
      location.assign(url)
      return false
    }
    watch()
    // Without a wait, the router shows the page of the server at once.
    if (session.current.status !== 'loading') return decide(session.current)
    return server ? server.rejectUnknown() : outside(session.get).then(decide)
  }
}

function createIdentity<View>(options: SessionClientOptions<View>): Identity {
  // Angular's builds replace `ngServerMode`. Tests do not.
  const server = typeof ngServerMode === 'undefined' || ngServerMode ? injectServer() : undefined
  const zone = inject(NgZone)
  const initial = options.initial ?? (server ? server.session : takeTransferred())
  const body = signal<Body<View> | undefined>(undefined)
  const observed = { ...options, initial, onBody: body.set } as ObservedOptions<View>
  const session = createSession(observed)
  const state = signal(session.current)
  let isWatching = server !== undefined
  const outside = <Result>(run: () => Result): Result => zone.runOutsideAngular(run)
  inject(DestroyRef).onDestroy(session.close)
  const identity: Provided<View> = {
    session,
    state,
    body,
    server,
    outside,
    watch() {
      if (isWatching) return
      isWatching = true
      outside(() => session.subscribe(state.set))
    },
    async rejectSignedOut(response) {
      const required = await toLoginRequired(response, async () => {
        await session.get().catch(() => {})
        return body()!.loginUrl
      })
      if (!required) return
      if (options.onLoginRequired !== 'redirect' || !mayRedirect(required.code)) throw required
      await session.login(required)
      // The browser leaves the page, so the request must not fail.
      await new Promise(() => {})
    },
  }
  return identity as unknown as Identity
}

/** Returns the session that the server has put into the page. It is valid for the page's first application. */
function takeTransferred(): BrowserSession<never> | undefined {
  const transferred = inject(TransferState)
  const session = transferred.get(TRANSFERRED, undefined)
  transferred.remove(TRANSFERRED)
  return session
}

/** Returns a guard's response from an error. With `responseType: 'json'`, `HttpClient` has already parsed the body. */
function toResponse({ error }: HttpErrorResponse): Response {
  const body = error as (BodyInit & { readonly loginUrl?: string }) | null
  return new Response(body?.loginUrl ? JSON.stringify(body) : body)
}
