import { once } from 'node:events'
import express from 'express'
import { answerParent } from '../child.mjs'
import { takeMemory } from './memory.mjs'

/** The page that every server sends; only how it learns the user's name differs. */
export function sendPage(res, name) {
  res.json({ message: 'Hello', name })
}

/**
 * Serves one application for the load process and tells it how much CPU and memory it took.
 *
 * @param mount - Adds the route `/`; gets the origin, since a sign-in needs to know it.
 */
export function serve(mount) {
  const app = express()
  answerParent(async (message) => {
    if (message.kind === 'cpu') {
      const { user, system } = process.cpuUsage()
      return user + system
    }
    if (message.kind === 'memory') return takeMemory()
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address()
    await mount(app, { ...message, origin: `http://127.0.0.1:${port}` })
    return { port }
  })
}
