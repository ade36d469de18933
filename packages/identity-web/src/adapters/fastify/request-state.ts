// The state of guards on requests and applications of Fastify.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuthBase, RequestIdentity } from '../../classes/index.ts'
import { missingApp } from '../../web/index.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The context that a guard sets if it runs as a hook, for the signed-in user (`kind` is `'session'`) or the caller
     * with an access token (`'bearer'`). On other routes, it is `null` or not set.
     */
    identity?: RequestIdentity | null
  }
}

// State of applications and requests. Parts of an application inherit the state of the application around them.

const AUTH = Symbol('identity-web auth')
const REPLY = Symbol('identity-web reply')

type WithAuth = FastifyInstance & { readonly [AUTH]?: AuthBase<unknown> }
type WithReply = FastifyRequest & { [REPLY]?: FastifyReply | null }

/** Stores an application's `Auth`, and adds the properties for the state of guards to its requests. */
export function setAuth(app: FastifyInstance, auth: AuthBase<unknown>): void {
  Object.assign(app, { [AUTH]: auth })
  addIdentity(app)
  if (!app.hasRequestDecorator(REPLY)) app.decorateRequest(REPLY, null)
}

/** Adds the property `identity` to an application's requests, so that all of them have the same shape. */
export function addIdentity(app: FastifyInstance): void {
  if (!app.hasRequestDecorator('identity')) app.decorateRequest('identity', null)
}

/**
 * Returns the `Auth` for the application that contains the route or, without one, that of the nearest outer
 * application.
 */
export function authOf(request: FastifyRequest): AuthBase<unknown> | undefined {
  return (request.server as WithAuth)[AUTH]
}

/** Stores a request's reply, for members of `Auth` that receive only the request. */
export function setReply(request: FastifyRequest, reply: FastifyReply): void {
  ;(request as WithReply)[REPLY] = reply
}

/** @throws IdentityError `configuration` if the request's application does not have an `Auth`. */
export function replyOf(request: FastifyRequest): FastifyReply {
  const reply = (request as WithReply)[REPLY]
  if (!reply) throw missingApp()
  return reply
}
