import type { AccessTokenRequest } from '../controls/access-token-request.js'
import type { UserTokens, UserTokensRequest } from '../controls/user-tokens-request.js'
import type { DevProvider } from '../dev-provider.js'
import { runningProviders } from '../running-providers.js'
import { isLoopback, sendRequest, type ReceivedResponse } from '../controls/send-request.js'

/** The provider operations that the kit needs. The provider can run in another process. */
export interface ProviderClient {
  readonly origin: string
  userTokens(request: UserTokensRequest): Promise<UserTokens>
  accessToken(request: AccessTokenRequest): Promise<string>
}

/** A provider, the URL of a provider in another process, or `false` for tests without a provider. */
export type ProviderChoice = DevProvider | string | false

/**
 * Returns the provider of an authority.
 *
 * @param choice - The provider that the test passes. Without it, the function searches for a provider at the
 *   authority's origin.
 * @returns `undefined` when no provider runs there.
 * @throws Error when the chosen provider does not run, or does not have the authority.
 */
export async function findProvider(
  authority: string,
  choice: ProviderChoice | undefined,
): Promise<ProviderClient | undefined> {
  if (choice === false) return undefined
  const url = new URL(authority)
  if (choice === undefined) {
    const local = runningProviders().get(url.origin)
    if (local !== undefined) return local
    return isLoopback(url) && (await isProvider(url.origin))
      ? remoteProvider(url.origin)
      : undefined
  }
  const origin = typeof choice === 'string' ? new URL(choice).origin : choice.origin
  if (origin !== url.origin) {
    throw new TypeError(
      `The application uses the authority ${authority}, but the provider of the test is ${origin}. Set authority (IDENTITY_AUTHORITY) to an authority of this provider.`,
    )
  }
  if (typeof choice !== 'string') return choice
  const local = runningProviders().get(origin)
  if (local !== undefined) return local
  if (await isProvider(origin)) return remoteProvider(origin)
  throw new Error(
    `The development provider at ${origin} does not run. Start it with "npx --no-install identity-web-dev", or change the option provider.`,
  )
}

/** Asks another process whether it is a development provider. */
async function isProvider(origin: string): Promise<boolean> {
  // The path accepts POST only, so a provider responds with 405.
  const response = await sendRequest(new URL('/dev/user-tokens', origin), {
    method: 'GET',
    headers: {},
  }).catch(() => undefined)
  return response?.status === 405
}

function remoteProvider(origin: string): ProviderClient {
  return {
    origin,
    userTokens: async (request) =>
      (await post(origin, '/dev/user-tokens', withRemovals(request))) as unknown as UserTokens,
    accessToken: async (request) => {
      const { access_token: token } = await post(origin, '/dev/token', withRemovals(request))
      return String(token)
    },
  }
}

/** Lists the claims to remove, because JSON cannot contain `undefined`. */
function withRemovals(request: UserTokensRequest | AccessTokenRequest): object {
  const removedClaims = Object.entries(request.claims ?? {})
    .filter(([, value]) => value === undefined)
    .map(([name]) => name)
  return removedClaims.length === 0 ? request : { ...request, removedClaims }
}

async function post(origin: string, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await sendRequest(new URL(path, origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const parsed = parse(response)
  if (response.status === 200) return parsed
  const { error_description: description } = parsed
  throw new TypeError(
    typeof description === 'string'
      ? description
      : `The development provider at ${origin} responded with ${response.status} to ${path}. Use the same version of identity-web-dev for the provider and for your tests.`,
  )
}

function parse({ body }: ReceivedResponse): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>
  } catch {
    return {}
  }
}
