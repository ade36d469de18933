import { Controller, Get, Post, UseGuards } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import express5 from 'express'
// @ts-expect-error Express 4 under another name has no types. Those of Express 5 fit.
import express4 from 'express4'
import Fastify from 'fastify'
import { Hono } from 'hono'
import * as forExpress from 'identity-web/express'
import * as forFastify from 'identity-web/fastify'
import * as forHono from 'identity-web/hono'
import { ApiGuard, Auth, LoginGuard, LoginRequired, Public } from 'identity-web/nestjs'
import { describe, expect } from 'vitest'
import { test } from './nestjs/bench.ts'
import { decorate } from './nestjs/decorate.ts'

const OPTIONS = { clientId: 'x', logger: false } as const
const ADMIN = { roles: ['Admin'] }

/** Returns the routes as lines. */
const lines = (routes: readonly forExpress.ListedRoute[]): string[] =>
  routes.map(
    ({ method, path, guard, requirement }) =>
      `${method} ${path} ${guard} ${JSON.stringify(requirement)}`,
  )

describe.each([
  ['5', express5],
  ['4', express4 as typeof express5],
])('routes() of Express %s', (_version, express) => {
  test('lists middleware and the routes of mounted routers', async () => {
    const app = express()
    const auth = new forExpress.Auth(app, OPTIONS)
    const admin = express.Router()
    admin.use(auth.loginRequired(ADMIN))
    admin.get(['/users', '/groups'], (_req, res) => void res.end())
    admin
      .route('/keys')
      .get(auth.loginRequired({ maxAgeSeconds: 60 }))
      .delete(auth.loginRequired())
    app.use('/admin', admin)
    app.use('/account', auth.loginRequired())
    const atRoot = express.Router()
    atRoot.get(/^\/o/, auth.loginRequired())
    app.use(atRoot)
    app.get(['/a', '/b'], auth.loginRequired())
    app.get('/open', (_req, res) => void res.end())

    expect(lines(auth.routes())).toEqual([
      'ALL …/* loginRequired {"roles":["Admin"]}',
      'GET …/keys loginRequired {"maxAgeSeconds":60}',
      'DELETE …/keys loginRequired {}',
      'ALL …/* loginRequired {}',
      'GET /^\\/o/ loginRequired {}',
      'GET /a loginRequired {}',
      'GET /b loginRequired {}',
    ])
  })
})

test('routes() of an Express router lists its routes', async () => {
  const router = express5.Router()
  const api = new forExpress.ApiAuth(router, { ...OPTIONS, audience: 'api://x' })
  router.get('/todos', api.authorizationRequired({ appPermissions: ['Todos.Read.All'] }))

  expect(lines(api.routes())).toEqual([
    'GET /todos authorizationRequired {"appPermissions":["Todos.Read.All"]}',
  ])
})

test('routes() of Fastify lists parts with their prefix, and hooks of a route', async () => {
  const app = Fastify()
  const auth = new forFastify.Auth(OPTIONS)
  await app.register(auth.plugin())
  await app.register(
    async (part) => {
      part.get(
        '/users',
        { preHandler: [async () => undefined, auth.loginRequired(ADMIN)] },
        () => '',
      )
      part.route({ method: ['PUT', 'POST'], url: '/keys', handler: auth.loginRequired(() => '') })
    },
    { prefix: '/admin' },
  )
  app.get('/open', () => '')
  await app.ready()

  expect(lines(auth.routes())).toEqual([
    'GET /admin/users loginRequired {"roles":["Admin"]}',
    'PUT /admin/keys loginRequired {}',
    'POST /admin/keys loginRequired {}',
  ])
})

test('routes() of Hono lists middleware, and parts with an error handler', async () => {
  const app = new Hono()
  const auth = new forHono.Auth(app, OPTIONS)
  const part = new Hono()
  part.onError((_error, c) => c.text('failed'))
  part.get('/users', auth.loginRequired(ADMIN), (c) => c.text(''))
  app.use('/account/*', auth.loginRequired())
  app.route('/admin', part)

  expect(lines(auth.routes())).toEqual([
    'ALL /account/* loginRequired {}',
    'GET /admin/users loginRequired {"roles":["Admin"]}',
  ])
})

test.for([
  ['Auth', new forExpress.Auth(OPTIONS)],
  ['ApiAuth', new forFastify.ApiAuth(OPTIONS)],
  ['Auth of NestJS', new Auth(OPTIONS)],
] as const)('routes() of an %s without an application throws', ([, owner]) => {
  expect(() => owner.routes()).toThrow('routes() does not know the application')
})

/** All methods have the guard of the class, unless they have another one. */
class Admin {
  users(): string {
    return ''
  }

  keys(): string {
    return ''
  }

  health(): string {
    return ''
  }

  todos(): string {
    return ''
  }

  notARoute(): string {
    return ''
  }
}
decorate(Admin, 'users', { on: [Get('users')] })
decorate(Admin, 'keys', { on: [Post(['keys', 'secrets']), LoginRequired({ maxAgeSeconds: 60 })] })
decorate(Admin, 'health', { on: [Get('health'), Public()] })
decorate(Admin, 'todos', { on: [Get('todos'), UseGuards(ApiGuard)] })
Controller('admin')(Admin)
LoginRequired(ADMIN)(Admin)

/** Has no decorator of this library. */
class Open {
  home(): string {
    return ''
  }
}
decorate(Open, 'home', { on: [Get()] })
Controller()(Open)

describe('routes() of NestJS', () => {
  const OF_ADMIN = [
    'GET /v1/admin/users loginRequired {"roles":["Admin"]}',
    'POST /v1/admin/keys loginRequired {"maxAgeSeconds":60}',
    'POST /v1/admin/secrets loginRequired {"maxAgeSeconds":60}',
    'GET /v1/admin/todos loginRequired {"roles":["Admin"]}',
    'GET /v1/admin/todos authorizationRequired {}',
  ]
  let auth: Auth

  test('lists routes with a decorator or a guard', ({ on }) =>
    on(
      {
        controllers: [Admin, Open],
        prepare(app) {
          app.setGlobalPrefix('v1')
          auth = app.get(Auth)
        },
      },
      async () => expect(lines(auth.routes())).toEqual(OF_ADMIN),
    ))

  test('lists the other routes too if a guard is global', ({ on }) =>
    on(
      {
        controllers: [Admin, Open],
        providers: [{ provide: APP_GUARD, useExisting: LoginGuard }],
        prepare(app) {
          app.setGlobalPrefix('v1')
          auth = app.get(Auth)
        },
      },
      async () => {
        expect(lines(auth.routes())).toEqual([...OF_ADMIN, 'GET /v1 loginRequired {}'])
      },
    ))
})
