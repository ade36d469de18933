import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { settled } from './connect.js'

/** A connection to Redis or Valkey, for a few commands. The client library of the application is not necessary. */
export interface RedisConnection {
  /** Sends a command. @throws Error with the text of an error response. */
  send(...command: readonly string[]): Promise<string | undefined>
  close(): void
}

/** Connects to a `redis:` or `rediss:` URL, and authenticates with its user name and password. */
export async function openRedis(url: URL, timeoutMs: number): Promise<RedisConnection> {
  const host = url.hostname.replace(/^\[|\]$/g, '') || 'localhost'
  const port = url.port === '' ? 6379 : Number(url.port)
  const isSecure = url.protocol === 'rediss:'
  const socket = isSecure
    ? await settled(connectTls({ host, port, servername: host }), 'secureConnect', timeoutMs)
    : await settled(connectTcp({ host, port }), 'connect', timeoutMs)
  const connection = createConnection(socket, timeoutMs)
  try {
    const [name, password] = [url.username, url.password].map(decodeURIComponent)
    if (password) await connection.send('AUTH', ...(name ? [name] : []), password)
    const database = url.pathname.slice(1)
    if (/^[1-9]\d*$/.test(database)) await connection.send('SELECT', database)
    return connection
  } catch (error) {
    // An open connection would keep the process running.
    connection.close()
    throw error
  }
}

function createConnection(socket: Socket, timeoutMs: number): RedisConnection {
  let received = Buffer.alloc(0)
  let notify: (() => void) | undefined
  let failure: Error | undefined
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
    notify?.()
  })
  socket.on('error', (error) => {
    failure = error
    notify?.()
  })
  socket.on('close', () => {
    failure ??= new Error('the server closed the connection')
    notify?.()
  })

  async function read(): Promise<string | undefined> {
    const deadline = Date.now() + timeoutMs
    for (;;) {
      const reply = parseReply(received)
      if (reply !== undefined) {
        received = received.subarray(reply.length)
        if (reply.isError) throw new Error(reply.value)
        return reply.value
      }
      if (failure !== undefined) throw failure
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`there was no response within ${timeoutMs / 1000} seconds`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        notify = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  return {
    async send(...command) {
      const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`)
      socket.write(`*${command.length}\r\n${parts.join('')}`)
      return read()
    },
    close: () => socket.destroy(),
  }
}

interface Reply {
  readonly value: string | undefined
  readonly isError: boolean
  /** The number of bytes. */
  readonly length: number
}

/** Parses a simple string, an error, a number or a bulk string. `undefined` while it is not complete. */
function parseReply(bytes: Buffer): Reply | undefined {
  const end = bytes.indexOf('\r\n')
  if (end < 0) return undefined
  const line = bytes.toString('utf8', 1, end)
  const kind = String.fromCharCode(bytes[0] ?? 0)
  if (kind !== '$') return { value: line, isError: kind === '-', length: end + 2 }
  const size = Number(line)
  if (size < 0) return { value: undefined, isError: false, length: end + 2 }
  const start = end + 2
  if (bytes.length < start + size + 2) return undefined
  return {
    value: bytes.toString('utf8', start, start + size),
    isError: false,
    length: start + size + 2,
  }
}
