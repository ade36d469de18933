import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { createProbe } from '../guard/probe.mjs'
import { authOptions } from '../guard/settings.mjs'
import { serveBy } from '../server/serve.mjs'

// Next.js as `next start` runs it, but in the process that measures its CPU time.
serveBy(async ({ port, folder, ...setup }) => {
  process.env.BENCHMARK_AUTH = JSON.stringify(authOptions(setup))
  globalThis.benchmarkProbe = createProbe(setup)
  // The copy of Next.js that built the site.
  const next = createRequire(folder)('next')
  const app = next({ dir: folder, dev: false, hostname: '127.0.0.1', port })
  await app.prepare()
  const server = createServer(app.getRequestHandler())
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
})
