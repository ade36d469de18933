import type { FastifyInstance } from 'fastify'

/**
 * A plugin for `app.register`, of an application with whatever server, logger and type provider.
 *
 * @public
 */
export type Plugin = (app: object) => Promise<void>

/**
 * A Fastify application, or a part of one.
 *
 * @public
 */
export interface App {
  /** Adds a plugin. */
  register(plugin: Plugin): unknown
}

/**
 * Makes a plugin that adds to the very part of an application that registers it, and not to one of its own: the
 * convention that `fastify-plugin` follows.
 */
export function toPlugin(name: string, add: (app: FastifyInstance) => void): Plugin {
  const plugin: Plugin = async (app) => add(app as FastifyInstance)
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: name,
    [Symbol.for('plugin-meta')]: { name, fastify: '5.x' },
  })
}
