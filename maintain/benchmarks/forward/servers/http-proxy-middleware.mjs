import { Agent } from 'node:http'
import { createProxyMiddleware } from 'http-proxy-middleware'
import { serve } from '../../server/serve.mjs'

// It has no sign-in, no list of headers and no token.

serve((app, { upstream }) => {
  const agent = new Agent({ keepAlive: true })
  app.use('/api', createProxyMiddleware({ target: upstream, changeOrigin: true, agent }))
})
