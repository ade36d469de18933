import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuthBase } from '../base/auth.ts'
import { missingApp } from '../../web/index.ts'

// State of applications and requests. Parts of an application inherit the state of the application around them.

const AUTH = Symbol('identity-web auth')
const REPLY = Symbol('identity-web reply')

type WithAuth = FastifyInstance & { readonly [AUTH]?: AuthBase<unknown> }
type WithReply = FastifyRequest & { [REPLY]?: FastifyReply | null }

/** Stores the `Auth` of an application, and adds a property for the state of guards to its requests. */
export function setAuth(app: FastifyInstance, auth: AuthBase<unknown>): void {
  Object.assign(app, { [AUTH]: auth })
  for (const name of ['auth', REPLY]) {
    if (!app.hasRequestDecorator(name)) app.decorateRequest(name, null)
  }
}

/** Returns the `Auth` of the application that contains the route, or else of the nearest outer application. */
export function authOf(request: FastifyRequest): AuthBase<unknown> | undefined {
  return (request.server as WithAuth)[AUTH]
}

/** Stores the reply of a request, for members of `Auth` that receive only the request. */
export function setReply(request: FastifyRequest, reply: FastifyReply): void {
  ;(request as WithReply)[REPLY] = reply
}

/** @throws IdentityError `configuration` if the request's application does not have an `Auth`. */
export function replyOf(request: FastifyRequest): FastifyReply {
  const reply = (request as WithReply)[REPLY]
  if (!reply) throw missingApp()
  return reply
}
