import { Agent, request } from 'node:http'
import { serve } from '../../server/serve.mjs'

// The same in Express, to see what Express costs.

serve((app, { upstream }) => {
  const { hostname, port } = new URL(upstream)
  const agent = new Agent({ keepAlive: true })
  app.use('/api', (incoming, outgoing) => {
    const { method, headers, url: path } = incoming
    const onward = request({ agent, hostname, port, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode, response.headers)
      response.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
})
