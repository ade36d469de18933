import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from '../protocol/x509.js'

/** A server that listens but does not have a handler yet. */
export interface ListeningServer {
  /** The origin with the host and the port that the server listens on. */
  readonly origin: string
  readonly port: number
  handle(listener: RequestListener): void
  /** Adds a listener for TLS connections that fail before a request. */
  onTlsError(listener: (error: Error) => void): void
  close(): Promise<void>
}

/** The host and the port to listen at. */
export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly certificate: Certificate | undefined
}

/** Opens the port before the handler exists, because every issuer and URL contains the port. */
export async function listen(options: ListenOptions): Promise<ListeningServer> {
  const { host, port, certificate } = options
  const server =
    certificate === undefined
      ? createHttpServer()
      : createHttpsServer({ key: certificate.key, cert: certificate.cert })
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
    origin: new URL(`${scheme}://${name}:${actualPort}`).origin,
    port: actualPort,
    handle: (listener) => server.on('request', listener),
    onTlsError: (listener) => server.on('tlsClientError', listener),
    close: () =>
      new Promise((resolve, reject) => {
        // Closing twice is not an error.
        if (!server.listening) return resolve()
        server.close((error) => (error === undefined ? resolve() : reject(error)))
        // Some failures keep sockets open, and browsers use keep-alive.
        server.closeAllConnections()
      }),
  }
}
