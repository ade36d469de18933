import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose'

/** The caller whom an access token identifies. */
export interface Caller {
  /** The user name, or the client ID of an application that calls without a user. */
  readonly name: string
  readonly claims: JWTPayload
}

/** The access tokens that a service accepts. */
export interface TokenRules {
  /** The authority with the ID of its tenant, for example `http://localhost:5100/c0000000-0000-4000-8000-000000000001`. */
  readonly authority: string
  /** The App ID URI of the service, for example `https://storage.azure.com`. */
  readonly audience: string
  /** Returns milliseconds since 1970. */
  readonly now?: () => number
}

/** Returns the ID of the tenant in the URL of an authority. */
export const tenantOf = (authority: string): string =>
  new URL(authority).pathname.split('/')[1] ?? ''

/**
 * Creates a function that returns the caller for an `Authorization` header, or `undefined` if the token is missing or not valid.
 *
 * Services of Azure accept version 1 tokens, so `iss` is the issuer of these tokens.
 */
export function createTokenCheck({
  authority,
  audience,
  now = Date.now,
}: TokenRules): (header: string | undefined) => Promise<Caller | undefined> {
  const tenant = tenantOf(authority)
  const keys = createRemoteJWKSet(new URL(`/${tenant}/discovery/v2.0/keys`, authority))
  return async (header = '') => {
    const token = /^Bearer (\S+)$/.exec(header)?.[1]
    if (token === undefined) return undefined
    try {
      const { payload } = await jwtVerify<{ unique_name?: string; appid: string }>(token, keys, {
        audience,
        issuer: `https://sts.windows.net/${tenant}/`,
        currentDate: new Date(now()),
      })
      return { name: payload.unique_name ?? payload.appid, claims: payload }
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  }
}
