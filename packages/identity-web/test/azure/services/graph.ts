import { createServer } from 'node:https'
import type { DevProvider } from 'identity-web-dev'
import { close, listen } from '../../support/server.ts'
import { certificate } from './tls.ts'

/** The App ID URI of Microsoft Graph. */
export const GRAPH = 'https://graph.microsoft.com'

/** The Graph of the development provider behind https, because the SDKs of Graph send tokens only there. */
export interface GraphFront {
  readonly origin: string
  close(): Promise<void>
}

/** Starts a server that passes GET requests on to the Graph of the provider. */
export async function startGraph(provider: DevProvider): Promise<GraphFront> {
  const server = createServer(certificate, (request, response) => {
    const pass = async (): Promise<void> => {
      const { authorization = '' } = request.headers
      const url = new URL(request.url ?? '', provider.graph)
      const answer = await fetch(url, { headers: { authorization } })
      const headers = ['content-type', 'www-authenticate'].flatMap((name) => {
        const value = answer.headers.get(name)
        return value === null ? [] : [[name, value] as const]
      })
      response.writeHead(answer.status, Object.fromEntries(headers)).end(await answer.text())
    }
    pass().catch(() => response.destroy())
  })
  const { port } = new URL(await listen(server))
  return { origin: `https://graph.localhost:${port}`, close: () => close(server) }
}
