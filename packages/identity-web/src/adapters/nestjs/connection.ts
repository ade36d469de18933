import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AbstractHttpAdapter } from '@nestjs/core'
import type { HttpContext } from '../../http-context.ts'
import { IdentityError } from '../../errors.ts'
import { replaceCookies } from '../base/wire.ts'
import { NodeHttpContext, runRoute, sendResponse, urlOf, type NodeRequest } from '../node.ts'
import type { Admitted } from './admitted.ts'

/**
 * A request of either platform: Express's is one of Node.js, Fastify's has one.
 *
 * @public
 */
export type PlatformRequest =
  | IncomingMessage
  | {
      /** The request of Node.js. */
      readonly raw: IncomingMessage
    }

/**
 * A response of either platform: Express's is one of Node.js, Fastify's reply has one.
 *
 * @public
 */
export type PlatformResponse =
  | ServerResponse
  | {
      /** The response of Node.js. */
      readonly raw: ServerResponse
    }

/** What is known of a request since it arrived. */
export interface Connection {
  readonly http: HttpContext
  readonly adapter: AbstractHttpAdapter
  /** Whom a guard let in. */
  admitted?: Admitted
}

type FindRoute = (
  url: string,
  method: string,
) => ((request: Request) => Promise<Response>) | undefined

// Fastify's requests don't know their response, and handlers have no other way to the platform.
const connections = new WeakMap<IncomingMessage, Connection>()

/**
 * Puts the routes in front of Nest's, where neither a global prefix nor a global guard reaches them.
 *
 * On both platforms a middleware gets the request of Node.js; on Fastify before its body is read.
 */
export function mount(adapter: AbstractHttpAdapter, findRoute: FindRoute): void {
  adapter.use((req: IncomingMessage, res: ServerResponse, next: (error?: Error) => void) => {
    connections.set(req, { http: new NodeHttpContext(req, res), adapter })
    const route = findRoute(urlOf(req), req.method ?? 'GET')
    if (route === undefined) return next()
    runRoute(req, route)
      .then((answer) => sendResponse(answer, res))
      .catch((error: unknown) => {
        // `next()` with nothing would go on to the application's routes.
        next(error instanceof Error ? error : new Error('A route was rejected.', { cause: error }))
      })
  })
  if (adapter.getType() === 'fastify') keepCookies(adapter.getInstance())
}

export function findConnection(request: PlatformRequest): Connection | undefined {
  return connections.get(rawOf(request))
}

/** @throws IdentityError `configuration` for a request to an application without the module. */
export function connectionOf(request: PlatformRequest): Connection {
  const connection = findConnection(request)
  if (connection !== undefined) return connection
  throw new IdentityError(
    'configuration',
    'The application of this request has no IdentityModule. Import IdentityModule.forRoot({ auth: {} }) in its root module.',
  )
}

/** The request of Node.js, with the body that a parser left elsewhere. */
export function toNodeRequest(request: PlatformRequest): NodeRequest {
  const raw = rawOf(request)
  const { body } = request as NodeRequest
  return raw === request || body === undefined ? raw : Object.assign(raw, { body })
}

function rawOf(request: PlatformRequest): IncomingMessage {
  return 'raw' in request ? request.raw : request
}

/** The little of Fastify that is needed here. */
interface Fastify {
  addHook(
    name: 'onSend',
    hook: (request: unknown, reply: Reply, payload: unknown, done: Done) => void,
  ): void
}

interface Reply {
  readonly raw: ServerResponse
  getHeader(name: string): number | string | string[] | undefined
  removeHeader(name: string): void
  header(name: string, value: string[]): void
}

type Done = (error: null, payload: unknown) => void

/** Fastify's reply has headers of its own, and its cookies would replace all those that are on Node.js' response. */
function keepCookies(fastify: Fastify): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    const earlier = toList(reply.raw.getHeader('set-cookie'))
    if (earlier.length > 0) {
      const later = toList(reply.getHeader('set-cookie'))
      reply.removeHeader('set-cookie')
      reply.header('set-cookie', replaceCookies(earlier, later))
    }
    done(null, payload)
  })
}

function toList(header: number | string | string[] | undefined): string[] {
  return header === undefined ? [] : [header].flat().map(String)
}
