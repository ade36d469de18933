import type { FastifyInstance } from 'fastify'

/** A plugin for `app.register`. It fits applications with any server, logger and type provider. @public */
export type Plugin = (app: object) => Promise<void>

/** A Fastify application, or a part of one. @public */
export interface App {
  /** Adds a plugin. */
  register(plugin: Plugin): unknown
}

/** Makes a plugin that adds to the application which registers it, as `fastify-plugin` does. */
export function toPlugin(name: string, add: (app: FastifyInstance) => void): Plugin {
  const plugin: Plugin = async (app) => add(app as FastifyInstance)
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: name,
    [Symbol.for('plugin-meta')]: { name, fastify: '5.x' },
  })
}
