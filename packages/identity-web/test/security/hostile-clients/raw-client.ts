import { connect, type Socket } from 'node:net'

/** How a client ends its connection. */
export type End =
  /** It waits for the response. */
  | 'wait'
  /** It closes its side of the connection (FIN). */
  | 'finish'
  /** It resets the connection (RST). */
  | 'reset'
  /** It resets the connection when the response has begun. */
  | 'leave'
  /** It resets the connection when this promise is fulfilled. */
  | Promise<unknown>

/**
 * Sends bytes, and ends the connection.
 *
 * @returns The status of the response. `undefined` if there was none.
 */
export async function attack(
  origin: string,
  bytes: string | Buffer,
  end: End = 'wait',
): Promise<number | undefined> {
  const socket = await open(origin)
  const head = readHead(socket, end)
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  if (end === 'finish') socket.end()
  if (end === 'reset' || end instanceof Promise) {
    await (end === 'reset' ? turns() : end)
    socket.resetAndDestroy()
  }
  return statusOf(await head)
}

function open(origin: string): Promise<Socket> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }, () =>
      resolve(socket),
    )
    socket.once('error', reject)
  })
}

function readHead(socket: Socket, end: End): Promise<string> {
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
    if (!text.includes('\r\n\r\n')) return
    if (end === 'leave') socket.resetAndDestroy()
    else socket.destroy()
  })
  return new Promise((resolve) => {
    // The server may close the connection while the client still sends.
    socket.on('error', () => undefined)
    socket.on('end', () => socket.destroy())
    socket.on('close', () => resolve(text))
    socket.setTimeout(10_000, () => socket.destroy())
  })
}

/** Waits until the server, which runs in this process, has read what arrived. */
export async function turns(count = 5): Promise<void> {
  for (let index = 0; index < count; index++) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function statusOf(text: string): number | undefined {
  const status = /^HTTP\/1\.\d (\d{3})/.exec(text)?.[1]
  return status === undefined ? undefined : Number(status)
}
