import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './port.ts'
import { startProgram, type Program } from './program.ts'

/** How a Redis is to run. */
export interface RedisServerOptions {
  /** Whether it finds what it had when it starts again, as a Redis for sessions should. */
  readonly appendonly?: boolean
  /** A cluster of this one node. */
  readonly cluster?: boolean
  /** What else its configuration says, such as `{ maxmemory: '5mb' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A real Redis, on a port of its own. */
export interface RedisServer {
  readonly port: number
  readonly url: string
  /**
   * Sends a command as it is typed, on a connection of its own.
   *
   * @returns The answer as it came, in the Redis protocol: `+OK`, `:1`.
   */
  command(line: string): Promise<string>
  /** Ends it; what it keeps is found again by `start`. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same port, and waits until it answers. */
  start(): Promise<void>
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Lets it hang: connections stay open, and nobody answers. */
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
      // One that is paused hears of nothing but this.
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
    // A master waits two seconds before it takes what is written, in case that it was another's while it was away.
    await waitUntil(async () => (await server.command('CLUSTER INFO')).includes('cluster_state:ok'))
  }
  return server
}

/** Starts a sentinel, which tells clients where the master of that name is. */
export async function startRedisSentinel(
  { port: master }: RedisServer,
  name: string,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'identity-web-sentinel-'))
  const port = await freePort()
  const file = join(folder, 'sentinel.conf')
  await writeFile(
    file,
    `port ${port}\nbind 127.0.0.1\ndir ${folder}\nsentinel monitor ${name} 127.0.0.1 ${master} 1\n`,
  )
  const program = await startProgram('redis-server', [file, '--sentinel'], '+monitor master')
  return {
    port,
    async close() {
      await program.end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function http(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${line}\r\nQUIT\r\n`))
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (text += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(text.replace(/\r\n\+OK\r\n$/, '')))
  })
}

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50))
}
