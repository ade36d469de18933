import { sendPage, serve } from '../../server/serve.mjs'
import { createProbe } from '../create-probe.mjs'
import { CACHE_CONTROL } from '../probe.mjs'

serve((app, setup) => {
  const probe = createProbe(setup)
  app.get('/', (req, res) => {
    const user = probe.userOf(req.headers.cookie)
    if (user === undefined) return res.set('Set-Cookie', probe.start()).sendStatus(401)
    res.setHeader('Cache-Control', CACHE_CONTROL)
    return sendPage(res, user.name)
  })
})
