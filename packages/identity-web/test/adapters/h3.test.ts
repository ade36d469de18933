import { createServer } from 'node:http'
import {
  createApp,
  defineEventHandler,
  send,
  setResponseStatus,
  toNodeListener,
  type H3Event,
} from 'h3'
import { H3, toNodeHandler } from 'h3-2'
import { ApiAuth, Auth, IdentityError, type AnyRequest } from 'identity-web/h3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { toReply } from '../../src/adapters/h3/host.ts'
import { sendRaw } from '../support/raw.ts'
import { SESSION_SECRET, close, listen } from '../support/site.ts'
import { adapterContract, type StartHost } from './contract.ts'
import { addContract } from './hosts/h3-app.ts'
import { WITHOUT_MCP } from './hosts/on-requests.ts'

const startHost: StartHost = async (optionsFor, variant) => {
  const app = createApp({
    onError(error, event) {
      setResponseStatus(event, error.unhandled ? 418 : error.statusCode)
      return send(event, error.message)
    },
  })
  const server = createServer(toNodeListener(app))
  const origin = await listen(server)
  for (const prefix of variant.prefixes) {
    addContract(app, optionsFor(origin, prefix), { ...variant, prefix })
  }
  return { origin, close: () => close(server) }
}

adapterContract('h3', startHost, {
  ...WITHOUT_MCP,
  deferred: 'The routes are not added to an application.',
  standalone: 'An event does not know the Auth of its application.',
})

const OPTIONS = {
  authority: 'http://localhost:1/tenant',
  clientId: 'client',
  clientCredential: 'secret',
  redirectUri: 'http://localhost:3000/api/admin/redirect',
  session: { secret: SESSION_SECRET },
  logger: false,
} as const

describe('a middleware with paths', () => {
  /** Requests a path as a script, byte for byte. */
  async function visit(target: string, paths = ['/api/admin', '/büro/']): Promise<number> {
    const auth = new Auth(OPTIONS)
    const app = createApp()
    app.use(auth.loginRequired({ paths, roles: ['Admin'] }))
    app.use(defineEventHandler(() => 'in'))
    const server = createServer(toNodeListener(app))
    const origin = await listen(server)
    onTestFinished(() => close(server))
    const head = [`GET ${target} HTTP/1.1`, 'Host: localhost', 'Sec-Fetch-Mode: cors']
    return (await sendRaw(origin, head)).status
  }

  test.each([
    '/api/admin',
    '/api/admin?x',
    '/api/admin/',
    '/api/admin/users',
    '/api/%61dmin',
    '/%61pi%2fadmin',
    '/API/Admin',
    '/api//admin',
    '//api/admin',
    '/api\\admin',
    '/api/public/../admin',
    '/api/public/%2e%2e/admin',
    '/api/admin/../public',
    '/api/admin#top',
    '/b%C3%BCro/1',
    '/b%c3%bcro',
  ])('guards %s', async (target) => {
    expect(await visit(target)).toBe(401)
  })

  test.each(['/', '/api', '/api/administrator', '/api/users?next=/api/admin', '/x/api/admin'])(
    'does not guard %s',
    async (target) => {
      expect(await visit(target)).toBe(200)
    },
  )

  test('needs no other requirement', async () => {
    const { loginRequired } = new Auth(OPTIONS)
    expect(() => loginRequired({ paths: ['/api/admin'] })).not.toThrow()
  })

  test('guards all paths if another package adds the property to all objects', async () => {
    const prototype = Object.prototype as { paths?: string[] }
    onTestFinished(() => void delete prototype.paths)
    const auth = new Auth(OPTIONS)
    const app = createApp()
    prototype.paths = ['/only']
    app.use(auth.loginRequired({ roles: ['Admin'] }))
    delete prototype.paths
    app.use(defineEventHandler(() => 'in'))
    const server = createServer(toNodeListener(app))
    const origin = await listen(server)
    onTestFinished(() => close(server))

    const { status } = await fetch(`${origin}/other`, { headers: { 'sec-fetch-mode': 'cors' } })
    expect(status).toBe(401)
  })

  test('guards every path below the root, and lets the routes of sign-in pass', async () => {
    expect(await visit('/any', ['/'])).toBe(401)
    expect(await visit('/api/admin/redirect')).toBe(200)
  })

  test.each([[['api/admin']], [['/api/admin/*']], [[]], ['/api/admin']])(
    'that are not a list of paths, as %j, is an error',
    (paths) => {
      const { loginRequired } = new Auth(OPTIONS)
      expect(() => loginRequired({ paths: paths as string[] })).toThrow(
        'requires the option paths, which is a list of paths',
      )
    },
  )

  test('together with a handler is an error, because a handler belongs to one route', () => {
    const { loginRequired } = new Auth(OPTIONS)
    expect(() => loginRequired({ paths: ['/a'] } as object, () => 'in')).toThrow('paths')
  })
})

// Next to a replaced `Response`, h3 2 responds to every error with 200 and the text "[object Response]".
const isReplaced = process.env['NEIGHBOR'] === 'response'

describe('toResponse()', () => {
  const request = { method: 'GET', url: '/', headers: { accept: 'application/json' } }
  const error = new IdentityError('access_denied', 'The user may not see this.')

  test.each<[string, AnyRequest]>([
    ['a request of Node.js', request],
    ['a Request', new Request('http://localhost/', { headers: request.headers })],
    ['an event without its response', { node: { req: request } }],
  ])('responds for %s', async (_, given) => {
    const responses = [
      await new Auth(OPTIONS).toResponse(given, error),
      await new ApiAuth({
        authority: OPTIONS.authority,
        clientId: 'api',
        logger: false,
      }).toResponse(given, error),
    ]

    expect(responses.map(({ status }) => status)).toEqual([403, 403])
  })

  test.each([undefined, null, 'GET /'])('says that %s is not a request', async (given) => {
    const response = new Auth(OPTIONS).toResponse(given as never, error)

    await expect(response).rejects.toMatchObject({ code: 'configuration' })
  })

  test('keeps the cookies in the response if the headers of the event are sent', () => {
    const res = { headersSent: true, getHeader: () => undefined }
    const headers = { 'set-cookie': 'a=1' }

    const reply = toReply({ node: { req: request, res } } as never, new Response(null, { headers }))

    expect(reply.headers.getSetCookie()).toEqual(['a=1'])
  })
})

test.skipIf(isReplaced)(
  'an event of h3 2 is an error that names the other entry point, in a handler and a guard',
  async () => {
    const auth = new Auth(OPTIONS)
    const guard = auth.loginRequired(() => 'in')
    const errors: unknown[] = []
    const app = new H3({
      onError: (error) => void errors.push((error.cause as IdentityError).message),
    })
    app.get('/handled', async (event) => auth.handle(event as unknown as H3Event))
    app.get('/guarded', async (event) => guard(event as unknown as H3Event))
    const server = createServer((req, res) => void toNodeHandler(app)(req, res))
    const origin = await listen(server)
    onTestFinished(() => close(server))

    const statuses = [await fetch(`${origin}/handled`), await fetch(`${origin}/guarded`)]

    expect(statuses.map(({ status }) => status)).toEqual([500, 500])
    const message = expect.stringContaining(
      'To keep h3 2, import Auth from identity-web/fetch',
    ) as string
    expect(errors).toEqual([message, message])
  },
)
