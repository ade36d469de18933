import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import {
  appendResponseHeader,
  defineEventHandler,
  readBody,
  readFormData,
  setResponseStatus,
  type App,
  type EventHandler,
} from 'h3'
import {
  AccessDenied,
  ApiAuth,
  Auth,
  type AuthorizationContext,
  IdentityError,
} from 'identity-web/h3'
import type { ContractOptions, ContractVariant } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { addForwards } from './forwards.ts'
import { lateToken } from './late-token.ts'

/** The user of a visitor who is not signed in. */
const STRANGER = { iss: 'nobody', sub: 'nobody' }

type Route = (path: string, handler: EventHandler) => unknown

/** Gives an application of h3 the pages of the contract. */
export function addContract(
  app: App,
  options: ContractOptions,
  {
    prefix,
    parsesBodies,
    ownRoutes,
  }: Pick<ContractVariant, 'parsesBodies' | 'ownRoutes'> & {
    readonly prefix: string
  },
): void {
  const use = (handler: EventHandler): unknown => app.use(prefix === '' ? '/' : prefix, handler)
  const route: Route = (path, handler) =>
    use(
      defineEventHandler((event) =>
        (event.path.split('?', 1)[0] ?? '') === path ? handler(event) : undefined,
      ),
    )
  const auth = new Auth(options.auth)
  addForwards(auth, options)
  const api = new ApiAuth(options.api)
  use(
    defineEventHandler((event) => {
      appendResponseHeader(event, 'set-cookie', 'own=1; Path=/')
      appendResponseHeader(event, 'x-own', '1')
    }),
  )
  if (parsesBodies === true) {
    use(
      defineEventHandler(
        async (event) => void (event.method === 'POST' && (await readBody(event))),
      ),
    )
  }
  use(defineEventHandler((event) => auth.handle(event)))
  use(defineEventHandler((event) => api.handle(event)))
  if (ownRoutes === true) addOwnRoutes(route, auth, prefix)
  addPages(route, auth)
  addApi(route, auth, api)
}

function addOwnRoutes(route: Route, auth: Auth, prefix: string): void {
  const below = (path: string): string => path.slice(prefix.length)
  route(below(auth.paths.callback), (event) => auth.completeLogin(event))
  route(below(auth.paths.login), (event) => auth.login(event))
  route(below(auth.paths.logout), (event) => auth.logout(event))
  route(below(auth.paths.frontChannelLogout), (event) => auth.handleLogout('front-channel', event))
  route(below(auth.paths.backChannelLogout), (event) => auth.handleLogout('back-channel', event))
  route('/auth/session', (event) => auth.sendBrowserSession(event))
}

const show: EventHandler = (event) => event.context.identity

/** A value as JSON, also if it is a string or `null`. */
const json = (value: unknown): Response => Response.json(value ?? null)

function addPages(route: Route, auth: Auth): void {
  route(
    '/',
    auth.loginRequired((_event, context) => context),
  )
  route('/middleware', behind(auth.loginRequired(), show))
  route(
    '/call',
    auth.loginRequired({ scopes: ['User.Read'] }, async (_event, context) => {
      const answer = await context.fetch('/me')
      return { status: answer.status, body: (await answer.json()) as unknown }
    }),
  )
  route(
    '/script',
    auth.loginRequired({ challenge: 'unauthorized' }, () => ''),
  )
  route(
    '/from-anywhere',
    auth.loginRequired({ csrf: false }, async (event) => json(await auth.getUser(event))),
  )
  route(
    '/page',
    auth.loginRequired({ challenge: 'redirect' }, () => ''),
  )
  route(
    '/throws',
    auth.loginRequired(async () => Promise.reject(new Error('from the handler'))),
  )
  route(
    '/approvers',
    auth.loginRequired({ roles: ['Todos.Approver'] }, () => 'in'),
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
    auth.loginRequired(() => Readable.from(twoParts())),
  )
  route(
    '/cookies',
    auth.loginRequired((event) => {
      appendResponseHeader(event, 'set-cookie', 'one=1')
      appendResponseHeader(event, 'set-cookie', 'two=2')
      return ''
    }),
  )
  route(
    '/echo',
    auth.loginRequired(async (event) => json((await readFormData(event)).get('a'))),
  )
  route(
    '/user',
    defineEventHandler(async (event) => json(await auth.getUser(event))),
  )
  route(
    '/browser-session',
    defineEventHandler(async (event) => json(await auth.browserSession(event))),
  )
  route(
    '/whole',
    defineEventHandler(async (event) => json(await auth.getContext(event))),
  )
  route(
    '/token',
    defineEventHandler(async (event) => {
      try {
        return await auth.getTokenForUser(event, 'User.Read')
      } catch (error) {
        return codeOf(error)
      }
    }),
  )
  route(
    '/late-token',
    defineEventHandler((event) =>
      Readable.fromWeb(lateToken(() => auth.getTokenForUser(event, 'User.Read')) as never),
    ),
  )
  route(
    '/mail-token',
    auth.loginRequired((event) => auth.getTokenForUser(event, 'Mail.Read')),
  )
  route(
    '/keep',
    auth.loginRequired((event, context) => keep(context, event.path)),
  )
  route('/kept', defineEventHandler(useKept))
  for (const wrapper of ['cause', 'message'] as const) {
    route(
      `/sdk/${wrapper}`,
      auth.loginRequired((_event, context) => callWithSdk(context, wrapper)),
    )
  }
  route(
    '/rename',
    auth.loginRequired(async (event, { user }) => {
      await auth.updateUser(event, { ...user, name: 'Renamed' })
      return json('done')
    }),
  )
  route(
    '/rename-stranger',
    defineEventHandler(async (event) => {
      try {
        await auth.updateUser(event, STRANGER)
        return json('done')
      } catch (error) {
        return codeOf(error)
      }
    }),
  )
  route(
    '/app-token',
    defineEventHandler(() => auth.getTokenForClient('https://graph.microsoft.com/.default')),
  )
  route(
    '/caught',
    defineEventHandler(async (event) => {
      try {
        return await auth.getTokenForUser(event, 'Mail.Read')
      } catch (error) {
        return auth.toResponse(event, error)
      }
    }),
  )
  route(
    '/authenticated',
    defineEventHandler(async (event) => {
      const session = await auth.authenticate(event, { res: event.node.res })
      return session.ok ? session.context.user : auth.toResponse(event, session.error)
    }),
  )
  route(
    '/not-ours',
    defineEventHandler((event) => auth.toResponse(event, new Error('not ours'))),
  )
  route(
    '/edit-profile',
    defineEventHandler(async (event) => json(await auth.getEditProfileUrl(event))),
  )
  route(
    '/switch',
    defineEventHandler((event) =>
      auth.login(event, { prompt: 'select_account', returnTo: '/user' }),
    ),
  )
  route(
    '/leave',
    defineEventHandler((event) => auth.logout(event, 'https://example.com/goodbye')),
  )
}

function codeOf(error: unknown): { readonly code: string } {
  if (!IdentityError.is(error)) throw error
  return { code: error.code }
}

/** A middleware, and the handler after it. */
function behind(guard: EventHandler, handler: EventHandler): EventHandler {
  return defineEventHandler(async (event) => (await guard(event)) ?? (await handler(event)))
}

async function* twoParts(): AsyncGenerator<string> {
  yield 'one'
  await pause(5)
  yield 'two'
}

function addApi(route: Route, auth: Auth, api: ApiAuth): void {
  const asked = { scopes: ['Todos.Read'] } as const
  const todos = { ...asked, appPermissions: ['Todos.Read.All'] } as const
  const callerIn = ({ user, app: client }: AuthorizationContext): object =>
    user === undefined ? { app: client.clientId } : { user: user.oid }
  route(
    '/api/todos',
    api.authorizationRequired(todos, (_event, context) => callerIn(context)),
  )
  route(
    '/api/middleware',
    behind(
      api.authorizationRequired(todos),
      defineEventHandler((event) => callerIn(api.contextOf(event))),
    ),
  )
  route(
    '/api/graph',
    api.authorizationRequired(asked, async (_event, context) => {
      await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
      return 'got'
    }),
  )
  route(
    '/api/middleware/graph',
    behind(
      api.authorizationRequired(asked),
      defineEventHandler(async (event) => {
        try {
          await api.contextOf(event).getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
          return 'got'
        } catch (error) {
          return api.toResponse(event, error, asked)
        }
      }),
    ),
  )
  route(
    '/api/sdk',
    api.authorizationRequired(asked, (_event, context) => callWithSdk(context, 'message')),
  )
  route(
    '/api/middleware/sdk',
    behind(
      api.authorizationRequired(asked),
      defineEventHandler((event) =>
        callWithSdk(api.contextOf(event), 'cause').catch((error: unknown) =>
          api.toResponse(event, error, asked),
        ),
      ),
    ),
  )
  route(
    '/api/throws',
    api.authorizationRequired(asked, async () => {
      throw new Error('from the handler')
    }),
  )
  route(
    '/either',
    auth
      .orBearer(api)
      .required({ authorization: asked }, (_event, context) =>
        context.kind === 'bearer' ? { bearer: context.user.oid } : { session: context.claims.oid },
      ),
  )
  route(
    '/context-of',
    auth
      .orBearer(api)
      .required({ authorization: asked }, (event) => contextsOf({ auth, api }, event)),
  )
  route(
    '/context-of/open',
    defineEventHandler((event) => contextsOf({ auth, api }, event)),
  )
  route(
    '/either-own-401',
    auth.orBearer(api).required((event) => {
      setResponseStatus(event, 401)
      return ''
    }),
  )
}
