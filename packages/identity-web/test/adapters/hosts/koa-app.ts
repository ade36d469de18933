import { text as readText } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type Koa from 'koa'
import parseBody from '@koa/bodyparser'
import {
  AccessDenied,
  ApiAuth,
  Auth,
  type AuthorizationContext,
  IdentityError,
  loginRequired,
  McpAuth,
} from 'identity-web/koa'
import type { ContractOptions, ContractVariant } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { describeCaller, EVENTS, TOOLS } from '../next-app/mcp-pages.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { addForwards } from './forwards.ts'
import { lateToken } from './late-token.ts'

/** The user of a visitor who is not signed in. */
const STRANGER = { iss: 'nobody', sub: 'nobody' }

/** Adds a route; Koa has none by itself. */
type Route = (path: string, handler: Koa.Middleware<any, any>) => unknown

/** Answers a path of an application, and HEAD like GET. */
function routesOf(app: Koa): Route {
  return (path, handler) =>
    app.use((ctx, next) => (ctx.path === path ? (handler(ctx, next) as Promise<void>) : next()))
}

/** Gives an application the pages of the contract. */
export function addContract(
  app: Koa,
  options: ContractOptions,
  { parsesBodies, deferred, ownRoutes }: Required<ContractVariant>,
): void {
  app.use(async (ctx, next) => {
    ctx.cookies.set('own', '1')
    ctx.set('x-own', '1')
    try {
      await next()
    } catch (error) {
      ctx.status = 418
      ctx.body = (error as Error).message
    }
  })
  if (parsesBodies) app.use(parseBody())
  const auth = deferred ? new Auth(options.auth) : new Auth(app, options.auth)
  addForwards(auth, options)
  if (deferred) auth.initApp(app)
  const route = routesOf(app)
  if (ownRoutes) addOwnRoutes(route, auth)
  addPages(route, auth)
  addApi(route, auth, new ApiAuth(app, options.api))
  addMcp(route, new McpAuth(app, options.mcp))
}

function addOwnRoutes(route: Route, auth: Auth): void {
  const below = (path: string): string => path.slice(path.indexOf('/auth/'))
  route(below(auth.paths.callback), (ctx) => auth.completeLogin(ctx))
  route(below(auth.paths.login), (ctx) => auth.login(ctx))
  route(below(auth.paths.logout), (ctx) => auth.logout(ctx))
  route(below(auth.paths.frontChannelLogout), (ctx) => auth.handleLogout('front-channel', ctx))
  route(below(auth.paths.backChannelLogout), (ctx) => auth.handleLogout('back-channel', ctx))
  route('/auth/session', (ctx) => auth.sendBrowserSession(ctx))
}

const show: Koa.Middleware = (ctx) => {
  ctx.body = ctx.state.identity
}

function addPages(route: Route, auth: Auth): void {
  route(
    '/',
    auth.loginRequired((ctx, context) => {
      ctx.body = context
    }),
  )
  route('/middleware', behind(auth.loginRequired(), show))
  route(
    '/standalone',
    loginRequired((ctx, context) => {
      ctx.body = context
    }),
  )
  route(
    '/call',
    auth.loginRequired({ scopes: ['User.Read'] }, async (ctx, context) => {
      const answer = await context.fetch('/me')
      ctx.body = { status: answer.status, body: await answer.json() }
    }),
  )
  route(
    '/script',
    auth.loginRequired({ challenge: 'unauthorized' }, (ctx) => {
      ctx.body = ''
    }),
  )
  route(
    '/from-anywhere',
    auth.loginRequired({ csrf: false }, async (ctx) => {
      ctx.body = JSON.stringify((await auth.getUser(ctx)) ?? null)
    }),
  )
  route(
    '/page',
    auth.loginRequired({ challenge: 'redirect' }, (ctx) => {
      ctx.body = ''
    }),
  )
  route(
    '/throws',
    auth.loginRequired(async () => Promise.reject(new Error('from the handler'))),
  )
  route(
    '/approvers',
    auth.loginRequired({ roles: ['Todos.Approver'] }, (ctx) => void (ctx.body = 'in')),
  )
  route(
    '/denied',
    auth.loginRequired(() => {
      throw new AccessDenied({ message: 'Only for <members>.' })
    }),
  )
  route(
    '/throws-at-once',
    auth.loginRequired(() => {
      throw new Error('from the handler')
    }),
  )
  route(
    '/stream',
    auth.loginRequired((ctx) => {
      ctx.body = Readable.from(twoParts())
    }),
  )
  route(
    '/cookies',
    auth.loginRequired((ctx) => {
      ctx.cookies.set('one', '1')
      ctx.cookies.set('two', '2')
      ctx.body = ''
    }),
  )
  route(
    '/echo',
    auth.loginRequired(async (ctx) => {
      ctx.body = JSON.stringify((await formOf(ctx)).get('a'))
    }),
  )
  route('/user', async (ctx) => {
    ctx.body = JSON.stringify((await auth.getUser(ctx)) ?? null)
  })
  route('/browser-session', async (ctx) => {
    ctx.body = await auth.browserSession(ctx)
  })
  route('/whole', async (ctx) => {
    ctx.body = JSON.stringify((await auth.getContext(ctx)) ?? null)
  })
  route('/token', async (ctx) => {
    try {
      ctx.body = await auth.getTokenForUser(ctx, 'User.Read')
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      ctx.body = { code: error.code }
    }
  })
  route('/late-token', (ctx) => {
    ctx.body = Readable.fromWeb(lateToken(() => auth.getTokenForUser(ctx, 'User.Read')) as never)
  })
  route(
    '/mail-token',
    auth.loginRequired(async (ctx) => {
      ctx.body = await auth.getTokenForUser(ctx, 'Mail.Read')
    }),
  )
  route(
    '/keep',
    auth.loginRequired(async (ctx, context) => void (ctx.body = await keep(context, ctx.url))),
  )
  route('/kept', async (ctx) => {
    ctx.body = await useKept()
  })
  for (const wrapper of ['cause', 'message'] as const) {
    route(
      `/sdk/${wrapper}`,
      auth.loginRequired((_ctx, context) => callWithSdk(context, wrapper)),
    )
  }
  route(
    '/rename',
    auth.loginRequired(async (ctx, { user }) => {
      await auth.updateUser(ctx, { ...user, name: 'Renamed' })
      ctx.body = '"done"'
    }),
  )
  route('/rename-stranger', async (ctx) => {
    try {
      await auth.updateUser(ctx, STRANGER)
      ctx.body = '"done"'
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      ctx.body = { code: error.code }
    }
  })
  route('/app-token', async (ctx) => {
    ctx.body = await auth.getTokenForClient('https://graph.microsoft.com/.default')
  })
  route('/caught', async (ctx) => {
    try {
      ctx.body = await auth.getTokenForUser(ctx, 'Mail.Read')
    } catch (error) {
      await auth.sendResponse(ctx, error)
    }
  })
  route('/authenticated', async (ctx) => {
    const session = await auth.authenticate(ctx, { res: ctx.res })
    if (session.ok) ctx.body = session.context.user
    else await auth.sendResponse(ctx, session.error)
  })
  route('/not-ours', (ctx) => auth.sendResponse(ctx, new Error('not ours')))
  route('/edit-profile', async (ctx) => {
    ctx.body = JSON.stringify((await auth.getEditProfileUrl(ctx)) ?? null)
  })
  route('/switch', (ctx) => auth.login(ctx, { prompt: 'select_account', returnTo: '/user' }))
  route('/leave', (ctx) => auth.logout(ctx, 'https://example.com/goodbye'))
}

/** A middleware, and what comes behind it: what a router makes of two arguments. */
function behind(guard: Koa.Middleware<any, any>, handler: Koa.Middleware): Koa.Middleware {
  return (ctx, next) => guard(ctx, async () => handler(ctx, next)) as Promise<void>
}

async function* twoParts(): AsyncGenerator<string> {
  yield 'one'
  await pause(5)
  yield 'two'
}

async function formOf({ req, request }: Koa.ParameterizedContext): Promise<URLSearchParams> {
  if (request.body !== undefined) return new URLSearchParams(request.body as Record<string, string>)
  return new URLSearchParams(await readText(req))
}

function addApi(route: Route, auth: Auth, api: ApiAuth): void {
  const asked = { scopes: ['Todos.Read'] } as const
  const todos = { ...asked, appPermissions: ['Todos.Read.All'] } as const
  const callerIn = ({ user, app: client }: AuthorizationContext): object =>
    user === undefined ? { app: client.clientId } : { user: user.oid }
  route(
    '/api/todos',
    api.authorizationRequired(todos, (ctx, context) => {
      ctx.body = callerIn(context)
    }),
  )
  route(
    '/api/middleware',
    behind(api.authorizationRequired(todos), (ctx) => {
      ctx.body = callerIn(api.contextOf(ctx))
    }),
  )
  route(
    '/api/graph',
    api.authorizationRequired(asked, async (ctx, context) => {
      await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
      ctx.body = 'got'
    }),
  )
  route(
    '/api/middleware/graph',
    behind(api.authorizationRequired(asked), async (ctx) => {
      await api.contextOf(ctx).getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
      ctx.body = 'got'
    }),
  )
  route(
    '/api/sdk',
    api.authorizationRequired(asked, (_ctx, context) => callWithSdk(context, 'message')),
  )
  route(
    '/api/middleware/sdk',
    behind(api.authorizationRequired(asked), (ctx) => callWithSdk(api.contextOf(ctx), 'cause')),
  )
  route(
    '/api/throws',
    api.authorizationRequired(asked, async () => {
      throw new Error('from the handler')
    }),
  )
  route(
    '/either',
    auth.orBearer(api).required({ authorization: asked }, (ctx, context) => {
      ctx.body =
        context.kind === 'bearer' ? { bearer: context.user.oid } : { session: context.claims.oid }
    }),
  )
  route(
    '/context-of',
    auth.orBearer(api).required({ authorization: asked }, (ctx) => {
      ctx.body = contextsOf({ auth, api }, ctx)
    }),
  )
  route('/context-of/open', (ctx) => {
    ctx.body = contextsOf({ auth, api }, ctx)
  })
  route(
    '/either-own-401',
    auth.orBearer(api).required((ctx) => {
      ctx.status = 401
    }),
  )
}

function addMcp(route: Route, mcp: McpAuth): void {
  route(
    '/mcp',
    mcp.authorizationRequired((ctx, context) => {
      ctx.body = describeCaller(context, Reflect.get(ctx.req, 'auth'))
    }),
  )
  route(
    '/mcp/middleware',
    behind(mcp.authorizationRequired(), (ctx) => {
      ctx.body = describeCaller(mcp.contextOf(ctx), Reflect.get(ctx.req, 'auth'))
    }),
  )
  route(
    '/mcp/tools',
    mcp.authorizationRequired(TOOLS, (ctx) => {
      ctx.body = { received: Reflect.get(ctx.request, 'body') }
    }),
  )
  route(
    '/mcp/stream',
    mcp.authorizationRequired((ctx) => {
      // As the official SDK responds.
      ctx.respond = false
      ctx.res.writeHead(200, EVENTS).write('data: one\n\n')
    }),
  )
}
