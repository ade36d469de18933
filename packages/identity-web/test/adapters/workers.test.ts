import { adapterContract } from './contract.ts'
import { WITHOUT_APPLICATION, WITHOUT_FUNCTIONS } from './hosts/on-requests.ts'
import { workerTest } from './workers/start-worker.ts'

adapterContract('fetch on Workers', workerTest('fetch-worker.ts'), {
  ...WITHOUT_APPLICATION,
  ...WITHOUT_FUNCTIONS,
})
adapterContract('Hono on Workers', workerTest('hono-worker.ts'), WITHOUT_FUNCTIONS)
