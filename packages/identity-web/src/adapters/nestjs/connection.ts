import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AbstractHttpAdapter } from '@nestjs/core'
import type { HttpContext } from '../../http-context.ts'
import { IdentityError } from '../../errors.ts'
import type { RouteGuard } from '../base/auth.ts'
import { replaceCookies } from '../base/wire.ts'
import {
  NodeHttpContext,
  failTo,
  runRoute,
  urlOf,
  writeResponse,
  type NodeRequest,
} from '../node.ts'

/** A request of Express, which is one of Node.js, or a request of Fastify, which contains one. @public */
export type PlatformRequest = IncomingMessage | { readonly raw: IncomingMessage }

/** A response of Express, which is one of Node.js, or a reply of Fastify, which contains one. @public */
export type PlatformResponse = ServerResponse | { readonly raw: ServerResponse }

/** The state of a request. */
export interface Connection {
  readonly http: HttpContext
  readonly adapter: AbstractHttpAdapter
  /** The guard that has authenticated the request. */
  authenticatedBy?: RouteGuard<unknown>
}

type FindRoute = (
  url: string,
  method: string,
) => ((request: Request) => Promise<Response>) | undefined

// Fastify's requests do not contain their response, and handlers cannot access the platform in another way.
const connections = new WeakMap<IncomingMessage, Connection>()

/**
 * Mounts the routes as a middleware, so that global prefixes and global guards do not affect them.
 *
 * Both platforms pass the request of Node.js to a middleware. Fastify does that before it reads the body.
 */
export function mount(adapter: AbstractHttpAdapter, findRoute: FindRoute): void {
  adapter.use((req: IncomingMessage, res: ServerResponse, next: (error?: Error) => void) => {
    connections.set(req, { http: new NodeHttpContext(req, res), adapter })
    const route = findRoute(urlOf(req), req.method ?? 'GET')
    if (route === undefined) return next()
    runRoute(req, route)
      .then((response) => writeResponse(response, res))
      .catch(failTo(next))
  })
  if (adapter.getType() === 'fastify') keepCookies(adapter.getInstance())
}

export function findConnection(request: PlatformRequest): Connection | undefined {
  return connections.get(rawOf(request))
}

/** @throws IdentityError `configuration` if the application does not import the module. */
export function connectionOf(request: PlatformRequest): Connection {
  const connection = findConnection(request)
  if (connection !== undefined) return connection
  throw new IdentityError(
    'configuration',
    'This application does not import IdentityModule. Add IdentityModule.forRoot({ auth: {} }) to the imports of its root module.',
  )
}

/** Returns a function that fails, for the half of the module without options. */
export function notConfigured(option: 'auth' | 'api'): () => never {
  return () => {
    throw new IdentityError(
      'configuration',
      `The option ${option} of IdentityModule is not configured. Set IdentityModule.forRoot({ ${option}: {} }). Missing options are read from environment variables.`,
    )
  }
}

/** Returns the request of Node.js, with the body that the platform has parsed. */
export function toNodeRequest(request: PlatformRequest): NodeRequest {
  const raw = rawOf(request)
  const { body } = request as NodeRequest
  return raw === request || body === undefined ? raw : Object.assign(raw, { body })
}

function rawOf(request: PlatformRequest): IncomingMessage {
  return 'raw' in request ? request.raw : request
}

interface Reply {
  readonly raw: ServerResponse
  getHeader(name: string): number | string | string[] | undefined
  removeHeader(name: string): void
  header(name: string, value: string[]): void
}

type Done = (error: null, payload: unknown) => void
type OnSend = (request: unknown, reply: Reply, payload: unknown, done: Done) => void

/** Merges the cookies on the response of Node.js with those on Fastify's reply, which would replace them. */
function keepCookies(fastify: { addHook(name: 'onSend', hook: OnSend): void }): void {
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
