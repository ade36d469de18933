import { setTimeout } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import {
  All,
  Body,
  Controller,
  Get,
  Inject,
  Post,
  Req,
  Res,
  StreamableFile,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import {
  AccessDenied,
  ApiAuth,
  ApiGuard,
  Auth,
  type AuthorizationContext,
  AuthorizationRequired,
  type Claims,
  type EitherContext,
  EitherRequired,
  type GuardedRequest,
  IdentityContext,
  IdentityError,
  type LoginContext,
  LoginGuard,
  LoginRequired,
  type PlatformRequest,
  type PlatformResponse,
  type TokenContext,
} from 'identity-web/nestjs'
import { contextsOf } from '../next-app/contexts.ts'
import { keep, useKept } from '../next-app/kept-credential.ts'
import { callWithSdk } from '../next-app/sdk-call.ts'
import { decorate } from './decorate.ts'
import { lateToken } from '../hosts/late-token.ts'

/** The user of a visitor who is not signed in. */
const STRANGER = { iss: 'nobody', sub: 'nobody' }

const CONTEXT = [IdentityContext()]
const REQUEST = [Req()]
const BOTH = [Req(), Res()]

/** The pages of the contract that are for users. */
export class Pages {
  readonly #auth: Auth

  constructor(auth: Auth) {
    this.#auth = auth
  }

  home(context: LoginContext): LoginContext {
    return context
  }

  middleware({ identity }: GuardedRequest): unknown {
    return identity
  }

  async call(context: TokenContext): Promise<object> {
    const answer = await context.fetch('/me')
    return { status: answer.status, body: await answer.json() }
  }

  async throws(): Promise<never> {
    throw new Error('from the handler')
  }

  approvers(): string {
    return 'in'
  }

  denied(): never {
    throw new AccessDenied({ message: 'Only for <members>.' })
  }

  throwsAtOnce(): never {
    throw new Error('from the handler')
  }

  stream(): StreamableFile {
    async function* parts(): AsyncGenerator<string> {
      yield 'one'
      await setTimeout(5)
      yield 'two'
    }
    return new StreamableFile(Readable.from(parts()))
  }

  cookies(response: PlatformResponse | FastifyReply): void {
    // As handlers set them: Fastify's reply has headers of its own.
    if ('raw' in response) void (response as FastifyReply).header('set-cookie', ['one=1', 'two=2'])
    else response.appendHeader('set-cookie', ['one=1', 'two=2'])
  }

  async echo(request: PlatformRequest, body?: Record<string, string>): Promise<string> {
    const form = body ?? (await text('raw' in request ? request.raw : request))
    return JSON.stringify(new URLSearchParams(form).get('a'))
  }

  async browserSession(request: PlatformRequest): Promise<string> {
    return JSON.stringify(await this.#auth.browserSession(request))
  }

  async whole(request: PlatformRequest): Promise<string> {
    return JSON.stringify((await this.#auth.getContext(request)) ?? null)
  }

  async user(request: PlatformRequest): Promise<string> {
    return JSON.stringify((await this.#auth.getUser(request)) ?? null)
  }

  async token(request: PlatformRequest): Promise<object> {
    try {
      return await this.#auth.getTokenForUser(request, 'User.Read')
    } catch (error) {
      if (IdentityError.is(error)) return { code: error.code }
      throw error
    }
  }

  lateToken(request: PlatformRequest): StreamableFile {
    const stream = lateToken(() => this.#auth.getTokenForUser(request, 'User.Read'))
    return new StreamableFile(Readable.fromWeb(stream as never))
  }

  mailToken(request: PlatformRequest): Promise<object> {
    return this.#auth.getTokenForUser(request, 'Mail.Read')
  }

  keep(context: LoginContext, request: PlatformRequest): Promise<string> {
    return keep(context, (request as { url: string }).url)
  }

  kept(): Promise<object> {
    return useKept()
  }

  sdkCause(context: LoginContext): Promise<never> {
    return callWithSdk(context, 'cause')
  }

  sdkMessage(context: LoginContext): Promise<never> {
    return callWithSdk(context, 'message')
  }

  async rename(request: PlatformRequest): Promise<string> {
    const user = (await this.#auth.getUser(request)) ?? STRANGER
    await this.#auth.updateUser(request, { ...user, name: 'Renamed' })
    return '"done"'
  }

  async renameStranger(request: PlatformRequest): Promise<object> {
    try {
      await this.#auth.updateUser(request, STRANGER)
      return {}
    } catch (error) {
      if (IdentityError.is(error)) return { code: error.code }
      throw error
    }
  }

  appToken(): Promise<object> {
    return this.#auth.getTokenForClient('https://graph.microsoft.com/.default')
  }

  async caught(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    try {
      await this.#auth.getTokenForUser(request, 'Mail.Read')
    } catch (error) {
      await this.#auth.sendResponse(request, response, error)
    }
  }

  async authenticated(
    request: PlatformRequest,
    response: PlatformResponse & { send(body: unknown): unknown },
  ): Promise<void> {
    const res = 'raw' in response ? response.raw : response
    const session = await this.#auth.authenticate(request, { res })
    if (session.ok) response.send(session.context.user)
    else await this.#auth.sendResponse(request, response, session.error)
  }

  notOurs(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.sendResponse(request, response, new Error('not ours'))
  }

  fromAnywhere(request: PlatformRequest): Promise<string> {
    return this.user(request)
  }

  async editProfile(request: PlatformRequest): Promise<string> {
    return JSON.stringify((await this.#auth.getEditProfileUrl(request)) ?? null)
  }

  switch(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.login(request, response, { prompt: 'select_account', returnTo: '/user' })
  }

  leave(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.logout(request, response, 'https://example.com/goodbye')
  }
}

Controller()(Pages)
Inject(Auth)(Pages, undefined, 0)
decorate(Pages, 'home', { on: [Get(), LoginRequired()], parameters: CONTEXT })
decorate(Pages, 'middleware', {
  on: [All('middleware'), UseGuards(LoginGuard)],
  parameters: REQUEST,
})
decorate(Pages, 'call', {
  on: [Get('call'), LoginRequired({ scopes: ['User.Read'] })],
  parameters: CONTEXT,
})
decorate(Pages, 'throws', { on: [Get('throws'), LoginRequired()] })
decorate(Pages, 'approvers', {
  on: [Get('approvers'), LoginRequired({ roles: ['Todos.Approver'] })],
})
decorate(Pages, 'denied', { on: [Get('denied'), LoginRequired()] })
decorate(Pages, 'throwsAtOnce', { on: [Get('throws-at-once'), LoginRequired()] })
decorate(Pages, 'stream', { on: [Get('stream'), LoginRequired()] })
decorate(Pages, 'cookies', {
  on: [Get('cookies'), LoginRequired()],
  parameters: [Res({ passthrough: true })],
})
decorate(Pages, 'echo', { on: [Post('echo'), LoginRequired()], parameters: [Req(), Body()] })
decorate(Pages, 'user', { on: [All('user')], parameters: REQUEST })
decorate(Pages, 'fromAnywhere', {
  on: [All('from-anywhere'), LoginRequired({ csrf: false })],
  parameters: REQUEST,
})
decorate(Pages, 'browserSession', { on: [Get('browser-session')], parameters: REQUEST })
decorate(Pages, 'whole', { on: [All('whole')], parameters: REQUEST })
decorate(Pages, 'token', { on: [All('token')], parameters: REQUEST })
decorate(Pages, 'lateToken', { on: [Get('late-token')], parameters: REQUEST })
decorate(Pages, 'mailToken', { on: [Get('mail-token'), LoginRequired()], parameters: REQUEST })
decorate(Pages, 'keep', {
  on: [Get('keep'), LoginRequired()],
  parameters: [IdentityContext(), Req()],
})
decorate(Pages, 'kept', { on: [Get('kept')] })
decorate(Pages, 'sdkCause', { on: [Get('sdk/cause'), LoginRequired()], parameters: CONTEXT })
decorate(Pages, 'sdkMessage', { on: [Get('sdk/message'), LoginRequired()], parameters: CONTEXT })
decorate(Pages, 'rename', { on: [Get('rename'), LoginRequired()], parameters: REQUEST })
decorate(Pages, 'renameStranger', { on: [All('rename-stranger')], parameters: REQUEST })
decorate(Pages, 'appToken', { on: [Get('app-token')] })
decorate(Pages, 'caught', { on: [Get('caught')], parameters: BOTH })
decorate(Pages, 'authenticated', { on: [All('authenticated')], parameters: BOTH })
decorate(Pages, 'notOurs', { on: [Get('not-ours')], parameters: BOTH })
decorate(Pages, 'editProfile', { on: [Get('edit-profile')], parameters: REQUEST })
decorate(Pages, 'switch', { on: [Get('switch')], parameters: BOTH })
decorate(Pages, 'leave', { on: [Get('leave')], parameters: BOTH })

/** Those that differ in how strangers are answered. */
export class Challenges {
  script(): void {}
  page(): void {}
}

Controller()(Challenges)
decorate(Challenges, 'script', {
  on: [Get('script'), LoginRequired({ challenge: 'unauthorized' })],
})
decorate(Challenges, 'page', { on: [All('page'), LoginRequired({ challenge: 'redirect' })] })

const TODOS = { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] } as const
const todosReader = AuthorizationRequired({ scopes: ['Todos.Read'] })

/** The pages of the contract that are for clients of an API, or for either. */
export class Api {
  readonly #owners: { readonly auth: Auth; readonly api: ApiAuth }

  constructor(auth: Auth, api: ApiAuth) {
    this.#owners = { auth, api }
  }

  contextOf(request: PlatformRequest): object {
    return contextsOf(this.#owners, request)
  }

  contextOfOpen(request: PlatformRequest): object {
    return contextsOf(this.#owners, request)
  }

  todos({ user, app }: AuthorizationContext): object {
    return user === undefined ? { app: app.clientId } : { user: user.oid }
  }

  middleware({ identity }: GuardedRequest): object | undefined {
    return identity?.kind === 'bearer' ? this.todos(identity) : undefined
  }

  async graph(context: AuthorizationContext): Promise<string> {
    await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
    return 'got'
  }

  sdk(context: AuthorizationContext): Promise<never> {
    return callWithSdk(context, 'message')
  }

  async middlewareSdk({ identity }: GuardedRequest): Promise<unknown> {
    return identity?.kind === 'bearer' && callWithSdk(identity, 'cause')
  }

  async middlewareGraph({ identity }: GuardedRequest): Promise<string | undefined> {
    return identity?.kind === 'bearer' ? this.graph(identity) : undefined
  }

  async throws(): Promise<never> {
    throw new Error('from the handler')
  }

  either(context: EitherContext<Claims>): object {
    return context.kind === 'bearer'
      ? { bearer: context.user?.oid }
      : { session: context.claims.oid }
  }

  own401(): never {
    throw new UnauthorizedException()
  }
}

Inject(Auth)(Api, undefined, 0)
Inject(ApiAuth)(Api, undefined, 1)
Controller()(Api)
decorate(Api, 'contextOf', {
  on: [Get('context-of'), EitherRequired({ authorization: { scopes: ['Todos.Read'] } })],
  parameters: REQUEST,
})
decorate(Api, 'contextOfOpen', { on: [Get('context-of/open')], parameters: REQUEST })
decorate(Api, 'todos', {
  on: [Get('api/todos'), AuthorizationRequired(TODOS)],
  parameters: CONTEXT,
})
decorate(Api, 'middleware', {
  on: [Get('api/middleware'), AuthorizationRequired(TODOS), UseGuards(ApiGuard)],
  parameters: REQUEST,
})
decorate(Api, 'graph', { on: [Get('api/graph'), todosReader], parameters: CONTEXT })
decorate(Api, 'middlewareGraph', {
  on: [Get('api/middleware/graph'), todosReader, UseGuards(ApiGuard)],
  parameters: REQUEST,
})
decorate(Api, 'sdk', { on: [Get('api/sdk'), todosReader], parameters: CONTEXT })
decorate(Api, 'middlewareSdk', {
  on: [Get('api/middleware/sdk'), todosReader, UseGuards(ApiGuard)],
  parameters: REQUEST,
})
decorate(Api, 'throws', { on: [Get('api/throws'), todosReader] })
decorate(Api, 'either', {
  on: [All('either'), EitherRequired({ authorization: { scopes: ['Todos.Read'] } })],
  parameters: CONTEXT,
})
decorate(Api, 'own401', { on: [Get('either-own-401'), EitherRequired()] })

/** With `routes: false`, the application's own. */
export class OwnRoutes {
  readonly #auth: Auth

  constructor(auth: Auth) {
    this.#auth = auth
  }

  redirect(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.completeLogin(request, response)
  }

  login(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.login(request, response)
  }

  logout(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.logout(request, response)
  }

  frontChannelLogout(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.handleLogout('front-channel', request, response)
  }

  backChannelLogout(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.handleLogout('back-channel', request, response)
  }

  session(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.sendBrowserSession(request, response)
  }
}

Controller('auth')(OwnRoutes)
Inject(Auth)(OwnRoutes, undefined, 0)
decorate(OwnRoutes, 'redirect', { on: [All('redirect')], parameters: BOTH })
decorate(OwnRoutes, 'login', { on: [Get('login')], parameters: BOTH })
decorate(OwnRoutes, 'logout', { on: [All('logout')], parameters: BOTH })
decorate(OwnRoutes, 'frontChannelLogout', {
  on: [Get('front-channel-logout')],
  parameters: BOTH,
})
decorate(OwnRoutes, 'session', { on: [All('session')], parameters: BOTH })
decorate(OwnRoutes, 'backChannelLogout', {
  on: [Post('back-channel-logout')],
  parameters: BOTH,
})
