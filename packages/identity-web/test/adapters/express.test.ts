import { createServer } from 'node:http'
import express5, { type ErrorRequestHandler, type Express } from 'express'
// @ts-expect-error Express 4 under a name of its own has no types; those of Express 5 fit.
import express4 from 'express4'
import { describe, expect, test } from 'vitest'
import { Auth, isIdentityError, loginRequired } from 'identity-web/express'
import { close, listen } from '../support/site.ts'
import { Browser } from '../support/browser.ts'
import { adapterContract, type StartHost } from './contract.ts'

function startWith(express: typeof express5): StartHost {
  return async (
    optionsFor,
    { prefix, parsesBodies = false, deferred = false, ownRoutes = false },
  ) => {
    const root = express()
    const server = createServer(root)
    const origin = await listen(server)
    const options = optionsFor(origin)
    const app = prefix === undefined ? root : express()
    if (prefix !== undefined) root.use(prefix, app)
    if (parsesBodies) app.use(express.urlencoded({ extended: true }))
    app.use((_req, res, next) => {
      res.cookie('own', '1').setHeader('x-own', '1')
      next()
    })
    const auth = deferred ? new Auth(options) : new Auth(app, options)
    if (ownRoutes) addOwnRoutes(app, auth)
    addPages(app, auth)
    if (deferred) auth.initApp(app)
    return { origin, close: () => close(server) }
  }
}

function addOwnRoutes(app: Express, auth: Auth): void {
  const below = (path: string): string => path.slice(path.indexOf('/auth/'))
  app.all(
    below(auth.redirectUriPath),
    (req, res, next) => void auth.completeLogin(req, res).catch(next),
  )
  app.get(below(auth.loginPath), (req, res, next) => void auth.login(req, res).catch(next))
  app.all(below(auth.logoutPath), (req, res, next) => void auth.logout(req, res).catch(next))
  app.get(
    below(auth.frontChannelLogoutPath),
    (req, res, next) => void auth.frontChannelLogout(req, res).catch(next),
  )
}

function addPages(app: Express, auth: Auth): void {
  app.get(
    '/',
    auth.loginRequired((_req, res, context) => void res.json(context)),
  )
  app.get('/middleware', auth.loginRequired(), (req, res) => void res.json(req.auth))
  app.get(
    '/standalone',
    loginRequired((_req, res, context) => void res.json(context)),
  )
  app.get(
    '/call',
    auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
      const answer = await context.fetch()
      res.json({ status: answer.status, body: await answer.json() })
    }),
  )
  app.get(
    '/script',
    auth.loginRequired({ challenge: 'unauthorized' }, (_req, res) => void res.end()),
  )
  app.all(
    '/page',
    auth.loginRequired({ challenge: 'redirect' }, (_req, res) => void res.end()),
  )
  app.get(
    '/throws',
    auth.loginRequired(async () => Promise.reject(new Error('from the handler'))),
  )
  app.get(
    '/stream',
    auth.loginRequired((_req, res) => {
      res.write('one')
      setTimeout(() => res.end('two'), 5)
    }),
  )
  app.get('/user', (req, res, next) => {
    auth.getUser(req).then((user) => res.json(user ?? null), next)
  })
  app.get('/token', (req, res, next) => {
    auth.getTokenForUser(req, 'User.Read').then(
      (token) => res.json(token),
      (error: unknown) => (isIdentityError(error) ? res.json({ code: error.code }) : next(error)),
    )
  })
  app.get(
    '/mail-token',
    auth.loginRequired(async (req, res) => {
      res.json(await auth.getTokenForUser(req, 'Mail.Read'))
    }),
  )
  app.get('/app-token', (_req, res, next) => {
    auth
      .getTokenForClient('https://graph.microsoft.com/.default')
      .then((token) => res.json(token), next)
  })
  const answerError: ErrorRequestHandler = (error: Error, _req, res, _next) => {
    res.status(418).send(error.message)
  }
  app.use(answerError)
}

adapterContract('Express 5', startWith(express5))
adapterContract('Express 4', startWith(express4))

describe('an Auth without an application', () => {
  test('says that initApp was not called', async () => {
    const app = express5()
    const auth = new Auth({ clientId: 'x', logger: {} })
    app.get(
      '/',
      auth.loginRequired((_req, res) => void res.end()),
    )
    app.get('/standalone', loginRequired())
    const answerError: ErrorRequestHandler = (error: Error, _req, res, _next) =>
      void res.send(error.message)
    app.use(answerError)
    const server = createServer(app)
    const origin = await listen(server)

    expect((await new Browser().navigate(`${origin}/`)).text).toContain('auth.initApp(app)')
    expect((await new Browser().navigate(`${origin}/standalone`)).text).toContain(
      'auth.initApp(app)',
    )
    await close(server)
  })
})
