// The processes of a demo. Each gets a free port, and ends together with the demo.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { root } from '../setup.mjs'

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0))

/** Runs Node.js in a folder of the repository, until this process ends. */
export function start(folder, args, environment = {}) {
  const child = spawn(process.execPath, args, {
    cwd: `${root}${folder}`,
    env: { ...process.env, ...environment },
    // Their output would hide the text of the demo. Errors are shown.
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  child.on('exit', (code) => {
    console.error(`${folder} ended with code ${code}.`)
    process.exit(code === 0 ? 0 : 1)
  })
  process.on('exit', () => child.kill())
}

/** Returns the port, or the next one that is not in use. */
export async function freePort(port) {
  for (let candidate = port; candidate < port + 50; candidate++) {
    if (await isFree(candidate)) return candidate
  }
  throw new Error(`The ports ${port} to ${port + 49} are all in use.`)
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, 'localhost', () => server.close(() => resolve(true)))
  })
}

/** Waits until the URL returns any response. */
export function waitForResponse(url) {
  const responds = () =>
    fetch(url, { redirect: 'manual' }).then(
      () => true,
      () => false,
    )
  return waitFor(responds, `${url} did not respond`)
}

/** Waits until a function returns `true`, at most 15 seconds. */
export async function waitFor(isReady, problem) {
  for (let tries = 0; tries < 150; tries++) {
    if (await isReady()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${problem} within 15 seconds.`)
}
