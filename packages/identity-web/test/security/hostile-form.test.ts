import express from 'express'
import { startDevProvider, type DevProvider } from 'identity-web-dev'
import { Auth } from 'identity-web/express'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser } from '../support/browser.ts'
import { close, listen, SESSION_SECRET } from '../support/site.ts'

let provider: DevProvider
beforeAll(async () => {
  provider = await startDevProvider()
})
afterAll(() => provider.close())

describe('a body that the application parsed as JSON', () => {
  test.each(['{"state":{"toString":1}}', '{"code":[{"toString":null,"valueOf":null}]}', '[null]'])(
    'is no form and no fault of the server: %s',
    async (body) => {
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

      const answer = await new Browser().navigate(origin + auth.redirectUriPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      await close(server)

      expect(answer.status).toBe(400)
    },
  )
})
