import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { startDevProvider } from 'identity-web-dev/testing'
import type { auth as appAuth } from '../src/app.ts'

/** The application and the development provider, which a test file starts. */
export interface RunningApp {
  /** For `sessionFor({ auth }, { as: 'alex' })`, see the guide "Test your application" of identity-web. */
  readonly auth: typeof appAuth
  readonly origin: string
  stop(): Promise<void>
}

/** Starts the development provider and the application on free ports. */
export async function start(): Promise<RunningApp> {
  const provider = await startDevProvider()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  Object.assign(process.env, {
    // #region entra-id external-id ad-fs
    IDENTITY_AUTHORITY: provider.authority(),
    // #endregion entra-id external-id ad-fs
    // #region oidc
    IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority,
    // #endregion oidc
    // #region azure-ad-b2c
    IDENTITY_B2C_TENANT_NAME: provider.b2c.tenantName,
    IDENTITY_B2C_CUSTOM_DOMAIN: provider.b2c.customDomain,
    IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: provider.b2c.signUpSignInUserFlow,
    IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: provider.b2c.editProfileUserFlow,
    // #endregion azure-ad-b2c
    IDENTITY_CLIENT_ID: provider.app.clientId,
    IDENTITY_CLIENT_SECRET: provider.app.clientSecret,
    IDENTITY_REDIRECT_URI: `${origin}/redirect`,
    IDENTITY_SESSION_SECRET: 'a session secret of at least 32 characters',
  })
  // Import the application after its settings.
  const { auth, start: startApp } = await import('../src/app.ts')
  // #region store
  const { closeStore } = await import('../src/store.ts')
  // #endregion store
  const server = await startApp(port)
  return {
    auth,
    origin,
    async stop() {
      server.close()
      auth.close()
      // #region store
      await closeStore()
      // #endregion store
      await provider.close()
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
