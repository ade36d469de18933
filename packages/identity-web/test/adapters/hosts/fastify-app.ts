import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  AccessDenied,
  ApiAuth,
  Auth,
  type AuthorizationContext,
  IdentityError,
  loginRequired,
  McpAuth,
} from 'identity-web/fastify'
import type { ContractOptions, ContractVariant } from '../contract/bench.ts'
import { contextsOf } from '../next-app/contexts.ts'
import { describeCaller, EVENTS, TOOLS } from '../next-app/mcp-pages.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { addForwards } from './forwards.ts'
import { lateToken } from './late-token.ts'

/** The user of a visitor who is not signed in. */
const STRANGER = { iss: 'nobody', sub: 'nobody' }

/** The pages of the contract on `identity-web/fastify`: a part of an application. */
export async function addContract(
  app: FastifyInstance,
  options: ContractOptions,
  { parsesBodies, deferred, ownRoutes }: ContractVariant,
): Promise<void> {
  app.setErrorHandler((error: Error, _request, reply) => reply.code(418).send(error.message))
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('set-cookie', 'own=1').header('x-own', '1')
  })
  if (parsesBodies) await app.register(formbody)
  else {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      (_request: FastifyRequest, payload: unknown, done: (error: null, body: unknown) => void) =>
        done(null, payload),
    )
  }
  const auth = deferred ? new Auth(options.auth) : new Auth(app, options.auth)
  addForwards(auth, options)
  if (deferred) await app.register(auth.plugin())
  const api = new ApiAuth(app, options.api)
  const mcp = new McpAuth(app, options.mcp)
  if (ownRoutes) addOwnRoutes(app, auth)
  addPages(app, auth)
  addApi(app, auth, api)
  addMcp(app, mcp)
}

function addOwnRoutes(app: FastifyInstance, auth: Auth): void {
  const below = (path: string): string => path.slice(path.indexOf('/auth/'))
  const method = ['GET', 'POST']
  app.route({
    method,
    url: below(auth.paths.callback),
    handler: (request, reply) => auth.completeLogin(request, reply),
  })
  app.get(below(auth.paths.login), (request, reply) => auth.login(request, reply))
  app.route({
    method,
    url: below(auth.paths.logout),
    handler: (request, reply) => auth.logout(request, reply),
  })
  app.get(below(auth.paths.frontChannelLogout), (request, reply) =>
    auth.handleLogout('front-channel', request, reply),
  )
  app.post(below(auth.paths.backChannelLogout), (request, reply) =>
    auth.handleLogout('back-channel', request, reply),
  )
  app.all('/auth/session', (request, reply) => auth.sendBrowserSession(request, reply))
}

function addPages(app: FastifyInstance, auth: Auth): void {
  app.get(
    '/',
    auth.loginRequired(async (_request, _reply, context) => context),
  )
  app.all('/middleware', { preHandler: auth.loginRequired() }, async (request) => request.identity)
  app.get(
    '/standalone',
    loginRequired((_request, _reply, context) => context),
  )
  app.get(
    '/call',
    auth.loginRequired({ scopes: ['User.Read'] }, async (_request, _reply, context) => {
      const answer = await context.fetch('/me')
      return { status: answer.status, body: await answer.json() }
    }),
  )
  app.get(
    '/script',
    auth.loginRequired({ challenge: 'unauthorized' }, async () => ''),
  )
  app.all(
    '/from-anywhere',
    auth.loginRequired({ csrf: false }, async (request) => orNull(await auth.getUser(request))),
  )
  app.all(
    '/page',
    auth.loginRequired({ challenge: 'redirect' }, async () => ''),
  )
  app.get(
    '/throws',
    auth.loginRequired(async () => Promise.reject(new Error('from the handler'))),
  )
  app.get(
    '/approvers',
    auth.loginRequired({ roles: ['Todos.Approver'] }, async () => 'in'),
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
    auth.loginRequired((_request, reply) => reply.type('text/plain').send(Readable.from(words()))),
  )
  app.get(
    '/cookies',
    auth.loginRequired((_request, reply) => {
      reply.header('set-cookie', 'one=1').header('set-cookie', 'two=2').send()
    }),
  )
  app.post(
    '/echo',
    auth.loginRequired(async (request) => JSON.stringify((await formOf(request)).get('a'))),
  )
  app.all('/user', async (request) => orNull(await auth.getUser(request)))
  app.get('/browser-session', (request) => auth.browserSession(request))
  app.all('/whole', async (request) => orNull(await auth.getContext(request)))
  app.all('/token', async (request) => {
    try {
      return await auth.getTokenForUser(request, 'User.Read')
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      return { code: error.code }
    }
  })
  app.get('/late-token', (request, reply) =>
    reply.send(
      Readable.fromWeb(lateToken(() => auth.getTokenForUser(request, 'User.Read')) as never),
    ),
  )
  app.get(
    '/mail-token',
    auth.loginRequired((request) => auth.getTokenForUser(request, 'Mail.Read')),
  )
  app.get(
    '/keep',
    auth.loginRequired((request, _reply, context) => keep(context, request.url)),
  )
  app.get('/kept', useKept)
  for (const wrapper of ['cause', 'message'] as const) {
    app.get(
      `/sdk/${wrapper}`,
      auth.loginRequired((_request, _reply, context) => callWithSdk(context, wrapper)),
    )
  }
  app.get(
    '/rename',
    auth.loginRequired(async (request, _reply, { user }) => {
      await auth.updateUser(request, { ...user, name: 'Renamed' })
      return '"done"'
    }),
  )
  app.all('/rename-stranger', async (request) => {
    try {
      await auth.updateUser(request, STRANGER)
      return '"done"'
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      return { code: error.code }
    }
  })
  app.get('/app-token', () => auth.getTokenForClient('https://graph.microsoft.com/.default'))
  app.get('/caught', async (request, reply) => {
    try {
      return await auth.getTokenForUser(request, 'Mail.Read')
    } catch (error) {
      await auth.sendResponse(request, reply, error)
      return reply
    }
  })
  app.all('/authenticated', async (request, reply) => {
    const session = await auth.authenticate(request, { res: reply.raw })
    if (session.ok) return session.context.user
    await auth.sendResponse(request, reply, session.error)
    return reply
  })
  app.get('/not-ours', (request, reply) => auth.sendResponse(request, reply, new Error('not ours')))
  app.get('/edit-profile', async (request) => orNull(await auth.getEditProfileUrl(request)))
  app.get('/switch', (request, reply) =>
    auth.login(request, reply, { prompt: 'select_account', returnTo: '/user' }),
  )
  app.get('/leave', (request, reply) => auth.logout(request, reply, 'https://example.com/goodbye'))
}

// Fastify sends nothing for what is not there.
function orNull(value: unknown): string {
  return JSON.stringify(value ?? null)
}

async function* words(): AsyncGenerator<string> {
  yield 'one'
  await new Promise((resolve) => setTimeout(resolve, 5))
  yield 'two'
}

async function formOf({ body }: FastifyRequest): Promise<URLSearchParams> {
  return new URLSearchParams(
    body instanceof Readable ? await readText(body) : (body as Record<string, string>),
  )
}

function addApi(app: FastifyInstance, auth: Auth, api: ApiAuth): void {
  const asked = { scopes: ['Todos.Read'] } as const
  const todos = { ...asked, appPermissions: ['Todos.Read.All'] } as const
  const show = ({ user, app: client }: AuthorizationContext): object =>
    user === undefined ? { app: client.clientId } : { user: user.oid }
  const askGraph = async (context: AuthorizationContext): Promise<string> => {
    await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
    return 'got'
  }
  app.get(
    '/api/todos',
    api.authorizationRequired(todos, (_request, _reply, context) => show(context)),
  )
  app.get(
    '/api/graph',
    api.authorizationRequired(asked, (_request, _reply, context) => askGraph(context)),
  )
  app.get(
    '/api/sdk',
    api.authorizationRequired(asked, (_request, _reply, context) =>
      callWithSdk(context, 'message'),
    ),
  )
  app.get(
    '/api/throws',
    api.authorizationRequired(asked, async () => {
      throw new Error('from the handler')
    }),
  )
  app.register(async (part) => {
    part.addHook('onRequest', api.authorizationRequired(todos))
    part.setErrorHandler(api.errorHandler)
    part.get('/api/middleware', async (request) => show(api.contextOf(request)))
    part.get('/api/middleware/graph', (request) => askGraph(api.contextOf(request)))
    part.get('/api/middleware/sdk', (request) => callWithSdk(api.contextOf(request), 'cause'))
  })
  app.all(
    '/either',
    auth
      .orBearer(api)
      .required({ authorization: asked }, async (_request, _reply, context) =>
        context.kind === 'bearer' ? { bearer: context.user.oid } : { session: context.claims.oid },
      ),
  )
  app.get(
    '/context-of',
    auth
      .orBearer(api)
      .required({ authorization: asked }, async (request) => contextsOf({ auth, api }, request)),
  )
  app.get('/context-of/open', async (request) => contextsOf({ auth, api }, request))
  app.get(
    '/either-own-401',
    auth.orBearer(api).required((_request, reply: FastifyReply) => reply.code(401).send()),
  )
}

function addMcp(app: FastifyInstance, mcp: McpAuth): void {
  app.all(
    '/mcp',
    mcp.authorizationRequired(async (request, _reply, context) =>
      describeCaller(context, Reflect.get(request.raw, 'auth')),
    ),
  )
  app.all('/mcp/middleware', { onRequest: mcp.authorizationRequired() }, async (request) =>
    describeCaller(mcp.contextOf(request), Reflect.get(request.raw, 'auth')),
  )
  app.post(
    '/mcp/tools',
    mcp.authorizationRequired(TOOLS, async ({ body }) => ({ received: body })),
  )
  app.get(
    '/mcp/stream',
    mcp.authorizationRequired((_request, reply) => {
      // As the official SDK responds.
      reply.hijack()
      reply.raw.writeHead(200, EVENTS).write('data: one\n\n')
    }),
  )
}
