import { serve } from '../../server/serve.mjs'
import { EXPRESS_PAGES } from '../pages.mjs'
import { CACHE_CONTROL, createProbe } from '../probe.mjs'

serve((app, setup) => {
  const probe = createProbe(setup)
  for (const [path, send] of Object.entries(EXPRESS_PAGES)) {
    app.get(path, (req, res) => {
      const user = probe.userOf(req.headers.cookie)
      if (user === undefined) return res.set('Set-Cookie', probe.start()).sendStatus(401)
      res.setHeader('Cache-Control', CACHE_CONTROL)
      return send(res, user.name)
    })
  }
})
