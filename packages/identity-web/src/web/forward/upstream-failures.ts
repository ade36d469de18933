// Failures of the connection to an API.
import { ForwardFailure } from './failure.ts'

// The failures of the connection to an API. Their messages contain only text of this library.

/** The causes of failed connections, by the codes of Node.js and the messages of other runtimes. */
const CAUSES: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/ENOTFOUND|EAI_|dns/i, 'failed, because its host name cannot be resolved'],
  [
    /CERT|SIGNED|UNABLE_TO_|ALTNAME|EPROTO|ERR_SSL|ERR_TLS|tls/i,
    'failed, because TLS is not possible',
  ],
  [/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|refused/i, 'was refused'],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET|hang up|closed|lost/i, 'was closed before it sent a response'],
]

/** Returns the failure for an error of the HTTP client. */
export function toFailure(error: unknown, origin: string): ForwardFailure {
  if (error instanceof ForwardFailure) return error
  const text = textOf(error)
  if (INVALID.test(text)) return invalidResponse()
  if (/ETIMEDOUT|_TIMEOUT/.test(text)) return noResponse()
  const why = CAUSES.find(([pattern]) => pattern.test(text))?.[1] ?? 'failed'
  return new ForwardFailure('upstream_unavailable', `The connection to the API ${why}.`, {
    hint: `Check that ${origin} is the origin of the API in auth.forward(path, { target }), and that this server can reach it.`,
  })
}

/** Matches the errors for a response that is not HTTP, or whose headers cannot be sent. */
const INVALID = /HPE_|ERR_INVALID_|ERR_HTTP_INVALID_|HTTPParser/

/** Returns the code and the message of an error and of its causes. The result is used only to recognize the error. */
function textOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 4) return ''
  const { code, message, cause, errors } = error as Partial<Record<string, unknown>>
  const several: readonly unknown[] = Array.isArray(errors) ? errors : []
  const own = [code, message].filter((part) => typeof part === 'string')
  return [...own, ...[cause, ...several].map((one) => textOf(one, depth + 1))].join(' ')
}

export function invalidResponse(): ForwardFailure {
  return new ForwardFailure('upstream_invalid', 'The API sent a response that is not valid HTTP.', {
    hint: 'Check that target in auth.forward(path, { target }) contains the port of an HTTP server, and check the response headers of the API.',
  })
}

export function noResponse(): ForwardFailure {
  return new ForwardFailure('upstream_timeout', 'The API did not respond in time.', {
    hint: 'Check the API. If the API needs more time, increase timeoutSeconds in auth.forward(path, { timeoutSeconds }).',
  })
}

/** Returns the failure of a client that did not send the rest of the body in time. */
export function slowBody(): ForwardFailure {
  return new ForwardFailure('body_timeout', 'The body of the request did not arrive in time.')
}

export function tooLarge(maxBodyBytes: number): ForwardFailure {
  return new ForwardFailure(
    'body_too_large',
    `The body of the request is larger than ${maxBodyBytes} bytes.`,
    {
      hint: 'To allow larger bodies, increase maxBodyBytes in auth.forward(path, { maxBodyBytes }).',
    },
  )
}

export function incompleteBody(): ForwardFailure {
  return new ForwardFailure('body_incomplete', 'The body of the request ended too early.')
}

/** Returns the failure of a client that closed the connection. Only the log contains this failure. */
export function clientGone(): ForwardFailure {
  return new ForwardFailure(
    'client_gone',
    'The client closed its connection before the API responded.',
  )
}
