// The session while a server renders a page of Angular.
import { isPlatformServer, PlatformLocation } from '@angular/common'
import type { HttpErrorResponse } from '@angular/common/http'
import {
  inject,
  makeStateKey,
  PLATFORM_ID,
  REQUEST,
  REQUEST_CONTEXT,
  RESPONSE_INIT,
  TransferState,
  type StateKey,
} from '@angular/core'
import { RedirectCommand, type Router } from '@angular/router'
import type { BrowserSession } from '../types.ts'

// The part of `identity-web/angular` that runs while a server renders a page.

/** The key of the session that the server has put into the page. */
export const TRANSFERRED: StateKey<BrowserSession<never>> =
  /* @__PURE__ */ makeStateKey('identity-web')

/** A page's render on a server. */
export interface ServerRender {
  /** The session in the request context. */
  readonly session: BrowserSession<never> | undefined
  /** Returns the result with which a guard redirects the visitor to a route on the server. */
  redirect(to: URL, router: Router): RedirectCommand
  /** Rejects with an error that says why the session is not known. */
  rejectUnknown(): Promise<never>
  /** Rejects with an error that says what to change, if a guard sent the response. */
  rejectSignedOut(error: HttpErrorResponse): Promise<void>
}

/** Returns the page's render, or `undefined` in a browser. */
export function injectServer(): ServerRender | undefined {
  if (!isPlatformServer(inject(PLATFORM_ID))) return undefined
  const isPrerendered = inject(REQUEST, { optional: true }) === null
  const context = inject(REQUEST_CONTEXT, { optional: true }) as {
    readonly identity?: BrowserSession<never>
  } | null
  const session = context?.identity
  if (session) {
    inject(TransferState).set(TRANSFERRED, session)
    forbidCaching()
  }
  const location = inject(PlatformLocation)
  return {
    session,
    redirect({ pathname, search }, router) {
      // Angular's server redirects to the location of the last navigation, which the router must finish. The login route
      // does not belong to the router.
      location.replaceState(null, '', pathname + search)
      router.resetConfig([{ path: SIGN_IN, children: [] }, ...router.config])
      return new RedirectCommand(router.parseUrl(SIGN_IN), { skipLocationChange: true })
    },
    async rejectUnknown() {
      throw new Error(
        isPrerendered
          ? 'Angular renders a route with signedIn() in advance, so identity-web cannot know the visitor. In app.routes.server.ts, set its renderMode to RenderMode.Server or RenderMode.Client.'
          : 'A route with signedIn() has no session on the server. In server.ts, call angularApp.handle(req, { identity: await auth.browserSession(req) }).',
      )
    },
    async rejectSignedOut({ error, url }) {
      if ((error as { readonly loginUrl?: string } | null)?.loginUrl === undefined) return
      throw new Error(
        `${url} requires a signed-in user, but the server sends no cookie while it renders the page. Request it in the browser only, for example in afterNextRender(), or pass its data to angularApp.handle() in server.ts.`,
      )
    },
  }
}

const SIGN_IN = 'identity-web-sign-in'

/** Prevents caching, even if `app.routes.server.ts` allows it, because one visitor's page is not for others. */
function forbidCaching(): void {
  const init = inject(RESPONSE_INIT, { optional: true })
  if (!init) return
  const headers = new Headers(init.headers)
  headers.set('Cache-Control', 'private, no-store')
  init.headers = headers
}
