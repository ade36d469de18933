import { AccessDenied, ApiAuth, Auth, type Handler, McpAuth } from 'identity-web/fetch'
import type { CreateApp } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { describeCaller, EVENTS, openStream, TOOLS } from '../next-app/mcp-pages.ts'
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

/** Pages by path. */
type Pages = Record<string, Handler>

/** The pages of the contract on `identity-web/fetch`, for whatever serves them. */
export const createFetchApp: CreateApp = (optionsFor, { prefixes, ownRoutes }) => {
  const apps = prefixes.map((prefix) => {
    const options = optionsFor(prefix)
    const auth = new Auth(options.auth)
    addForwards(auth, options)
    const api = new ApiAuth(options.api)
    const mcp = new McpAuth(options.mcp)
    const pages = {
      ...(ownRoutes && routesOf(auth, prefix)),
      ...pagesOf(auth),
      ...apiOf(auth, api),
      ...mcpOf(mcp),
    }
    return [prefix, createApp(auth, [api, mcp], { prefix, pages })] as const
  })
  return async (request) => {
    const { pathname } = new URL(request.url)
    const [, app] = apps.find(([prefix]) => pathname.startsWith(`${prefix}/`)) ?? []
    return app?.(request) ?? new Response('Not found', { status: 404 })
  }
}

function createApp(
  auth: Auth,
  [api, mcp]: readonly [ApiAuth, McpAuth],
  { prefix, pages }: { readonly prefix: string; readonly pages: Pages },
): Handler {
  return (request) =>
    auth.respond(request, async () => {
      const { pathname } = new URL(request.url)
      const page = pages[pathname.slice(prefix.length)]
      try {
        const answer =
          (await api.handle(request)) ?? (await mcp.handle(request)) ?? (await page?.(request))
        return withOwn(answer ?? new Response('Not found', { status: 404 }))
      } catch (error) {
        return new Response((error as Error).message, { status: 418 })
      }
    })
}

function withOwn(response: Response): Response {
  const own = new Response(response.body, response)
  own.headers.append('set-cookie', 'own=1')
  own.headers.set('x-own', '1')
  return own
}

function routesOf(auth: Auth, prefix: string): Pages {
  const below = (path: string): string => path.slice(prefix.length)
  return {
    [below(auth.paths.callback)]: (request) => auth.completeLogin(request),
    [below(auth.paths.login)]: (request) => auth.login(request),
    [below(auth.paths.logout)]: (request) => auth.logout(request),
    [below(auth.paths.frontChannelLogout)]: (request) =>
      auth.handleLogout('front-channel', request),
    [below(auth.paths.backChannelLogout)]: (request) => auth.handleLogout('back-channel', request),
    '/auth/session': (request) => auth.sendBrowserSession(request),
  }
}

function pagesOf(auth: Auth): Pages {
  return {
    '/': auth.loginRequired((_request, context) => Response.json(context)),
    '/call': auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
      const answer = await context.fetch('/me')
      return Response.json({ status: answer.status, body: await answer.json() })
    }),
    '/script': auth.loginRequired({ challenge: 'unauthorized' }, () => new Response()),
    '/from-anywhere': auth.loginRequired({ csrf: false }, async (request) =>
      Response.json((await auth.getUser(request)) ?? null),
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
    '/user': async (request) => Response.json((await auth.getUser(request)) ?? null),
    '/browser-session': async (request) => Response.json(await auth.browserSession(request)),
    '/whole': async (request) => Response.json((await auth.getContext(request)) ?? null),
    '/token': (request) =>
      auth.getTokenForUser(request, 'User.Read').then((token) => Response.json(token), toCode),
    '/late-token': async (request) =>
      new Response(lateToken(() => auth.getTokenForUser(request, 'User.Read'))),
    '/mail-token': auth.loginRequired(async (request) =>
      Response.json(await auth.getTokenForUser(request, 'Mail.Read')),
    ),
    '/keep': auth.loginRequired(async (request, context) =>
      Response.json(await keep(context, request.url)),
    ),
    '/kept': async () => Response.json(await useKept()),
    '/sdk/cause': auth.loginRequired((_request, context) => callWithSdk(context, 'cause')),
    '/sdk/message': auth.loginRequired((_request, context) => callWithSdk(context, 'message')),
    '/rename': auth.loginRequired(async (request, { user }) => {
      await auth.updateUser(request, { ...user, name: 'Renamed' })
      return Response.json('done')
    }),
    '/rename-stranger': (request) =>
      auth.updateUser(request, STRANGER).then(() => Response.json('done'), toCode),
    '/app-token': async () =>
      Response.json(await auth.getTokenForClient('https://graph.microsoft.com/.default')),
    '/caught': async (request) => {
      try {
        return Response.json(await auth.getTokenForUser(request, 'Mail.Read'))
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
    '/edit-profile': async (request) =>
      Response.json((await auth.getEditProfileUrl(request)) ?? null),
    '/switch': (request) => auth.login(request, { prompt: 'select_account', returnTo: '/user' }),
    '/leave': (request) => auth.logout(request, 'https://example.com/goodbye'),
  }
}

function apiOf(auth: Auth, api: ApiAuth): Pages {
  const asked = { scopes: ['Todos.Read'] } as const
  return {
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
  return {
    '/mcp': mcp.authorizationRequired((_request, context) =>
      Response.json(describeCaller(context)),
    ),
    '/mcp/tools': mcp.authorizationRequired(TOOLS, async (request) =>
      Response.json({ received: (await request.json()) as unknown }),
    ),
    '/mcp/stream': mcp.authorizationRequired(() => new Response(openStream(), { headers: EVENTS })),
  }
}
