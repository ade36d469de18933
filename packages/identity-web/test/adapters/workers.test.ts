import { adapterContract } from './contract.ts'
import { WITHOUT_APPLICATION } from './hosts/on-requests.ts'
import { workerTest } from './workers/start-worker.ts'

adapterContract('fetch on Workers', workerTest('fetch-worker.ts'), WITHOUT_APPLICATION)
adapterContract('Hono on Workers', workerTest('hono-worker.ts'))
