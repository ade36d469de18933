import { once } from 'node:events'
import { createServer } from 'node:net'
import express from 'express'
import { answerParent } from '../child.mjs'
import { takeMemory } from './memory.mjs'

/** The page that every server sends; only how it learns the user's name differs. */
export function pageFor(name) {
  return { message: 'Hello', name }
}

/** The page, by Express. */
export function sendPage(res, name) {
  res.json(pageFor(name))
}

/**
 * Serves one application of Express for the load process and tells it how much CPU and memory it took.
 *
 * @param mount - Adds the route `/`; gets the origin, since a sign-in needs to know it.
 */
export function serve(mount) {
  serveBy(async ({ port, ...setup }) => {
    const app = express()
    await mount(app, setup)
    await once(app.listen(port, '127.0.0.1'), 'listening')
  })
}

/**
 * The same with any framework.
 *
 * @param start - Listens at `port`, on 127.0.0.1, which is `origin`.
 */
export function serveBy(start) {
  answerParent(async (message) => {
    if (message.kind === 'cpu') {
      const { user, system } = process.cpuUsage()
      return user + system
    }
    if (message.kind === 'memory') return takeMemory()
    const port = await freePort()
    await start({ ...message, port, origin: `http://127.0.0.1:${port}` })
    return { port }
  })
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
