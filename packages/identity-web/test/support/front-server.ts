import { createServer, request } from 'node:http'
import { close, listen } from './server.ts'

/** Returns the port and the path to which a request goes, or the text that another server returns for it. */
export type Route = (url: string) => { readonly port: number; readonly path: string } | string

/**
 * Starts a server in front of applications, such as a reverse proxy or Vite. It passes requests on, or returns a page of
 * its own.
 */
export async function startFrontServer(
  route: Route,
): Promise<{ readonly origin: string; readonly seen: string[]; close(): Promise<void> }> {
  const seen: string[] = []
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '/'
    const target = route(url)
    if (typeof target === 'string') {
      seen.push(url)
      outgoing.end(target)
      return
    }
    const { method, headers } = incoming
    const onward = request({ host: 'localhost', ...target, method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(outgoing)
    })
    onward.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onward)
  })
  const origin = await listen(server)
  return { origin, seen, close: () => close(server) }
}
