import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { ApiAuth, Auth, type AuthOptions } from 'identity-web/express'
import { CountingStore } from '../../packages/identity-web/test/support/counting-store.ts'
import { close } from '../../packages/identity-web/test/support/server.ts'
import { createClock } from '../../packages/identity-web/test/support/site.ts'
import { createTamperingFetch, type Tamper } from './tamper.ts'
import type { RunningProvider, SiteRegistration } from './provider.ts'

/** The web application that signs in at every provider. */
export interface InteropSite {
  readonly origin: string
  readonly registration: SiteRegistration
  readonly logs: readonly string[]
  /** Changes the responses of the provider, or its requests. */
  readonly tamper: Tamper
  /** Moves the clock of the application. */
  advance(seconds: number): void
  /** Starts with new sessions and these options. */
  connect(provider: RunningProvider, options?: ConnectOptions): void
  close(): Promise<void>
}

/** Options of `Auth` for one step, and the API that the access tokens are for. */
export type ConnectOptions = AuthOptions & { readonly api?: RunningProvider['api'] }

const CREDENTIALS = {
  clientId: 'identity-web-interop',
  // Characters that client_secret_basic must not encode: many providers do not decode them.
  clientSecret: 'MARKED-secret_of.the~interop-tests-0123456789',
}

/** @param given - The port of the redirect URI that a running provider knows. The default is any free port. */
export async function startInteropSite(given = 0): Promise<InteropSite> {
  let handle = express()
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(given, 'localhost', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const logs: string[] = []
  const tamper: Tamper = { requests: [] }
  let clock = createClock()
  const registration = {
    ...CREDENTIALS,
    redirectUri: `${origin}/redirect`,
    postLogoutRedirectUri: `${origin}/`,
    backChannelLogoutUri: `${origin}/back-channel-logout`,
    frontChannelLogoutUri: `${origin}/front-channel-logout`,
  }
  return {
    origin,
    registration,
    logs,
    tamper,
    advance: (seconds) => clock.advance(seconds),
    connect({ issuer, client = CREDENTIALS, options }, { api, ...more } = {}) {
      logs.length = 0
      tamper.requests.length = 0
      delete tamper.idToken
      delete tamper.refreshToken
      clock = createClock()
      handle = express()
      const shared = {
        oidcAuthority: issuer,
        clientId: client.clientId,
        clientCredential: client.clientSecret,
        now: clock.now,
        logger: false as const,
        fetch: createTamperingFetch(tamper),
      }
      const auth = new Auth(handle, {
        ...shared,
        ...(more.signIn === undefined && {
          redirectUri: registration.redirectUri,
          postLogoutRedirectUri: registration.postLogoutRedirectUri,
        }),
        session: {
          secret: 'MARKED-session-secret-of-the-tests-0123456789',
          store: new CountingStore(),
        },
        onEvent: ({ message, ...details }) => logs.push(`${message} ${JSON.stringify(details)}`),
        ...options,
        ...more,
      })
      declarePages(handle, auth, api?.scopes ?? ['openid'])
      if (api === undefined) return
      const guard = new ApiAuth({ ...shared, audience: api.audience })
      handle.get(
        '/api',
        guard.authorizationRequired((_req, res, { claims }) => void res.json({ sub: claims.sub })),
      )
    },
    close: () => close(server),
  }
}

/** `/profile` requires a sign-in, `/token` an access token. `/` is public. */
function declarePages(app: express.Express, auth: Auth, tokenScopes: readonly string[]): void {
  app.get(
    '/profile',
    auth.loginRequired((_req, res, { user, claims }) => void res.json({ user, claims })),
  )
  app.get(
    '/token',
    auth.loginRequired(
      { scopes: tokenScopes, challenge: 'unauthorized' },
      (_req, res, context) => void res.json({ accessToken: context.accessToken }),
    ),
  )
  app.get(
    '/silent',
    (req, res) => void auth.login(req, res, { prompt: 'none', returnTo: '/profile' }),
  )
  app.get(
    '/fresh',
    (req, res) => void auth.login(req, res, { maxAgeSeconds: 0, returnTo: '/profile' }),
  )
  app.get('/', async (req, res) => {
    const context = await auth.getContext(req)
    res.json({ user: context?.claims.sub ?? null })
  })
}
