import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { missingApp } from '../../web/index.ts'
import type { NodeHttpContext } from '../node.ts'
import type { Auth } from './auth.ts'
import { httpContextOf } from './respond.ts'

// What belongs to an application or a part of one, and what its requests are given: parts inherit from what is around
// them, as with decorators.

const OWNER = Symbol('identity-web auth')
const REPLY = Symbol('identity-web reply')

type Owned = FastifyInstance & { readonly [OWNER]?: Auth }
type Replied = FastifyRequest & { [REPLY]?: FastifyReply | null }

/** Gives a part of an application its `Auth`, and its requests room for what is put there. */
export function enter(app: FastifyInstance, auth: Auth): void {
  Object.assign(app, { [OWNER]: auth })
  for (const name of ['auth', REPLY]) {
    if (!app.hasRequestDecorator(name)) app.decorateRequest(name, null)
  }
}

/** Notes the reply of a request that came in, for what is asked with the request alone. */
export function keepReply(request: FastifyRequest, reply: FastifyReply): void {
  ;(request as Replied)[REPLY] = reply
}

/** The `Auth` of the part of the application that has the route, or of the nearest one around it. */
export function ownerOf(request: FastifyRequest): Auth | undefined {
  return (request.server as Owned)[OWNER]
}

/** The HTTP context of a request alone. @throws IdentityError `configuration` where no `Auth` saw the request come in. */
export function httpContextIn(request: FastifyRequest): NodeHttpContext {
  const reply = (request as Replied)[REPLY]
  if (!reply) throw missingApp()
  return httpContextOf(request, reply)
}
