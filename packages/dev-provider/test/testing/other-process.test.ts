import { sessionFor, tokenFor } from 'identity-web-dev/testing'
import { deviceCode } from 'identity-web/device-code'
import { Auth } from 'identity-web/fetch'
import { runningProviders } from '../../src/running-providers.js'
import { describe, expect, test as base, vi } from '../support/fixtures.js'
import { claimsOf } from '../support/flow.js'

const SECRET = 'a session secret of at least 32 characters'
const REDIRECT_URI = 'http://localhost:3000/redirect'
const ENTRA = 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111'
const CLIENT_ID = '99999999-2222-4333-8444-555555555555'

/** The application, as it runs in the other process. */
const test = base
  .extend('appOf', () => (settings: object) => {
    const auth = new Auth({
      redirectUri: REDIRECT_URI,
      session: { secret: SECRET },
      logger: false,
      ...settings,
    })
    return {
      auth,
      open: (headers: Record<string, string>) =>
        auth.authenticate(new Request('http://localhost:3000/', { headers })),
    }
  })
  /** Hides the provider of this process, so that the kit sends HTTP requests to it. */
  .extend('remote', ({ provider }, { onCleanup }) => {
    runningProviders().delete(provider.origin)
    onCleanup(() => void runningProviders().set(provider.origin, provider))
    return provider
  })

describe('sessionFor for another process', () => {
  test('gets tokens from a provider in another process', async ({ remote, appOf }) => {
    const settings = { authority: remote.authority(), clientId: remote.app.clientId }
    const { auth, open } = appOf({ ...settings, clientCredential: remote.app.clientSecret })

    const { headers } = await sessionFor(
      { secret: SECRET, redirectUri: REDIRECT_URI, ...settings },
      {
        as: 'alex',
        roles: ['Admin'],
        scopes: ['User.Read'],
        claims: { department: 'HR', preferred_username: undefined },
      },
    )

    const result = await open({ ...headers })
    const { context } = result as unknown as { context: { claims: Record<string, unknown> } }
    expect(context.claims).toMatchObject({
      name: 'Alex Rivera',
      roles: ['Admin'],
      department: 'HR',
    })
    expect(context.claims['preferred_username']).toBeUndefined()
    const request = new Request('http://localhost:3000/', { headers })
    expect(await auth.getTokenForUser(request, 'User.Read')).toMatchObject({
      scopes: ['User.Read'],
    })
    expect(remote.requests.map(({ endpoint }) => endpoint)).toContain('devUserTokens')
  })

  test('passes the error of a provider in another process on', async ({ remote }) => {
    const settings = { authority: remote.authority(), clientId: remote.app.clientId }

    await expect(
      sessionFor({ secret: SECRET, redirectUri: REDIRECT_URI, ...settings }, { as: 'nobody' }),
    ).rejects.toThrow(/'nobody' does not exist.*alex@contoso/)
    await expect(
      tokenFor({ audience: 'api://unknown', authority: remote.authority() }, { as: 'alex' }),
    ).rejects.toThrow("The API 'api://unknown' does not exist")
  })

  test('creates a token at a provider in another process', async ({ remote }) => {
    const settings = { audience: remote.api.idUri, authority: remote.authority() }
    const { accessToken } = await tokenFor(settings, { as: 'alex', claims: { scp: undefined } })

    expect(claimsOf(accessToken)).toMatchObject({ name: 'Alex Rivera' })
    expect(claimsOf(accessToken)['scp']).toBeUndefined()
  })

  test('needs no redirect URI for an application that signs users in with a code', async ({
    appOf,
  }) => {
    const settings = { authority: ENTRA, clientId: CLIENT_ID, signIn: deviceCode() }
    const { open } = appOf({ ...settings, redirectUri: undefined })

    const { headers } = await sessionFor({ secret: SECRET, ...settings }, { as: 'robin' })

    expect(await open({ ...headers })).toMatchObject({
      context: { claims: { name: 'Robin Chen' } },
    })
  })

  test('needs no provider for a session without tokens', async ({ appOf }) => {
    const settings = { authority: ENTRA, clientId: CLIENT_ID }
    const { open } = appOf(settings)

    const { headers, user } = await sessionFor(
      { secret: SECRET, redirectUri: REDIRECT_URI, ...settings },
      { as: 'robin', roles: ['Admin'] },
    )

    expect(user).toMatchObject({
      iss: `${ENTRA}/v2.0`,
      tid: '11111111-1111-4111-8111-111111111111',
      aud: CLIENT_ID,
      name: 'Robin Chen',
      roles: ['Admin'],
    })
    expect(await open({ ...headers })).toMatchObject({ ok: true, context: { user } })
  })

  test.for([
    [
      'oidcAuthority',
      { oidcAuthority: 'https://login.example.com/realm' },
      { name: 'Alex Rivera' },
    ],
    [
      'AD FS',
      { authority: 'https://adfs.example.com/adfs' },
      { iss: 'https://adfs.example.com/adfs' },
    ],
    ['External ID', { authority: 'https://shop.ciamlogin.com/' }, { name: 'Nora Lind' }],
    [
      'Azure AD B2C',
      { b2c: { tenantName: 'shop', signUpSignInUserFlow: 'B2C_1_susi' } },
      { name: 'Mia Santos' },
    ],
  ] as const)(
    'creates a session without a provider for %s',
    async ([, authority, expected], { appOf }) => {
      const settings = { ...authority, clientId: CLIENT_ID }
      const { open } = appOf(settings)

      const { headers, claims } = await sessionFor({
        secret: SECRET,
        redirectUri: REDIRECT_URI,
        ...settings,
      })

      expect(claims).toMatchObject({ ...expected, aud: CLIENT_ID })
      expect(await open({ ...headers })).toMatchObject({ ok: true })
    },
  )

  test('stores the user that onLogin of the application returns', async ({ appOf }) => {
    const settings = { authority: ENTRA, clientId: CLIENT_ID }
    const { open } = appOf(settings)
    const user = { id: 7, plan: 'free' }

    const session = await sessionFor({
      secret: SECRET,
      redirectUri: REDIRECT_URI,
      ...settings,
      user,
    })

    expect(session.user).toEqual(user)
    expect(await open({ ...session.headers })).toMatchObject({ ok: true, context: { user } })
  })

  test('reads the settings from environment variables', async ({ appOf, provider }) => {
    vi.stubEnv('IDENTITY_SESSION_SECRET', SECRET)
    vi.stubEnv('IDENTITY_REDIRECT_URI', REDIRECT_URI)
    const { open } = appOf({ authority: provider.authority(), clientId: provider.app.clientId })

    const { headers } = await sessionFor({}, { as: 'alex', provider })

    expect(await open({ ...headers })).toMatchObject({ ok: true })
  })

  test('opens sessions of the same secret only', async ({ appOf }) => {
    const settings = { authority: ENTRA, clientId: CLIENT_ID }
    const { open } = appOf(settings)
    const secret = 'another secret that has at least 32 characters'

    const { headers } = await sessionFor({ secret, redirectUri: REDIRECT_URI, ...settings })

    expect(await open({ ...headers })).toMatchObject({ ok: false, status: 401 })
  })

  test('says what is missing', async () => {
    const redirectUri = REDIRECT_URI

    await expect(sessionFor({ redirectUri })).rejects.toThrow('Set sessionFor({ secret })')
    await expect(sessionFor({ secret: SECRET, redirectUri })).rejects.toThrow(
      /settings of sessionFor are not complete[\s\S]*authority is not configured/,
    )
    await expect(
      sessionFor(
        { secret: SECRET, redirectUri, authority: ENTRA, clientId: CLIENT_ID },
        { scopes: ['User.Read'] },
      ),
    ).rejects.toThrow('The scopes User.Read require access tokens, but a development provider')
    await expect(
      sessionFor(
        {
          secret: SECRET,
          redirectUri,
          authority: 'http://localhost:9/common',
          clientId: CLIENT_ID,
        },
        { provider: 'http://localhost:9' },
      ),
    ).rejects.toThrow('The development provider at http://localhost:9 does not run')
  })

  test('works for a public redirect URI without NODE_ENV', async () => {
    vi.stubEnv('NODE_ENV', undefined)

    const { headers } = await sessionFor(
      {
        secret: SECRET,
        redirectUri: 'https://staging.contoso.example/redirect',
        authority: ENTRA,
        clientId: CLIENT_ID,
      },
      { provider: false },
    )
    expect(headers.origin).toBe('https://staging.contoso.example')
  })

  test('is not available in production', async () => {
    vi.stubEnv('NODE_ENV', 'production')

    await expect(sessionFor({ secret: SECRET, redirectUri: REDIRECT_URI })).rejects.toThrow(
      'NODE_ENV is "production"',
    )
  })
})

describe('/dev/user-tokens', () => {
  test('rejects pages of other sites, and forms', async ({ provider }) => {
    const post = (headers: Record<string, string>, body = '{}') =>
      fetch(`${provider.origin}/dev/user-tokens`, { method: 'POST', headers, body })
    const json = { 'content-type': 'application/json' }

    expect((await post({ ...json, origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({ ...json, origin: 'null' })).status).toBe(403)
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post(json, '[]')).status).toBe(400)
    expect((await post(json, '{"as":1}')).status).toBe(400)
    expect((await post(json, '{"toString":"x"}')).status).toBe(400)
    expect((await post(json)).status).toBe(200)
  })
})
