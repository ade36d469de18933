import { serve } from '../../server/serve.mjs'
import { EXPRESS_PAGES, NAME } from '../pages.mjs'

serve((app) => {
  for (const [path, send] of Object.entries(EXPRESS_PAGES))
    app.get(path, (_req, res) => send(res, NAME))
})
