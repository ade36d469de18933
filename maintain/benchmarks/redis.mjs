import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'

/** Starts a Redis for the measurement. It does not write to the disk, and ends with the measurement. */
export async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-redis-'))
  const port = await freePort()
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' }
  const server = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const kill = () => server.kill('SIGKILL')
  process.on('exit', kill)
  await isReady(server)
  const url = `redis://127.0.0.1:${port}`
  const client = await connectRedis(url)
  return {
    url,
    client,
    async stop() {
      client.destroy()
      const gone = new Promise((resolve) => server.once('exit', resolve))
      kill()
      await gone
      process.off('exit', kill)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Creates a client as in an application: node-redis, which fails at once without a connection. */
export function connectRedis(url) {
  return createClient({ url, disableOfflineQueue: true }).connect()
}

function isReady(server) {
  return new Promise((resolve, reject) => {
    server.stdout.setEncoding('utf8').on('data', (text) => {
      if (text.includes('Ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}.`)))
  })
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
