import { execFile, execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './port.ts'
import { startProgram, type Program } from './program.ts'

const run = promisify(execFile)

/** A real PostgreSQL, on a port of its own, with nothing in it. */
export interface PostgresServer {
  readonly url: string
  /** Lets it hang: connections stay open, and nobody answers. */
  pause(): void
  resume(): void
  stop(): Promise<void>
  /** Starts it again on the same port, with what it had. */
  start(): Promise<void>
  close(): Promise<void>
}

export async function startPostgresServer(): Promise<PostgresServer> {
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
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off']
  let program: Program | undefined

  const server: PostgresServer = {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    pause: () => program?.signal('SIGSTOP'),
    resume: () => program?.signal('SIGCONT'),
    async stop() {
      program?.signal('SIGCONT')
      await program?.end('SIGINT')
      program = undefined
    },
    async start() {
      program ??= await startProgram(
        join(binaries, 'postgres'),
        ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
        'database system is ready to accept connections',
        { ...identity, cwd: folder },
      )
    },
    async close() {
      program?.signal('SIGCONT')
      // At once: a pool that has just ended is still saying goodbye, and takes a farewell of the server's for an error.
      await program?.end('SIGQUIT')
      await rm(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** Debian keeps the binaries of each version to itself. */
function binariesFolder(): string {
  const root = '/usr/lib/postgresql'
  const [latest] = readdirSync(root).toSorted((one, other) => Number(other) - Number(one))
  return join(root, latest ?? '', 'bin')
}

/** Whom it runs as: it refuses to run as root. */
function postgresUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
