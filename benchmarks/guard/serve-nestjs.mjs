import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { serveBy } from '../server/serve.mjs'

// NestJS comes from the root folder, because the library and the application must load the same copy of it.

/** Adapters of NestJS by the name of the platform. They are imported when they are used, as in an application. */
const ADAPTERS = {
  express: async () => new (await import('@nestjs/platform-express')).ExpressAdapter(),
  fastify: async () => new (await import('@nestjs/platform-fastify')).FastifyAdapter(),
}

/**
 * Serves an application of NestJS with one page.
 *
 * @param createPage - Returns `PageController`, a class with the method `page`, and the `imports` of the module.
 */
export function serveNestjs(createPage) {
  serveBy(async ({ port, platform, ...setup }) => {
    const { PageController, imports = [] } = await createPage(setup)
    decorateMethod(PageController, 'page', [Get()])
    Controller()(PageController)
    function AppModule() {}
    Module({ imports, controllers: [PageController] })(AppModule)
    const app = await NestFactory.create(AppModule, await ADAPTERS[platform](), {
      logger: ['error', 'warn'],
    })
    await app.listen(port, '127.0.0.1')
  })
}

// JavaScript without a compiler does not have decorators yet, so functions apply them.

/** Applies decorators to a method. */
export function decorateMethod({ prototype }, name, decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
  for (const decorate of decorators) decorate(prototype, name, descriptor)
}

/** Applies decorators to the parameters of a method, in their order. */
export function decorateParameters({ prototype }, name, decorators) {
  for (const [index, decorate] of decorators.entries()) decorate(prototype, name, index)
}
