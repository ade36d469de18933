import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { io } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { cookieOf, type ConnectionRequest, type Handshake, type RunningHost } from './contract.ts'

function headersOf({ browser, from }: ConnectionRequest): Record<string, string> {
  return { cookie: cookieOf(browser), ...(from !== undefined && { origin: from }) }
}

function loginUrlOf(body: string): string | undefined {
  return body.startsWith('{') ? (JSON.parse(body) as { loginUrl?: string }).loginUrl : undefined
}

/** Opens a WebSocket. Its end is the code with which it closes. */
export async function connectWebSocket(
  { origin }: RunningHost,
  request: ConnectionRequest,
): Promise<Handshake> {
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/socket`, {
    headers: headersOf(request),
  })
  onTestFinished(() => ws.terminate())
  let received: readonly string[] = []
  ws.on('upgrade', (response) => (received = response.headers['set-cookie'] ?? []))
  const ended = new Promise((resolve) => void ws.once('close', resolve))
  return new Promise((resolve, reject) => {
    ws.once('message', (data: Buffer) =>
      resolve({ status: 101, setCookies: received, greeting: data.toString(), ended }),
    )
    ws.once('unexpected-response', (_request, response: IncomingMessage) => {
      const { statusCode: status = 0, headers } = response
      const setCookies = headers['set-cookie'] ?? []
      readBody(response)
        .then((body) => resolve({ status, setCookies, loginUrl: loginUrlOf(body) }))
        .catch(reject)
    })
    ws.once('error', reject)
  })
}

async function readBody(response: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) body += chunk as string
  return body
}

/** Connects with Socket.IO. Its end is the reason of the event `disconnect`. */
export async function connectSocketIo(
  { origin }: RunningHost,
  request: ConnectionRequest,
): Promise<Handshake> {
  const socket = io(origin, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headersOf(request),
  })
  onTestFinished(() => void socket.close())
  const ended = new Promise((resolve) => void socket.once('disconnect', resolve))
  return new Promise((resolve) => {
    socket.once('hello', (name: string) =>
      resolve({ status: 101, setCookies: [], greeting: `Hello, ${name}`, ended }),
    )
    socket.once('connect_error', (error) => {
      const { data } = error as Error & { data?: { loginUrl?: string } }
      // A rejected connection has a code, but not a status.
      const status = { access_denied: 403, login_required: 401 }[error.message] ?? 0
      resolve({ status, setCookies: [], loginUrl: data?.loginUrl })
    })
  })
}

/** Reads server-sent events. Their end is the last event before the end of the stream. */
export async function connectEvents(
  { origin }: RunningHost,
  request: ConnectionRequest,
): Promise<Handshake> {
  const headers = { ...headersOf(request), accept: 'text/event-stream' }
  const client = get(`${origin}/events`, { headers, agent: false })
  onTestFinished(() => void client.destroy())
  const [response] = (await once(client, 'response')) as [IncomingMessage]
  const { statusCode: status = 0, headers: received } = response
  const setCookies = received['set-cookie'] ?? []
  if (status !== 200) return { status, setCookies, loginUrl: loginUrlOf(await readBody(response)) }
  let text = ''
  const ended = new Promise((resolve) => {
    response.once('end', () => resolve(/event: (.*)\n/.exec(text)?.[1]))
  })
  const greeting = await new Promise<string>((resolve) => {
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const [, first] = /data: (.*)\n/.exec(text) ?? []
      if (first !== undefined) resolve(first)
    })
  })
  return { status, setCookies, cacheControl: received['cache-control'], greeting, ended }
}
