import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect } from 'node:net'
import {
  startDevProvider,
  startEasyAuth,
  type EasyAuth,
  type EasyAuthOptions,
} from '../src/index.js'
import { describe, expect, test as base, vi } from './support/fixtures.js'
import { cookieHeader } from './support/flow.js'
import { close, listen } from './support/listen.js'

interface App {
  readonly server: Server
  readonly origin: string
  /** The requests that reached the app. */
  readonly requests: IncomingMessage[]
}

/** A browser that keeps the cookies of the platform, and does not follow redirects. */
class Visitor {
  readonly cookies = new Map<string, string>()

  async open(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = cookieHeader(this.cookies)
    const headers = { accept: 'text/html', ...(init.headers as object), ...cookie }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (line.includes('Max-Age=0')) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('app', async ({}, { onCleanup }): Promise<App> => {
    const requests: IncomingMessage[] = []
    const server = createServer((request, response) => {
      requests.push(request)
      if (request.url === '/echo') {
        response.writeHead(201, { 'x-app': '1', 'set-cookie': ['a=1', 'b=2'] })
        request.pipe(response)
      } else response.end(`app ${request.url}`)
    })
    onCleanup(() => close(server))
    return { server, origin: await listen(server), requests }
  })
  .extend('open', ({ app, provider }, { onCleanup }) => {
    const started: EasyAuth[] = []
    onCleanup(async () => void (await Promise.all(started.map((each) => each.close()))))
    return async (options: Partial<EasyAuthOptions> = {}): Promise<EasyAuth> => {
      const platform = await startEasyAuth({ target: app.origin, provider, ...options })
      started.push(platform)
      return platform
    }
  })
  .extend('visitor', () => new Visitor())
  .extend('signIn', ({ provider, visitor }) => {
    return async (
      { origin }: EasyAuth,
      query = 'post_login_redirect_uri=/page?x=1',
      as = 'alex',
    ) => {
      const start = await visitor.open(`${origin}/.auth/login/aad?${query}`)
      const { url } = await provider.signIn(start.headers.get('location') ?? '', { as })
      return visitor.open(url.href)
    }
  })

function decode(request: IncomingMessage | undefined): Record<string, unknown> {
  const header = String(request?.headers['x-ms-client-principal'])
  return JSON.parse(Buffer.from(header, 'base64').toString()) as Record<string, unknown>
}

describe('the platform', () => {
  test('signs a user in and adds the headers of App Service', async ({
    app,
    open,
    provider,
    signIn,
    visitor,
  }) => {
    const platform = await open({ scopes: ['User.Read'] })

    const finished = await signIn(platform)
    expect(finished.status).toBe(302)
    expect(finished.headers.get('location')).toBe('/page?x=1')
    const response = await visitor.open(`${platform.origin}/page?x=1`)

    expect(await response.text()).toBe('app /page?x=1')
    const [request] = app.requests
    const { oid, tenant } = provider.user('alex')
    expect(request?.headers).toMatchObject({
      host: new URL(platform.origin).host,
      'x-ms-client-principal-id': oid,
      'x-ms-client-principal-name': 'alex@contoso.onmicrosoft.com',
      'x-ms-client-principal-idp': 'aad',
      'x-ms-token-aad-expires-on': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{7}Z$/),
      'x-ms-token-aad-access-token': expect.stringMatching(/^ey/),
      'x-ms-token-aad-id-token': expect.stringMatching(/^ey/),
      'x-ms-token-aad-refresh-token': expect.any(String),
    })
    expect(decode(request)).toMatchObject({
      auth_typ: 'aad',
      claims: expect.arrayContaining([
        { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: oid },
        { typ: 'http://schemas.microsoft.com/identity/claims/tenantid', val: tenant },
        { typ: 'name', val: 'Alex Rivera' },
      ]),
    })
  })

  test('passes parameters of the login URL on to the provider', async ({ open, visitor }) => {
    const platform = await open()

    const response = await visitor.open(
      `${platform.origin}/.auth/login/aad?prompt=select_account&login_hint=a%40b.example&other=1`,
    )

    const { searchParams } = new URL(response.headers.get('location') ?? '')
    expect(Object.fromEntries(searchParams)).toMatchObject({
      prompt: 'select_account',
      login_hint: 'a@b.example',
    })
    expect(searchParams.has('other')).toBe(false)
  })

  test('shows the tokens at /.auth/me, and refreshes them', async ({ open, signIn, visitor }) => {
    const platform = await open()
    expect((await visitor.open(`${platform.origin}/.auth/me`)).status).toBe(401)
    expect((await visitor.open(`${platform.origin}/.auth/refresh`)).status).toBe(401)
    await signIn(platform)
    const read = async () =>
      (await (await visitor.open(`${platform.origin}/.auth/me`)).json()) as [
        { access_token: string; user_claims: object[] },
      ]

    const [before] = await read()
    expect((await visitor.open(`${platform.origin}/.auth/refresh`)).status).toBe(200)
    const [after] = await read()

    expect(before).toMatchObject({ provider_name: 'aad', user_id: 'alex@contoso.onmicrosoft.com' })
    expect(after.access_token).not.toBe(before.access_token)
  })

  test('responds with 403 when the tokens cannot be refreshed', async ({
    open,
    provider,
    signIn,
    visitor,
  }) => {
    const platform = await open()
    await signIn(platform)
    provider.revokeUser('alex')

    expect((await visitor.open(`${platform.origin}/.auth/refresh`)).status).toBe(403)
  })

  test('keeps tokens to itself without a token store', async ({ app, open, signIn, visitor }) => {
    const platform = await open({ tokenStore: false })
    await signIn(platform)
    await visitor.open(platform.origin)

    const names = Object.keys(app.requests[0]?.headers ?? {})
    expect(names.filter((name) => name.startsWith('x-ms-token'))).toEqual([])
    expect(names).toContain('x-ms-client-principal')
    expect((await visitor.open(`${platform.origin}/.auth/me`)).status).toBe(404)
  })

  test('signs out here and at the provider', async ({ open, provider, signIn, visitor }) => {
    const platform = await open()
    await signIn(platform)

    const response = await visitor.open(
      `${platform.origin}/.auth/logout?post_logout_redirect_uri=/bye`,
    )

    const url = new URL(response.headers.get('location') ?? '')
    expect(url.origin).toBe(provider.origin)
    const complete = url.searchParams.get('post_logout_redirect_uri') ?? ''
    expect((await visitor.open(complete)).headers.get('location')).toBe('/bye')
    expect((await visitor.open(`${platform.origin}/.auth/me`)).status).toBe(401)
  })

  test.for(['https://attacker.example/', '//attacker.example/', 'http://localhost:1/x'])(
    'does not redirect to %s',
    async (target, { open, signIn, visitor }) => {
      const platform = await open()
      const query = new URLSearchParams({ post_login_redirect_uri: target })

      const finished = await signIn(platform, String(query))

      expect(finished.headers.get('location')).toBe('/.auth/login/done')
      platform.signOutAll()
      const out = new URLSearchParams({ post_logout_redirect_uri: target })
      const signedOut = await visitor.open(`${platform.origin}/.auth/logout?${out}`)
      expect(signedOut.headers.get('location')).toBe('/.auth/logout/done')
    },
  )

  test('finishes a sign-in only in the browser that started it', async ({ open, provider }) => {
    const platform = await open()
    const [victim, attacker] = [new Visitor(), new Visitor()]
    const start = await attacker.open(`${platform.origin}/.auth/login/aad`)
    const { url } = await provider.signIn(start.headers.get('location') ?? '', { as: 'alex' })

    expect((await victim.open(url.href)).status).toBe(401)
    expect(victim.cookies.size).toBe(0)
  })
})

describe('a request without a user', () => {
  test.for([
    ['RedirectToLoginPage', { accept: 'text/html' }, 302],
    ['RedirectToLoginPage', { accept: 'application/json' }, 401],
    ['RedirectToLoginPage', { accept: 'text/html', 'x-requested-with': 'XMLHttpRequest' }, 401],
    ['Return401', { accept: 'text/html' }, 401],
    ['Return403', { accept: 'text/html' }, 403],
    ['AllowAnonymous', { accept: 'text/html' }, 200],
  ] as const)('%s, %j: %i', async ([unauthenticated, headers, status], { app, open, visitor }) => {
    const platform = await open({ unauthenticated })

    const response = await visitor.open(`${platform.origin}/page?x=1`, { headers })

    expect(response.status).toBe(status)
    expect(app.requests).toHaveLength(status === 200 ? 1 : 0)
    if (status === 302) {
      expect(response.headers.get('location')).toBe(
        '/.auth/login/aad?post_login_redirect_uri=%2Fpage%3Fx%3D1',
      )
    }
  })

  test('does not reach the app with a Host header of another site', async ({ app, open }) => {
    const platform = await open({ unauthenticated: 'AllowAnonymous' })
    const { port } = new URL(platform.origin)
    const socket = connect(Number(port), 'localhost')
    socket.write(`GET / HTTP/1.1\r\nHost: attacker.example:${port}\r\nConnection: close\r\n\r\n`)
    let response = ''
    for await (const chunk of socket) response += String(chunk)

    expect(response).toMatch(/^HTTP\/1\.1 403 /)
    expect(app.requests).toEqual([])
  })

  test('has a bearer token: the platform accepts only tokens for the app', async ({
    app,
    open,
    provider,
  }) => {
    const platform = await open({ unauthenticated: 'AllowAnonymous' })
    const call = async (token: string): Promise<number> =>
      (await fetch(platform.origin, { headers: { authorization: `Bearer ${token}` } })).status

    expect(await call(await provider.sign({ aud: provider.app.clientId, sub: 'x' }))).toBe(200)
    expect(decode(app.requests[0])).toMatchObject({ auth_typ: 'aad' })
    expect(await call(await provider.accessToken({ as: 'alex' }))).toBe(401)
    const stranger = await provider.sign({ aud: provider.app.clientId }, { key: 'stranger' })
    expect(await call(stranger)).toBe(401)
    expect(await call('forged')).toBe(401)
  })
})

describe('the proxy', () => {
  test('passes bodies, status, headers and cookies on', async ({ open }) => {
    const platform = await open({ unauthenticated: 'AllowAnonymous' })
    const body = 'x'.repeat(300_000)

    const response = await fetch(`${platform.origin}/echo`, { method: 'POST', body })

    expect(response.status).toBe(201)
    expect(response.headers.get('x-app')).toBe('1')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await response.text()).toBe(body)
  })

  test('streams a response while the app writes it', async ({ app, open }) => {
    const platform = await open({ unauthenticated: 'AllowAnonymous' })
    let finish: (() => void) | undefined
    app.server.removeAllListeners('request')
    app.server.on('request', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: 1\n\n')
      finish = () => void response.end('data: 2\n\n')
    })

    const { body } = await fetch(platform.origin)
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    const text = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value)

    expect(await text()).toBe('data: 1\n\n')
    finish?.()
    expect(await text()).toBe('data: 2\n\n')
  })

  test('says which app cannot be reached', async ({ open }) => {
    const platform = await open({
      target: () => 'http://localhost:1',
      unauthenticated: 'AllowAnonymous',
    })

    const response = await fetch(platform.origin)

    expect(response.status).toBe(502)
    expect(await response.text()).toContain('The app at http://localhost:1 cannot be reached.')
  })
})

describe('startEasyAuth()', () => {
  test('starts and stops its own provider', async ({ app }) => {
    const platform = await startEasyAuth({ target: app.origin })
    const { origin } = platform.provider
    expect((await fetch(origin)).status).toBe(200)

    await platform.close()

    await expect(fetch(origin)).rejects.toThrow()
    await expect(fetch(platform.origin)).rejects.toThrow()
  })

  test('returns the variables of App Service', async ({ open, provider }) => {
    const { origin, variables } = await open()

    expect(variables).toEqual({
      WEBSITE_AUTH_ENABLED: 'True',
      WEBSITE_AUTH_DEFAULT_PROVIDER: 'AzureActiveDirectory',
      WEBSITE_AUTH_CLIENT_ID: provider.app.clientId,
      WEBSITE_AUTH_OPENID_ISSUER: `${provider.authority()}/v2.0`,
      WEBSITE_AUTH_CLIENT_SECRET_SETTING_NAME: 'MICROSOFT_PROVIDER_AUTHENTICATION_SECRET',
      MICROSOFT_PROVIDER_AUTHENTICATION_SECRET: provider.app.clientSecret,
      WEBSITE_HOSTNAME: new URL(origin).host,
    })
  })

  test('does not start in production', async ({ app }) => {
    vi.stubEnv('NODE_ENV', 'production')

    await expect(startEasyAuth({ target: app.origin })).rejects.toThrow('NODE_ENV is "production"')
  })

  test('rejects a provider that uses https', async ({ app }) => {
    const provider = await startDevProvider({ tls: true })
    try {
      await expect(startEasyAuth({ target: app.origin, provider })).rejects.toThrow('uses http')
    } finally {
      await provider.close()
    }
  })
})
