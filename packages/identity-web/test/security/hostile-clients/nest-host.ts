import {
  All,
  Catch,
  Controller,
  Get,
  HttpException,
  Inject,
  Post,
  Req,
  Res,
  StreamableFile,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common'
import type { AbstractHttpAdapter } from '@nestjs/core'
import type { FastifyInstance } from 'fastify'
import {
  Auth,
  IdentityModule,
  LoginRequired,
  type PlatformRequest,
  type PlatformResponse,
} from 'identity-web/nestjs'
import { decorate } from '../../adapters/nestjs/decorate.ts'
import { PLATFORMS, moduleNamed, startNest } from '../../adapters/nestjs/host.ts'
import {
  OWN_ROUTES,
  endlessStream,
  serveUpgrades,
  type StartVictim,
  type Victim,
} from './victim.ts'

const OWN = 'own Auth'

/** Guarded pages, and the routes of the application. */
class Pages {
  readonly #own: Auth

  constructor(own: Auth) {
    this.#own = own
  }

  home(): string {
    return 'in'
  }

  middleware(): string {
    return 'in'
  }

  stream(): StreamableFile {
    return new StreamableFile(endlessStream())
  }

  completeLogin(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#own.completeLogin(request, response)
  }

  login(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#own.login(request, response)
  }

  logout(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#own.logout(request, response)
  }

  frontChannelLogout(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#own.handleLogout('front-channel', request, response)
  }

  backChannelLogout(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#own.handleLogout('back-channel', request, response)
  }
}

Controller()(Pages)
Inject(OWN)(Pages, undefined, 0)
decorate(Pages, 'home', { on: [Get(), LoginRequired()] })
decorate(Pages, 'middleware', { on: [Post('middleware'), LoginRequired()] })
decorate(Pages, 'stream', { on: [Get('stream'), LoginRequired()] })
for (const [path, member] of OWN_ROUTES) {
  decorate(Pages, member, { on: [All(`own/${path}`)], parameters: [Req(), Res()] })
}

/** Records the exceptions that are not HTTP responses of Nest or of a guard. */
class Recorder implements ExceptionFilter {
  readonly #adapter: AbstractHttpAdapter
  readonly #errors: unknown[]

  constructor(adapter: AbstractHttpAdapter, errors: unknown[]) {
    this.#adapter = adapter
    this.#errors = errors
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const response: unknown = host.getArgByIndex(1)
    const known = error instanceof HttpException ? error : undefined
    if (known === undefined) this.#errors.push(error)
    if (this.#adapter.isHeadersSent(response)) return
    this.#adapter.reply(response, known?.getResponse(), known?.getStatus() ?? 500)
  }
}

Catch()(Recorder)

/** Starts Nest on one of its platforms. */
export function startNestVictim(platform: keyof typeof PLATFORMS): StartVictim {
  return async (optionsFor): Promise<Victim> => {
    const adapter = PLATFORMS[platform]!()
    const errors: unknown[] = []
    const { origin, server, app, close } = await startNest({
      adapter,
      bodyParser: false,
      root: (at) => ({
        module: moduleNamed('Victim'),
        imports: [IdentityModule.forRoot({ auth: optionsFor(at, 'auth') })],
        providers: [{ provide: OWN, useValue: new Auth(optionsFor(at, 'own')) }],
        controllers: [Pages],
      }),
      prepare(nest) {
        nest.useGlobalFilters(new Recorder(adapter, errors))
        if (platform === 'Fastify') leaveBodies(adapter.getInstance())
      },
    })
    serveUpgrades(server, app.get(Auth, { strict: false }))
    return { origin, errors, close }
  }
}

/** Fastify rejects bodies without a parser. */
function leaveBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (_request, _body, done) => done(null))
}
