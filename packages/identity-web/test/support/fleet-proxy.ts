import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from './server.ts'

/** A process behind the proxy. */
interface Upstream {
  /** `undefined` while it is not running. */
  readonly port: number | undefined
}

/** Headers that apply to one connection only. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding'])

/**
 * Starts a proxy that sends each request to the next of several processes.
 *
 * It skips processes that are not running or reject the connection. If a process ends during a request, the proxy
 * returns 502, because the request may have had effects. Every request has its own connection, so that these cases can
 * be distinguished. The response header `x-process` contains the index of the process.
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
      outgoing.writeHead(502).end('No process is running.')
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
      else outgoing.writeHead(502).end('The process ended during the request.')
    })
    attempt.end(body)
  }

  return { origin: await listen(server), close: () => close(server) }
}

/** Removes the hop-by-hop headers from a list of names and values. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)] ?? ''
    return !HOP_BY_HOP.has(name.toLowerCase())
  })
}
