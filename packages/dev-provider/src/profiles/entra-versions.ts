import { v1IssuerOf } from './entra-v1.js'
import type { AppSubject, TenantAccount, Subject } from './issuer-profile.js'
import type { Resource } from './resources.js'

/** The parts of an access token that differ between the versions. */
export interface AccessTokenVersion {
  /** Returns the claims for the audience and the client, which every token contains. */
  tokenClaims(subject: Subject | AppSubject, resource: Resource): Record<string, unknown>
  userClaims(tenantAccount: TenantAccount): Record<string, unknown>
  header(kid: string): Record<string, unknown>
}

/**
 * Returns the version that the API chose for its access tokens. The endpoint that the client used
 * does not matter.
 */
export function versionOf({ app }: Resource): AccessTokenVersion {
  return app?.accessTokenVersion === 1 ? version1 : version2
}

// 0 for a public client, 1 for a secret, 2 for a certificate (access-token-claims-reference).
const AUTH_METHOD_NUMBERS = { none: '0', secret: '1', assertion: '2' } as const

const version2: AccessTokenVersion = {
  tokenClaims: ({ app, authMethod }) => ({
    azp: app.clientId,
    azpacr: AUTH_METHOD_NUMBERS[authMethod],
    ver: '2.0',
  }),
  userClaims: ({ user }) => ({ preferred_username: user.username }),
  header: () => ({}),
}

const version1: AccessTokenVersion = {
  tokenClaims: (subject, { app: api, uri, audience }) => ({
    aud: api?.v1Audience === 'clientId' ? audience : uri,
    iss: v1IssuerOf(subject.tenantAccount?.tenantId ?? (subject as AppSubject).tenantId),
    appid: subject.app.clientId,
    appidacr: AUTH_METHOD_NUMBERS[subject.authMethod],
    ver: '1.0',
  }),
  userClaims: ({ user, isGuest }) => ({
    acr: '1',
    amr: ['pwd'],
    family_name: user.surname,
    given_name: user.givenName,
    ipaddr: '127.0.0.1',
    // The user name of a guest belongs to the home tenant, which `idp` contains.
    ...(isGuest ? { idp: v1IssuerOf(user.tenant.toLowerCase()) } : { upn: user.username }),
    unique_name: user.username,
  }),
  header: (kid) => ({ x5t: kid }),
}
