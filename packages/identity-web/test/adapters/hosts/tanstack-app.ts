import { AccessDenied, ApiAuth, Auth, type RequestMiddleware } from 'identity-web/tanstack-start'
import type { CreateApp } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { createStartSite, type StartRoute } from './tanstack-site.ts'
import { addForwards } from './forwards.ts'
import { lateToken } from './late-token.ts'
import {
  STRANGER,
  callGraph,
  json,
  setTwoCookies,
  showCaller,
  stream,
  toCode,
} from '../next-app/responses.ts'

type Args = { readonly request: Request }
type Handler = (args: Args) => unknown

/** The pages of the contract as server routes of TanStack Start. */
export const createTanStackApp: CreateApp = (optionsFor, { prefixes, ownRoutes }) => {
  const apps = prefixes.map((prefix) => {
    const options = optionsFor(prefix)
    const auth = new Auth(options.auth)
    addForwards(auth, options)
    const api = new ApiAuth(options.api)
    const pages = {
      ...pagesOf(auth),
      ...apiOf(auth, api),
    }
    const routes = {
      ...below(prefix, pages),
      ...(ownRoutes && below('', routesOf(auth))),
    }
    const middleware = [ownHeaders, auth.middleware, api.middleware]
    return [prefix, createStartSite({ middleware, routes })] as const
  })
  return async (request) => {
    const { pathname } = new URL(request.url)
    const [, app] = apps.find(([prefix]) => pathname.startsWith(`${prefix}/`)) ?? []
    return app?.(request) ?? new Response('Not found', { status: 404 })
  }
}

function below(
  prefix: string,
  pages: Readonly<Record<string, Handler>>,
): Readonly<Record<string, StartRoute>> {
  return Object.fromEntries(
    Object.entries(pages).map(([path, handler]) => [prefix + path, { handler }]),
  )
}

const ownHeaders: RequestMiddleware = async ({ next }) => {
  let response: Response
  try {
    response = ((await next()) as { response: Response }).response
  } catch (error) {
    response = new Response((error as Error).message, { status: 418 })
  }
  const own = new Response(response.body, response)
  own.headers.append('set-cookie', 'own=1')
  own.headers.set('x-own', '1')
  return own
}

function routesOf(auth: Auth): Record<string, Handler> {
  return {
    [auth.paths.callback]: ({ request }) => auth.completeLogin(request),
    [auth.paths.login]: ({ request }) => auth.login(request),
    [auth.paths.logout]: ({ request }) => auth.logout(request),
    [auth.paths.frontChannelLogout]: ({ request }) => auth.handleLogout('front-channel', request),
    [auth.paths.backChannelLogout]: ({ request }) => auth.handleLogout('back-channel', request),
    [auth.paths.session ?? '/auth/session']: ({ request }) => auth.sendBrowserSession(request),
  }
}

function pagesOf(auth: Auth): Record<string, Handler> {
  return {
    '/': auth.loginRequired((_args: Args, context) => json(context)),
    '/call': auth.loginRequired({ scopes: ['User.Read'] }, async (_args: Args, context) => {
      const answer = await context.fetch('/me')
      return json({ status: answer.status, body: await answer.json() })
    }),
    '/script': auth.loginRequired({ challenge: 'unauthorized' }, (_args: Args) => new Response()),
    '/from-anywhere': auth.loginRequired({ csrf: false }, async ({ request }: Args) =>
      json((await auth.getUser(request)) ?? null),
    ),
    '/page': auth.loginRequired({ challenge: 'redirect' }, (_args: Args) => new Response()),
    '/throws': auth.loginRequired(async (_args: Args) =>
      Promise.reject(new Error('from the handler')),
    ),
    '/approvers': auth.loginRequired(
      { roles: ['Todos.Approver'] },
      (_args: Args) => new Response('in'),
    ),
    '/denied': auth.loginRequired((_args: Args) => {
      throw new AccessDenied({ message: 'Only for <members>.' })
    }),
    '/throws-at-once': auth.loginRequired((_args: Args) => {
      throw new Error('from the handler')
    }),
    '/stream': auth.loginRequired((_args: Args) => new Response(stream())),
    '/cookies': auth.loginRequired((_args: Args) => setTwoCookies()),
    '/echo': auth.loginRequired(async ({ request }: Args) =>
      json((await request.formData()).get('a')),
    ),
    '/user': async ({ request }) => json((await auth.getUser(request)) ?? null),
    '/browser-session': async ({ request }) => json(await auth.browserSession(request)),
    '/whole': async ({ request }) => json((await auth.getContext(request)) ?? null),
    '/token': ({ request }) =>
      auth.getTokenForUser(request, 'User.Read').then((token) => json(token), toCode),
    '/late-token': ({ request }) =>
      new Response(lateToken(() => auth.getTokenForUser(request, 'User.Read'))),
    '/mail-token': auth.loginRequired(async ({ request }: Args) =>
      json(await auth.getTokenForUser(request, 'Mail.Read')),
    ),
    '/keep': auth.loginRequired(async ({ request }: Args, context) =>
      json(await keep(context, request.url)),
    ),
    '/kept': async () => json(await useKept()),
    '/sdk/cause': auth.loginRequired((_args: Args, context) => callWithSdk(context, 'cause')),
    '/sdk/message': auth.loginRequired((_args: Args, context) => callWithSdk(context, 'message')),
    '/rename': auth.loginRequired(async ({ request }: Args, { user }) => {
      await auth.updateUser(request, { ...user, name: 'Renamed' })
      return json('done')
    }),
    '/rename-stranger': ({ request }) =>
      auth.updateUser(request, STRANGER).then(() => json('done'), toCode),
    '/app-token': async () =>
      json(await auth.getTokenForClient('https://graph.microsoft.com/.default')),
    '/caught': async ({ request }) => {
      try {
        return json(await auth.getTokenForUser(request, 'Mail.Read'))
      } catch (error) {
        return auth.toResponse(request, error)
      }
    },
    '/authenticated': async ({ request }) => {
      const session = await auth.authenticate(request)
      return session.ok ? json(session.context.user) : auth.toResponse(request, session.error)
    },
    '/not-ours': ({ request }) => auth.toResponse(request, new Error('not ours')),
    '/edit-profile': async ({ request }) => json((await auth.getEditProfileUrl(request)) ?? null),
    '/switch': ({ request }) =>
      auth.login(request, { prompt: 'select_account', returnTo: '/user' }),
    '/leave': ({ request }) => auth.logout(request, 'https://example.com/goodbye'),
  }
}

function apiOf(auth: Auth, api: ApiAuth): Record<string, Handler> {
  const asked = { scopes: ['Todos.Read'] } as const
  const either = auth.orBearer(api)
  return {
    '/api/todos': api.authorizationRequired(
      { ...asked, appPermissions: ['Todos.Read.All'] },
      (_args, context) => showCaller(context),
    ),
    '/api/graph': api.authorizationRequired(asked, (_args, context) => callGraph(context)),
    '/api/sdk': api.authorizationRequired(asked, (_args: Args, context) =>
      callWithSdk(context, 'message'),
    ),
    '/api/throws': api.authorizationRequired(asked, async () => {
      throw new Error('from the handler')
    }),
    '/either': either.required({ authorization: asked }, (_args: Args, context) =>
      json(
        context.kind === 'bearer' ? { bearer: context.user.oid } : { session: context.claims.oid },
      ),
    ),
    '/context-of': either.required({ authorization: asked }, ({ request }: Args) =>
      json(contextsOf({ auth, api }, request)),
    ),
    '/context-of/open': ({ request }) => json(contextsOf({ auth, api }, request)),
    '/either-own-401': either.required((_args: Args) => new Response(null, { status: 401 })),
  }
}
