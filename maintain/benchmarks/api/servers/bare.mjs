import { sendPage, serve } from '../../server/serve.mjs'

serve((app) => {
  app.get('/', (_req, res) => sendPage(res, 'Alexandra Rivera-Lindqvist 00001'))
})
