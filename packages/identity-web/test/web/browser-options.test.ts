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

const browser: NonNullable<AuthOptions['browser']> = { sessionView: ({ name }) => ({ name }) }

const test = base.extend('settings', { auto: true }, ({ withoutSettings: _removed }) => undefined)

describe('the options of the session endpoint', () => {
  test.for<[string, object, string, string]>([
    ['browser without sessionView', { browser: {} }, 'browser.sessionView', 'must be a function'],
    ['browser: null', { browser: null }, 'browser.sessionView', 'must be a function'],
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
    [
      'a path without sessionView',
      { browser: { path: '/me' } },
      'browser.sessionView',
      'must be a function',
    ],
    [
      'a relative path',
      { browser: { ...browser, path: 'me' } },
      'browser.path',
      'must be a path that starts with /',
    ],
    [
      'another origin',
      { browser: { ...browser, path: '//evil.example/me' } },
      'browser.path',
      'must be a path that starts',
    ],
    [
      'a URL',
      { browser: { ...browser, path: 'https://a.example/me' } },
      'browser.path',
      'must be a path that starts',
    ],
    [
      'a query',
      { browser: { ...browser, path: '/me?a=1' } },
      'browser.path',
      'Write the path without a query',
    ],
    [
      'dots',
      { browser: { ...browser, path: '/api/../me' } },
      'browser.path',
      'encode it as browsers do',
    ],
    [
      'a space',
      { browser: { ...browser, path: '/my session' } },
      'browser.path',
      'encode it as browsers do',
    ],
    ['the root', { browser: { ...browser, path: '/' } }, 'browser.path', 'not / alone'],
    [
      'a number',
      { browser: { ...browser, path: 7 } },
      'browser.path',
      'must be a path that starts with /',
    ],
    [
      'the path of the logout',
      { browser: { ...browser, path: '/auth/logout' } },
      'browser.path',
      'is /auth/logout, which is already the path of another route. Change Auth({ browser: { path } })',
    ],
    [
      'a redirect URI at the default path',
      { browser, redirectUri: 'http://localhost:3000/auth/session' },
      'browser.path',
      'is /auth/session, which is already the path of another route',
    ],
    [
      'the home page',
      { browser: { ...browser, path: '/me' }, homePath: '/me' },
      'browser.path',
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

  test('browser: true: the problems name the option and the change', async () => {
    const { problems } = new Auth(fastify(), { ...RIGHT, browser: true as never })

    expect(problems.map(({ message }) => message)).toEqual([
      'browser must be an object, but received a boolean.',
      expect.stringContaining('browser.sessionView must be a function'),
    ])
  })

  test.for([
    ['/auth/redirect', undefined, '/auth/session'],
    ['/redirect', undefined, '/session'],
    ['/auth/redirect', '/api/session', '/api/session'],
    ['/auth/redirect', '/caf%C3%A9', '/caf%C3%A9'],
  ] as const)(
    'with the redirect URI %s and the path %s, it is at %s',
    ([redirectPath, path, expected]) => {
      const redirectUri = `http://localhost:3000${redirectPath}`
      const auth = new Auth({ ...RIGHT, redirectUri, browser: { ...browser, path } })

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
