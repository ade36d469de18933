import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** Passes requests on to the app. */
export interface Forwarder {
  /** @param added - The headers of the platform, which replace the client's headers with the same names. */
  forward(incoming: IncomingMessage, outgoing: ServerResponse, added: Headers): void
  close(): void
}

type Headers = Readonly<Record<string, string>>

/** The headers that concern one connection only (RFC 9110, section 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The headers of the platform. Some frameworks read `_` as `-`, so both spellings are removed. */
const OF_PLATFORM = /^x[-_]ms[-_](client[-_]principal|token)/i

/** @param target - Returns the URL of the app. */
export function createForwarder(target: () => string): Forwarder {
  const agent = new Agent({ keepAlive: true })

  return {
    forward(incoming, outgoing, added) {
      const url = new URL(target())
      const isSecure = url.protocol === 'https:'
      const request = (isSecure ? httpsRequest : httpRequest)({
        hostname: url.hostname.replaceAll(/[[\]]/g, ''),
        port: url.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...toAppHeaders(incoming), ...added },
        ...(!isSecure && { agent }),
      })
      request.on('response', (response) => {
        outgoing.writeHead(
          response.statusCode ?? 502,
          response.statusMessage,
          withoutHops(response),
        )
        response.pipe(outgoing)
        response.on('error', () => outgoing.destroy())
      })
      request.on('error', () => {
        if (outgoing.headersSent) outgoing.destroy()
        else respondUnreachable(outgoing, target())
      })
      // The browser closed the connection, so the app can stop its work.
      outgoing.on('close', () => {
        if (!outgoing.writableFinished) request.destroy()
      })
      incoming.pipe(request)
    },

    close: () => agent.destroy(),
  }
}

/**
 * Returns the headers for the app. The platform keeps the `Host` header, so the app creates URLs with the same host.
 */
function toAppHeaders(incoming: IncomingMessage): Record<string, string | string[]> {
  const kept = withoutHops(incoming)
  for (const name of Object.keys(kept)) if (OF_PLATFORM.test(name)) delete kept[name]
  return {
    ...kept,
    'x-forwarded-for': incoming.socket.remoteAddress ?? '',
    'x-forwarded-host': incoming.headers.host ?? '',
    'x-forwarded-proto': 'http',
  }
}

function withoutHops({ headers }: IncomingMessage): Record<string, string | string[]> {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase())
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && !named.includes(name)) kept[name] = value
  }
  return kept
}

function respondUnreachable(outgoing: ServerResponse, target: string): void {
  outgoing.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
  outgoing.end(
    `The app at ${target} cannot be reached. Start it, or set another URL: identity-web-dev easy-auth --target <url>.\n`,
  )
}
