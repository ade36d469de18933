import { serveRequests } from '../support/request-server.ts'
import { adapterContract } from './contract.ts'
import { WITHOUT_APPLICATION, WITHOUT_MCP, onRequests } from './hosts/on-requests.ts'
import { createTanStackApp } from './hosts/tanstack-app.ts'

adapterContract('TanStack Start', onRequests(createTanStackApp, serveRequests), {
  ...WITHOUT_APPLICATION,
  ...WITHOUT_MCP,
})
