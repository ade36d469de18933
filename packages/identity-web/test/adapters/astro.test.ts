import { serveRequests } from '../support/request-server.ts'
import { adapterContract } from './contract.ts'
import { createAstroApp } from './hosts/astro-app.ts'
import { WITHOUT_APPLICATION, WITHOUT_MCP, onRequests } from './hosts/on-requests.ts'

adapterContract('astro', onRequests(createAstroApp, serveRequests), {
  ...WITHOUT_APPLICATION,
  ...WITHOUT_MCP,
})
