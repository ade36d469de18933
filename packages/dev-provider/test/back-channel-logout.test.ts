import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import {
  defaultConfig,
  startDevProvider,
  type LogoutTokenRequest,
  type ProviderCookies,
} from '../src/index.js'
import { claimsOf, getTokens, postForm, REDIRECT_URI } from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'
import { close, listen } from './support/listen.js'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const API = defaultConfig.apps[1]!

/** An app with a logout URI. It records requests and sends the given response. */
class App {
  readonly heard: { path: string; type: string | undefined; token: string }[] = []
  answer = { status: 200, headers: {} as Record<string, string>, body: '' }
  isSilent = false
  readonly server = createServer((request, response) => void this.hear(request, response))

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`
  }

  private async hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request))
    this.heard.push({
      path: request.url ?? '',
      type: request.headers['content-type'],
      token: form.get('logout_token') ?? '',
    })
    const { status, headers, body } = this.answer
    if (!this.isSilent) response.writeHead(status, headers).end(body)
  }
}

const test = base
  .extend('behaviour', { consent: 'skip' })
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('app', async ({}, { onCleanup }) => {
    const app = new App()
    await listen(app.server)
    onCleanup(() => close(app.server))
    return app
  })
  .extend('provider', ({ provider, app }) => {
    provider.register({ backChannelLogoutUri: `${app.origin}/back-channel` })
    return provider
  })
  .extend('authorizeUrl', ({ provider }) => (params: Record<string, string> = {}): URL => {
    const all = {
      client_id: provider.app.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid offline_access',
      ...params,
    }
    return new URL(`${provider.oidcAuthority}/authorize?${new URLSearchParams(all)}`)
  })
  /** A user of the plain OpenID provider. The default of each function is the browser of the test. */
  .extend('user', ({ provider, authorizeUrl, cookies: own }) => ({
    /** Returns the ID token with its claims. */
    async signIn(as: string, cookies = own, client = provider.app) {
      const { clientId, clientSecret = '' } = client
      const authorize = authorizeUrl({ client_id: clientId, prompt: 'login' })
      const { url } = await provider.signIn(authorize, { as, cookies })
      const { body } = await postForm(`${provider.oidcAuthority}/token`, {
        grant_type: 'authorization_code',
        code: url.searchParams.get('code') ?? '',
        redirect_uri: REDIRECT_URI,
        client_id: clientId,
        client_secret: clientSecret,
      })
      const idToken = body['id_token'] ?? ''
      return { ...claimsOf(idToken), idToken } as { sub: string; sid: string; idToken: string }
    },
    signOut(idToken: string) {
      const params = new URLSearchParams({
        id_token_hint: idToken,
        post_logout_redirect_uri: REDIRECT_URI,
      })
      return provider.signIn(`${provider.oidcAuthority}/logout?${params}`, { cookies: own })
    },
    async isSignedIn(cookies = own) {
      const { url } = await provider.signIn(authorizeUrl({ prompt: 'none' }), { cookies })
      return url.searchParams.has('code')
    },
  }))
  .extend('verify', ({ provider }) => (token: string, audience = provider.app.clientId) => {
    const keys = createRemoteJWKSet(new URL(`${provider.oidcAuthority}/keys`))
    return jwtVerify(token, keys, { issuer: provider.oidcAuthority, audience, typ: 'logout+jwt' })
  })

test('only the metadata of the plain OpenID provider announces back-channel logout', async ({
  provider,
}) => {
  const said = { backchannel_logout_supported: true, backchannel_logout_session_supported: true }
  const metadata = async (authority: string) =>
    (await fetch(`${authority}/.well-known/openid-configuration`)).json()

  expect(await metadata(provider.oidcAuthority)).toMatchObject(said)
  for (const authority of [
    `${provider.authority()}/v2.0`,
    `${provider.externalIdAuthority}/v2.0`,
    `${provider.b2cAuthority()}/v2.0`,
    provider.adfsAuthority,
  ]) {
    const document = await metadata(authority)
    for (const name of Object.keys(said)) expect(document).not.toHaveProperty(name)
  }
})

test('a sign-out posts a logout token of the session before the browser continues', async ({
  user,
  app,
  verify,
  provider,
}) => {
  const { sub, sid, idToken } = await user.signIn('alex')
  const { url } = await user.signOut(idToken)

  expect(url.href).toBe(REDIRECT_URI)
  expect(app.heard).toMatchObject([{ path: '/back-channel' }])
  expect(app.heard[0]?.type).toMatch(/^application\/x-www-form-urlencoded/)
  const { payload, protectedHeader } = await verify(app.heard[0]?.token ?? '')
  expect(protectedHeader).toEqual({
    alg: 'RS256',
    typ: 'logout+jwt',
    kid: decodeProtectedHeader(idToken).kid,
  })
  expect(payload).toEqual({
    iss: provider.oidcAuthority,
    aud: provider.app.clientId,
    sub,
    sid,
    iat: expect.any(Number),
    exp: payload.iat! + 120,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    events: { [EVENT]: {} },
  })
  expect(await user.isSignedIn()).toBe(false)
})

test('every app of the session receives its own subject, and other apps receive nothing', async ({
  provider,
  app,
  user,
  verify,
}) => {
  provider.register({ backChannelLogoutUri: `${app.origin}/api` }, API.clientId)
  const web = await user.signIn('alex')
  await user.signOut(web.idToken)
  expect(app.heard.map(({ path }) => path)).toEqual(['/back-channel'])

  app.heard.length = 0
  const again = await user.signIn('alex')
  const api = await user.signIn('alex', undefined, API)
  await user.signOut(again.idToken)
  expect(app.heard.map(({ path }) => path).toSorted()).toEqual(['/api', '/back-channel'])
  const token = app.heard.find(({ path }) => path === '/api')?.token ?? ''
  expect((await verify(token, API.clientId)).payload).toMatchObject({ sub: api.sub, sid: api.sid })
  expect(api.sid).toBe(again.sid)
  expect(api.sub).not.toBe(again.sub)
  expect(again.sid).not.toBe(web.sid)
})

test('the other account of a browser stays signed in, and its apps receive nothing', async ({
  user,
  app,
}) => {
  const alex = await user.signIn('alex')
  const robin = await user.signIn('robin')
  await user.signOut(robin.idToken)

  expect(app.heard.map(({ token }) => claimsOf(token)['sid'])).toEqual([robin.sid])
  expect(alex.sid).not.toBe(robin.sid)
  expect(await user.isSignedIn()).toBe(true)
})

test('a sign-out at Entra ID posts nothing', async ({ provider, app, cookies }) => {
  await getTokens(provider, {}, { cookies })
  await provider.signIn(`${provider.authority()}/oauth2/v2.0/logout`, { cookies })
  await getTokens(provider, {}, { cookies })

  expect(await provider.signOut()).toEqual([])
  expect(app.heard).toEqual([])
})

describe('signOut()', () => {
  test('ends all sessions of a user and returns the responses of the apps', async ({
    user,
    app,
    provider,
  }) => {
    const [first, second, other]: ProviderCookies[] = [new Map(), new Map(), new Map()]
    const { sid } = await user.signIn('alex', first)
    const { sid: secondSid } = await user.signIn('alex', second)
    await user.signIn('robin', other)
    app.answer = { status: 400, headers: { 'cache-control': 'no-store' }, body: '{"error":"no"}' }
    const delivery = {
      clientId: provider.app.clientId,
      uri: `${app.origin}/back-channel`,
      status: 400,
      headers: expect.objectContaining({ 'cache-control': 'no-store' }),
      body: '{"error":"no"}',
    }

    expect(await provider.signOut({ as: 'alex' })).toEqual([
      { ...delivery, sid },
      { ...delivery, sid: secondSid },
    ])
    expect(new Set(app.heard.map(({ token }) => claimsOf(token)['sid']))).toEqual(
      new Set([sid, secondSid]),
    )
    expect(await Promise.all([first, second, other].map((jar) => user.isSignedIn(jar)))).toEqual([
      false,
      false,
      true,
    ])
  })

  test('ends one session by its sid', async ({ user, provider }) => {
    const [first, second]: [ProviderCookies, ProviderCookies] = [new Map(), new Map()]
    await user.signIn('alex', first)
    const { sid } = await user.signIn('alex', second)

    expect(await provider.signOut({ sid })).toMatchObject([{ sid, status: 200 }])
    expect(await user.isSignedIn(first)).toBe(true)
    expect(await user.isSignedIn(second)).toBe(false)
    await expect(provider.signOut({ as: 'nobody' })).rejects.toThrow(/user 'nobody' does not exist/)
  })

  test('sends the token that the test changed', async ({ user, provider, app, verify }) => {
    await user.signIn('alex')
    provider.tamper = { logoutToken: (claims, sign) => sign({ ...claims, nonce: 'n' }) }
    await provider.signOut({ as: 'alex' })

    const token = app.heard[0]?.token ?? ''
    expect((await verify(token)).payload).toMatchObject({ nonce: 'n' })
  })
})

describe('an app that fails', () => {
  test.for([
    ['rejects the token', { status: 500, headers: {}, body: '' }, 500],
    ['redirects', { status: 307, headers: { location: '/elsewhere' }, body: '' }, 307],
  ] as const)(
    'when it %s, the sign-out continues and the record contains the failure',
    async ([_name, failing, status], { app, user, provider, providerLog }) => {
      app.answer = failing
      const { idToken } = await user.signIn('alex')
      const { url } = await user.signOut(idToken)

      expect(url.href).toBe(REDIRECT_URI)
      expect(app.heard).toHaveLength(1)
      expect(provider.requests.filter(({ endpoint }) => endpoint === 'appLogout')).toEqual([
        {
          method: 'POST',
          path: `${app.origin}/back-channel`,
          endpoint: 'appLogout',
          params: { logout_token: '(hidden)' },
          status,
          at: expect.any(Number),
        },
      ])
      expect(providerLog).toContain(`POST ${app.origin}/back-channel ${status}`)
    },
  )

  test('that does not respond delays the sign-out only until logoutTimeoutSeconds', async ({
    app,
    provider,
    user,
    providerLog,
  }) => {
    app.isSilent = true
    provider.behave({ logoutTimeoutSeconds: 0.05 })
    const { idToken } = await user.signIn('alex')
    const { url } = await user.signOut(idToken)

    expect(url.href).toBe(REDIRECT_URI)
    expect(app.heard).toHaveLength(1)
    expect(providerLog).toContain(`POST ${app.origin}/back-channel - TimeoutError`)
  })

  test('that is not running appears with the reason in the delivery', async ({
    provider,
    user,
    providerLog,
  }) => {
    const gone = createServer()
    const origin = await listen(gone)
    await new Promise((resolve) => gone.close(resolve))
    provider.register({ backChannelLogoutUri: `${origin}/x?secret=1` })
    await user.signIn('alex')

    expect(await provider.signOut({ as: 'alex' })).toMatchObject([{ failure: 'ECONNREFUSED' }])
    expect(providerLog.at(-1)).toBe(`POST ${origin}/x - ECONNREFUSED`)
  })
})

describe('logoutToken()', () => {
  test('returns the token that a sign-out would post', async ({ user, provider, verify, app }) => {
    await user.signIn('alex', new Map())
    const { sub, sid } = await user.signIn('alex')
    const token = await provider.logoutToken({ as: 'alex' })

    expect((await verify(token)).payload).toMatchObject({ sub, sid, events: { [EVENT]: {} } })
    expect(app.heard).toEqual([])
  })

  test('contains only the requested subject and session', async ({ user, verify, provider }) => {
    await user.signIn('alex')
    const said = async (request: LogoutTokenRequest) => {
      const { sub, sid, aud } = (await verify(await provider.logoutToken(request), request.app))
        .payload
      return { sub, sid, aud }
    }
    const aud = provider.app.clientId

    expect(await said({ sid: 'S' })).toEqual({ sid: 'S', aud })
    expect(await said({ sub: 'U' })).toEqual({ sub: 'U', aud })
    expect(await said({ sub: 'U', sid: 'S' })).toEqual({ sub: 'U', sid: 'S', aud })
    expect(await said({ as: 'robin' })).toEqual({ sub: expect.any(String), aud })
    expect(await said({ sid: 'S', app: API.clientId })).toEqual({ sid: 'S', aud: API.clientId })
    await expect(provider.logoutToken({})).rejects.toThrow(TypeError)
  })

  test('can change or remove any claim and any part of the header', async ({ provider }) => {
    const token = await provider.logoutToken({
      sid: 'S',
      claims: { events: undefined, jti: undefined, nonce: 'n', aud: ['a', 'b'] },
      header: { typ: undefined, kid: 'other' },
    })

    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: 'other' })
    const { iat, exp, ...claims } = claimsOf(token)
    expect(claims).toEqual({ iss: provider.oidcAuthority, aud: ['a', 'b'], sid: 'S', nonce: 'n' })
    expect(Number(exp) - Number(iat)).toBe(120)
  })

  test('returns an expired token that was valid before', async ({ provider }) => {
    const now = Math.floor(Date.now() / 1000)
    const { iat, exp } = claimsOf(await provider.logoutToken({ sid: 'S', expiresIn: -60 }))

    expect(Number(exp)).toBeLessThan(now - 50)
    expect(Number(exp) - Number(iat)).toBe(120)
  })

  test.for([
    ['an attacker signs it', { key: 'stranger' }],
    ['nobody signs it', { header: { alg: 'none' } }],
    ['the public key signs it as a secret', { header: { alg: 'HS256' } }],
  ] as const)(
    '%s does not verify with the published keys',
    async ([_name, changes], { provider, verify }) => {
      const token = await provider.logoutToken({ sid: 'S', ...changes })

      await expect(verify(token)).rejects.toThrow(/signature|alg|key/i)
    },
  )
})

describe('the registration', () => {
  test('accepts new URLs until reset', ({ provider, app }) => {
    provider.register({ frontChannelLogoutUri: `${app.origin}/front` })
    expect(provider.app).toMatchObject({
      frontChannelLogoutUri: `${app.origin}/front`,
      backChannelLogoutUri: `${app.origin}/back-channel`,
    })

    provider.register({ frontChannelLogoutUri: undefined })
    expect(provider.app.frontChannelLogoutUri).toBeUndefined()
    provider.reset()
    expect(provider.app).toEqual(defaultConfig.apps[0])
  })

  test.for(['back-channel', 'ftp://localhost/', 'http://localhost/#x'])(
    'rejects %s',
    async (backChannelLogoutUri, { provider, app }) => {
      const apps = [{ ...defaultConfig.apps[0]!, backChannelLogoutUri }]

      expect(() => provider.register({ backChannelLogoutUri })).toThrow(/without a fragment/)
      expect(provider.app.backChannelLogoutUri).toBe(`${app.origin}/back-channel`)
      await expect(startDevProvider({ config: { apps } })).rejects.toThrow(/without a fragment/)
    },
  )

  test('rejects an unknown app', ({ provider }) => {
    expect(() => provider.register({}, 'nobody')).toThrow(/no app with the client ID nobody/)
  })
})
