import * as client from 'openid-client'
import type { DevProvider } from '../../src/index.js'

/** Configures openid-client for the default app of the provider. */
export function discover(
  { app }: Pick<DevProvider, 'app'>,
  authority: string,
): Promise<client.Configuration> {
  return client.discovery(new URL(authority), app.clientId, app.clientSecret, undefined, {
    execute: [client.allowInsecureRequests],
  })
}
