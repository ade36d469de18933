import express from 'express'
import { Auth } from 'identity-web/express'
import { createServer } from 'node:http'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { close, listen, SESSION_SECRET } from '../support/site.ts'

describe('a body that the application parsed as JSON', () => {
  test.for(['{"state":{"toString":1}}', '{"code":[{"toString":null,"valueOf":null}]}', '[null]'])(
    'is not a form, and does not cause a server error: %s',
    async (body, { provider }) => {
      const app = express()
      const server = createServer(app)
      const origin = await listen(server)
      app.use(express.json())
      const auth = new Auth(app, {
        authority: provider.authority(),
        clientId: provider.app.clientId,
        redirectUri: `${origin}/redirect`,
        session: { secret: SESSION_SECRET },
        logger: {},
      })

      const response = await new Browser().navigate(origin + auth.paths.callback, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      await close(server)

      expect(response.status).toBe(400)
    },
  )
})
