import { createServer } from 'node:http'
import Koa3 from 'koa'
import mount from 'koa-mount'
// @ts-expect-error Koa 2 under a name of its own has no types; those of Koa 3 fit.
import Koa2 from 'koa2'
import { close, listen } from '../support/site.ts'
import { adapterContract, type StartHost } from './contract.ts'
import { addContract } from './hosts/koa-app.ts'

function startWith(Koa: typeof Koa3): StartHost {
  return async (optionsFor, variant) => {
    const root = new Koa()
    const server = createServer((req, res) => void root.callback()(req, res))
    const origin = await listen(server)
    for (const prefix of variant.prefixes) {
      const app = prefix === '' ? root : new Koa()
      addContract(app, optionsFor(origin, prefix), variant)
      if (prefix !== '') root.use(mount(prefix, app))
    }
    return { origin, close: () => close(server) }
  }
}

adapterContract('Koa 3', startWith(Koa3))
adapterContract('Koa 2', startWith(Koa2))
