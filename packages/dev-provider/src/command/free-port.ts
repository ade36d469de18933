import { createServer } from 'node:net'

const TRIES = 50

/**
 * Returns the port, or the next one that is not in use.
 *
 * @throws TypeError when the next 50 ports are in use.
 */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + TRIES; port++) {
    // Sequential: the first free port decides.
    // oxlint-disable-next-line no-await-in-loop
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'))) return port
  }
  throw new TypeError(`The ports ${first} to ${first + TRIES - 1} are in use. Set another port.`)
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 reports another error than EADDRINUSE.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
