// Mounts the routes on an application, or as a plugin.
import type { FastifyInstance } from 'fastify'
import {
  apiOf,
  assertStart,
  McpAuthBase,
  startIn,
  webOf,
  type ApiAuthBase,
  type AuthBase,
} from '../../classes/index.ts'
import type { WebAuth } from '../../web/index.ts'
import { addRouteHook, type Fastify } from './host.ts'
import { addIdentity, setAuth, setReply } from './request-state.ts'

/** A plugin for `app.register`, whose type accepts applications with any server, logger and type provider. */
type Plugin = (app: object) => Promise<void>

/** A Fastify application, or a part of one. @public */
export interface App {
  /** Adds a plugin. */
  register(plugin: (app: object) => Promise<void>): unknown
}

/** The session endpoint's HTTP methods. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Mounts the sign-in routes. */
export function mountAuth(auth: AuthBase<any, Fastify>, app: App): void {
  assertStart(auth, app)
  app.register(authPlugin(auth))
}

/** Mounts the routes that need no token. */
export function mountApi(api: ApiAuthBase<Fastify>, app: App): void {
  assertStart(api, app)
  app.register(apiPlugin(api))
}

/** Makes the plugin with the sign-in routes. */
export function authPlugin(auth: AuthBase<any, Fastify>): Plugin {
  return toPlugin('identity-web-auth', (app) => {
    startIn(auth, app)
    setAuth(app, auth)
    addRoutes(app, webOf(auth))
  })
}

/** Makes the plugin with the routes that need no token. */
export function apiPlugin(owner: ApiAuthBase<Fastify>): Plugin {
  const name = owner instanceof McpAuthBase ? 'identity-web-mcp' : 'identity-web-api'
  return toPlugin(name, (app) => {
    startIn(owner, app)
    const api = apiOf(owner)
    addIdentity(app)
    addRouteHook(app, (request) => api.route(request.originalUrl, request.method))
  })
}

/** Returns a plugin whose hooks apply to the application that registers the plugin, as `fastify-plugin` does. */
function toPlugin(name: string, add: (app: FastifyInstance) => void): Plugin {
  const plugin: Plugin = async (app) => add(app as FastifyInstance)
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: name,
    [Symbol.for('plugin-meta')]: { name, fastify: '5.x' },
  })
}

/**
 * Adds the sign-in routes as a hook, which runs before guards that are hooks. It also runs before the body is read, so
 * the application's parsers do not affect the routes.
 */
function addRoutes<User>(app: FastifyInstance, web: WebAuth<User>): void {
  web.location.learn(app.prefix)
  addRouteHook(app, (request, reply) => {
    setReply(request, reply)
    return web.route(request.originalUrl, request.method)
  })
  // In a part of an application, hooks run only for paths with a route.
  for (const browserPath of new Set(Object.values(web.paths) as string[])) {
    const path = web.location.toServerPath(browserPath)
    const names = browserPath === web.paths.session ? METHODS : ['GET', 'POST']
    const method = names.filter((name) => web.route(path, name) !== undefined)
    if (method.length === 0) continue
    // Fastify compares decoded paths.
    const decoded = decodeURI(path)
    if (decoded.startsWith(app.prefix)) {
      const url = decoded.slice(app.prefix.length)
      const handler = (_request: unknown, reply: { callNotFound(): unknown }): unknown =>
        reply.callNotFound()
      app.route({ method, url, exposeHeadRoute: false, handler })
    } else {
      app.log.warn(
        `The application with the prefix ${app.prefix} cannot handle the route ${path}. Register Auth with the outer application, or set redirectUri to a URL below ${app.prefix}.`,
      )
    }
  }
}
