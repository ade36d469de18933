import type { IncomingMessage } from 'node:http'
import type { FastifyReply } from 'fastify'
import { toList } from '../node/write-response.ts'

/** The server of `@fastify/websocket`, which responds to an upgrade without the headers of the reply. */
interface SocketServer {
  on(event: 'headers', listener: (lines: string[], request: IncomingMessage) => void): unknown
}

const known = new WeakSet<SocketServer>()
const upgrades = new WeakMap<IncomingMessage, FastifyReply>()

/** Adds the cookies of a reply to the handshake of a WebSocket. Otherwise, a session that a guard refreshed would be lost. */
export function sendWithHandshake(reply: FastifyReply): void {
  const { raw, server } = reply.request
  const { websocketServer } = server as { readonly websocketServer?: SocketServer }
  if (raw.headers.upgrade === undefined || websocketServer === undefined) return
  upgrades.set(raw, reply)
  if (known.has(websocketServer)) return
  known.add(websocketServer)
  websocketServer.on('headers', (lines, request) => {
    for (const cookie of toList(upgrades.get(request)?.raw.getHeader('set-cookie')))
      lines.push(`Set-Cookie: ${cookie}`)
  })
}
