// Tells how SvelteKit calls a function: load, action or endpoint.
import type { RequestEvent } from '@sveltejs/kit'
import { configurationError } from '../../errors.ts'
import { toEnvironment } from '../../classes/index.ts'
import { httpContextOf, type RequestHttpContext } from '../request-response.ts'

/**
 * The event of a load function, a form action or an endpoint, with any parameters.
 * @public
 */
export type AnyEvent = RequestEvent<any, any>

/**
 * The way in which SvelteKit calls a guarded function, which decides how a guard rejects the call.
 *
 * - `load`: a load function, which SvelteKit also calls for a page's data (`__data.json`).
 * - `action`: a form action that `use:enhance` calls, whose result is JSON.
 * - `form`: a form without `use:enhance`, which posts to an action or an endpoint, and whose response the browser
 *   shows.
 * - `endpoint`: a function in `+server.ts`.
 */
export type CallKind = 'load' | 'action' | 'form' | 'endpoint'

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i

/**
 * Returns a call's kind. An event does not say which function receives it, so this function decides as SvelteKit does.
 */
export function kindOf(event: AnyEvent): CallKind {
  if ('depends' in event) return 'load'
  const { method, headers } = event.request
  if (method !== 'POST') return 'endpoint'
  if (headers.get('x-sveltekit-action') === 'true') return 'action'
  if (!FORM.test(headers.get('content-type') ?? '')) return 'endpoint'
  if (headers.get('accept')?.includes('text/html') === true) return 'form'
  // The URL of a named action. A script can call it without `use:enhance`.
  return new URL(event.request.url).search.startsWith('?/') ? 'action' : 'endpoint'
}

/**
 * Returns whether SvelteKit builds the application. A build loads the modules and renders pages in advance, and the settings
 * can be missing then. SvelteKit tells it only to the application's modules, so this function reads the variable that
 * SvelteKit itself reads.
 */
export function isBuilding(): boolean {
  return toEnvironment()['SVELTEKIT_FORK'] !== undefined
}

/** @throws IdentityError `configuration` if SvelteKit renders the page or the endpoint in advance. */
export function assertVisitor(): void {
  if (!isBuilding()) return
  throw configurationError(
    'SvelteKit renders a guarded page in advance, so identity-web cannot know the visitor, and all visitors would get the same page. Remove export const prerender = true from the page and its layouts, or remove the guard from its load function.',
  )
}

/**
 * Returns the context for a request that passed through an `Auth` hook.
 * @throws IdentityError `configuration` if the hook did not run.
 */
export function contextOfHandled({ request }: AnyEvent): RequestHttpContext {
  const http = httpContextOf(request)
  if (!http.isResponseSent) return http
  throw configurationError(
    'The guard cannot work, because the hook of its Auth did not run for this request. In src/hooks.server.ts, add export const handle = auth.handle. If the file calls sequence(), add auth.handle to its arguments.',
  )
}
