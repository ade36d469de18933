import { createServer } from 'node:http'
import { createApp, send, setResponseStatus, toNodeListener } from 'h3'
import { close, listen } from '../support/site.ts'
import { adapterContract, type StartHost } from './contract.ts'
import { addContract } from './hosts/h3-app.ts'
import { WITHOUT_MCP } from './hosts/on-requests.ts'

const startHost: StartHost = async (optionsFor, variant) => {
  const app = createApp({
    onError(error, event) {
      setResponseStatus(event, error.unhandled ? 418 : error.statusCode)
      return send(event, error.message)
    },
  })
  const server = createServer(toNodeListener(app))
  const origin = await listen(server)
  for (const prefix of variant.prefixes) {
    addContract(app, optionsFor(origin, prefix), { ...variant, prefix })
  }
  return { origin, close: () => close(server) }
}

adapterContract('h3', startHost, {
  ...WITHOUT_MCP,
  deferred: 'The routes are not added to an application.',
  standalone: 'An event does not know the Auth of its application.',
  routes: 'h3 has handlers, and no table of the guarded ones.',
})
