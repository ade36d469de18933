import { createServer } from 'node:http'
import express from 'express'
import { Auth, IdentityError } from 'identity-web/express'
import { Browser } from '../support/browser.ts'
import { close, listen } from '../support/site.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'

const test = base
  /** A site whose `Auth` has an invalid configuration. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('origin', { scope: 'file' }, async ({}, { onCleanup }) => {
    const app = express()
    const server = createServer(app)
    onCleanup(() => close(server))
    const auth = new Auth(app, {
      authority: 'nowhere',
      clientId: 'x',
      logger: {},
      session: { secret: 'a-secret-of-thirty-two-characters' },
    })
    const code = (error: unknown): unknown => (IdentityError.is(error) ? error.code : error)
    app.get('/calls', async (req, res) => {
      res.json({
        user: (await auth.getUser(req)) ?? null,
        editProfileUrl: (await auth.getEditProfileUrl(req)) ?? null,
        forUser: await auth.getTokenForUser(req, 'User.Read').catch(code),
        forClient: await auth.getTokenForClient('x/.default').catch(code),
      })
    })
    app.get('/own-login', (req, res) => auth.login(req, res))
    app.get('/own-callback', (req, res) => auth.completeLogin(req, res))
    app.get('/own-logout', (req, res) => auth.logout(req, res))
    app.get('/own-front-channel', (req, res) => auth.handleLogout('front-channel', req, res))
    return listen(server)
  })

describe('an Auth with an invalid configuration', () => {
  test('has no user, and explains the error at each token request', async ({ origin }) => {
    const response = await new Browser().navigate(`${origin}/calls`)

    expect(response.json()).toEqual({
      user: null,
      editProfileUrl: null,
      forUser: 'configuration',
      forClient: 'configuration',
    })
  })

  test.for(['/login', '/logout', '/redirect', '/own-login', '/own-callback', '/own-logout'])(
    'shows the missing settings at %s',
    async (path, { origin }) => {
      const response = await new Browser().navigate(origin + path)

      expect(response.status).toBe(500)
      expect(response.text).toContain('authority is not a URL')
    },
  )

  test('returns JSON to an iframe of the provider, as to a script', async ({ origin }) => {
    const response = await new Browser().navigate(`${origin}/own-front-channel`)

    expect(response.status).toBe(500)
    expect(response.json()).toMatchObject({ error: 'configuration' })
  })
})
