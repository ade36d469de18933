import { listen } from '../server/listen.js'
import { createHostCheck } from '../server/host-header.js'
import { startDevProvider } from '../provider.js'
import { createBearerCheck } from './bearer.js'
import { createEntraClient } from './entra-client.js'
import { createHandler } from './handler.js'
import type { EasyAuth, EasyAuthOptions } from './options.js'
import { createForwarder } from './forward.js'
import { createPlatformSessions } from './sessions.js'

/**
 * Simulates Azure App Service authentication ("Easy Auth") in front of an app on this machine.
 *
 * This reverse proxy signs users in at the development provider, and adds the same headers to their requests as App Service. It
 * has the paths `/.auth/login/aad`, `/.auth/logout`, `/.auth/me` and `/.auth/refresh`. Pass the `variables`, which App Service
 * sets, to the app.
 *
 * @param options - The app's URL. All other options have defaults.
 * @throws TypeError when the provider uses https, or `NODE_ENV` is `production`.
 * @throws Error with the code `EADDRINUSE` when another program uses the port.
 *
 * @example
 * ```ts
 * const platform = await startEasyAuth({ target: 'http://localhost:3000' })
 * Object.assign(process.env, platform.variables)
 * ```
 */
export async function startEasyAuth(options: EasyAuthOptions): Promise<EasyAuth> {
  const { unauthenticated = 'RedirectToLoginPage', tokenStore = true, scopes = [] } = options
  const { now = Date.now } = options
  const provider = options.provider ?? (await startDevProvider())
  if (new URL(provider.origin).protocol !== 'http:') {
    throw new TypeError(
      'startEasyAuth() works only with a provider that uses http. Start the provider without tls.',
    )
  }
  const server = await listen({
    host: 'localhost',
    port: options.port ?? 0,
    certificate: undefined,
  })
  const { origin } = server
  const client = createEntraClient(provider, { origin, scopes, now })
  const sessions = createPlatformSessions(now)
  const { target } = options
  const forwarder = createForwarder(typeof target === 'string' ? () => target : target)
  const handler = createHandler({
    origin,
    isOwnHost: createHostCheck({ listening: origin, origin, allowHosts: [] }),
    client,
    sessions,
    forwarder,
    verifyBearer: createBearerCheck(provider),
    unauthenticated,
    tokenStore,
  })
  server.handle(handler)

  return {
    origin,
    provider,
    variables: {
      WEBSITE_AUTH_ENABLED: 'True',
      WEBSITE_AUTH_DEFAULT_PROVIDER: 'AzureActiveDirectory',
      WEBSITE_AUTH_CLIENT_ID: client.clientId,
      WEBSITE_AUTH_OPENID_ISSUER: `${provider.authority()}/v2.0`,
      WEBSITE_AUTH_CLIENT_SECRET_SETTING_NAME: 'MICROSOFT_PROVIDER_AUTHENTICATION_SECRET',
      MICROSOFT_PROVIDER_AUTHENTICATION_SECRET: provider.app.clientSecret ?? '',
      WEBSITE_HOSTNAME: new URL(origin).host,
    },
    signOutAll: () => sessions.clear(),
    async close() {
      forwarder.close()
      await server.close()
      if (options.provider === undefined) await provider.close()
    },
  }
}
