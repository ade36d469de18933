import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { DevProvider } from '../dev-provider.js'
import { idUrisOf } from '../profiles/resources.js'

/** Returns the claims of a valid access token for the app, or `undefined`. */
export type VerifyBearer = (token: string) => Promise<Readonly<Record<string, unknown>> | undefined>

/** Creates the check of access tokens. App Service accepts tokens whose audience is the app. */
export function createBearerCheck(provider: DevProvider): VerifyBearer {
  const { clientId } = provider.app
  const audience = [clientId, `api://${clientId}`, ...idUrisOf(provider.app)]
  const keys = createRemoteJWKSet(new URL(`${provider.authority()}/discovery/v2.0/keys`))
  return async (token) => {
    try {
      return (await jwtVerify(token, keys, { audience })).payload
    } catch {
      return undefined
    }
  }
}
