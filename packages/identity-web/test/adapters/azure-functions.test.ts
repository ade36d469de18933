import { startFunctions } from '../serverless/functions-host.ts'
import { adapterContract, type StartHost } from './contract.ts'
import { registerContract } from './hosts/functions-app.ts'
import { WITHOUT_APPLICATION, WITHOUT_MCP } from './hosts/on-requests.ts'

const start: StartHost = (optionsFor, variant) =>
  startFunctions(
    (library, origin) => registerContract(library, (prefix) => optionsFor(origin, prefix), variant),
    { routePrefix: '' },
  )

adapterContract('Azure Functions', start, {
  ...WITHOUT_APPLICATION,
  ...WITHOUT_MCP,
  disconnects: 'The host sends a response as a whole.',
  streams: 'The host sends a response as a whole, unless the application sets enableHttpStream.',
})
