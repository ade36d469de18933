import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { listen } from './server.ts'

/** How a proxy treats requests. */
export interface HttpProxyOptions {
  /** The status with which it rejects each connection, for example 407. */
  readonly reject?: number
  /** The key and the certificate with which it decrypts TLS, like proxies that inspect requests. */
  readonly intercept?: { readonly key: string; readonly cert: string }
}

/** A proxy, as `HTTPS_PROXY` and `HTTP_PROXY` name it. */
export interface HttpProxy {
  readonly url: string
  /** The hosts and ports that clients asked for, one for each connection or plain request. */
  readonly targets: string[]
  /** The requests that it decrypted, or that were not encrypted. */
  readonly seen: string[]
}

/** Starts a proxy for one test. It supports `CONNECT`, and requests with an absolute URL. */
export async function startHttpProxy({
  reject,
  intercept,
}: HttpProxyOptions = {}): Promise<HttpProxy> {
  const targets: string[] = []
  const seen: string[] = []
  const sockets = new Set<Socket>()
  const inspector =
    intercept && createHttpsServer(intercept, (incoming, outgoing) => forward(incoming, outgoing))

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    seen.push(incoming.url ?? '')
    const { method, headers, url: path } = incoming
    const [host, port] = (headers.host ?? '').split(':')
    const options = { host, port, path, method, headers, rejectUnauthorized: false }
    const onward = httpsRequest(options, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(outgoing)
    })
    onward.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onward)
  }

  const server = createServer((incoming, outgoing) => {
    targets.push(new URL(incoming.url ?? '').host)
    seen.push(incoming.url ?? '')
    outgoing.writeHead(502).end()
  })
  server.on('connect', ({ url: target = '' }, client: Socket) => {
    targets.push(target)
    client.on('error', () => client.destroy())
    if (reject !== undefined) {
      client.end(`HTTP/1.1 ${reject} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (inspector !== undefined) {
      inspector.emit('connection', client)
      return
    }
    const [, port] = target.split(':')
    const upstream = connect(Number(port), 'localhost')
    sockets.add(upstream)
    upstream.on('error', () => client.destroy())
    client.pipe(upstream).pipe(client)
  })
  server.on('connection', (socket) => sockets.add(socket))
  inspector?.on('tlsClientError', () => undefined)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: await listen(server), targets, seen }
}
