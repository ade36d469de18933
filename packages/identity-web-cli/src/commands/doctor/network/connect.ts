import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls'

/** A host and a port. */
export interface Endpoint {
  readonly hostname: string
  readonly port: number
}

/** Returns the host and the port of a URL. */
export function endpointOf(url: URL): Endpoint {
  const standard = url.protocol === 'https:' || url.protocol === 'rediss:' ? 443 : 80
  return {
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? standard : Number(url.port),
  }
}

/** Opens a TCP connection. */
export async function openSocket(
  { hostname: host, port }: Endpoint,
  timeoutMs: number,
): Promise<Socket> {
  const socket = connectTcp({ host, port })
  return settled(socket, 'connect', timeoutMs)
}

/** The certificate of a server, and whether this computer trusts it. */
export interface ServerCertificate {
  /** The reason why the certificate is not trusted, for example `SELF_SIGNED_CERT_IN_CHAIN`. */
  readonly fault: string | undefined
  /** The name of the authority that issued the certificate. */
  readonly issuer: string
  readonly validTo: Date
}

/**
 * Reads the certificate of a server without sending a request.
 *
 * @param socket - A connection to the server, for example through a proxy. Without it, a new connection is opened.
 */
export async function readCertificate(
  endpoint: Endpoint,
  { socket, timeoutMs }: { readonly socket?: Socket | undefined; readonly timeoutMs: number },
): Promise<ServerCertificate> {
  const { hostname, port } = endpoint
  const isName = !/^[\d.]+$|:/.test(hostname)
  const tls = connectTls({
    ...(socket === undefined ? { host: hostname, port } : { socket }),
    ...(isName && { servername: hostname }),
    // The connection only reads the certificate, also of a server that is not trusted. It never carries data.
    rejectUnauthorized: false,
  })
  try {
    await settled(tls, 'secureConnect', timeoutMs)
    const certificate = tls.getPeerCertificate(true)
    return {
      fault: tls.authorized ? undefined : faultOf(tls),
      issuer: nameOf(certificate),
      validTo: new Date(certificate.valid_to),
    }
  } finally {
    tls.destroy()
  }
}

function faultOf({ authorizationError }: TLSSocket): string {
  // The type says that it is an error, but it is the code.
  const error: unknown = authorizationError
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' ? code : error.message
}

function nameOf({ issuer }: PeerCertificate): string {
  // A certificate that has a field several times has a list here.
  const [name = 'an unknown authority'] = [issuer.O, issuer.CN].flat().filter(Boolean)
  const common = [issuer.CN].flat()[0]
  return common === undefined || common === name ? name : `${common} (${name})`
}

/** Waits for an event of a socket, for an error or for the end of the time. */
export function settled<S extends Socket>(socket: S, event: string, timeoutMs: number): Promise<S> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => socket.destroy(new Error(`there was no response within ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    )
    socket.once(event, () => {
      clearTimeout(timer)
      resolve(socket)
    })
    socket.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
