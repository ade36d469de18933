import { execFileSync } from 'node:child_process'
import { chownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'pg'
import { STORE_TIMEOUT } from './guard/settings.mjs'
import { newPlace, startServer } from './local-server.mjs'

/** Starts a PostgreSQL for the measurement. It does not wait for the disk, and ends with the measurement. */
export async function startPostgres() {
  const { folder, port } = await newPlace('postgres')
  const user = postgresUser()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const [version] = readdirSync('/usr/lib/postgresql').toSorted((a, b) => b - a)
  const program = (name) => `/usr/lib/postgresql/${version}/bin/${name}`
  const data = join(folder, 'data')
  const owner = { ...user, cwd: folder }
  execFileSync(program('initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], {
    ...owner,
    stdio: 'ignore',
  })
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    shared_buffers: '512MB',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const options = { ...owner, folder, ready: 'ready to accept connections', signal: 'SIGQUIT' }
  const stop = await startServer(program('postgres'), ['-D', data, ...args], options)
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  const pool = connectPostgres(url)
  return {
    url,
    pool,
    async stop() {
      await pool.end()
      await stop()
    },
  }
}

/** Creates a pool as in an application, apart from its time limits. */
export function connectPostgres(connectionString) {
  const limit = (STORE_TIMEOUT * 1000) / 2
  return new Pool({ connectionString, connectionTimeoutMillis: limit, query_timeout: limit })
}

/** PostgreSQL does not run as root. */
function postgresUser() {
  if (process.getuid?.() !== 0) return undefined
  const id = (option) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
