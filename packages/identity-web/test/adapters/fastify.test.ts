import { createServer } from 'node:http'
import Fastify from 'fastify'
import { close, listen } from '../support/site.ts'
import { adapterContract, type StartHost } from './contract.ts'
import { addContract } from './hosts/fastify-app.ts'

const startFastify: StartHost = async (optionsFor, variant) => {
  const server = createServer()
  const origin = await listen(server)
  const app = Fastify({
    serverFactory: (handler) => server.on('request', handler),
  })
  for (const prefix of variant.prefixes) {
    const options = optionsFor(origin, prefix)
    if (prefix === '') await addContract(app, options, variant)
    else app.register((part) => addContract(part, options, variant), { prefix })
  }
  await app.ready()
  return { origin, close: () => close(server) }
}

adapterContract('Fastify', startFastify)
