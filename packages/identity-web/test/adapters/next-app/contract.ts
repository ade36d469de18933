import type { NextFetchEvent, NextRequest } from 'next/server.js'
import { NextResponse } from 'next/server.js'
import { AccessDenied, ApiAuth, Auth, type Handler, McpAuth } from 'identity-web/next'
import { sharedStore } from './shared-store.ts'
import type { ContractOptions } from '../contract/bench.ts'
import { describeCaller, EVENTS, openStream, TOOLS } from './mcp-pages.ts'
import { keep, useKept } from './kept-credential.ts'
import { callWithSdk } from './sdk-call.ts'
import type { Told } from '../hosts/told.ts'
import { sessionView } from './session-view.ts'
import { contextsOf } from './contexts.ts'
import { STRANGER, callGraph, setTwoCookies, showCaller, stream, toCode } from './responses.ts'

/** One host of the contract. */
interface Site {
  /** What answers a request, by its path. */
  answer(request: NextRequest): Promise<Response>
  proxy(request: NextRequest, event: NextFetchEvent): Promise<Response>
}

/** Pages by path. */
type Pages = Record<string, Handler>

const sites = new Map<number, Site>()
let moved = 0
const now = (): number => Date.now() + moved

/** The host of the contract that a request is for; `undefined` for the application's own. */
export function siteOf({ headers }: Request): Site | undefined {
  const text = headers.get('x-contract')
  if (text === null) return undefined
  const told = JSON.parse(text) as Told
  moved = told.moved
  let site = sites.get(told.host)
  if (site === undefined) sites.set(told.host, (site = createSite(told)))
  return site
}

function createSite({ host, options, variant: { prefixes, ownRoutes } }: Told): Site {
  const apps = prefixes.map((prefix) => {
    const given = options[prefix] as ContractOptions
    const { session } = given.auth
    const auth = new Auth({
      ...given.auth,
      now,
      // A store has arrived as an empty object.
      session: { ...session, ...(session?.store && { store: sharedStore(`${host}${prefix}`) }) },
      // So has the function.
      ...(given.auth.browser && { browser: { sessionView } }),
    })
    const forwards = Object.entries(given.forwards ?? {})
    for (const [path, forwarded] of forwards) auth.forward(path, forwarded)
    const api = new ApiAuth({ ...given.api, now })
    const pages = {
      ...routesOf(auth, prefix, ownRoutes),
      ...pagesOf(auth),
      ...apiOf(auth, api),
      ...mcpOf(new McpAuth({ ...given.mcp, now })),
    }
    const proxy = auth.createProxy({}, () => {
      const response = NextResponse.next()
      response.headers.append('set-cookie', 'own=1')
      response.headers.set('x-own', '1')
      return response
    })
    const forward: Handler = (request) => auth.handlers[request.method as 'GET'](request)
    return { prefix, pages, proxy, forwards, forward }
  })
  const appOf = ({ nextUrl }: NextRequest): (typeof apps)[number] | undefined =>
    apps.find(({ prefix }) => nextUrl.pathname.startsWith(`${prefix}/`))
  return {
    async answer(request) {
      const { prefix = '', pages = {}, forwards = [], forward } = appOf(request) ?? {}
      if (forwards.some(([path]) => request.nextUrl.pathname.startsWith(`${path}/`))) {
        return forward?.(request) as Promise<Response>
      }
      const page = pages[request.nextUrl.pathname.slice(prefix.length)]
      return page?.(request) ?? new Response('Not found', { status: 404 })
    },
    proxy: async (request, event) => appOf(request)?.proxy(request, event) ?? NextResponse.next(),
  }
}

function routesOf(auth: Auth, prefix: string, ownRoutes: boolean): Pages {
  const both: Handler = (request) =>
    request.method === 'POST' ? auth.handlers.POST(request) : auth.handlers.GET(request)
  const own: Pages = {
    [auth.paths.callback]: (request) => auth.completeLogin(request),
    [auth.paths.login]: (request) => auth.login(request),
    [auth.paths.logout]: (request) => auth.logout(request),
    [auth.paths.frontChannelLogout]: (request) => auth.handleLogout('front-channel', request),
    [auth.paths.backChannelLogout]: (request) => auth.handleLogout('back-channel', request),
    [`${prefix}/auth/session`]: (request) => auth.sendBrowserSession(request),
  }
  return Object.fromEntries(
    Object.entries(own).map(([path, handler]) => [
      path.slice(prefix.length),
      ownRoutes ? handler : both,
    ]),
  )
}

function pagesOf(auth: Auth): Pages {
  return {
    '/': auth.loginRequired((_request, context) => Response.json(context)),
    '/call': auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
      const answer = await context.fetch('/me')
      return Response.json({ status: answer.status, body: await answer.json() })
    }),
    '/script': auth.loginRequired({ challenge: 'unauthorized' }, () => new Response()),
    '/from-anywhere': auth.loginRequired({ csrf: false }, async () =>
      Response.json((await auth.getUser()) ?? null),
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
    '/echo': auth.loginRequired(async (request) =>
      Response.json((await request.formData()).get('a')),
    ),
    '/user': async () => Response.json((await auth.getUser()) ?? null),
    '/browser-session': async () => Response.json(await auth.browserSession()),
    '/whole': async () => Response.json((await auth.getContext()) ?? null),
    '/token': () => auth.getTokenForUser('User.Read').then((token) => Response.json(token), toCode),
    '/mail-token': auth.loginRequired(async () =>
      Response.json(await auth.getTokenForUser('Mail.Read')),
    ),
    '/keep': auth.loginRequired(async (request, context) =>
      Response.json(await keep(context, request.url)),
    ),
    '/kept': async () => Response.json(await useKept()),
    '/sdk/cause': auth.loginRequired((_request, context) => callWithSdk(context, 'cause')),
    '/sdk/message': auth.loginRequired((_request, context) => callWithSdk(context, 'message')),
    '/rename': auth.loginRequired(async (_request, { user }) => {
      await auth.updateUser({ ...user, name: 'Renamed' })
      return Response.json('done')
    }),
    '/rename-stranger': () => auth.updateUser(STRANGER).then(() => Response.json('done'), toCode),
    '/app-token': async () =>
      Response.json(await auth.getTokenForClient('https://graph.microsoft.com/.default')),
    '/caught': async (request) => {
      try {
        return Response.json(await auth.getTokenForUser('Mail.Read'))
      } catch (error) {
        return auth.toResponse(request, error)
      }
    },
    '/authenticated': async (request) => {
      const session = await auth.authenticate(request)
      return session.ok
        ? Response.json(session.context.user)
        : auth.toResponse(request, session.error)
    },
    '/not-ours': (request) => auth.toResponse(request, new Error('not ours')),
    '/edit-profile': async () => Response.json((await auth.getEditProfileUrl()) ?? null),
    '/switch': (request) => auth.login(request, { prompt: 'select_account', returnTo: '/user' }),
    '/leave': (request) => auth.logout(request, 'https://example.com/goodbye'),
  }
}

function apiOf(auth: Auth, api: ApiAuth): Pages {
  const asked = { scopes: ['Todos.Read'] } as const
  return {
    '/.well-known/oauth-protected-resource': api.handlers.GET,
    '/api/todos': api.authorizationRequired(
      { ...asked, appPermissions: ['Todos.Read.All'] },
      (_request, context) => showCaller(context),
    ),
    '/api/graph': api.authorizationRequired(asked, (_request, context) => callGraph(context)),
    '/api/sdk': api.authorizationRequired(asked, (_request, context) =>
      callWithSdk(context, 'message'),
    ),
    '/api/throws': api.authorizationRequired(asked, async () => {
      throw new Error('from the handler')
    }),
    '/either': auth
      .orBearer(api)
      .required({ authorization: asked }, (_request, context) =>
        Response.json(
          context.kind === 'bearer'
            ? { bearer: context.user.oid }
            : { session: context.claims.oid },
        ),
      ),
    '/context-of': auth
      .orBearer(api)
      .required({ authorization: asked }, (request) =>
        Response.json(contextsOf({ auth, api }, request)),
      ),
    '/context-of/open': async (request) => Response.json(contextsOf({ auth, api }, request)),
    '/either-own-401': auth.orBearer(api).required(() => new Response(null, { status: 401 })),
  }
}

function mcpOf(mcp: McpAuth): Pages {
  const metadata: Pages[string] = (request) =>
    request.method === 'OPTIONS' ? mcp.handlers.OPTIONS(request) : mcp.handlers.GET(request)
  return {
    '/.well-known/oauth-protected-resource/mcp': metadata,
    '/.well-known/oauth-authorization-server/mcp': metadata,
    '/.well-known/openid-configuration/mcp': metadata,
    '/mcp/.well-known/openid-configuration': metadata,
    '/mcp': mcp.authorizationRequired((_request, context) =>
      Response.json(describeCaller(context)),
    ),
    '/mcp/tools': mcp.authorizationRequired(TOOLS, async (request) =>
      Response.json({ received: (await request.json()) as unknown }),
    ),
    '/mcp/stream': mcp.authorizationRequired(() => new Response(openStream(), { headers: EVENTS })),
  }
}
