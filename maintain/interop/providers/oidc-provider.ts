import { createServer } from 'node:http'
import type { Page } from 'playwright-core'
import type { InteropProvider } from '../provider.ts'
import { close } from '../../../packages/identity-web/test/support/server.ts'
import { click, fill } from '../walk.ts'

const ACCESS_TOKEN_SECONDS = 60
const API = 'https://todos.example'

/** The certified provider of panva, with its pages for development. */
export const oidcProvider: InteropProvider = {
  name: 'oidc-provider',
  language: 'TypeScript',
  source: 'npm `oidc-provider`',
  needs: "`prompt: 'consent'` for a refresh token",
  async start({ port, site }) {
    const { Provider } = await import('oidc-provider')
    const issuer = `http://localhost:${port}`
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: site.clientId,
          client_secret: site.clientSecret,
          redirect_uris: [site.redirectUri],
          post_logout_redirect_uris: [site.postLogoutRedirectUri],
          grant_types: [
            'authorization_code',
            'refresh_token',
            'urn:ietf:params:oauth:grant-type:device_code',
          ],
          response_types: ['code'],
          backchannel_logout_uri: site.backChannelLogoutUri,
          backchannel_logout_session_required: true,
        },
      ],
      claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
      scopes: ['openid', 'offline_access', 'email', 'profile'],
      findAccount: (_context: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.com`, name: `User ${id}` }),
      }),
      features: {
        backchannelLogout: { enabled: true },
        deviceFlow: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({
            scope: 'todos.read',
            audience: API,
            accessTokenFormat: 'jwt',
            accessTokenTTL: ACCESS_TOKEN_SECONDS,
          }),
        },
      },
      // The default fetch rejects loopback addresses, where the application runs.
      fetch: (url, request) => fetch(url, { ...request, dispatcher: undefined } as RequestInit),
      ttl: { AccessToken: ACCESS_TOKEN_SECONDS },
      cookies: { keys: ['interop'] },
    })
    const handle = provider.callback()
    const server = createServer((request, response) => void handle(request, response))
    await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
    return {
      issuer,
      options: { prompt: 'consent' },
      accessTokenSeconds: ACCESS_TOKEN_SECONDS,
      unsupported: {
        'scope-errors': 'It ignores unknown scopes.',
        'front-channel': 'It does not implement front-channel logout.',
      },
      api: { audience: API, scopes: ['todos.read'], options: { extraParams: { resource: API } } },
      act: async (page) =>
        (await signIn(page)) || click(page, 'button[autofocus], button[type=submit]'),
      decline: async (page) => (await signIn(page)) || click(page, 'a[href$="/abort"]'),
      async signOutAtProvider(page) {
        await page.goto(`${issuer}/session/end`)
        await page.locator('button[autofocus]').click()
        await page.waitForLoadState('load')
      },
      close: () => close(server),
    }
  },
}

const signIn = (page: Page): Promise<boolean> =>
  fill(page, { 'input[name=login]': 'ada', 'input[name=password]': 'any' }, '[type=submit]')
