// The kinds of failures, and their responses.
import type { EventLevel } from '../../events.ts'
import type { AppServices } from '../runtime/services.ts'

/** The status of the response for each kind of failure. */
const STATUS = {
  malformed: 400,
  not_found: 404,
  method_not_allowed: 405,
  body_incomplete: 400,
  body_timeout: 408,
  body_too_large: 413,
  client_gone: 499,
  body_consumed: 500,
  upgrade_not_supported: 501,
  upstream_unavailable: 502,
  upstream_invalid: 502,
  upstream_redirect: 502,
  send_again: 503,
  upstream_timeout: 504,
} as const

/** The kind of a failure: the member `error` of the response. */
export type FailureKind = keyof typeof STATUS

/**
 * The levels of the failures that the operator or a developer must know about. All other failures were caused by the
 * client.
 */
const LEVELS: Partial<Readonly<Record<FailureKind, EventLevel>>> = {
  body_consumed: 'error',
  upstream_unavailable: 'warn',
  upstream_invalid: 'warn',
  upstream_redirect: 'warn',
  upstream_timeout: 'warn',
}

/** The details of a failure for developers. */
export interface FailureDetails {
  /** The change that solves it. Only developers see it. */
  readonly hint?: string
  /** Additional headers of the response. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that could not be forwarded. Its message does not contain anything that the API sent. */
export class ForwardFailure extends Error {
  readonly kind: FailureKind
  readonly hint: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(kind: FailureKind, message: string, { hint, headers = {} }: FailureDetails = {}) {
    super(message)
    this.kind = kind
    this.hint = hint
    this.headers = headers
  }

  get status(): number {
    return STATUS[this.kind]
  }

  get level(): EventLevel {
    return LEVELS[this.kind] ?? 'info'
  }
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
  { events, isProduction }: AppServices,
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
