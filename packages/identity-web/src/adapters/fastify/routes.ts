import type { FastifyInstance } from 'fastify'
import type { WebAuth } from '../../web/index.ts'
import { answer } from './respond.ts'
import { keepReply } from './scope.ts'

/**
 * Answers the routes of sign-in in a hook, where no body was read yet: neither do parsers of the application matter for
 * them, nor those of others for the application; and guards that are hooks of the application are not in the way.
 */
export function addRoutes<User>(app: FastifyInstance, web: WebAuth<User>): void {
  app.addHook('onRequest', (request, reply, done) => {
    keepReply(request, reply)
    const route = web.route(request.originalUrl, request.method)
    if (route !== undefined) return answer(request, reply, route)
    done()
    return undefined
  })
  // In a part of an application, hooks run only where there is a route.
  for (const path of new Set(Object.values(web.paths) as string[])) {
    const method = ['GET', 'POST'].filter((one) => web.route(path, one) !== undefined)
    if (method.length === 0) continue
    // Fastify wants paths as text, as it compares them with what it decoded.
    const text = decodeURI(path)
    if (text.startsWith(app.prefix)) {
      const url = text.slice(app.prefix.length)
      app.route({
        method,
        url,
        exposeHeadRoute: false,
        handler: (_request, reply) => reply.callNotFound(),
      })
    } else {
      app.log.warn(
        `Nothing answers at ${path}, which is outside of ${app.prefix}: register Auth further out, or let redirectUri begin with that path.`,
      )
    }
  }
}
