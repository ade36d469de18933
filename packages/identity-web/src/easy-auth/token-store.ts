import { requestProvider, type Transport } from '../authority/index.ts'
import { cookiePairs } from '../session/index.ts'
import type { PlatformNames } from './options.ts'
import type { PlatformTokens } from './headers.ts'

/** The start of the names of the platform's session cookies. */
const SESSION_COOKIES = 'AppServiceAuthSession'

/**
 * Lets the platform refresh the tokens of a user, and reads them.
 *
 * @param cookieHeader - The cookies of the browser. Only those of the platform's session are sent.
 * @returns `undefined` if the platform cannot refresh them: without its session, without a token store, or without a refresh
 *   token.
 * @throws IdentityError `provider_unavailable` if the platform does not respond.
 * @see {@link https://learn.microsoft.com/azure/app-service/configure-authentication-oauth-tokens#refresh-auth-tokens}
 */
export async function refreshAtPlatform(
  { url, prefix, provider }: PlatformNames,
  transport: Transport,
  cookieHeader: string,
): Promise<PlatformTokens | undefined> {
  const cookie = cookiePairs(cookieHeader, SESSION_COOKIES).join('; ')
  if (url === undefined || cookie === '') return undefined
  const get = (path: string): ReturnType<typeof requestProvider> =>
    requestProvider(transport, `the tokens at ${path}`, {
      url: url + path,
      headers: { cookie, accept: 'application/json' },
    })
  const refreshed = await get(`${prefix}/refresh`)
  if (refreshed.status !== 200) return undefined
  const { status, body } = await get(`${prefix}/me`)
  return status === 200 ? findTokens(body, provider) : undefined
}

function findTokens(json: string, provider: string): PlatformTokens | undefined {
  const found = parseList(json).find(({ provider_name: name }) => name === provider)
  const accessToken = toText(found?.['access_token'])
  if (found === undefined || accessToken === '') return undefined
  return {
    accessToken,
    expiresOn: toText(found['expires_on']),
    refreshToken: toText(found['refresh_token']),
    idToken: toText(found['id_token']),
  }
}

function parseList(json: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value.filter(isObject) : []
  } catch {
    return []
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
