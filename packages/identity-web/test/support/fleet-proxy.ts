import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from './server.ts'

/** One of those behind the address. */
interface Upstream {
  /** `undefined` while there is none. */
  readonly port: number | undefined
}

/** What concerns one connection, and not the next. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding'])

/**
 * One address in front of several processes, each of which gets a request in turn.
 *
 * One that is not there, or refuses a connection, is passed over. One that dies with a request in hand leaves it
 * unanswered: 502, since nobody knows what it did. To know the one from the other, every request has a connection of
 * its own. The answer's header `x-process` tells which one it was.
 */
export async function startProxy(
  upstreams: readonly Upstream[],
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  let turn = 0

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const start = turn++
      const order = upstreams.map((_, index) => (start + index) % upstreams.length)
      forward(incoming, Buffer.concat(chunks), outgoing, order)
    })
  })

  function forward(
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    [index, ...others]: readonly number[],
  ): void {
    if (index === undefined) {
      outgoing.writeHead(502).end('No process is there.')
      return
    }
    const port = upstreams[index]?.port
    if (port === undefined) {
      forward(incoming, body, outgoing, others)
      return
    }
    const { method, url: path } = incoming
    const headers = { ...incoming.headers, connection: 'close' }
    const attempt = request({ agent: false, host: 'localhost', port, method, path, headers })
    attempt.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, [
        ...endToEnd(response.rawHeaders),
        'x-process',
        String(index),
      ])
      response.on('error', () => outgoing.destroy())
      response.pipe(outgoing)
    })
    attempt.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') forward(incoming, body, outgoing, others)
      else if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(502).end('The process went away.')
    })
    attempt.end(body)
  }

  return { origin: await listen(server), close: () => close(server) }
}

/** Names and values in turn, as they arrived. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)] ?? ''
    return !HOP_BY_HOP.has(name.toLowerCase())
  })
}
