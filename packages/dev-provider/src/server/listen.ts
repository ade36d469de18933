import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './self-signed.js'

/** A listening server without a handler yet. */
export interface ListeningServer {
  readonly origin: string
  handle(listener: RequestListener): void
  close(): Promise<void>
}

/** Where to listen. */
export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly certificate: Certificate | undefined
}

/** Opens the port first, because the address is part of every issuer and URL. */
export async function listen(options: ListenOptions): Promise<ListeningServer> {
  const { host, port, certificate } = options
  if (!isLoopbackHost(host)) {
    throw new TypeError(
      `The development provider signs anyone in, so it listens on this machine only. Use localhost, 127.0.0.1 or ::1 instead of ${host}.`,
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
        // Faults leave sockets open on purpose, and browsers keep theirs alive.
        server.closeAllConnections()
      }),
  }
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
