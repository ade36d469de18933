import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  Catch,
  HttpException,
  type ArgumentsHost,
  type DynamicModule,
  type ExceptionFilter,
  type INestApplication,
  type NestApplicationOptions,
  type Type,
} from '@nestjs/common'
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { close, listen } from '../../support/server.ts'

/** The platforms of Nest. */
export const PLATFORMS: Record<string, () => AbstractHttpAdapter> = {
  Express: () => new ExpressAdapter(),
  // Pages are asked for with a slash at the end of a prefix.
  Fastify: () => new FastifyAdapter({ routerOptions: { ignoreTrailingSlash: true } }),
}

/** A Nest application that answers at an address of its own. */
export interface NestSite {
  readonly origin: string
  readonly app: INestApplication
  /** The server that listens. It passes requests on to that of Nest. */
  readonly server: Server
  close(): Promise<void>
}

/** How to make it. */
export interface Making extends NestApplicationOptions {
  readonly adapter: AbstractHttpAdapter
  /** By the address, which is known before the application is there. */
  readonly root: (origin: string) => DynamicModule | Type
  /** What its `main.ts` does before it listens. */
  readonly prepare?: (app: INestApplication) => void
}

export async function startNest({ adapter, root, prepare, ...options }: Making): Promise<NestSite> {
  let app: INestApplication
  const server = createServer((req, res) => app.getHttpServer().emit('request', req, res))
  const origin = await listen(server)
  app = await NestFactory.create(root(origin), adapter, {
    logger: false,
    abortOnError: false,
    ...options,
  })
  prepare?.(app)
  await app.init()
  if (adapter instanceof FastifyAdapter) await adapter.getInstance().ready()
  return {
    origin,
    app,
    server,
    async close() {
      await close(server)
      await app.close()
    },
  }
}

/** Takes all exceptions, as many applications have it; others than those of HTTP are answered 418. */
export class AnswerAll implements ExceptionFilter {
  readonly #adapter: AbstractHttpAdapter

  constructor(adapter: AbstractHttpAdapter) {
    this.#adapter = adapter
  }

  catch(error: Error, host: ArgumentsHost): void {
    const [body, status] =
      error instanceof HttpException
        ? [error.getResponse(), error.getStatus()]
        : [error.message, 418]
    this.#adapter.reply(host.getArgByIndex(1), body, status)
  }
}

Catch()(AnswerAll)

/** A middleware as any application has one. */
export function setOwn(_req: IncomingMessage, res: ServerResponse, next: () => void): void {
  res.setHeader('set-cookie', 'own=1')
  res.setHeader('x-own', '1')
  next()
}

/** A module of its own: Nest tells modules apart by their classes. */
export function moduleNamed(name: string): Type {
  const module = class {
    readonly name = name
  }
  Object.defineProperty(module, 'name', { value: name })
  return module
}
