// The hook `handle`: sign-in routes, and the visitor.
import { changeableHeaders } from '../../fetch-api.ts'
import { serve, withHttpContext } from '../request-response.ts'
import { isBuilding, type AnyEvent } from './event.ts'

/** A hook's argument. @public */
export interface HandleInput<Event> {
  /** The request's event. */
  readonly event: Event
  /** Runs the rest of SvelteKit. */
  readonly resolve: (event: Event) => Response | Promise<Response>
}

/** The function that `hooks.server.ts` exports as `handle`. @public */
export interface Handle {
  /**
   * Handles a request. SvelteKit calls this function.
   * @param input - The event, and the function that runs the rest of SvelteKit.
   * @returns The response.
   * @throws Errors from other hooks, and errors from `onLogin` that are not an `IdentityError`.
   * @example export const handle = auth.handle
   */
  <Event extends AnyEvent>(input: HandleInput<Event>): Promise<Response>
}

/** The property that contains a guard's response, which replaces SvelteKit's response. */
const REJECTION = Symbol('identity-web rejection')

interface Rejected {
  [REJECTION]?: Response
}

/** Stores a guard's response on a request, so that the hook sends it instead of SvelteKit's response. */
export function reject(request: Request, response: Response): void {
  ;(request as Rejected)[REJECTION] = response
}

/**
 * Responds to the sign-in routes, and lets SvelteKit respond to all other requests.
 * @param prepare - A function that runs before SvelteKit. If it returns a response, SvelteKit does not run.
 */
export async function runHook<Event extends AnyEvent>(
  { event, resolve }: HandleInput<Event>,
  core: Parameters<typeof serve>[0],
  prepare?: (event: AnyEvent) => Promise<Response | undefined>,
): Promise<Response> {
  // While SvelteKit builds, it has no visitors, and the settings can be missing.
  if (isBuilding()) return resolve(event)
  const { request } = event
  return withHttpContext(request, async () => {
    const own = await (serve(core, request) ?? prepare?.(event))
    const response = own ?? withRejection(request, await resolve(event))
    // SvelteKit copies the response, and the headers must survive.
    changeableHeaders(response)
    return response
  })
}

/** Returns a guard's response, if there is one, with the cookies that the application has set. */
function withRejection(request: Request, response: Response): Response {
  const { [REJECTION]: rejection } = request as Rejected
  if (rejection === undefined) return response
  const headers = changeableHeaders(rejection)
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie)
  return rejection
}
