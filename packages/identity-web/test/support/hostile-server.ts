import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { onTestFinished } from 'vitest'
import { close, listen } from './server.ts'

/** A server that takes the place of an endpoint of a provider. */
export interface HostileServer {
  readonly origin: string
  /** The requests that it received, with their headers and bodies. */
  readonly requests: string[]
  /** Resolves when all clients have closed their connections. */
  closed(): Promise<void>
}

/** Writes a response. It may leave it open, or send something that is not HTTP through its socket. */
export type HostileResponse = (
  outgoing: ServerResponse,
  incoming: IncomingMessage,
  body: string,
) => void | Promise<void>

/** Starts a server for one test. */
export async function startHostileServer(respond: HostileResponse): Promise<HostileServer> {
  const requests: string[] = []
  const open = new Set<Promise<unknown>>()
  const receive: RequestListener = (incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      requests.push(`${incoming.url} ${JSON.stringify(incoming.headers)} ${body}`)
      void respond(outgoing, incoming, body)
    })
  }
  const server = createServer(receive)
  server.on('connection', (socket) => {
    socket.on('error', () => socket.destroy())
    open.add(new Promise((resolve) => void socket.once('close', resolve)))
  })
  const origin = await listen(server)
  onTestFinished(() => close(server))
  return { origin, requests, closed: async () => void (await Promise.all(open)) }
}

/** Writes a piece every few milliseconds until the client closes the connection. */
export function trickle(outgoing: ServerResponse, pieces: Iterable<string>): void {
  const { socket } = outgoing
  const iterator = pieces[Symbol.iterator]()
  const timer = setInterval(() => {
    const { value, done } = iterator.next() as { value: string; done?: boolean }
    if (done === true) clearInterval(timer)
    else socket?.write(value)
  }, 20)
  socket?.once('close', () => clearInterval(timer))
}
