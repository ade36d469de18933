import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { kill } from 'node:process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './port.ts'
import { startProgram, type Program } from './program.ts'

const run = promisify(execFile)

/** A real, empty PostgreSQL server on its own port. */
export interface PostgresServer {
  readonly port: number
  readonly url: string
  /** Suspends all of its processes: connections stay open, but get no response. */
  pause(): void
  resume(): void
  /** Stops it: at once by default, and with `SIGQUIT` like a crash. */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
  /** Restarts it on the same port with its data. */
  start(): Promise<void>
  close(): Promise<void>
}

/** @param settings - Additional settings, such as `{ max_connections: '5' }`. The default `port` is a free one. */
export async function startPostgresServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const binaries = binariesFolder()
  const identity = postgresUser()
  const folder = await mkdtemp(join(tmpdir(), 'identity-web-postgres-'))
  if (identity !== undefined) await chown(folder, identity.uid, identity.gid)
  const data = join(folder, 'data')
  await run(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...identity, cwd: folder },
  )
  const port = Number(settings['port'] ?? (await freePort()))
  const configuration = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    ...settings,
    port: String(port),
  }
  const args = Object.entries(configuration).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let program: Program | undefined

  /** Sends a signal to its first process, and to the process of each connection, which it does not pass signals to. */
  function signal(name: NodeJS.Signals): void {
    if (program === undefined) return
    const children = spawnSync('pgrep', ['-P', String(program.pid)], { encoding: 'utf8' })
    program.signal(name)
    for (const pid of children.stdout.split('\n').filter(Boolean)) {
      try {
        kill(Number(pid), name)
      } catch {
        // The process of a connection ends when its client does, perhaps a moment ago.
      }
    }
  }

  const server: PostgresServer = {
    port,
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async stop(how = 'SIGINT') {
      signal('SIGCONT')
      await program?.end(how)
      program = undefined
    },
    async start() {
      program ??= await startProgram(
        join(binaries, 'postgres'),
        ['-D', data, ...args],
        'database system is ready to accept connections',
        { ...identity, cwd: folder },
      )
    },
    async close() {
      signal('SIGCONT')
      // Stops at once. A pool that is closing its connections would report a message of the server as an error.
      await program?.end('SIGQUIT')
      await rm(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** Returns the folder of the binaries. Debian has one for each version. */
function binariesFolder(): string {
  const root = '/usr/lib/postgresql'
  const [latest] = readdirSync(root).toSorted((one, other) => Number(other) - Number(one))
  return join(root, latest ?? '', 'bin')
}

/** Returns the user that it runs as, because it does not run as root. */
export function postgresUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
