import { Hono, type Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { stream } from 'hono/streaming'
import {
  AccessDenied,
  ApiAuth,
  Auth,
  type AuthorizationContext,
  IdentityError,
  loginRequired,
  McpAuth,
} from 'identity-web/hono'
import type { CreateApp } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { describeCaller, EVENTS, openStream, TOOLS } from '../next-app/mcp-pages.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { addForwards } from './forwards.ts'
import { lateToken } from './late-token.ts'

/** The user of a visitor who is not signed in. */
const STRANGER = { iss: 'nobody', sub: 'nobody' }

/** The pages of the contract on `identity-web/hono`, for whatever serves them. */
export const createHonoApp: CreateApp = (optionsFor, variant) => {
  const { prefixes, parsesBodies, deferred, ownRoutes } = variant
  // Pages are asked for with a slash at the end of the prefix.
  const root = new Hono({ strict: false })
  for (const prefix of prefixes) {
    const options = optionsFor(prefix)
    const app = new Hono({ strict: false })
    app.onError((error, c) => c.text(error.message, 418))
    app.use(async (c, next) => {
      setCookie(c, 'own', '1')
      c.header('x-own', '1')
      if (parsesBodies && c.req.method === 'POST') await c.req.parseBody()
      await next()
    })
    const auth = deferred ? new Auth(options.auth) : new Auth(app, options.auth)
    addForwards(auth, options)
    if (deferred) auth.initApp(app)
    if (ownRoutes) addOwnRoutes(app, auth)
    addPages(app, auth)
    addApi(app, auth, new ApiAuth(app, options.api))
    addMcp(app, new McpAuth(app, options.mcp))
    root.route(prefix === '' ? '/' : prefix, app)
  }
  return async (request, environment) => root.fetch(request, environment)
}

function addOwnRoutes(app: Hono, auth: Auth): void {
  const below = (path: string): string => path.slice(path.indexOf('/auth/'))
  app.on(['GET', 'POST'], below(auth.paths.callback), (c) => auth.completeLogin(c))
  app.get(below(auth.paths.login), (c) => auth.login(c))
  app.all(below(auth.paths.logout), (c) => auth.logout(c))
  app.get(below(auth.paths.frontChannelLogout), (c) => auth.handleLogout('front-channel', c))
  app.post(below(auth.paths.backChannelLogout), (c) => auth.handleLogout('back-channel', c))
  app.all('/auth/session', (c) => auth.sendBrowserSession(c))
}

function addPages(app: Hono, auth: Auth): void {
  app.get(
    '/',
    auth.loginRequired((c, context) => c.json(context)),
  )
  app.all('/middleware', auth.loginRequired(), (c) => c.json(c.var.identity))
  app.get(
    '/standalone',
    loginRequired((c, context) => c.json(context)),
  )
  app.get(
    '/call',
    auth.loginRequired({ scopes: ['User.Read'] }, async (c, context) => {
      const answer = await context.fetch('/me')
      return c.json({ status: answer.status, body: await answer.json() })
    }),
  )
  app.get(
    '/script',
    auth.loginRequired({ challenge: 'unauthorized' }, (c) => c.body(null)),
  )
  app.all(
    '/from-anywhere',
    auth.loginRequired({ csrf: false }, async (c) => c.json((await auth.getUser(c)) ?? null)),
  )
  app.all(
    '/page',
    auth.loginRequired({ challenge: 'redirect' }, (c) => c.body(null)),
  )
  app.get(
    '/throws',
    auth.loginRequired(async () => Promise.reject(new Error('from the handler'))),
  )
  app.get(
    '/approvers',
    auth.loginRequired({ roles: ['Todos.Approver'] }, (c) => c.text('in')),
  )
  app.get(
    '/denied',
    auth.loginRequired(() => {
      throw new AccessDenied({ message: 'Only for <members>.' })
    }),
  )
  app.get(
    '/throws-at-once',
    auth.loginRequired(() => {
      throw new Error('from the handler')
    }),
  )
  app.get(
    '/stream',
    auth.loginRequired((c) =>
      stream(c, async (out) => {
        await out.write('one')
        await out.sleep(5)
        await out.write('two')
      }),
    ),
  )
  app.get(
    '/cookies',
    auth.loginRequired((c) => {
      setCookie(c, 'one', '1')
      setCookie(c, 'two', '2')
      return c.body(null)
    }),
  )
  app.post(
    '/echo',
    auth.loginRequired(async (c) => c.json((await c.req.parseBody())['a'])),
  )
  app.all('/user', async (c) => c.json((await auth.getUser(c)) ?? null))
  app.get('/browser-session', async (c) => c.json(await auth.browserSession(c)))
  app.all('/whole', async (c) => c.json((await auth.getContext(c)) ?? null))
  app.all('/token', async (c) => {
    try {
      return c.json(await auth.getTokenForUser(c, 'User.Read'))
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      return c.json({ code: error.code })
    }
  })
  app.get('/late-token', (c) => c.body(lateToken(() => auth.getTokenForUser(c, 'User.Read'))))
  app.get(
    '/mail-token',
    auth.loginRequired(async (c) => c.json(await auth.getTokenForUser(c, 'Mail.Read'))),
  )
  app.get(
    '/keep',
    auth.loginRequired(async (c, context) => c.json(await keep(context, c.req.url))),
  )
  app.get('/kept', async (c) => c.json(await useKept()))
  for (const wrapper of ['cause', 'message'] as const) {
    app.get(
      `/sdk/${wrapper}`,
      auth.loginRequired((_c, context) => callWithSdk(context, wrapper)),
    )
  }
  app.get(
    '/rename',
    auth.loginRequired(async (c, { user }) => {
      await auth.updateUser(c, { ...user, name: 'Renamed' })
      return c.json('done')
    }),
  )
  app.all('/rename-stranger', async (c) => {
    try {
      await auth.updateUser(c, STRANGER)
      return c.json('done')
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      return c.json({ code: error.code })
    }
  })
  app.get('/app-token', async (c) =>
    c.json(await auth.getTokenForClient('https://graph.microsoft.com/.default')),
  )
  app.get('/caught', async (c) => {
    try {
      return c.json(await auth.getTokenForUser(c, 'Mail.Read'))
    } catch (error) {
      return auth.toResponse(c, error)
    }
  })
  app.all('/authenticated', async (c) => {
    const session = await auth.authenticate(c)
    return session.ok ? c.json(session.context.user) : auth.toResponse(c, session.error)
  })
  app.get('/not-ours', (c) => auth.toResponse(c, new Error('not ours')))
  app.get('/edit-profile', async (c) => c.json((await auth.getEditProfileUrl(c)) ?? null))
  app.get('/switch', (c) => auth.login(c, { prompt: 'select_account', returnTo: '/user' }))
  app.get('/leave', (c) => auth.logout(c, 'https://example.com/goodbye'))
}

function addApi(app: Hono, auth: Auth, api: ApiAuth): void {
  const show = (c: Context, { user, app: client }: AuthorizationContext): Response =>
    c.json(user === undefined ? { app: client.clientId } : { user: user.oid })
  const asked = { scopes: ['Todos.Read'] } as const
  const todos = { ...asked, appPermissions: ['Todos.Read.All'] } as const
  app.get('/api/todos', api.authorizationRequired(todos, show))
  app.get('/api/middleware', api.authorizationRequired(todos), (c) => show(c, c.var.identity))
  app.get(
    '/api/graph',
    api.authorizationRequired(asked, async (c, context) => {
      await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
      return c.text('got')
    }),
  )
  app.get('/api/middleware/graph', api.authorizationRequired(asked), async (c) => {
    await c.var.identity.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
    return c.text('got')
  })
  app.get(
    '/api/sdk',
    api.authorizationRequired(asked, (_c, context) => callWithSdk(context, 'message')),
  )
  app.get('/api/middleware/sdk', api.authorizationRequired(asked), (c) =>
    callWithSdk(c.var.identity, 'cause'),
  )
  app.get(
    '/api/throws',
    api.authorizationRequired(asked, async () => {
      throw new Error('from the handler')
    }),
  )
  app.all(
    '/either',
    auth
      .orBearer(api)
      .required({ authorization: asked }, (c, context) =>
        c.json(
          context.kind === 'bearer'
            ? { bearer: context.user.oid }
            : { session: context.claims.oid },
        ),
      ),
  )
  app.get(
    '/context-of',
    auth
      .orBearer(api)
      .required({ authorization: asked }, (c) => c.json(contextsOf({ auth, api }, c))),
  )
  app.get('/context-of/open', (c) => c.json(contextsOf({ auth, api }, c)))
  app.get(
    '/either-own-401',
    auth.orBearer(api).required((c) => c.body(null, 401)),
  )
}

function addMcp(app: Hono, mcp: McpAuth): void {
  app.all(
    '/mcp',
    mcp.authorizationRequired((c, context) => c.json(describeCaller(context))),
  )
  app.all('/mcp/middleware', mcp.authorizationRequired(), (c) =>
    c.json(describeCaller(mcp.contextOf(c), c.var.identity.authInfo)),
  )
  app.post(
    '/mcp/tools',
    mcp.authorizationRequired(TOOLS, async (c) =>
      c.json({ received: (await c.req.json()) as unknown }),
    ),
  )
  app.get(
    '/mcp/stream',
    mcp.authorizationRequired((c) => c.body(openStream(), 200, EVENTS)),
  )
}
