import { createFetchApp } from '../../adapters/hosts/fetch-app.ts'
import { serveContract } from '../../adapters/hosts/serve-contract.ts'
import { serve } from './serve.ts'
import { createStore } from './stores-of-hosts.ts'

serve(serveContract(createFetchApp, createStore).fetch)
