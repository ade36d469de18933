import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { UsageError } from '../command/usage-error.js'

/** A server on this computer, at the origin of a redirect URI. */
export interface LoopbackServer {
  /** Responds to the next requests. */
  respond: Respond
  close(): void
}

/** Responds to a request. `sent` runs after the browser has the response. */
export type Respond = (request: Request, sent: Promise<void>) => Promise<Response>

/**
 * Listens at the origin of a redirect URI, in place of the application.
 *
 * @throws UsageError if another program uses the port.
 */
export async function listenAt(redirectUri: URL, respond: Respond): Promise<LoopbackServer> {
  const onRequest: RequestListener = (incoming, outgoing) => {
    // A website could let its own domain point to this computer (DNS rebinding).
    if (incoming.headers.host !== redirectUri.host) {
      outgoing.writeHead(403).end(`Open ${redirectUri.origin}.`)
      return
    }
    const sent = new Promise<void>((done) => outgoing.once('close', done))
    toRequest(incoming, redirectUri.origin)
      .then((request) => opened.respond(request, sent))
      .then((response) => send(response, outgoing))
      .catch(() => outgoing.writeHead(500).end())
  }
  const servers: Server[] = []
  const close = (): void => {
    for (const server of servers) {
      server.close()
      // A browser keeps its connection open, and the command must end.
      server.closeAllConnections()
    }
  }
  const opened = { respond, close }
  try {
    for (const address of addressesOf(redirectUri)) {
      const server = createServer(onRequest)
      if (await isOpened(server, redirectUri, address)) servers.push(server)
    }
  } catch (error) {
    close()
    throw error
  }
  return opened
}

/**
 * Returns the IP addresses of the host. A browser uses one of two for localhost, so another user of this computer must
 * not get the other one, and with it the authorization code.
 */
function addressesOf({ hostname }: URL): readonly string[] {
  return hostname === 'localhost' ? ['127.0.0.1', '::1'] : [hostname.replace(/^\[|\]$/g, '')]
}

/** Opens a server. @returns `false` if this computer does not have the IP address. */
function isOpened(server: Server, { port, origin }: URL, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code = '' }: NodeJS.ErrnoException) => {
      // Without IPv6, localhost has one IP address only.
      if (address === '::1' && NO_IPV6.has(code)) return resolve(false)
      reject(
        new UsageError(
          code === 'EADDRINUSE'
            ? `Port ${port || 80} is in use. Stop your app while you sign in here.`
            : `${origin} cannot be opened on this computer (${code}). Use a redirect URI with http://localhost and a port of 1024 or higher.`,
        ),
      )
    })
    server.listen(Number(port || 80), address, () => resolve(true))
  })
}

const NO_IPV6: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

const MAX_BYTES = 1_000_000

async function toRequest(incoming: IncomingMessage, origin: string): Promise<Request> {
  const { method = 'GET', url = '/', headers } = incoming
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const body = hasBody ? await readBody(incoming) : undefined
  // Only the path: `//host/` would be another origin.
  const target = url.startsWith('/') ? origin + url : origin
  return new Request(target, { method, headers: lines, ...(body !== undefined && { body }) })
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length
    if (size > MAX_BYTES) throw new Error('The body is too long.')
    chunks.push(chunk as Buffer)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}
