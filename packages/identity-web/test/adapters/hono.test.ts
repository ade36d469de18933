import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { close, listen } from '../support/site.ts'
import { adapterContract } from './contract.ts'
import { createHonoApp } from './hosts/hono-app.ts'
import { onRequests } from './hosts/on-requests.ts'

adapterContract(
  'Hono',
  onRequests(createHonoApp, async (answer) => {
    const server = createAdaptorServer({ fetch: (request) => answer(request, origin) }) as Server
    const origin = await listen(server)
    return { origin, close: () => close(server) }
  }),
)
