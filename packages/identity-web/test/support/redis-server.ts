import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './port.ts'
import { startProgram, type Program } from './program.ts'

/** Options of a Redis server. */
export interface RedisServerOptions {
  /** Whether it keeps its data across restarts, as a Redis for sessions should. */
  readonly appendonly?: boolean
  /** Whether it is a cluster with one node. */
  readonly cluster?: boolean
  /** Additional settings, such as `{ maxmemory: '5mb' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A real Redis server on its own port. */
export interface RedisServer {
  readonly port: number
  readonly url: string
  /**
   * Sends a command as a line of text, on a separate connection.
   *
   * @returns The response in the Redis protocol: `+OK`, `:1`.
   */
  command(line: string): Promise<string>
  /** Stops it. `start` starts it again with its data. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same port, and waits until it is ready. */
  start(): Promise<void>
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Suspends it: connections stay open, but get no response. */
  pause(): void
  resume(): void
  close(): Promise<void>
}

export async function startRedisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const { appendonly = false, cluster = false, settings = {} } = options
  const folder = await mkdtemp(join(tmpdir(), 'identity-web-redis-'))
  const port = await freePort()
  const configuration = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: appendonly ? 'yes' : 'no',
    ...(cluster && {
      'cluster-enabled': 'yes',
      'cluster-port': String(await freePort()),
      'cluster-announce-ip': '127.0.0.1',
    }),
    ...settings,
  }
  const args = Object.entries(configuration).flatMap(([name, value]) => [`--${name}`, value])
  let program: Program | undefined

  const server: RedisServer = {
    port,
    url: `redis://127.0.0.1:${port}`,
    command: (line) => http(port, line),
    async stop(signal = 'SIGTERM') {
      // A suspended process does not handle other signals.
      if (signal === 'SIGTERM') program?.signal('SIGCONT')
      await program?.end(signal)
      program = undefined
    },
    async start() {
      program ??= await startProgram('redis-server', args, 'Ready to accept connections')
    },
    async restart(signal) {
      await server.stop(signal)
      await server.start()
    },
    pause: () => program?.signal('SIGSTOP'),
    resume: () => program?.signal('SIGCONT'),
    async close() {
      await server.stop('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }

  await server.start()
  if (cluster) {
    await server.command('CLUSTER ADDSLOTSRANGE 0 16383')
    // A master waits two seconds before it accepts writes, in case another node was the master before.
    await waitUntil(async () => (await server.command('CLUSTER INFO')).includes('cluster_state:ok'))
  }
  return server
}

/** A Redis Sentinel, which tells clients the URL of the master. */
export interface RedisSentinel {
  readonly port: number
  /** Sends a command as a line of text. */
  command(line: string): Promise<string>
  close(): Promise<void>
}

/**
 * Starts a sentinel for a master.
 *
 * @param settings - Settings of the master, such as `{ 'down-after-milliseconds': '1000' }`.
 */
export async function startRedisSentinel(
  { port: master }: RedisServer,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RedisSentinel> {
  const folder = await mkdtemp(join(tmpdir(), 'identity-web-sentinel-'))
  const port = await freePort()
  const file = join(folder, 'sentinel.conf')
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor ${name} 127.0.0.1 ${master} 1`,
    ...Object.entries(settings).map(([key, value]) => `sentinel ${key} ${name} ${value}`),
  ]
  await writeFile(file, `${lines.join('\n')}\n`)
  const program = await startProgram('redis-server', [file, '--sentinel'], '+monitor master')
  return {
    port,
    command: (line) => http(port, line),
    async close() {
      await program.end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function http(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(`${line}\r\n`))
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (text += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(text.replace(/\r\n$/, '')))
  })
}

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50))
}
