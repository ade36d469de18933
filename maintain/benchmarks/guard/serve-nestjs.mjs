import { Controller, Get, Header, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { serveBy } from '../server/serve.mjs'
import { NAME, NESTJS_PAGES } from './pages.mjs'

// NestJS comes from the root folder, because the library and the application must load the same copy of it.

/** Adapters of NestJS by the name of the platform. They are imported when they are used, as in an application. */
const ADAPTERS = {
  express: async () => new (await import('@nestjs/platform-express')).ExpressAdapter(),
  fastify: async () => new (await import('@nestjs/platform-fastify')).FastifyAdapter(),
}

/**
 * Serves an application of NestJS.
 *
 * @param create - Returns the decorators that guard a page, the decorator of the parameter with the user, and the `imports`
 *   of the module.
 */
export function serveNestjs(create) {
  serveBy(async ({ port, platform, ...setup }) => {
    const { guards = [], user, imports = [] } = await create(setup)
    function PageController() {}
    for (const [path, { type, contentFor }] of Object.entries(NESTJS_PAGES)) {
      const page = (known) => contentFor(known?.name ?? NAME)
      Object.defineProperty(PageController.prototype, path, { value: page, writable: true })
      user?.(PageController.prototype, path, 0)
      decorateMethod(PageController, path, [
        ...guards,
        Get(path),
        ...(type === undefined ? [] : [Header('Content-Type', type)]),
      ])
    }
    Controller()(PageController)
    function AppModule() {}
    Module({ imports, controllers: [PageController] })(AppModule)
    const app = await NestFactory.create(AppModule, await ADAPTERS[platform](), {
      logger: ['error', 'warn'],
    })
    await app.listen(port, '127.0.0.1')
  })
}

/** Applies decorators to a method. JavaScript without a compiler does not have decorators yet. */
function decorateMethod({ prototype }, name, decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
  for (const decorate of decorators) decorate(prototype, name, descriptor)
}
