import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { Auth, type AuthOptions } from 'identity-web/express'
import { CountingStore } from '../support/counting-store.ts'
import type { ScriptedClient } from '../support/scripted-provider/script.ts'
import { close } from '../support/server.ts'
import { createClock } from '../support/site.ts'

/** The web application that runs the certification profiles. */
export interface ConformanceApplication {
  /** The origin that browsers and the provider use. */
  readonly origin: string
  readonly logs: readonly string[]
  /** Moves the clock of the application. */
  advance(seconds: number): void
  /** Connects the application to a provider, and forgets all sessions. */
  connect(issuer: string, options?: ConnectOptions): void
  close(): Promise<void>
}

/** What a module changes in the options of the application. */
export type ConnectOptions = Pick<AuthOptions, 'responseMode' | 'scopes'>

/** Where the application listens. */
export interface Address {
  readonly port?: number
  /** The origin that browsers use, if a proxy for HTTPS is in front of the application. */
  readonly publicOrigin?: string
}

const CREDENTIALS = {
  clientId: 'identity-web-conformance',
  clientSecret: 'MARKED-client-secret-of-the-conformance-tests',
}

/** Returns how the application is registered at a provider. */
export function registrationOf(origin: string): ScriptedClient {
  return {
    ...CREDENTIALS,
    redirectUri: `${origin}/redirect`,
    postLogoutRedirectUri: `${origin}/`,
    backChannelLogoutUri: `${origin}/back-channel-logout`,
    frontChannelLogoutUri: `${origin}/front-channel-logout`,
  }
}

/** Starts the application. It has no provider until {@link ConformanceApplication.connect} is called. */
export async function startApplication({
  port = 0,
  publicOrigin,
}: Address = {}): Promise<ConformanceApplication> {
  let handle = express()
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  const origin = publicOrigin ?? `http://localhost:${(server.address() as AddressInfo).port}`
  const logs: string[] = []
  let clock = createClock()
  return {
    origin,
    logs,
    advance: (seconds) => clock.advance(seconds),
    connect(issuer, options = {}) {
      logs.length = 0
      clock = createClock()
      handle = express()
      declareRoutes(handle, {
        oidcAuthority: issuer,
        clientId: CREDENTIALS.clientId,
        clientCredential: CREDENTIALS.clientSecret,
        redirectUri: `${origin}/redirect`,
        postLogoutRedirectUri: `${origin}/`,
        scopes: ['profile', 'email'],
        userInfo: true,
        session: {
          secret: 'MARKED-session-secret-of-the-tests-0123456789',
          store: new CountingStore(),
        },
        now: clock.now,
        logger: false,
        onEvent: ({ message, ...details }) => logs.push(`${message} ${JSON.stringify(details)}`),
        ...options,
      })
    },
    close: () => close(server),
  }
}

/**
 * `/profile` requires a sign-in and calls UserInfo. `/profile-data` does the same, and does not start a sign-in. `/silent`
 * signs in without a page. `/` is public.
 */
function declareRoutes(app: express.Express, options: AuthOptions): void {
  const auth = new Auth(app, options)
  for (const [path, challenge] of [
    ['/profile', 'auto'],
    ['/profile-data', 'unauthorized'],
  ] as const) {
    app.get(
      path,
      auth.loginRequired({ scopes: ['profile'], challenge }, async (_req, res, context) => {
        res.json({ user: context.claims.sub, userInfo: await context.userInfo() })
      }),
    )
  }
  app.get('/silent', (req, res) => {
    const { login_error: error } = req.query
    if (error !== undefined) {
      res.status(401).json({ error })
      return
    }
    void auth.login(req, res, { onlySilent: true, maxAgeSeconds: 0, returnTo: '/silent' })
  })
  app.get('/', async (req, res) => {
    const context = await auth.getContext(req)
    res.json({ user: context?.claims.sub ?? null })
  })
}
