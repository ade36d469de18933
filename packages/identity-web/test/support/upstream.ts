import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { onTestFinished } from 'vitest'
import type { ForwardOptions } from 'identity-web/express'
import type { DevProvider } from 'identity-web-dev'
import type { Browser } from './browser.ts'
import { signIn, type Site } from './site.ts'
import { close, listen } from './server.ts'

/** A forwarded request that the API received. */
export interface ReceivedRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  /** Names and values as they arrived. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

/** The API that gets forwarded requests. */
export interface UpstreamApi {
  readonly origin: string
  readonly server: Server
  /** The requests, in the order of their ends. */
  readonly received: ReceivedRequest[]
}

/** Responds after the body of the request has arrived. */
export type UpstreamListener = (
  received: ReceivedRequest,
  response: Parameters<RequestListener>[1],
) => void

/** Starts an API for one test. By default, it responds with the method and the URL that it received. */
export async function startUpstream(
  respond: UpstreamListener = ({ method, url }, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method, url }))
  },
): Promise<UpstreamApi> {
  const received: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => undefined)
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request
      const body = Buffer.concat(chunks).toString('latin1')
      const one = { method, url, headers, rawHeaders, body }
      received.push(one)
      respond(one, response)
    })
  })
  return { ...(await serveUpstream(server)), received }
}

/** Starts a server of any kind as an API, for one test. */
export async function serveUpstream(
  server: Server,
): Promise<Pick<UpstreamApi, 'origin' | 'server'>> {
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()))
  const origin = await listen(server)
  onTestFinished(() => {
    server.closeAllConnections()
    return close(server)
  })
  return { origin, server }
}

/** Forwards `/api` without a token, and signs a user in. */
export async function openForward(
  site: Site,
  provider: DevProvider,
  options: ForwardOptions,
): Promise<Browser> {
  site.auth.forward('/api', { ...(options.scopes === undefined && { token: 'none' }), ...options })
  return signIn(site, provider)
}

/** Returns the `Cookie` header of a browser, for requests that it does not send itself. */
export function cookiesOf({ cookies }: Browser): string {
  return [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}
