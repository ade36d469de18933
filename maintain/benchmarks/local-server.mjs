import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Returns a new folder and a free port for a server of a measurement. */
export async function newPlace(name) {
  return { folder: mkdtempSync(join(tmpdir(), `identity-web-${name}-`)), port: await freePort() }
}

/**
 * Starts a server, and waits until it says that it is ready. It ends with the measurement.
 *
 * @returns A function that stops it and removes its folder.
 */
export async function startServer(program, args, { folder, ready, signal, ...options }) {
  const stdio = ['ignore', 'pipe', 'pipe']
  const server = spawn(program, args, { ...options, stdio })
  const kill = () => server.kill(signal)
  process.on('exit', kill)
  await new Promise((resolve, reject) => {
    const read = (text) => text.includes(ready) && resolve()
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', read)
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`${program} ended with ${code}.`)))
  })
  return async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    kill()
    await gone
    process.off('exit', kill)
    rmSync(folder, { recursive: true, force: true })
  }
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
