import { createClient } from 'redis'
import { newPlace, startServer } from './local-server.mjs'

/** Starts a Redis for the measurement. It does not write to the disk, and ends with the measurement. */
export async function startRedis() {
  const { folder, port } = await newPlace('redis')
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const options = { folder, ready: 'Ready to accept connections', signal: 'SIGKILL' }
  const stop = await startServer('redis-server', args, options)
  const url = `redis://127.0.0.1:${port}`
  const client = await connectRedis(url)
  return {
    url,
    client,
    async stop() {
      client.destroy()
      await stop()
    },
  }
}

/** Creates a client as in an application: node-redis, which fails at once without a connection. */
export function connectRedis(url) {
  return createClient({ url, disableOfflineQueue: true }).connect()
}
