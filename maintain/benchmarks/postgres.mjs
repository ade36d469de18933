import { execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { STORE_TIMEOUT } from './guard/settings.mjs'

/** Starts a PostgreSQL for the measurement. It does not wait for the disk, and ends with the measurement. */
export async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-postgres-'))
  const user = postgresUser()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const [version] = readdirSync('/usr/lib/postgresql').toSorted((a, b) => b - a)
  const program = (name) => `/usr/lib/postgresql/${version}/bin/${name}`
  const data = join(folder, 'data')
  const options = { ...user, cwd: folder }
  execFileSync(program('initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], {
    ...options,
    stdio: 'ignore',
  })
  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    shared_buffers: '512MB',
  }
  const server = spawn(
    program('postgres'),
    [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const kill = () => server.kill('SIGQUIT')
  process.on('exit', kill)
  await isReady(server)
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  const pool = connectPostgres(url)
  return {
    url,
    pool,
    async stop() {
      await pool.end()
      const gone = new Promise((resolve) => server.once('exit', resolve))
      kill()
      await gone
      process.off('exit', kill)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Creates a pool as in an application, apart from its time limits. */
export function connectPostgres(connectionString) {
  const limit = (STORE_TIMEOUT * 1000) / 2
  return new Pool({ connectionString, connectionTimeoutMillis: limit, query_timeout: limit })
}

function isReady(server) {
  return new Promise((resolve, reject) => {
    server.stderr.setEncoding('utf8').on('data', (text) => {
      if (text.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}.`)))
  })
}

/** PostgreSQL does not run as root. */
function postgresUser() {
  if (process.getuid?.() !== 0) return undefined
  const id = (option) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
