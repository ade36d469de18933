import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { Auth, McpAuth, type McpAuthOptions } from 'identity-web/fetch'
import { onTestFinished } from 'vitest'

/** Starts a server that is closed after the test. @returns Its origin. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

/** A port on which nothing listens. */
export async function unusedPort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A proxy in front of a server, which changes the headers of responses, and their status if one is given. */
export async function startFront(
  target: () => string,
  change: (headers: IncomingMessage['headers']) => IncomingMessage['headers'],
  status?: number,
): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming
    const onward = sendRequest(new URL(url, target()), { method, headers }, (response) => {
      outgoing.writeHead(status ?? response.statusCode ?? 502, change(response.headers))
      response.pipe(outgoing)
    })
    onward.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onward)
  })
  return listen(server)
}

/** A server that does not speak TLS. */
export function startPlain(): Promise<string> {
  return listen(createServer((_request, response) => response.end()))
}

/** A proxy that accepts every `CONNECT` and then ends the connection. */
export function startAcceptingProxy(): Promise<string> {
  const server = createServer()
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 200 Connection established\r\n\r\n')
  })
  return listen(server)
}

/** A deployed app. */
export interface DeployedApp {
  readonly variables: Readonly<Record<string, string>>
  /** The number of characters that the headers of a request can have. */
  readonly maxHeaderSize?: number
  /** The redirect URI. The default is on the origin of the app. */
  readonly redirectUri?: string
  readonly change?: (headers: Headers) => void
}

/** Starts an app with an `Auth`. @returns Its origin. */
export async function startApp({
  variables,
  maxHeaderSize = 65_536,
  redirectUri,
  change = () => undefined,
}: DeployedApp): Promise<string> {
  let auth: Auth | undefined
  const server = createServer({ maxHeaderSize }, (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', origin)
    void respond(new Request(url, { headers: receivedHeaders(incoming) }), outgoing)
  })
  const respond = async (request: Request, outgoing: ServerResponse): Promise<void> => {
    const response = await auth?.respond(request, () => new Response('home'))
    const headers = new Headers(response?.headers)
    change(headers)
    outgoing.writeHead(response?.status ?? 500, [...headers].flat())
    outgoing.end(await response?.text())
  }
  const origin = await listen(server)
  auth = new Auth(
    { logger: false },
    { ...variables, IDENTITY_REDIRECT_URI: redirectUri ?? `${origin}/redirect` },
  )
  onTestFinished(() => auth?.close())
  return origin
}

/**
 * Starts an MCP server at `/mcp`.
 *
 * @param routeScopes - The scopes of its guard. The default are those of the options.
 * @returns The URL of the server.
 */
export async function startMcp(options: McpAuthOptions, routeScopes?: string[]): Promise<string> {
  let mcp: McpAuth | undefined
  const server = createServer((incoming, outgoing) => {
    void respond(new Request(new URL(incoming.url ?? '/', origin)), outgoing)
  })
  const respond = async (request: Request, outgoing: ServerResponse): Promise<void> => {
    const response = await mcp?.handle(request)
    outgoing.writeHead(response?.status ?? 404)
    outgoing.end(await response?.text())
  }
  const origin = await listen(server)
  const resource = `${origin}/mcp`
  mcp = new McpAuth({ resource, logger: false, ...options }, {})
  if (routeScopes !== undefined)
    mcp.authorizationRequired({ scopes: routeScopes }, () => new Response())
  onTestFinished(() => mcp?.close())
  return resource
}

/** The headers as they arrived. The `fetch` of Node.js changes `Sec-Fetch-Mode`, so they can differ from those of the caller. */
const receivedHeaders = ({ headersDistinct }: IncomingMessage): [string, string][] =>
  Object.entries(headersDistinct).flatMap(([name, values]) =>
    (values ?? []).map((value): [string, string] => [name, value]),
  )
