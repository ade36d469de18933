import { Miniflare } from 'miniflare'
import { freePort } from '../free-port.mjs'
import { createVisitor } from '../guard/visitor.mjs'

/**
 * Starts a worker in workerd, the runtime of Cloudflare Workers.
 *
 * @param modules - The code of each module by its name. The first one is the entry.
 * @param bindingsFor - Returns the settings of the library for the origin of the worker.
 */
export async function startWorker(modules, bindingsFor) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const worker = new Miniflare({
    port,
    compatibilityDate: '2025-03-01',
    modulesRoot: '/',
    modules: Object.entries(modules).map(([name, contents]) => ({
      type: 'ESModule',
      path: `/${name}`,
      contents,
    })),
    bindings: bindingsFor(origin),
  })
  await worker.ready
  return {
    origin,
    /** A browser, with the cookies of another one if they are given. */
    visitor: (cookies) => createVisitor(origin, { cookies }),
    /** The modules that the worker of `markedWorker` has evaluated until now. */
    evaluated: async () => (await fetch(`${origin}/evaluated`)).json(),
    close: () => worker.dispose(),
  }
}
