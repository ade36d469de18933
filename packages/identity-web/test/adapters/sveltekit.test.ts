import { serveRequests } from '../support/request-server.ts'
import { adapterContract } from './contract.ts'
import { createKitApp } from './hosts/kit-app.ts'
import { WITHOUT_APPLICATION, WITHOUT_MCP, onRequests } from './hosts/on-requests.ts'

adapterContract('sveltekit', onRequests(createKitApp, serveRequests), {
  ...WITHOUT_APPLICATION,
  ...WITHOUT_MCP,
})
