import { contractsIn } from './contract-in.ts'

contractsIn('Deno', ['fetch', 'Hono'])
