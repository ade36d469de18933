import { contractsIn } from './contract-in.ts'

contractsIn('Bun', ['fetch', 'Hono', 'Express'])
