import {
  AccessDenied,
  ApiAuth,
  Auth,
  type HandlerArgs,
  type Middleware,
} from 'identity-web/react-router'
import { loader as notFound } from '../../../src/adapters/react-router/sign-in-page.ts'
import {
  createRequestHandler,
  type EntryContext,
  type RequestHandler,
  type ServerBuild,
} from 'react-router'
import type { CreateApp } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { addForwards } from './forwards.ts'
import { lateToken } from './late-token.ts'
import {
  STRANGER,
  callGraph,
  setTwoCookies,
  showCaller,
  stream,
  toCode,
} from '../next-app/responses.ts'

/** A loader, which is an action too. */
type Handler = (args: HandlerArgs) => unknown

/** What a route module exports. */
export interface RouteModule {
  readonly default?: () => null
  readonly middleware?: readonly Middleware[]
  readonly loader?: Handler
  readonly action?: Handler
}

/** The modules of routes by their paths. */
export type RouteModules = Readonly<Record<string, RouteModule>>

/** The pages of the contract as resource routes of React Router in framework mode. */
export const createReactRouterApp: CreateApp = (optionsFor, { prefixes, ownRoutes }) => {
  const apps = prefixes.map((prefix): [string, RequestHandler] => {
    const options = optionsFor(prefix)
    const auth = new Auth(options.auth)
    addForwards(auth, options)
    const api = new ApiAuth(options.api)
    const modules = {
      ...(ownRoutes && toModules(routesOf(auth, prefix))),
      ...toModules(pagesOf(auth)),
      ...toModules(apiOf(auth, api)),
      '/middleware': withMiddleware(auth.loginRequired(), (args) =>
        Response.json(auth.contextOf(args)),
      ),
      ...middlewareOf(api),
      '/*': { default: () => null, loader: notFound },
    }
    const root = { middleware: [ownHeaders, auth.middleware, api.middleware] }
    return [prefix, createRequestHandler(buildOf(root, modules, prefix || '/'))]
  })
  return async (request) => {
    const { pathname } = new URL(request.url)
    const [, app] = apps.find(([prefix]) => pathname.startsWith(`${prefix}/`)) ?? []
    return app?.(request) ?? new Response('Not found', { status: 404 })
  }
}

/** Makes the build that the plugin of React Router would make of these modules. */
export function buildOf(root: RouteModule, modules: RouteModules, basename: string): ServerBuild {
  const routes = [
    { id: 'root', path: '', module: { default: () => null, ...root } },
    ...Object.entries(modules).map(([path, module]) => ({
      id: path,
      parentId: 'root',
      ...(path === '/' ? { index: true } : { path: path.slice(1) }),
      module,
    })),
  ]
  const build = {
    entry: { module: { default: respondToDocument, handleError: () => undefined } },
    routes: Object.fromEntries(routes.map((route) => [route.id, route])),
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '1' },
    basename,
    publicPath: '/',
    assetsBuildDirectory: '',
    future: { v8_middleware: true },
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: 'initial', manifestPath: '/__manifest' },
  }
  // The pages have no styles and scripts, so their build has no more than this.
  return build as unknown as ServerBuild
}

/** Renders a page as text: the error of a route, or the data of the loaders. */
function respondToDocument(
  _request: Request,
  status: number,
  headers: Headers,
  { staticHandlerContext: { errors, loaderData } }: EntryContext,
): Response {
  const [error] = Object.values(errors ?? {}) as unknown[]
  if (error instanceof Error) return new Response(error.message, { status, headers })
  return new Response(JSON.stringify(error ?? loaderData), { status, headers })
}

const ownHeaders: Middleware = async (_args, next) => {
  const response = await next()
  const own = new Response(response.body, response)
  own.headers.append('set-cookie', 'own=1')
  own.headers.set('x-own', '1')
  return own
}

function toModules(handlers: Readonly<Record<string, Handler>>): RouteModules {
  return Object.fromEntries(
    Object.entries(handlers).map(([path, handler]) => [path, { loader: handler, action: handler }]),
  )
}

function withMiddleware(guard: Middleware, handler: Handler): RouteModule {
  return { middleware: [guard], loader: handler, action: handler }
}

function routesOf(auth: Auth, prefix: string): Record<string, Handler> {
  const below = (path: string): string => path.slice(prefix.length)
  return {
    [below(auth.paths.callback)]: (args) => auth.completeLogin(args),
    [below(auth.paths.login)]: (args) => auth.login(args),
    [below(auth.paths.logout)]: (args) => auth.logout(args),
    [below(auth.paths.frontChannelLogout)]: (args) => auth.handleLogout('front-channel', args),
    [below(auth.paths.backChannelLogout)]: (args) => auth.handleLogout('back-channel', args),
    '/auth/session': (args) => auth.sendBrowserSession(args),
  }
}

function pagesOf(auth: Auth): Record<string, Handler> {
  return {
    '/': auth.loginRequired((_args, context) => Response.json(context)),
    '/call': auth.loginRequired({ scopes: ['User.Read'] }, async (_args, context) => {
      const answer = await context.fetch('/me')
      return { status: answer.status, body: await answer.json() }
    }),
    '/script': auth.loginRequired({ challenge: 'unauthorized' }, () => new Response()),
    '/from-anywhere': auth.loginRequired({ csrf: false }, async (args) =>
      Response.json((await auth.getUser(args)) ?? null),
    ),
    '/page': auth.loginRequired({ challenge: 'redirect' }, () => new Response()),
    '/throws': auth.loginRequired(async () => Promise.reject(new Error('from the handler'))),
    '/approvers': auth.loginRequired({ roles: ['Todos.Approver'] }, () => new Response('in')),
    '/denied': auth.loginRequired(() => {
      throw new AccessDenied({ message: 'Only for <members>.' })
    }),
    '/throws-at-once': auth.loginRequired(() => {
      throw new Error('from the handler')
    }),
    '/stream': auth.loginRequired(() => new Response(stream())),
    '/cookies': auth.loginRequired(() => setTwoCookies()),
    '/echo': auth.loginRequired(async ({ request }) =>
      Response.json((await request.formData()).get('a')),
    ),
    '/user': async (args) => Response.json((await auth.getUser(args)) ?? null),
    '/browser-session': async (args) => Response.json(await auth.browserSession(args)),
    '/whole': async (args) => Response.json((await auth.getContext(args)) ?? null),
    '/token': (args) => auth.getTokenForUser(args, 'User.Read').catch(toCode),
    '/late-token': (args) => new Response(lateToken(() => auth.getTokenForUser(args, 'User.Read'))),
    '/mail-token': auth.loginRequired((args) => auth.getTokenForUser(args, 'Mail.Read')),
    '/keep': auth.loginRequired(({ request }, context) => keep(context, request.url)),
    '/kept': useKept,
    '/sdk/cause': auth.loginRequired((_args, context) => callWithSdk(context, 'cause')),
    '/sdk/message': auth.loginRequired((_args, context) => callWithSdk(context, 'message')),
    '/rename': auth.loginRequired(async (args, { user }) => {
      await auth.updateUser(args, { ...user, name: 'Renamed' })
      return Response.json('done')
    }),
    '/rename-stranger': (args) =>
      auth.updateUser(args, STRANGER).then(() => Response.json('done'), toCode),
    '/app-token': () => auth.getTokenForClient('https://graph.microsoft.com/.default'),
    '/caught': async (args) => {
      try {
        return await auth.getTokenForUser(args, 'Mail.Read')
      } catch (error) {
        return auth.toResponse(args, error)
      }
    },
    '/authenticated': async (args) => {
      const session = await auth.authenticate(args)
      return session.ok ? session.context.user : auth.toResponse(args, session.error)
    },
    '/not-ours': (args) => auth.toResponse(args, new Error('not ours')),
    '/edit-profile': async (args) => Response.json((await auth.getEditProfileUrl(args)) ?? null),
    '/switch': (args) => auth.login(args, { prompt: 'select_account', returnTo: '/user' }),
    '/leave': (args) => auth.logout(args, 'https://example.com/goodbye'),
  }
}

const ASKED = { scopes: ['Todos.Read'] } as const
const TODOS = { ...ASKED, appPermissions: ['Todos.Read.All'] } as const

function apiOf(auth: Auth, api: ApiAuth): Record<string, Handler> {
  const either = auth.orBearer(api)
  return {
    '/api/todos': api.authorizationRequired(TODOS, (_args, context) => showCaller(context)),
    '/api/graph': api.authorizationRequired(ASKED, (_args, context) => callGraph(context)),
    '/api/sdk': api.authorizationRequired(ASKED, (_args, context) =>
      callWithSdk(context, 'message'),
    ),
    '/api/throws': api.authorizationRequired(ASKED, async () => {
      throw new Error('from the handler')
    }),
    '/either': either.required({ authorization: ASKED }, (_args, context) =>
      context.kind === 'bearer' ? { bearer: context.user.oid } : { session: context.claims.oid },
    ),
    '/context-of': either.required({ authorization: ASKED }, (args) =>
      contextsOf({ auth, api }, args),
    ),
    '/context-of/open': (args) => contextsOf({ auth, api }, args),
    '/either-own-401': either.required(() => new Response(null, { status: 401 })),
  }
}

function middlewareOf(api: ApiAuth): RouteModules {
  return {
    '/api/middleware': withMiddleware(api.authorizationRequired(TODOS), (args) =>
      showCaller(api.contextOf(args)),
    ),
    '/api/middleware/graph': withMiddleware(api.authorizationRequired(ASKED), (args) =>
      callGraph(api.contextOf(args)),
    ),
    '/api/middleware/sdk': withMiddleware(api.authorizationRequired(ASKED), (args) =>
      callWithSdk(api.contextOf(args), 'cause'),
    ),
  }
}
