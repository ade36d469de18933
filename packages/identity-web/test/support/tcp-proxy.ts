import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * How a proxy treats its connections. `open` forwards bytes. `silent` forwards nothing, like a firewall that drops
 * packets. `closed` resets connections and rejects new ones, like a machine without the program.
 */
export type ProxyState = 'open' | 'silent' | 'closed'

/** A proxy in front of a port. It can cut the connections. */
export interface TcpProxy {
  readonly port: number
  /** Changes the state, also of the connections that exist. After `silent`, they continue where they stopped. */
  become(state: ProxyState): Promise<void>
  close(): Promise<void>
}

/** Starts a proxy in front of a port of this machine. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  let state: ProxyState = 'open'
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    // No byte reaches the program before the proxy is open again, because the client is paused.
    const upstream = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.setNoDelay(true)
      from.on('data', (bytes) => to.write(bytes))
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      if (state === 'silent') from.pause()
    }
  })

  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })

  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    port,
    async become(next) {
      if (next === state) return
      if (next === 'closed') await stop()
      else if (state === 'closed') await listen(port)
      state = next
      for (const socket of sockets) {
        if (next === 'silent') socket.pause()
        else socket.resume()
      }
    },
    close: () => (state === 'closed' ? Promise.resolve() : stop()),
  }
}
