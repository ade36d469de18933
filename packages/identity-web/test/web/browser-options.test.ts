import { createServer } from 'node:http'
import express from 'express'
import fastify from 'fastify'
import { Auth as ExpressAuth, type AuthOptions } from 'identity-web/express'
import { Auth } from 'identity-web/fastify'
import { onTestFinished } from 'vitest'
import { Browser } from '../support/browser.ts'
import { close, listen } from '../support/site.ts'
import { describe, expect, test as base } from '../support/settings-fixtures.ts'

const RIGHT: AuthOptions = {
  // No server listens there, so the tests do not use the network.
  authority: 'http://localhost:1/contoso.onmicrosoft.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientCredential: 'secret',
  redirectUri: 'http://localhost:3000/auth/redirect',
  session: { secret: 'a-secret-of-thirty-two-characters' },
  logger: false,
}

const browser: AuthOptions['browser'] = { sessionView: ({ name }) => ({ name }) }

const test = base.extend('settings', { auto: true }, ({ withoutSettings: _removed }) => undefined)

describe('the options of the session endpoint', () => {
  test.for<[string, object, string, string]>([
    ['browser without sessionView', { browser: {} }, 'browser.sessionView', 'must be a function'],
    ['browser: null', { browser: null }, 'browser.sessionView', 'must be a function'],
    ['browser: true', { browser: true }, 'browser.sessionView', 'must be a function'],
    [
      'a sessionView that is not a function',
      { browser: { sessionView: ['name'] } },
      'browser.sessionView',
      'for example Auth({ browser: { sessionView: (user) => ({ name: user.name }) } })',
    ],
    [
      'a misspelled sessionView',
      { browser: { ...browser, sessionview: 1 } },
      'browser.sessionview',
      'Did you mean sessionView?',
    ],
    ['paths without browser', { paths: { session: '/me' } }, 'paths.session', 'has no effect'],
    [
      'an unknown path',
      { browser, paths: { sesion: '/me' } },
      'paths.sesion',
      'Did you mean session?',
    ],
    [
      'a relative path',
      { browser, paths: { session: 'me' } },
      'paths.session',
      'must start with /',
    ],
    [
      'another origin',
      { browser, paths: { session: '//evil.example/me' } },
      'paths.session',
      'must start',
    ],
    [
      'a URL',
      { browser, paths: { session: 'https://a.example/me' } },
      'paths.session',
      'must start',
    ],
    ['a query', { browser, paths: { session: '/me?a=1' } }, 'paths.session', 'without a query'],
    ['dots', { browser, paths: { session: '/api/../me' } }, 'paths.session', 'as browsers send it'],
    [
      'a space',
      { browser, paths: { session: '/my session' } },
      'paths.session',
      'as browsers send it',
    ],
    ['the root', { browser, paths: { session: '/' } }, 'paths.session', 'another path than /'],
    ['a number', { browser, paths: { session: 7 } }, 'paths.session', 'must start with /'],
    [
      'the path of the logout',
      { browser, paths: { session: '/auth/logout' } },
      'paths.session',
      'is /auth/logout, which is already the path of another route. Change Auth({ paths: { session } })',
    ],
    [
      'a redirect URI at the default path',
      { browser, redirectUri: 'http://localhost:3000/auth/session' },
      'paths.session',
      'is /auth/session, which is already the path of another route',
    ],
    [
      'the home page',
      { browser, homePath: '/me', paths: { session: '/me' } },
      'paths.session',
      'is /me, which is also the homePath',
    ],
  ])('%s: the problem names the option and the change', async ([, options, option, expected]) => {
    const app = fastify()
    const { problems } = new Auth(app, { ...RIGHT, ...options })
    // Fastify needs a route for each path, so a wrong path must not end the start.
    await app.ready()

    expect(problems).toMatchObject([
      { option, message: expect.stringContaining(expected) as string },
    ])
  })

  test.for([
    ['/auth/redirect', undefined, '/auth/session'],
    ['/redirect', undefined, '/session'],
    ['/auth/redirect', '/api/session', '/api/session'],
    ['/auth/redirect', '/caf%C3%A9', '/caf%C3%A9'],
  ] as const)(
    'with the redirect URI %s and the path %s, it is at %s',
    ([path, session, expected]) => {
      const redirectUri = `http://localhost:3000${path}`
      const auth = new Auth({ ...RIGHT, redirectUri, browser, paths: { session } })

      expect([auth.problems, auth.paths.session]).toEqual([[], expected])
    },
  )

  test('that are wrong are shown to scripts as JSON, and do not end the process', async () => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    onTestFinished(() => close(server))
    const auth = new ExpressAuth(app, { ...RIGHT, browser: {} as typeof browser })
    app.get('/page', async (req, res) => void res.json(await auth.browserSession(req)))

    const page = await new Browser().navigate(`${origin}/page`)
    const script = await new Browser().script(`${origin}/auth/session`)

    expect(page.json()).toEqual({ user: null, loginUrl: '/auth/login' })
    expect([script.status, script.json()]).toMatchObject([
      500,
      { error: 'configuration', problems: [{ option: 'browser.sessionView' }] },
    ])
  })
})
