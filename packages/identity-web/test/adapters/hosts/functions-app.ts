import type { HttpMethod } from '@azure/functions'
import {
  AccessDenied,
  ApiAuth,
  Auth,
  type AuthorizationContext,
  type FunctionResponse,
  type Handler,
  toHttpResponseInit,
} from 'identity-web/azure-functions'
import type { FunctionsLibrary } from '../../serverless/functions-worker.ts'
import type { ContractOptions, ContractVariant } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { addForwards } from './forwards.ts'
import { lateToken } from './late-token.ts'
import { STRANGER, callGraph, stream, toCode } from '../next-app/responses.ts'

const METHODS: HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** A handler without a guard, or with one. */
type Page = (...args: Parameters<Handler>) => FunctionResponse | Promise<FunctionResponse>

/** Registers the pages of the contract on `identity-web/azure-functions`, each as a function. */
export function registerContract(
  { app }: FunctionsLibrary,
  optionsFor: (prefix: string) => ContractOptions,
  { prefixes, ownRoutes }: Required<ContractVariant>,
): void {
  for (const [index, prefix] of prefixes.entries()) {
    const options = optionsFor(prefix)
    const auth = new Auth(options.auth)
    addForwards(auth, options)
    const api = new ApiAuth(options.api)
    const pages = {
      ...pagesOf(auth),
      ...apiOf(auth, api),
      ...(ownRoutes && routesOf(auth, prefix)),
    }
    for (const [path, page] of Object.entries(pages)) {
      app.http(`page-${index}-${path.replaceAll(/\W/g, '-')}`, {
        route: `${prefix}${path}`,
        methods: METHODS,
        handler: (request, invocation) =>
          auth.respond(request, async () => withOwn(() => page(request, invocation))),
      })
    }
    app.http(`forwarded-${index}`, {
      route: `${prefix}/forwarded/{*path}`,
      methods: METHODS,
      handler: auth.handler,
    })
    app.http(`sign-in-${index}`, {
      route: `${prefix}/auth/{*path}`,
      methods: METHODS,
      handler: auth.handler,
    })
    app.http(`well-known-${index}`, {
      route: '.well-known/{*path}',
      methods: METHODS,
      handler: api.handler,
    })
  }
}

async function withOwn(
  respond: () => FunctionResponse | Promise<FunctionResponse>,
): Promise<FunctionResponse> {
  try {
    const response = toHttpResponseInit(await respond())
    const headers = new Headers(response.headers)
    headers.set('x-own', '1')
    const cookies = [...(response.cookies ?? []), { name: 'own', value: '1' }]
    return { ...response, headers: Object.fromEntries(headers), cookies }
  } catch (error) {
    return { status: 418, body: (error as Error).message }
  }
}

function routesOf(auth: Auth, prefix: string): Record<string, Page> {
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

function pagesOf(auth: Auth): Record<string, Page> {
  return {
    '/': auth.loginRequired((_request, context) => ({ jsonBody: context })),
    '/call': auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
      const answer = await context.fetch('/me')
      return { jsonBody: { status: answer.status, body: await answer.json() } }
    }),
    '/script': auth.loginRequired({ challenge: 'unauthorized' }, () => ({})),
    '/from-anywhere': auth.loginRequired({ csrf: false }, async (request) => ({
      jsonBody: (await auth.getUser(request)) ?? null,
    })),
    '/page': auth.loginRequired({ challenge: 'redirect' }, () => ({})),
    '/throws': auth.loginRequired(async () => Promise.reject(new Error('from the handler'))),
    '/approvers': auth.loginRequired({ roles: ['Todos.Approver'] }, () => ({ body: 'in' })),
    '/denied': auth.loginRequired(() => {
      throw new AccessDenied({ message: 'Only for <members>.' })
    }),
    '/throws-at-once': auth.loginRequired(() => {
      throw new Error('from the handler')
    }),
    '/stream': auth.loginRequired(() => new Response(stream())),
    '/cookies': auth.loginRequired(() => ({
      cookies: [
        { name: 'one', value: '1' },
        { name: 'two', value: '2' },
      ],
    })),
    '/echo': auth.loginRequired(async (request) => ({
      jsonBody: (await request.formData()).get('a') as unknown,
    })),
    // `jsonBody: null` is an empty body.
    '/user': async (request) => Response.json((await auth.getUser(request)) ?? null),
    '/browser-session': async (request) => Response.json(await auth.browserSession(request)),
    '/whole': async (request) => Response.json((await auth.getContext(request)) ?? null),
    '/token': (request) =>
      auth.getTokenForUser(request, 'User.Read').then((token) => ({ jsonBody: token }), toCode),
    '/late-token': (request) => ({
      body: lateToken(() => auth.getTokenForUser(request, 'User.Read')),
    }),
    '/mail-token': auth.loginRequired(async (request) => ({
      jsonBody: await auth.getTokenForUser(request, 'Mail.Read'),
    })),
    '/keep': auth.loginRequired(async (request, context) => ({
      jsonBody: await keep(context, request.url),
    })),
    '/kept': async () => ({ jsonBody: await useKept() }),
    '/sdk/cause': auth.loginRequired((_request, context) => callWithSdk(context, 'cause')),
    '/sdk/message': auth.loginRequired((_request, context) => callWithSdk(context, 'message')),
    '/rename': auth.loginRequired(async (request, { user }) => {
      await auth.updateUser(request, { ...user, name: 'Renamed' })
      return { jsonBody: 'done' }
    }),
    '/rename-stranger': (request) =>
      auth.updateUser(request, STRANGER).then(() => ({ jsonBody: 'done' }), toCode),
    '/app-token': async () => ({
      jsonBody: await auth.getTokenForClient('https://graph.microsoft.com/.default'),
    }),
    '/caught': async (request) => {
      try {
        return { jsonBody: await auth.getTokenForUser(request, 'Mail.Read') }
      } catch (error) {
        return auth.toResponse(request, error)
      }
    },
    '/authenticated': async (request) => {
      const session = await auth.authenticate(request)
      return session.ok
        ? { jsonBody: session.context.user }
        : auth.toResponse(request, session.error)
    },
    '/not-ours': (request) => auth.toResponse(request, new Error('not ours')),
    '/edit-profile': async (request) =>
      Response.json((await auth.getEditProfileUrl(request)) ?? null),
    '/switch': (request) => auth.login(request, { prompt: 'select_account', returnTo: '/user' }),
    '/leave': (request) => auth.logout(request, 'https://example.com/goodbye'),
  }
}

function apiOf(auth: Auth, api: ApiAuth): Record<string, Page> {
  const show = ({ user, app: client }: AuthorizationContext): FunctionResponse => ({
    jsonBody: user === undefined ? { app: client.clientId } : { user: user.oid },
  })
  const asked = { scopes: ['Todos.Read'] } as const
  return {
    '/api/todos': api.authorizationRequired(
      { ...asked, appPermissions: ['Todos.Read.All'] },
      (_request, context) => show(context),
    ),
    '/api/graph': api.authorizationRequired(asked, (_request, context) => callGraph(context)),
    '/api/sdk': api.authorizationRequired(asked, (_request, context) =>
      callWithSdk(context, 'message'),
    ),
    '/api/throws': api.authorizationRequired(asked, async () => {
      throw new Error('from the handler')
    }),
    '/either': auth.orBearer(api).required({ authorization: asked }, (_request, context) => ({
      jsonBody:
        context.kind === 'bearer' ? { bearer: context.user.oid } : { session: context.claims.oid },
    })),
    '/context-of': auth.orBearer(api).required({ authorization: asked }, (request) => ({
      jsonBody: contextsOf({ auth, api }, request),
    })),
    '/context-of/open': async (request) => ({ jsonBody: contextsOf({ auth, api }, request) }),
    '/either-own-401': auth.orBearer(api).required(() => ({ status: 401 })),
  }
}
