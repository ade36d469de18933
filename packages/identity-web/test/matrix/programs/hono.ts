import { createHonoApp } from '../../adapters/hosts/hono-app.ts'
import { serveContract } from '../../adapters/hosts/serve-contract.ts'
import { serve } from './serve.ts'
import { createStore } from './stores-of-hosts.ts'

serve(serveContract(createHonoApp, createStore).fetch)
