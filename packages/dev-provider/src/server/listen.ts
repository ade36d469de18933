import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './self-signed.js'

/** A server that listens but does not have a handler yet. */
export interface ListeningServer {
  readonly origin: string
  handle(listener: RequestListener): void
  close(): Promise<void>
}

/** The host and the port to listen at. */
export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly certificate: Certificate | undefined
}

/**
 * Opens the port before the handler exists, because every issuer and URL contains the port.
 *
 * @throws TypeError when the host is not a loopback host.
 */
export async function listen(options: ListenOptions): Promise<ListeningServer> {
  const { host, port, certificate } = options
  if (!isLoopbackHost(host)) {
    throw new TypeError(
      `host is '${host}', which is not a loopback host. The development provider does not check passwords, so set host to localhost, 127.0.0.1 or ::1.`,
    )
  }
  const server = certificate === undefined ? createHttpServer() : createHttpsServer(certificate)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const scheme = certificate === undefined ? 'http' : 'https'
  const name = host.includes(':') ? `[${host}]` : host
  const { port: actualPort } = server.address() as AddressInfo
  return {
    origin: `${scheme}://${name}:${actualPort}`,
    handle: (listener) => server.on('request', listener),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)))
        // Some failures keep sockets open, and browsers use keep-alive.
        server.closeAllConnections()
      }),
  }
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
