import { AccessDenied } from 'identity-web'
import type { ApiAuth, Auth } from 'identity-web/sveltekit'
import { contextsOf } from '../next-app/contexts.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
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

type Event = Parameters<Auth['login']>[0]

/** Endpoints by path. Those of Astro receive a similar event. */
export type EventPages = Record<string, (event: Event) => Response | Promise<Response>>

/** The pages of the contract, for frameworks whose handlers receive one event with the request. */
export function eventPages(auth: Auth, api: ApiAuth): EventPages {
  return { ...pagesOf(auth), ...apiOf(auth, api) }
}

/** The routes of sign-in as routes of the application. */
export function eventRoutes(auth: Auth, prefix: string): EventPages {
  const below = (path: string): string => path.slice(prefix.length)
  return {
    [below(auth.paths.callback)]: (event) => auth.completeLogin(event),
    [below(auth.paths.login)]: (event) => auth.login(event),
    [below(auth.paths.logout)]: (event) => auth.logout(event),
    [below(auth.paths.frontChannelLogout)]: (event) => auth.handleLogout('front-channel', event),
    [below(auth.paths.backChannelLogout)]: (event) => auth.handleLogout('back-channel', event),
    '/auth/session': (event) => auth.sendBrowserSession(event),
  }
}

function pagesOf(auth: Auth): EventPages {
  return {
    '/': auth.loginRequired((_event, context) => json(context)),
    '/call': auth.loginRequired({ scopes: ['User.Read'] }, async (_event, context) => {
      const answer = await context.fetch('/me')
      return json({ status: answer.status, body: await answer.json() })
    }),
    '/script': auth.loginRequired({ challenge: 'unauthorized' }, () => new Response()),
    '/from-anywhere': auth.loginRequired({ csrf: false }, async (event) =>
      json((await auth.getUser(event)) ?? null),
    ),
    '/page': auth.loginRequired({ challenge: 'redirect' }, () => new Response()),
    '/throws': auth.loginRequired(async (): Promise<Response> =>
      Promise.reject(new Error('from the handler')),
    ),
    '/approvers': auth.loginRequired({ roles: ['Todos.Approver'] }, () => new Response('in')),
    '/denied': auth.loginRequired((): Response => {
      throw new AccessDenied({ message: 'Only for <members>.' })
    }),
    '/throws-at-once': auth.loginRequired((): Response => {
      throw new Error('from the handler')
    }),
    '/stream': auth.loginRequired(() => new Response(stream())),
    '/cookies': auth.loginRequired(() => setTwoCookies()),
    '/echo': auth.loginRequired(async ({ request }) => json((await request.formData()).get('a'))),
    '/user': async (event) => json((await auth.getUser(event)) ?? null),
    '/browser-session': async (event) => json(await auth.browserSession(event)),
    '/whole': async (event) => json((await auth.getContext(event)) ?? null),
    '/token': (event) =>
      auth.getTokenForUser(event, 'User.Read').then((token) => json(token), toCode),
    '/late-token': (event) =>
      new Response(lateToken(() => auth.getTokenForUser(event, 'User.Read'))),
    '/mail-token': auth.loginRequired(async (event) =>
      json(await auth.getTokenForUser(event, 'Mail.Read')),
    ),
    '/keep': auth.loginRequired(async ({ request }, context) =>
      json(await keep(context, request.url)),
    ),
    '/kept': async () => json(await useKept()),
    '/sdk/cause': auth.loginRequired((_event, context) => callWithSdk(context, 'cause')),
    '/sdk/message': auth.loginRequired((_event, context) => callWithSdk(context, 'message')),
    '/rename': auth.loginRequired(async (event, { user }) => {
      await auth.updateUser(event, { ...user, name: 'Renamed' })
      return json('done')
    }),
    '/rename-stranger': (event) =>
      auth.updateUser(event, STRANGER).then(() => json('done'), toCode),
    '/app-token': async () =>
      json(await auth.getTokenForClient('https://graph.microsoft.com/.default')),
    '/caught': async (event) => {
      try {
        return json(await auth.getTokenForUser(event, 'Mail.Read'))
      } catch (error) {
        return auth.toResponse(event, error)
      }
    },
    '/authenticated': async (event) => {
      const session = await auth.authenticate(event)
      return session.ok ? json(session.context.user) : auth.toResponse(event, session.error)
    },
    '/not-ours': (event) => auth.toResponse(event, new Error('not ours')),
    '/edit-profile': async (event) => json((await auth.getEditProfileUrl(event)) ?? null),
    '/switch': (event) => auth.login(event, { prompt: 'select_account', returnTo: '/user' }),
    '/leave': (event) => auth.logout(event, 'https://example.com/goodbye'),
  }
}

function apiOf(auth: Auth, api: ApiAuth): EventPages {
  const asked = { scopes: ['Todos.Read'] } as const
  const either = auth.orBearer(api)
  return {
    '/api/todos': api.authorizationRequired(
      { ...asked, appPermissions: ['Todos.Read.All'] },
      (_event, context) => showCaller(context),
    ),
    '/api/graph': api.authorizationRequired(asked, (_event, context) => callGraph(context)),
    '/api/sdk': api.authorizationRequired(asked, (_event, context) =>
      callWithSdk(context, 'message'),
    ),
    '/api/throws': api.authorizationRequired(asked, async (): Promise<Response> => {
      throw new Error('from the handler')
    }),
    '/either': either.required({ authorization: asked }, (_event, context) =>
      json(
        context.kind === 'bearer' ? { bearer: context.user.oid } : { session: context.claims.oid },
      ),
    ),
    '/context-of': either.required({ authorization: asked }, (event) =>
      json(contextsOf({ auth, api }, event)),
    ),
    '/context-of/open': (event) => json(contextsOf({ auth, api }, event)),
    '/either-own-401': either.required(() => new Response(null, { status: 401 })),
  }
}
