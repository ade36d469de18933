import { once } from 'node:events'
import express from 'express'
import { answerParent } from '../child.mjs'
import { freePort } from '../free-port.mjs'
import { takeHeap } from './heap.mjs'

/** The page that every server sends. Servers differ only in how they find the name of the user. */
export function pageFor(name) {
  return { message: 'Hello', name }
}

/** Sends the page with Express. */
export function sendPage(res, name) {
  res.json(pageFor(name))
}

/**
 * Serves an Express application for the load process, and reports its CPU time and heap.
 *
 * @param mount - Adds the route `/`. Its parameter is the origin, which a sign-in needs.
 */
export function serve(mount) {
  serveBy(async ({ port, ...setup }) => {
    const app = express()
    await mount(app, setup)
    await once(app.listen(port, '127.0.0.1'), 'listening')
  })
}

/**
 * Serves an application of any framework in the same way.
 *
 * @param start - Listens at `port` on 127.0.0.1. `origin` is the resulting origin.
 */
export function serveBy(start) {
  answerParent(async (message) => {
    if (message.kind === 'cpu') {
      const { user, system } = process.cpuUsage()
      return user + system
    }
    if (message.kind === 'heap') return takeHeap()
    if (message.kind === 'later') return moveClock(message.seconds)
    const port = await freePort()
    await start({ ...message, port, origin: `http://127.0.0.1:${port}` })
    return { port }
  })
}

/** Moves the clock of this process forward, so that tokens expire without waiting. */
function moveClock(seconds) {
  const now = Date.now
  Date.now = () => now() + seconds * 1000
  return 'done'
}
