// Redirects and error pages as exceptions of SvelteKit.
import { error, redirect } from '@sveltejs/kit'
import { AccessDenied, IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { webOf, type AuthBase } from '../../classes/index.ts'
import { RouterHttpContext } from '../base/router-request.ts'
import { needsSignIn } from '../../carried-errors.ts'
import { httpContextOf } from '../request-response.ts'
import { kindOf, type AnyEvent } from './event.ts'

// How a load function or an action ends without its result: SvelteKit has exceptions for a redirect and for an error page.

/**
 * SvelteKit's function `redirect` with its option for other origins. Version 3 requires this option, because the origin
 * of the login URL (the origin of `redirectUri`) can differ.
 */
type Redirect = (status: number, location: string, options: { readonly external: true }) => never

/** The texts for visitors, by status. The application's page `+error.svelte` can show other texts. */
const TEXTS: Readonly<Record<number, string>> = {
  401: 'Sign in to see this page.',
  403: 'You do not have access to this page.',
  503: 'This page is not available at the moment. Try again later.',
}

/**
 * Throws the exception with which SvelteKit shows the nearest `+error.svelte`.
 *
 * SvelteKit logs every other error, which is useful for a wrong setting but not for a visitor without access.
 * @throws The given error, if it is not about the visitor or an outage.
 */
export function throwErrorPage(cause: unknown): never {
  const text = IdentityError.is(cause) ? TEXTS[cause.status] : undefined
  if (text === undefined) throw cause
  const { status, message } = cause as IdentityError
  return error(status, AccessDenied.is(cause) ? message : text)
}

/**
 * Throws the same exception for one of the library's responses. If the browser shows the response, the hook sends the library's
 * page.
 */
export function throwResponse(response: Response): never {
  const location = response.headers.get('location')
  if (location !== null) return (redirect as Redirect)(303, location, { external: true })
  return error(response.status, TEXTS[response.status] ?? 'The request was rejected.')
}

/** Wraps the event of a guarded load function or action for the core. */
export function toRouterContext(event: AnyEvent): RouterHttpContext {
  // SvelteKit runs a load function again if a part of the URL changes that it has read. So the guard of a layout also runs when
  // the user follows a link to another page of the layout.
  const pageUrl = pageUrlOf(event)
  return new RouterHttpContext(httpContextOf(event.request), () => pageUrl)
}

/**
 * Wraps an event for a member of `Auth`, so that a load function runs again for another URL only if the member reads the URL.
 */
export function toMemberContext(event: AnyEvent): HttpContext {
  const http = httpContextOf(event.request)
  return kindOf(event) === 'load' ? new RouterHttpContext(http, () => pageUrlOf(event)) : http
}

function pageUrlOf({ url: { pathname, search } }: AnyEvent): string {
  return pathname + search
}

/**
 * Ends a load function or an action with a redirect to the sign-in, if the user must act to get an access token.
 * @throws SvelteKit's exception, or the error itself if a sign-in does not solve it. Endpoints always get the error.
 */
export async function throwSignIn(
  auth: AuthBase<any>,
  event: AnyEvent,
  cause: unknown,
): Promise<never> {
  const kind = kindOf(event)
  if (!needsSignIn(cause) || kind === 'endpoint' || kind === 'form') throw cause
  const response = await webOf(auth).toResponse(toRouterContext(event), { error: cause })
  return throwResponse(response)
}
