// Finds the request of Express or Fastify behind a call.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AbstractHttpAdapter, ApplicationConfig } from '@nestjs/core'
import { configurationError } from '../../errors.ts'
import type { Delivery, RouteGuard } from '../../http-context.ts'
import { replaceCookies, type Route } from '../../web/index.ts'
import { NodeHttpContext, failTo, serveRoute, urlOf, type NodeRequest } from '../node.ts'
import { toList, type ResponseHead } from '../node/write-response.ts'

/**
 * An Express or Fastify request. Express uses the Node.js request, and a Fastify request contains it.
 * @public
 */
export type PlatformRequest =
  | IncomingMessage
  | {
      /** The Node.js request. */
      readonly raw: IncomingMessage
    }

/**
 * An Express response or a Fastify reply. Express uses the Node.js response, and a Fastify reply contains it. @public
 */
export type PlatformResponse =
  | ServerResponse
  | {
      /** The Node.js response. */
      readonly raw: ServerResponse
    }

/** The first arguments with which Nest calls a handler on each platform. */
export type PlatformArguments = [req: PlatformRequest, res: PlatformResponse]

/** The Node.js request and response. */
class NestHttpContext extends NodeHttpContext {
  /** `'script'` after a guarded GraphQL resolver has run for the request. */
  delivery: Delivery = 'response'
}

/** A request's state. */
export interface Connection {
  readonly http: NestHttpContext
  readonly adapter: AbstractHttpAdapter
  /** The guard that has authenticated the request. */
  authenticatedBy: RouteGuard<unknown> | undefined
}

type FindRoute = (url: string, method: string) => Route | undefined

/**
 * The property that contains a request's state. The state includes the response, because Fastify's requests do not contain it.
 * A `WeakMap` would cost several times as much as the guard, mostly in the garbage collector.
 */
const CONNECTION = Symbol('identity-web connection')

type ConnectedMessage = IncomingMessage & { [CONNECTION]?: Connection }

/**
 * Mounts the routes as a middleware, so that global prefixes and global guards do not affect them.
 *
 * Both platforms pass the Node.js request to a middleware, which Fastify does before it reads the body.
 */
export function mount(adapter: AbstractHttpAdapter, findRoute: FindRoute): void {
  adapter.use((req: ConnectedMessage, res: ServerResponse, next: (error?: Error) => void) => {
    req[CONNECTION] = { http: new NestHttpContext(req, res), adapter, authenticatedBy: undefined }
    const route = findRoute(urlOf(req), req.method ?? 'GET')
    if (route === undefined) next()
    else serveRoute(req, res, route).catch(failTo(next))
  })
  if (adapter.getType() === 'fastify') keepCookies(adapter.getInstance())
}

/**
 * Returns the application's global prefix, which is also the path of its home page. Nest does not have a public method for
 * it.
 */
export function globalPrefixOf(providers: object): string | undefined {
  const prefix = configOf(providers)
    ?.getGlobalPrefix()
    .replaceAll(/^\/+|\/+$/g, '')
  return prefix ? `/${prefix}` : undefined
}

/** Returns the enhancers that apply to all routes. Nest's container is not public. */
export function configOf(providers: object): ApplicationConfig | undefined {
  const { container } = providers as {
    readonly container?: { readonly applicationConfig?: ApplicationConfig }
  }
  return container?.applicationConfig
}

export function findConnection(request: PlatformRequest): Connection | undefined {
  return rawOf(request)[CONNECTION]
}

/** @throws IdentityError `configuration` if the application does not import the module. */
export function connectionOf(request: PlatformRequest): Connection {
  const connection = findConnection(request)
  if (connection !== undefined) return connection
  throw configurationError(
    'This application does not import IdentityModule. Add IdentityModule.forRoot({ auth: {} }) to the imports of its root module.',
  )
}

/** Returns the Node.js request, with the body that the platform has parsed. */
export function toNodeRequest(request: PlatformRequest): NodeRequest {
  const raw = rawOf(request)
  const { body } = request as NodeRequest
  return raw === request || body === undefined ? raw : Object.assign(raw, { body })
}

function rawOf(request: PlatformRequest): ConnectedMessage {
  return 'raw' in request ? request.raw : request
}

type OnSend = (
  ...given: [request: unknown, reply: FastifyReply, payload: unknown, done: () => void]
) => void

interface FastifyReply extends Pick<ResponseHead, 'getHeader'> {
  readonly raw: ServerResponse
  removeHeader(name: string): void
  header(name: string, value: string[]): void
}

/**
 * Merges the Node.js response's cookies with those of Fastify's reply, because the reply would otherwise replace them.
 */
function keepCookies(fastify: { addHook(name: 'onSend', hook: OnSend): void }): void {
  fastify.addHook('onSend', (...[, reply, , done]) => {
    const earlier = reply.raw.getHeader('set-cookie')
    if (earlier !== undefined) {
      const later = toList(reply.getHeader('set-cookie'))
      reply.removeHeader('set-cookie')
      reply.header('set-cookie', replaceCookies(toList(earlier), later))
    }
    done()
  })
}
