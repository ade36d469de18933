import type { Server } from 'node:http'
import type { Auth, Authenticated, LoginContext } from 'identity-web/express'
import { Server as SocketServer } from 'socket.io'

/** Serves Socket.IO to signed-in users. */
export function serveSocketIo(server: Server, auth: Auth): SocketServer {
  // #region guide
  const io = new SocketServer(server, { transports: ['websocket'] })
  const sessions = new WeakMap<object, Authenticated<LoginContext>>()

  io.use((socket, next) => {
    auth.authenticate(socket.request).then((session) => {
      if (!session.ok) {
        const { code, loginUrl } = session.error
        return next(Object.assign(new Error(code), { data: { loginUrl } }))
      }
      sessions.set(socket, session)
      next()
    }, next)
  })

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
