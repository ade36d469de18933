import { createServer, type RequestListener } from 'node:http'
import express from 'express'
// @ts-expect-error Express 4 has the types of Express 5 here.
import express4 from 'express4'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import * as onExpress from 'identity-web/express'
import * as onFastify from 'identity-web/fastify'
import * as onFetch from 'identity-web/fetch'
import * as onHono from 'identity-web/hono'
import * as onKoa from 'identity-web/koa'
import { AuthorizationRequired, EitherRequired, LoginRequired, Public } from 'identity-web/nestjs'
import * as onNext from 'identity-web/next'
import * as onReactRouter from 'identity-web/react-router'
import * as onTanStackStart from 'identity-web/tanstack-start'
import { describe, expect, test } from 'vitest'
import { close, listen } from '../support/server.ts'

// Mistakes that compile in JavaScript. Each error must say what to write instead.

const OPTIONS = {
  authority: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555',
  clientId: '11111111-2222-3333-4444-555555555555',
  redirectUri: 'http://localhost/redirect',
  logger: false,
  session: { secret: 'a-secret-of-the-tests-0123456789-abcdef' },
} as const
const API = { authority: OPTIONS.authority, clientId: OPTIONS.clientId, logger: false } as const

/** Serves an application, and returns the error that its error handling gets for `/`. */
async function errorOf(handler: RequestListener, errors: unknown[]) {
  const server = createServer(handler)
  const origin = await listen(server)
  const { status } = await fetch(origin)
  await close(server)
  expect(status).toBe(500)
  return (errors[0] as Error | undefined)?.message
}

/** Makes an application of each framework with one handler for all requests. */
const HOSTS: Record<string, (handler: never) => Promise<string | undefined>> = {
  'Express 5': (handler) => onExpressApp(express(), handler),
  'Express 4': (handler) => onExpressApp((express4 as typeof express)(), handler),
  async Koa(handler) {
    const app = new Koa()
    const errors: unknown[] = []
    app.on('error', (error) => errors.push(error))
    app.use(handler)
    const callback = app.callback()
    return errorOf((request, response) => void callback(request, response), errors)
  },
  async Hono(handler) {
    const app = new Hono()
    const errors: Error[] = []
    app.onError((error, c) => {
      errors.push(error)
      return c.text('', 500)
    })
    app.use(handler)
    expect((await app.request('/')).status).toBe(500)
    return errors[0]?.message
  },
  async Fastify(handler) {
    const app = fastify()
    app.get('/', handler)
    const response = await app.inject('/')
    expect(response.statusCode).toBe(500)
    return response.json<{ message: string }>().message
  },
  async 'Request and Response'(handler) {
    const call = handler as (request: Request) => unknown
    return messageOf(() => call(new Request('http://localhost/')))
  },
  async 'Next.js'(handler) {
    const call = handler as (request: Request, context: object) => unknown
    return messageOf(() => call(new Request('http://localhost/'), { params: {} }))
  },
  async 'React Router'(handler) {
    const call = handler as (args: object, next: () => unknown) => unknown
    return messageOf(() => call({ ...IN_ARGUMENTS, params: {} }, () => undefined))
  },
  async 'TanStack Start'(handler) {
    const call = handler as (args: object) => unknown
    return messageOf(() => call({ ...IN_ARGUMENTS, next: () => undefined }))
  },
}

const IN_ARGUMENTS = { request: new Request('http://localhost/'), context: {} }

function onExpressApp(app: ReturnType<typeof express>, handler: never) {
  const errors: unknown[] = []
  app.use(handler)
  // oxlint-disable-next-line max-params -- Express recognizes an error handler by its four parameters.
  app.use(((error, _req, res, _next) => {
    errors.push(error)
    res.status(500).end()
  }) as express.ErrorRequestHandler)
  return errorOf(app, errors)
}

function messageOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** The members of an entry that the tests use. */
interface Entry {
  Auth: new (options: typeof OPTIONS) => {
    loginRequired: unknown
    orBearer(api: unknown): { required: unknown }
  }
  ApiAuth: new (options: typeof API) => { authorizationRequired: unknown }
  loginRequired?: (handler: () => undefined) => unknown
}

const ENTRIES = {
  'Express 5': onExpress,
  'Express 4': onExpress,
  Koa: onKoa,
  Hono: onHono,
  Fastify: onFastify,
  'Request and Response': onFetch,
  'Next.js': onNext,
  'React Router': onReactRouter,
  'TanStack Start': onTanStackStart,
} as unknown as Readonly<Record<string, Entry>>

describe('a guard without parentheses says to write them', () => {
  test.each(Object.entries(ENTRIES))('loginRequired of an Auth: %s', async (name, entry) => {
    const { loginRequired } = new entry.Auth(OPTIONS)
    // The same sentence for every framework, because only some of them have app.use().
    expect(await HOSTS[name]?.(loginRequired as never)).toMatch(
      /Write loginRequired\(\) instead of loginRequired where you pass the guard to your application or to a route\.$/,
    )
  })

  test.each(Object.entries(ENTRIES))('authorizationRequired: %s', async (name, entry) => {
    const { authorizationRequired } = new entry.ApiAuth(API)
    expect(await HOSTS[name]?.(authorizationRequired as never)).toContain(
      'Write authorizationRequired() instead of authorizationRequired',
    )
  })

  test.each(Object.entries(ENTRIES))('orBearer(api).required: %s', async (name, entry) => {
    const { required } = new entry.Auth(OPTIONS).orBearer(new entry.ApiAuth(API))
    expect(await HOSTS[name]?.(required as never)).toContain('Write required() instead of required')
  })

  test.each(Object.entries(ENTRIES).filter(([, entry]) => 'loginRequired' in entry))(
    'the stand-alone loginRequired: %s',
    async (name, entry) => {
      const { loginRequired } = entry
      expect(await HOSTS[name]?.(loginRequired as never)).toContain(
        'Write loginRequired() instead of loginRequired',
      )
    },
  )

  test.each(Object.entries({ AuthorizationRequired, EitherRequired, LoginRequired, Public }))(
    'the decorator @%s of NestJS',
    (name, given) => {
      const decorator = given as unknown as (...given: unknown[]) => unknown
      class Pages {
        readonly title = 'Pages'
      }
      const expected = `Write @${name}() instead of @${name}.`
      expect(messageOf(() => decorator(Pages))).toContain(expected)
      expect(messageOf(() => decorator(Pages.prototype, 'list', { value: () => 1 }))).toContain(
        expected,
      )
      expect(messageOf(() => decorator())).toBeUndefined()
    },
  )

  test('a requirement of another realm is accepted', async () => {
    const { runInNewContext } = await import('node:vm')
    const requirement = runInNewContext('({ roles: ["Admin"] })') as never
    expect(messageOf(() => new onFetch.Auth(OPTIONS).loginRequired(requirement))).toBeUndefined()
  })
})

test.each(Object.entries(ENTRIES).filter(([, entry]) => 'loginRequired' in entry))(
  'the stand-alone loginRequired without any Auth says to create one: %s',
  async (name, entry) => {
    const handler = entry.loginRequired?.(() => undefined)
    const message = await HOSTS[name]?.(handler as never)
    expect(message).toMatch(
      /^loginRequired of identity-web\/(express|koa|hono|fastify) found no Auth .* Call new Auth\(app, options\) or auth\.initApp\(app\)/,
    )
    expect(message).toContain(`identity-web/${name.replace(/ \d/, '').toLowerCase()} `)
  },
)
