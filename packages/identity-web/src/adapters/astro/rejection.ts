// The response of a guard, until the middleware sends it.
import { jsonResponse } from '../../fetch-api.ts'
import type { AstroContext } from './context.ts'

/** Ends a page or an action that a guard rejects, so that the middleware sends the response. */
export class Rejection extends Error {
  override readonly name = 'IdentityRejection'
  readonly response: Response

  constructor(response: Response) {
    super(
      'identity-web rejected the request. Export auth.onRequest from src/middleware.ts, because it sends the response. Do not catch this error.',
    )
    this.response = response
  }
}

/**
 * The property that contains the response to a rejected action. An exception does not work here, because Astro turns
 * the exceptions of actions into results.
 */
const REJECTED = Symbol('identity-web rejection')

interface Locals {
  [REJECTED]?: Response
}

/** Stores the response to a rejected action, so that the middleware sends it instead of Astro's response. */
export function rejectAction({ locals, url }: AstroContext, response: Response): Rejection {
  const isCall = url.pathname.includes('/_actions/')
  ;(locals as Locals)[REJECTED] = isCall ? toActionError(response) : response
  return new Rejection(response)
}

export function rejectionOf({ locals }: AstroContext): Response | undefined {
  return (locals as Locals)[REJECTED]
}

const CODES: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  503: 'SERVICE_UNAVAILABLE',
}

/** Returns the response to a rejected action, which Astro's client turns into an `ActionError`. */
function toActionError({ status }: Response): Response {
  const code = CODES[status] ?? 'INTERNAL_SERVER_ERROR'
  const message = status === 401 ? 'Sign in to continue.' : 'The action was rejected.'
  const body = { type: 'AstroActionError', code, status, message }
  return jsonResponse(body, { status, headers: { 'cache-control': 'private, no-store' } })
}
