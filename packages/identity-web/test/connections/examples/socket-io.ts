import type { Server } from 'node:http'
import type { Auth, Authenticated, LoginContext } from 'identity-web/express'
import { Server as SocketServer, type Socket } from 'socket.io'

/** Serves Socket.IO to signed-in users. */
export function serveSocketIo(server: Server, auth: Auth): SocketServer {
  // #region guide
  const io = new SocketServer(server, { transports: ['websocket'] })
  const sessions = new WeakMap<object, Authenticated<LoginContext>>()

  io.use((socket, next) => {
    authenticate(socket).then(() => next(), next)
  })

  async function authenticate(socket: Socket): Promise<void> {
    const session = await auth.authenticate(socket.request)
    if (!session.ok) {
      const { code, loginUrl } = session.error
      throw Object.assign(new Error(code), { data: { loginUrl } })
    }
    sessions.set(socket, session)
  }

  io.on('connection', (socket) => {
    const session = sessions.get(socket)
    if (session === undefined) return socket.disconnect(true)
    session.signal.addEventListener('abort', () => socket.disconnect(true))
    socket.on('disconnect', () => session.close())
    return socket.emit('hello', session.context.user.name)
  })
  // #endregion
  return io
}
