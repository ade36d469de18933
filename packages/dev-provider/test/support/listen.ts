import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Starts a server at a free port. @returns Its origin. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

/** Ends a server and its connections. */
export function close(server: Server): void {
  server.close()
  server.closeAllConnections()
}
