import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import type express5 from 'express'
import type { ErrorRequestHandler, Express, Request } from 'express'
import {
  AccessDenied,
  ApiAuth,
  Auth,
  type AuthorizationContext,
  IdentityError,
  loginRequired,
  McpAuth,
} from 'identity-web/express'
import type { ContractOptions, ContractVariant } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { describeCaller, EVENTS, TOOLS } from '../next-app/mcp-pages.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { addForwards } from './forwards.ts'
import { lateToken } from './late-token.ts'

/** The user of a visitor who is not signed in. */
const STRANGER = { iss: 'nobody', sub: 'nobody' }

/**
 * The pages of the contract on `identity-web/express`.
 *
 * @param express - Express 4 or 5.
 */
export function createExpressApp(
  express: typeof express5,
  optionsFor: (prefix: string) => ContractOptions,
  { prefixes, parsesBodies, deferred, ownRoutes }: Required<ContractVariant>,
): Express {
  const root = express()
  for (const prefix of prefixes) {
    const options = optionsFor(prefix)
    const app = prefix === '' ? root : express()
    if (prefix !== '') root.use(prefix, app)
    if (parsesBodies) app.use(express.urlencoded({ extended: true }))
    app.use((_req, res, next) => {
      res.cookie('own', '1').setHeader('x-own', '1')
      next()
    })
    const auth = deferred ? new Auth(options.auth) : new Auth(app, options.auth)
    addForwards(auth, options)
    if (ownRoutes) addOwnRoutes(app, auth)
    addPages(app, auth)
    addApi(app, auth, new ApiAuth(app, options.api))
    addMcp(app, new McpAuth(app, options.mcp))
    if (deferred) auth.initApp(app)
    app.use(answerError)
  }
  return root
}

/** Answers the errors of handlers. */
export const answerError: ErrorRequestHandler = (error: Error, _req, res, _next) => {
  res.status(418).send(error.message)
}

function addOwnRoutes(app: Express, auth: Auth): void {
  const below = (path: string): string => path.slice(path.indexOf('/auth/'))
  app.all(
    below(auth.paths.callback),
    (req, res, next) => void auth.completeLogin(req, res).catch(next),
  )
  app.get(below(auth.paths.login), (req, res, next) => void auth.login(req, res).catch(next))
  app.all(below(auth.paths.logout), (req, res, next) => void auth.logout(req, res).catch(next))
  app.get(
    below(auth.paths.frontChannelLogout),
    (req, res, next) => void auth.handleLogout('front-channel', req, res).catch(next),
  )
  app.post(
    below(auth.paths.backChannelLogout),
    (req, res, next) => void auth.handleLogout('back-channel', req, res).catch(next),
  )
  app.all('/auth/session', (req, res, next) => void auth.sendBrowserSession(req, res).catch(next))
}

function addPages(app: Express, auth: Auth): void {
  app.get(
    '/',
    auth.loginRequired((_req, res, context) => void res.json(context)),
  )
  app.all('/middleware', auth.loginRequired(), (req, res) => void res.json(req.identity))
  app.get(
    '/standalone',
    loginRequired((_req, res, context) => void res.json(context)),
  )
  app.get(
    '/call',
    auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
      const answer = await context.fetch('/me')
      res.json({ status: answer.status, body: await answer.json() })
    }),
  )
  app.get(
    '/script',
    auth.loginRequired({ challenge: 'unauthorized' }, (_req, res) => void res.end()),
  )
  app.all(
    '/from-anywhere',
    auth.loginRequired(
      { csrf: false },
      async (req, res) => void res.json((await auth.getUser(req)) ?? null),
    ),
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
    '/approvers',
    auth.loginRequired({ roles: ['Todos.Approver'] }, (_req, res) => void res.end('in')),
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
    auth.loginRequired((_req, res) => {
      res.write('one')
      setTimeout(() => res.end('two'), 5)
    }),
  )
  app.get(
    '/cookies',
    auth.loginRequired((_req, res) => void res.cookie('one', '1').cookie('two', '2').end()),
  )
  app.post(
    '/echo',
    auth.loginRequired(async (req, res) => void res.json((await formOf(req)).get('a'))),
  )
  app.all('/user', (req, res, next) => {
    auth.getUser(req).then((user) => res.json(user ?? null), next)
  })
  app.get('/browser-session', (req, res, next) => {
    auth.browserSession(req).then((session) => res.json(session), next)
  })
  app.all('/whole', (req, res, next) => {
    auth.getContext(req).then((context) => res.json(context ?? null), next)
  })
  app.all('/token', (req, res, next) => {
    auth.getTokenForUser(req, 'User.Read').then(
      (token) => res.json(token),
      (error: unknown) => (IdentityError.is(error) ? res.json({ code: error.code }) : next(error)),
    )
  })
  app.get('/late-token', (req, res) => {
    Readable.fromWeb(lateToken(() => auth.getTokenForUser(req, 'User.Read')) as never).pipe(res)
  })
  app.get(
    '/mail-token',
    auth.loginRequired(async (req, res) => {
      res.json(await auth.getTokenForUser(req, 'Mail.Read'))
    }),
  )
  app.get(
    '/keep',
    auth.loginRequired(async (req, res, context) => void res.json(await keep(context, req.url))),
  )
  app.get('/kept', (_req, res, next) => {
    useKept().then((result) => res.json(result), next)
  })
  for (const wrapper of ['cause', 'message'] as const) {
    app.get(
      `/sdk/${wrapper}`,
      auth.loginRequired((_req, _res, context) => callWithSdk(context, wrapper)),
    )
  }
  app.get(
    '/rename',
    auth.loginRequired(async (req, res, { user }) => {
      await auth.updateUser(req, { ...user, name: 'Renamed' })
      res.json('done')
    }),
  )
  app.all('/rename-stranger', (req, res, next) => {
    auth.updateUser(req, STRANGER).then(
      () => res.json('done'),
      (error: unknown) => (IdentityError.is(error) ? res.json({ code: error.code }) : next(error)),
    )
  })
  app.get('/app-token', (_req, res, next) => {
    auth
      .getTokenForClient('https://graph.microsoft.com/.default')
      .then((token) => res.json(token), next)
  })
  app.get('/caught', (req, res, next) => {
    auth
      .getTokenForUser(req, 'Mail.Read')
      .then((token) => res.json(token))
      .catch((error: unknown) => auth.sendResponse(req, res, error))
      .catch(next)
  })
  app.all('/authenticated', (req, res, next) => {
    auth
      .authenticate(req, { res })
      .then((session) =>
        session.ok
          ? void res.json(session.context.user)
          : auth.sendResponse(req, res, session.error),
      )
      .catch(next)
  })
  app.get('/not-ours', (req, res, next) => {
    auth.sendResponse(req, res, new Error('not ours')).catch(next)
  })
  app.get('/edit-profile', (req, res, next) => {
    auth.getEditProfileUrl(req).then((url) => res.json(url ?? null), next)
  })
  app.get('/switch', (req, res, next) => {
    auth.login(req, res, { prompt: 'select_account', returnTo: '/user' }).catch(next)
  })
  app.get('/leave', (req, res, next) => {
    auth.logout(req, res, 'https://example.com/goodbye').catch(next)
  })
}

async function formOf(req: Request): Promise<URLSearchParams> {
  if (req.body !== undefined) return new URLSearchParams(req.body as Record<string, string>)
  return new URLSearchParams(await readText(req))
}

function addApi(app: Express, auth: Auth, api: ApiAuth): void {
  const todos = { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] } as const
  const show = ({ user, app: client }: AuthorizationContext): object =>
    user === undefined ? { app: client.clientId } : { user: user.oid }
  const askGraph = async (context: AuthorizationContext): Promise<string> => {
    await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
    return 'got'
  }
  app.get(
    '/api/todos',
    api.authorizationRequired(todos, (_req, res, context) => void res.json(show(context))),
  )
  app.get('/api/middleware', api.authorizationRequired(todos), (req, res) => {
    res.json(req.identity === api.contextOf(req) && show(api.contextOf(req)))
  })
  app.get(
    '/api/graph',
    api.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
      res.send(await askGraph(context))
    }),
  )
  app.get('/api/middleware/graph', api.authorizationRequired(todos), (req, res, next) => {
    askGraph(api.contextOf(req)).then((text) => res.send(text), next)
  })
  app.get(
    '/api/sdk',
    api.authorizationRequired(todos, (_req, _res, context) => callWithSdk(context, 'message')),
  )
  app.get('/api/middleware/sdk', api.authorizationRequired(todos), (req, _res, next) => {
    callWithSdk(api.contextOf(req), 'cause').catch(next)
  })
  app.get(
    '/api/throws',
    api.authorizationRequired({ scopes: ['Todos.Read'] }, async () => {
      throw new Error('from the handler')
    }),
  )
  app.all(
    '/either',
    auth
      .orBearer(api)
      .required({ authorization: { scopes: ['Todos.Read'] } }, (_req, res, context) => {
        res.json(
          context.kind === 'bearer'
            ? { bearer: context.user.oid }
            : { session: context.claims.oid },
        )
      }),
  )
  app.get(
    '/context-of',
    auth
      .orBearer(api)
      .required(
        { authorization: { scopes: ['Todos.Read'] } },
        (req, res) => void res.json(contextsOf({ auth, api }, req)),
      ),
  )
  app.get('/context-of/open', (req, res) => void res.json(contextsOf({ auth, api }, req)))
  app.get(
    '/either-own-401',
    auth.orBearer(api).required((_req, res) => void res.status(401).end()),
  )
  app.use(api.errorHandler)
}

function addMcp(app: Express, mcp: McpAuth): void {
  app.all(
    '/mcp',
    mcp.authorizationRequired((req, res, context) => {
      res.json(describeCaller(context, Reflect.get(req, 'auth')))
    }),
  )
  app.all('/mcp/middleware', mcp.authorizationRequired(), (req, res) => {
    res.json(describeCaller(mcp.contextOf(req), Reflect.get(req, 'auth')))
  })
  app.post('/mcp/tools', mcp.authorizationRequired(TOOLS), (req, res) => {
    res.json({ received: req.body as unknown })
  })
  app.get(
    '/mcp/stream',
    mcp.authorizationRequired(
      (_req, res) => void res.writeHead(200, EVENTS).write('data: one\n\n'),
    ),
  )
}
