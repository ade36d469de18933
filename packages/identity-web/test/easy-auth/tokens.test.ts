import type { DevProvider } from 'identity-web-dev'
import { requestCount } from '../support/attack.ts'
import { Browser } from '../support/browser.ts'
import { describe, expect, signInAtPlatform, test } from '../support/platform-fixtures.ts'

function grants(provider: DevProvider): (string | undefined)[] {
  return provider.requests.flatMap(({ endpoint, grantType }) =>
    endpoint === 'token' ? [grantType] : [],
  )
}

describe('a token behind the platform', () => {
  test('is the one that the platform passes on', async ({ openWithUser, provider, browser }) => {
    const site = await openWithUser('/me', {}, { scopes: ['User.Read'] })

    const response = await browser.navigate(`${site.origin}/me`)

    expect(response.json()).toMatchObject({
      status: 200,
      body: { displayName: 'Alex Rivera' },
      scopes: expect.arrayContaining(['User.Read']),
    })
    expect(grants(provider)).toEqual(['authorization_code'])
  })

  test('is refreshed by the platform before it expires', async ({
    openWithUser,
    provider,
    browser,
    clock,
  }) => {
    const site = await openWithUser('/token', {}, { scopes: ['User.Read'] })
    const first = (await browser.navigate(`${site.origin}/token`)).json()

    clock.advance(3500)
    const second = (await browser.navigate(`${site.origin}/token`)).json()
    const third = (await browser.navigate(`${site.origin}/token`)).json()

    expect(second).not.toEqual(first)
    expect(third).toEqual(second)
    expect(grants(provider)).toEqual(['authorization_code', 'refresh_token'])
  })

  test('for other scopes uses the refresh token of the platform and the secret', async ({
    openPlatformSite,
    provider,
    browser,
  }) => {
    const site = await openPlatformSite({}, { scopes: ['User.Read'] })
    provider.behave({ consent: 'skip' })
    await signInAtPlatform(site, provider, browser, { path: '/mail' })

    const first = await browser.navigate(`${site.origin}/mail`)
    const again = await browser.navigate(`${site.origin}/mail`)

    expect(first.json()).toMatchObject({ scopes: expect.arrayContaining(['Mail.Read']) })
    expect(again.status).toBe(200)
    expect(grants(provider)).toEqual(['authorization_code', 'refresh_token'])
  })

  test('for other scopes without a secret says what to change', async ({
    openWithUser,
    provider,
    browser,
  }) => {
    const site = await openWithUser('/', {}, { scopes: ['User.Read'], hasSecret: false })

    const response = await browser.script(`${site.origin}/mail`)

    expect(response.status).toBe(500)
    expect(response.json()).toMatchObject({ error: 'configuration' })
    expect(site.logs.join('\n')).toContain('does not have the scopes Mail.Read')
    expect(site.logs.join('\n')).toContain('offline_access Mail.Read')
    expect(requestCount(provider, 'token')).toBe(1)
  })

  test('without a token store says what to change', async ({ openWithUser, browser }) => {
    const site = await openWithUser('/', {}, { tokenStore: false })

    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    expect((await browser.script(`${site.origin}/me`)).status).toBe(500)
    expect(site.logs.join('\n')).toContain('The platform did not send an access token')
  })

  test('of the own API is exchanged on behalf of the user', async ({
    openPlatformSite,
    provider,
    browser,
  }) => {
    const { clientId } = provider.api
    const api = provider.config.apps.find((app) => app.clientId === clientId)
    const site = await openPlatformSite(
      { clientId, clientCredential: api?.clientSecret, scopes: [`${api?.idUri}/Todos.Read`] },
      { scopes: [`${api?.idUri}/Todos.Read`] },
    )
    site.app.get(
      '/on-behalf-of',
      site.auth.loginRequired(async (req, res) => {
        const { scopes } = await site.auth.getTokenForUser(req, ['User.Read'])
        res.json(scopes)
      }),
    )
    await signInAtPlatform(site, provider, browser, { path: '/' })
    const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const [me] = (await (
      await fetch(`${site.origin}/.auth/me`, { headers: { cookie } })
    ).json()) as [{ access_token: string; expires_on: string; user_claims: object[] }]
    // The platform of this test has another registration, and passes on no refresh token of the API.
    const headers = {
      'x-ms-client-principal': Buffer.from(
        JSON.stringify({ auth_typ: 'aad', claims: me.user_claims }),
      ).toString('base64'),
      'x-ms-token-aad-access-token': me.access_token,
      'x-ms-token-aad-expires-on': me.expires_on,
    }

    const response = await new Browser().script(`${site.direct}/on-behalf-of`, { headers })

    expect(response.json()).toEqual(['User.Read'])
    expect(grants(provider)).toEqual([
      'authorization_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ])
  })

  test('that needs consent leads to the sign-in, but not again and again', async ({
    openWithUser,
    provider,
    browser,
    clock,
  }) => {
    const site = await openWithUser('/me', {}, { scopes: ['User.Read'] })

    clock.advance(600)
    const first = await browser.navigate(`${site.origin}/mail`)
    await signInAtPlatform(site, provider, browser, { path: '/mail' })
    const second = await browser.navigate(`${site.origin}/mail`)

    expect(first.location).toMatch(/^\/\.auth\/login\/aad\?post_login_redirect_uri=%2Fmail&/)
    expect(second.status).toBe(401)
    expect(second.text).toContain('<h1 ')
  })

  test('that expired without a refresh token leads to a new sign-in', async ({
    openWithUser,
    provider,
    browser,
    clock,
  }) => {
    const site = await openWithUser('/me', {}, { scopes: ['User.Read'] })
    provider.behave({ faults: { token: { kind: 'error', error: 'invalid_grant' } } })

    clock.advance(7200)
    const response = await browser.navigate(`${site.origin}/me`)

    expect(response.location).toMatch(/^\/\.auth\/login\/aad\?post_login_redirect_uri=%2Fme&/)
  })
})
