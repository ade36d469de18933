import { createServer, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { close, listen } from './server.ts'

/** Serves a function from `Request` to `Response` over HTTP, as Bun, Deno and others do. */
export async function serveRequests(
  respond: (request: Request, origin: string) => Promise<Response>,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', rawHeaders } = incoming
    const headers = new Headers()
    for (let index = 0; index < rawHeaders.length; index += 2) {
      headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
    }
    const hasBody = method !== 'GET' && method !== 'HEAD'
    // Like other servers, it uses the Host header of the client.
    const absolute = `http://${incoming.headers.host ?? 'localhost'}${url}`
    // A `Request` cannot be a TRACE.
    if (method === 'TRACE' || !URL.canParse(absolute)) {
      outgoing.writeHead(400).end()
      return
    }
    const client = new AbortController()
    outgoing.on('close', () => outgoing.writableFinished || client.abort())
    const request = new Request(absolute, {
      method,
      headers,
      signal: client.signal,
      ...(hasBody && { body: Readable.toWeb(incoming) as BodyInit, duplex: 'half' }),
    })
    send(respond(request, origin), outgoing).catch((error: Error) => outgoing.destroy(error))
  })
  const origin = await listen(server)
  return { origin, close: () => close(server) }
}

async function send(response: Promise<Response>, outgoing: ServerResponse): Promise<void> {
  const { status, headers, body } = await response
  outgoing.writeHead(status, [...headers].flat())
  if (body === null) outgoing.end()
  else await pipeline(Readable.fromWeb(body as ReadableStream), outgoing)
}
