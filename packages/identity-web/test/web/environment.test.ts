import { createServer } from 'node:http'
import { serve } from '@hono/node-server'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import { ApiAuth, Auth, IdentityError, type AuthOptions } from 'identity-web/express'
import * as fastify from 'identity-web/fastify'
import * as fetchEntry from 'identity-web/fetch'
import * as hono from 'identity-web/hono'
import * as koa from 'identity-web/koa'
import * as nest from 'identity-web/nestjs'
import * as next from 'identity-web/next'
import Koa from 'koa'
import { NextRequest } from 'next/server.js'
import { NestFactory } from '@nestjs/core'
import { Module } from '@nestjs/common'
import { Browser } from '../support/browser.ts'
import { describe, expect, test, vi } from '../support/settings-fixtures.ts'
import { close, listen } from '../support/site.ts'

const SECRET = 'a-secret-of-thirty-two-characters'
const RIGHT = {
  authority: 'http://localhost:1/contoso.onmicrosoft.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientCredential: 'secret',
  redirectUri: 'http://localhost:5000/redirect',
  session: { secret: SECRET },
}

/** Without a secret, an application has a problem in production, and none in development. */
function isProduction(options: object): boolean {
  const { session: _, ...others } = RIGHT
  return new Auth({ ...others, logger: {}, ...options }).problems.length > 0
}

function isProductionApi(options: object): boolean {
  const api = new ApiAuth({ clientId: 'x', resource: 'wrong', logger: {}, ...options })
  try {
    api.authorizationRequired()
    return false
  } catch {
    return true
  }
}

describe('the environment of an application', () => {
  test.each([
    ['the option, whatever NODE_ENV is', { environment: 'production' }, 'development', true],
    ['the option, also on a public host', { environment: 'development' }, 'production', false],
    ['NODE_ENV=production, also on this machine', {}, 'production', true],
    ['NODE_ENV=development', { redirectUri: 'https://app.contoso.com/r' }, 'development', false],
    ['NODE_ENV=test, which counts as development', {}, 'test', false],
    ['an unknown NODE_ENV, which counts as production', {}, 'staging', true],
    ['a misspelled option, which counts as production', { environment: 'dev' }, 'test', true],
    ['a redirect URI on this machine', {}, undefined, false],
    ['a redirect URI at 127.0.0.1', { redirectUri: 'http://127.0.0.1/r' }, undefined, false],
    ['a redirect URI on a public host', { redirectUri: 'https://app.contoso.com/r' }, '', true],
    ['no redirect URI', { redirectUri: undefined }, undefined, true],
    [
      'a redirect URI that only looks local',
      { redirectUri: 'https://localhost.contoso.com/r' },
      undefined,
      true,
    ],
  ])('follows %s', (_, options, nodeEnvironment, expected) => {
    vi.stubEnv('NODE_ENV', nodeEnvironment)

    expect(isProduction(options)).toBe(expected)
  })

  test.each([
    ['an authority on this machine', { authority: RIGHT.authority }, false],
    ['an authority in the cloud', { authority: 'https://login.microsoftonline.com/contoso' }, true],
    ['another provider on this machine', { oidcAuthority: 'http://localhost:1' }, false],
    ['Azure AD B2C', { b2c: { tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' } }, true],
  ])('of an API follows %s, if NODE_ENV is not set', (_, options, expected) => {
    vi.stubEnv('NODE_ENV', undefined)

    expect(isProductionApi(options)).toBe(expected)
  })
})

describe('the problems of a configuration', () => {
  test('name option, variable, message and example, and whether the option is missing', () => {
    const auth = new Auth({ session: { secret: 'short' }, tenant: 'x', logger: {} } as object)

    expect(auth.problems).toEqual([
      { option: 'tenant', message: 'Auth has no option tenant. Did you mean tenants?' },
      {
        option: 'authority',
        variable: 'IDENTITY_AUTHORITY',
        message: expect.stringContaining('authority is not configured'),
        example: "'https://login.microsoftonline.com/contoso.onmicrosoft.com'",
        isMissing: true,
      },
      {
        option: 'clientId',
        variable: 'IDENTITY_CLIENT_ID',
        message: expect.stringContaining('clientId is not configured'),
        example: "'11111111-2222-3333-4444-555555555555'",
        isMissing: true,
      },
      {
        option: 'clientCredential',
        variable: 'IDENTITY_CLIENT_SECRET',
        message: expect.stringContaining('clientCredential is not configured'),
        example: 'process.env.IDENTITY_CLIENT_SECRET',
        isMissing: true,
      },
      {
        option: 'redirectUri',
        variable: 'IDENTITY_REDIRECT_URI',
        message: expect.stringContaining('redirectUri is not configured'),
        example: "'http://localhost:3000/redirect'",
        isMissing: true,
      },
      {
        option: 'session.secret',
        variable: 'IDENTITY_SESSION_SECRET',
        message: expect.stringContaining('32 characters'),
        example: 'the output of `openssl rand -base64 32`',
      },
    ])
  })

  test('are an empty list for valid options, and the list cannot be changed', () => {
    expect(new Auth({ ...RIGHT, logger: {} }).problems).toEqual([])
    const { problems } = new ApiAuth({ logger: {} })
    expect(problems).toHaveLength(2)
    expect(Object.isFrozen(problems)).toBe(true)
  })
})

describe('a mistake in the environment', () => {
  const problemsOf = (variables: object, options: object = {}): unknown[] =>
    new fetchEntry.Auth({ logger: false, ...options }, { ...NAMED, ...variables }).problems.map(
      ({ option, message }) => [option, message],
    )
  const warningsOf = (variables: object, options: object = {}): string[] => {
    const warn = vi.fn<(message: string) => void>()
    const logger = { info: warn, warn, error: warn }
    void new fetchEntry.Auth({ ...options, logger }, { ...NAMED, ...variables })
    return warn.mock.calls.map(([message]) => message)
  }
  const NAMED = {
    NODE_ENV: 'production',
    IDENTITY_AUTHORITY: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
    IDENTITY_CLIENT_ID: RIGHT.clientId,
    IDENTITY_CLIENT_SECRET: 'the secret of these variables',
    IDENTITY_REDIRECT_URI: 'https://app.contoso.com/redirect',
    IDENTITY_SESSION_SECRET: SECRET,
  }

  test.for([
    ['authority', { IDENTITY_AUTHORITY: 'https://login.microsoftonline.com/<tenant>' }],
    ['clientId', { IDENTITY_CLIENT_ID: '<Application (client) ID>' }],
    ['clientCredential', { IDENTITY_CLIENT_SECRET: "<the secret's value>" }],
    ['redirectUri', { IDENTITY_REDIRECT_URI: 'https://app.example.com/<path>' }],
  ] as const)('is a placeholder in %s', ([option, variables]) => {
    const [[variable, value]] = Object.entries(variables) as [[string, string]]
    const found = [option, expect.stringContaining(`${option} contains the placeholder of a guide`)]
    expect(problemsOf(variables)).toEqual([found])
    expect(problemsOf({}, { [option]: value })).toContainEqual(found)
    expect(String(problemsOf(variables))).toContain(`or ${variable}, for example`)
    expect(problemsOf({})).toEqual([])
  })

  test.for([
    ['IDENTITY_AUTORITY', 'IDENTITY_AUTHORITY'],
    ['IDENTIY_CLIENT_ID', 'IDENTITY_CLIENT_ID'],
    ['IDENTITY_SCOPES', 'IDENTITY_SCOPE'],
    ['IDENTITY_SCOPE_2', undefined],
    ['IDENTITY_ENDPOINT', undefined],
    ['IDENTITY_MCP_CLIENT_ID', undefined],
  ] as const)('is the variable %s', ([name, meant]) => {
    const hint = `The variable ${name} has no effect. Did you mean ${meant}?`
    const variables = { ...(meant && { [meant]: undefined }), [name]: 'x' }
    expect(warningsOf(variables).includes(hint)).toBe(meant !== undefined)
    // The right variable is set, so the other one belongs to something else.
    if (meant) expect(warningsOf({ [meant]: 'openid', [name]: 'x' })).not.toContain(hint)
  })

  test.for([
    ['common', {}, 'any'],
    ['organizations', {}, 'work'],
    ['organizations', { tenants: 'work' }, undefined],
    ['common', { tenants: [RIGHT.clientId] }, undefined],
    ['organizations', { onLogin: () => ({}) }, undefined],
    ['consumers', {}, undefined],
  ] as const)('is an authority at /%s with %j', ([tenant, options, policy]) => {
    const url = `https://login.microsoftonline.com/${tenant}`
    const expected = `The authority ${url} accepts the users of every tenant. Set Auth({ tenants: ['11111111-2222-3333-4444-555555555555'] }) for your tenants, or Auth({ tenants: '${policy}' }) for all.`
    expect(warningsOf({ IDENTITY_AUTHORITY: url }, options)).toEqual(
      policy === undefined ? [] : [expected],
    )
  })
})

/** Applications of the frameworks whose servers start once, each with the given options. */
const SERVERS: Readonly<Record<string, (options: object) => unknown>> = {
  'new Auth(app) on Express': (options) => new Auth(express(), options),
  'initApp(app) on Express': (options) => new Auth(options).initApp(express()),
  'new ApiAuth(app) on Express': (options) => new ApiAuth(express(), options),
  'a guard of ApiAuth on Express': (options) => new ApiAuth(options).authorizationRequired(),
  'new Auth(app) on Fastify': (options) => new fastify.Auth(Fastify(), options),
  'auth.plugin() on Fastify': (options) =>
    Fastify().register(new fastify.Auth(options).plugin()).ready(),
  'new ApiAuth(app) on Fastify': (options) => new fastify.ApiAuth(Fastify(), options),
  'new Auth(app) on Koa': (options) => new koa.Auth(new Koa(), options),
  'new ApiAuth(app) on Koa': (options) => new koa.ApiAuth(new Koa(), options),
  'new Auth(app) on Hono on Node.js': (options) => new hono.Auth(new Hono(), options),
  'new ApiAuth(app) on Hono on Node.js': (options) => new hono.ApiAuth(new Hono(), options),
}

const SILENT = { logger: {} }
const PAGE = new Request('https://app.contoso.com/login', { headers: { accept: 'text/html' } })
const serve200 = (): Response => new Response('in')

async function errorOf(start: () => unknown): Promise<IdentityError> {
  try {
    await start()
  } catch (error) {
    if (IdentityError.is(error)) return error
    throw error
  }
  throw new Error('It started.')
}

describe('in production', () => {
  const testInProduction = test.extend('production', { auto: true }, () => {
    vi.stubEnv('NODE_ENV', 'production')
    vi.spyOn(console, 'error').mockReturnValue()
    vi.spyOn(console, 'warn').mockReturnValue()
  })

  testInProduction.each(Object.entries(SERVERS))(
    '%s throws one error with all problems',
    async (_, start) => {
      const error = await errorOf(() => start({ clientCapabilities: 'cp1' }))

      expect(error.code).toBe('configuration')
      expect(error.hint).toContain('strictStart: false')
      for (const part of ['authority is not', 'clientId is not', 'clientCapabilities must be']) {
        expect(error.message).toContain(part)
      }
    },
  )

  testInProduction(
    'a Nest application throws one error with the problems of both halves',
    async () => {
      class App {
        readonly title = 'of this test'
      }
      Module({
        imports: [nest.IdentityModule.forRoot({ auth: { loginHint: 7 as never }, api: {} })],
      })(App)

      const error = await errorOf(() =>
        NestFactory.create(App, { logger: false, abortOnError: false }).then((app) => app.init()),
      )

      expect(error.message).toContain('loginHint must be')
      expect(error.message).toContain('ApiAuth({ authority })')
    },
  )

  testInProduction('a valid configuration starts', () => {
    expect(new Auth(express(), { ...RIGHT, logger: {} }).problems).toEqual([])
  })

  testInProduction('one problem is the whole message', async () => {
    const error = await errorOf(() => new Auth(express(), { ...RIGHT, session: {}, logger: {} }))

    expect(error.message).toMatch(/^session\S+ is not configured\. Set .*IDENTITY_SESSION_SECRET/)
  })

  testInProduction.each(Object.entries(SERVERS))(
    '%s starts with strictStart: false',
    async (_, start) => {
      await start({ strictStart: false, logger: {} })
    },
  )

  testInProduction.each(Object.entries(SERVERS))('%s starts in development', async (_, start) => {
    vi.stubEnv('NODE_ENV', 'development')

    await start({ logger: {} })
  })

  const UPGRADE = { method: 'GET', url: '/socket', headers: { upgrade: 'websocket' } }

  testInProduction.each<[string, (options: object) => Promise<unknown>]>([
    ['api.authenticate()', (options) => new ApiAuth(options).authenticate(UPGRADE)],
    ['auth.authenticate()', (options) => new Auth(options).authenticate(UPGRADE)],
    ['auth.getUser()', (options) => new Auth(options).getUser(UPGRADE as never)],
    ['auth.getContext()', (options) => new Auth(options).getContext(UPGRADE as never)],
    ['auth.ready()', (options) => new Auth(options).ready().catch(() => undefined)],
    ['api.ready()', (options) => new ApiAuth(options).ready().catch(() => undefined)],
  ])('%s logs the problems if nothing ended the start', async (_, call) => {
    const logged: string[] = []

    await call({ ...RIGHT, clientId: 7, logger: { error: (line: string) => logged.push(line) } })

    expect(logged.filter((line) => line.startsWith('clientId must be'))).toHaveLength(1)
  })

  testInProduction('the problems are logged once, and not when they end the start', async () => {
    const logged: string[] = []
    const logger = { error: (line: string) => void logged.push(line) }
    const api = new ApiAuth({ authority: RIGHT.authority, clientId: 7 as never, logger })

    expect(() => api.initApp(express())).toThrow('clientId must be a string')
    expect(logged).toEqual([])
    await api.authenticate(UPGRADE)
    await api.authenticate(UPGRADE)

    expect(logged).toHaveLength(1)
  })

  testInProduction.each<[string, () => Promise<Response>]>([
    ['guarded pages', () => new fetchEntry.Auth(SILENT).loginRequired(serve200)(PAGE)],
    ['guarded APIs', () => new fetchEntry.ApiAuth(SILENT).authorizationRequired(serve200)(PAGE)],
    ['the login route', async () => (await new fetchEntry.Auth(SILENT).handle(PAGE)) as Response],
    ['the routes of Next.js', () => new next.Auth(SILENT).handlers.GET(new NextRequest(PAGE))],
  ])('hosts without a start respond with a neutral 503: %s', async (_, request) => {
    const response = await request()

    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('60')
    expect(await response.text()).not.toMatch(/IDENTITY_|Auth\(|clientId/)
  })

  testInProduction('only guards and own routes respond with 503', async () => {
    const app = express()
    const auth = new Auth(app, { strictStart: false, logger: {} })
    app.get('/health', (_req, res) => void res.json('ok'))
    app.get(
      '/guarded',
      auth.loginRequired((_req, res) => void res.json('in')),
    )
    const server = createServer(app)
    const origin = await listen(server)
    const browser = new Browser()

    expect((await browser.navigate(`${origin}/health`)).status).toBe(200)
    expect((await browser.navigate(`${origin}/guarded`)).status).toBe(503)
    expect((await browser.navigate(`${origin}/login`)).status).toBe(503)
    await close(server)
  })

  testInProduction(
    'Hono with a function of options responds with 503, because its bindings come later',
    async () => {
      const app = new Hono()
      const auth = new hono.Auth(app, () => ({ logger: {} }))
      app.get(
        '/guarded',
        auth.loginRequired((c) => c.text('in')),
      )
      const server = serve({ fetch: app.fetch, port: 0 })

      expect((await app.request('/guarded')).status).toBe(503)
      server.close()
    },
  )
})

describe('while Next.js builds', () => {
  test('nothing is checked and nothing is logged', () => {
    vi.stubEnv('NODE_ENV', 'production')
    vi.stubEnv('NEXT_PHASE', 'phase-production-build')
    const [error, warn] = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]

    expect(new next.Auth().problems).toEqual([])
    expect(new next.ApiAuth().problems).toEqual([])
    expect(error).not.toHaveBeenCalled()
    expect(warn).not.toHaveBeenCalled()
  })
})

describe('two Auth objects of one application', () => {
  const [FIRST, SECOND] = [RIGHT, { ...RIGHT, clientId: 'second' }]
  const nestApp = async (...all: readonly AuthOptions[]): Promise<unknown> => {
    class App {
      readonly title = 'of this test'
    }
    Module({ imports: all.map((auth) => nest.IdentityModule.forRoot({ auth })) })(App)
    const app = await NestFactory.create(App, { logger: false, abortOnError: false })
    return app.init()
  }
  const both =
    <App>(create: () => App, AuthOf: new (app: App, options: AuthOptions) => unknown) =>
    (...all: readonly AuthOptions[]): unknown => {
      const app = create()
      return all.map((options) => new AuthOf(app, options))
    }
  const FRAMEWORKS = {
    Express: both(express, Auth),
    'an Express router': both(express.Router, Auth),
    Fastify: both(() => Fastify(), fastify.Auth),
    Koa: both(() => new Koa(), koa.Auth),
    Hono: both(() => new Hono(), hono.Auth),
    NestJS: nestApp,
  }

  test.for(Object.entries(FRAMEWORKS))('need their own places in %s', async ([, start]) => {
    const at = (redirectUri: string, name?: string): AuthOptions => ({
      ...SECOND,
      logger: false,
      redirectUri,
      session: { secret: SECRET, cookie: { name } },
    })
    const first = at(RIGHT.redirectUri)
    const messageOf = async (second: AuthOptions): Promise<string> =>
      (await errorOf(() => start({ ...first, clientId: FIRST.clientId }, second))).message
    expect(await messageOf(at(RIGHT.redirectUri, 'other'))).toBe(
      `Auth({ clientId: '${FIRST.clientId}', redirectUri: '${RIGHT.redirectUri}' }) and Auth({ clientId: 'second', redirectUri: '${RIGHT.redirectUri}' }) belong to one application, and both have the path /redirect. Give each its own folder in redirectUri, such as /staff/redirect, and its own session.cookie.name.`,
    )
    expect(await messageOf(at('http://localhost:5000/staff/redirect'))).toContain(
      'both have the cookie identity-5000 at localhost',
    )
    await start(first, at('http://localhost:5000/staff/redirect', 'staff'))
    await start(first, { ...at('https://other.example.com/redirect'), routes: false })
    await start(first)
    await start(first)
  })

  test('can be in different parts of it, and one can be mounted twice', () => {
    const app = express()
    const auth = new Auth(app, SECOND)
    auth.initApp(app)
    expect(() => new Auth(express.Router(), FIRST)).not.toThrow()
  })
})
