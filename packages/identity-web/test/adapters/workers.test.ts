import { adapterContract } from './contract.ts'
import { WITHOUT_APPLICATION } from './hosts/on-requests.ts'
import { startWorker } from './workers/start-worker.ts'

adapterContract('fetch on Workers', startWorker('fetch-worker.ts'), WITHOUT_APPLICATION)
adapterContract('Hono on Workers', startWorker('hono-worker.ts'))
