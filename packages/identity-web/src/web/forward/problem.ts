import type { EventEmitter } from '../../event-emitter.ts'
import type { ForwardFailure } from './failure.ts'

/** The services that report and explain a failure. */
export interface ProblemServices {
  readonly events: EventEmitter
  readonly isProduction: boolean
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/**
 * Returns the response for a request that could not be forwarded, and logs it. Only developers see the hint.
 *
 * @param path - The forwarded path.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9457 | RFC 9457}
 */
export function toProblem(
  { events, isProduction }: ProblemServices,
  path: string,
  failure: ForwardFailure,
): Response {
  const { status, kind, message, hint, level, headers } = failure
  if (level !== 'info' || events.hearsInfo) {
    events.emit('forward.failed', { level, message, path, reason: kind, status, hint })
  }
  const body = {
    title: TITLES[status],
    status,
    detail: message,
    error: kind,
    ...(hint !== undefined && !isProduction && { hint }),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'private, no-store',
      vary: 'Cookie',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  })
}
