import { serveRequests } from '../support/request-server.ts'
import { adapterContract } from './contract.ts'
import { WITHOUT_APPLICATION, WITHOUT_MCP, onRequests } from './hosts/on-requests.ts'
import { createReactRouterApp } from './hosts/react-router-app.ts'

const { middleware: _hasMiddleware, ...without } = WITHOUT_APPLICATION

adapterContract('React Router', onRequests(createReactRouterApp, serveRequests), {
  ...without,
  ...WITHOUT_MCP,
  errorHandler:
    'The error boundaries of pages show errors. Routes without a page respond with 500.',
})
