// Guards of pages, server actions and route handlers.
// oxlint-disable-next-line typescript/triple-slash-reference -- for programs that read nothing but this package
/// <reference path="./navigation.d.ts" />
import type { NextRequest } from 'next/server.js'
import { IdentityError } from '../../errors.ts'
import { isRequest } from '../../fetch-api.ts'
import { loadLater } from '../../load-later.ts'
import {
  handlerOf,
  hostApi,
  hostAuth,
  type Calls,
  type GuardedRoute,
  type ApiParts,
  type AuthParts,
  type Host,
} from '../../classes/index.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { runGuarded, type Outcome } from '../../verdict.ts'
import { assertResponse, runRoute } from '../request-response.ts'
import { assertRequest, currentHttpContext, handlerHttpContext, type Call } from './http-context.ts'
import type { Handler } from './signatures.ts'
import { withBasePath } from './urls.ts'

const loadNavigation = loadLater('a page of Next.js', () => import('next/navigation'))

/** The arguments and results with which the framework calls the adapter. */
export interface Next extends Calls<[request: NextRequest], [], Response, Request> {}

export const HOST: Host<Next> = {
  arity: { route: 1, request: 0 },
  respond: ([request], route) => {
    assertRequest(request.headers)
    return runRoute(withBasePath(request), route)
  },
  toHttpContext: () => currentHttpContext(),
  restore: (request) => (isRequest(request) ? withBasePath(request) : request),
}

/** Returns the route handler for a guarded route. The route handler passes additional arguments on. */
function toHandler<Context extends object>(
  route: GuardedRoute<Context>,
): (request: NextRequest, ...rest: readonly unknown[]) => Promise<Response> {
  return async (request, ...rest) => {
    const http = await handlerHttpContext(request)
    const call = handlerOf<Context, MaybePromise<Response>>(route, [request, ...rest])
    try {
      const response = await route.guard(http, (context) => {
        http.accept()
        return call(context)
      })
      return http.finish(assertResponse(response))
    } finally {
      http.close()
    }
  }
}

export const AUTH: AuthParts<Handler<any[]>> = hostAuth(toHandler)
export const API: ApiParts<Handler<any[]>> = hostApi(toHandler)

/** Turns a guarded function into a page or a server action. */
export function toServerFunction<Context>(
  call: Call,
  { guard, handler }: GuardedRoute<Context>,
): (...args: readonly unknown[]) => Promise<unknown> {
  const run = handler as (context: Context, ...args: readonly unknown[]) => unknown
  return async (...args) => {
    const http = await currentHttpContext(call)
    let outcome: Outcome<unknown>
    try {
      outcome = await runGuarded(guard, http, (context) => {
        http.accept()
        return run(context, ...args)
      })
    } catch (error) {
      return throwFailure(error)
    } finally {
      // The components of a page can render after it.
      if (http.closesLater !== true) http.close()
    }
    const { rejection, result } = outcome
    if (rejection === undefined) return result
    const { redirect } = await loadNavigation()
    // Pages and server actions can only redirect. Next.js implements that as an exception.
    return redirect(rejection.headers.get('location') as string)
  }
}

/**
 * Throws a page's or an action's error. If the application has `forbidden.tsx`, Next.js shows it with status 403,
 * otherwise `error.tsx` with status 500, which gets only the error's digest in production.
 */
async function throwFailure(error: unknown): Promise<never> {
  if (!IdentityError.is(error)) throw error
  if (HAS_FORBIDDEN && error.code === 'access_denied') {
    const { forbidden } = await loadNavigation()
    forbidden()
  }
  throw Object.assign(error, { digest: error.code })
}

/**
 * `true` if `next.config` enables `experimental.authInterrupts`. Next.js replaces this exact expression when it builds.
 */
// oxlint-disable-next-line no-underscore-dangle
const HAS_FORBIDDEN = Boolean(process.env.__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS)
