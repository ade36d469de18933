import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './port.ts'
import { postgresUser } from './postgres-server.ts'
import { startProgram, type Program } from './program.ts'

/** A real PgBouncer on its own port. It gives a connection to a client for one transaction only. */
export interface PgBouncer {
  readonly url: string
  stop(): Promise<void>
  /** Restarts it on the same port. */
  start(): Promise<void>
  close(): Promise<void>
}

/** @param port - The port of PostgreSQL. */
export async function startPgBouncer(port: number): Promise<PgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'identity-web-pgbouncer-'))
  const own = await freePort()
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(
    file,
    `[databases]
postgres = host=127.0.0.1 port=${port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_prepared_statements = 0
server_login_retry = 1
`,
  )
  const identity = postgresUser()
  if (identity !== undefined) await chown(folder, identity.uid, identity.gid)
  let program: Program | undefined

  const server: PgBouncer = {
    url: `postgresql://postgres@127.0.0.1:${own}/postgres`,
    async stop() {
      await program?.end('SIGKILL')
      program = undefined
    },
    async start() {
      program ??= await startProgram('/usr/sbin/pgbouncer', [file], 'process up', {
        ...identity,
        cwd: folder,
      })
    },
    async close() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}
