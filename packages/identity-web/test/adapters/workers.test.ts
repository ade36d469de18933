import { adapterContract } from './contract.ts'
import { WITHOUT_APPLICATION, WITHOUT_FUNCTIONS } from './hosts/on-requests.ts'
import { workerTest } from './workers/start-worker.ts'

const WITHOUT_DISCONNECTS = {
  disconnects:
    'workerd ends a streamed response, and reads one, as if the other side were still there.',
}

adapterContract('fetch on Workers', workerTest('fetch-worker.ts'), {
  ...WITHOUT_APPLICATION,
  ...WITHOUT_FUNCTIONS,
  ...WITHOUT_DISCONNECTS,
})
adapterContract('Hono on Workers', workerTest('hono-worker.ts'), {
  ...WITHOUT_FUNCTIONS,
  ...WITHOUT_DISCONNECTS,
})
