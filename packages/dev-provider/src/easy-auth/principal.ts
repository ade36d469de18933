import type { PlatformTokens } from './entra-client.js'

const XMLSOAP = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const MICROSOFT = 'http://schemas.microsoft.com/identity/claims/'

/** The long names that App Service gives to claims. It keeps the names of all other claims. */
const LONG_NAMES: Readonly<Record<string, string>> = {
  sub: `${XMLSOAP}nameidentifier`,
  email: `${XMLSOAP}emailaddress`,
  given_name: `${XMLSOAP}givenname`,
  family_name: `${XMLSOAP}surname`,
  upn: `${XMLSOAP}upn`,
  unique_name: `${XMLSOAP}name`,
  oid: `${MICROSOFT}objectidentifier`,
  tid: `${MICROSOFT}tenantid`,
  idp: `${MICROSOFT}identityprovider`,
  scp: `${MICROSOFT}scope`,
}

type Claims = Readonly<Record<string, unknown>>

/** A claim as App Service writes it. */
interface ClaimPair {
  readonly typ: string
  readonly val: string
}

/** Returns the claims of a token as App Service writes them. A claim with several values occurs several times. */
function toPairs(claims: Claims): ClaimPair[] {
  return Object.entries(claims).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each: unknown) => ({
      typ: LONG_NAMES[name] ?? name,
      val: typeof each === 'string' ? each : JSON.stringify(each),
    })),
  )
}

/** Returns the headers that describe a user, or a client with a bearer token. */
export function toPrincipalHeaders(claims: Claims): Record<string, string> {
  const principal = {
    auth_typ: 'aad',
    claims: toPairs(claims),
    name_typ: `${XMLSOAP}emailaddress`,
    role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
  }
  return {
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': textOf(claims['oid'] ?? claims['sub']),
    // A header cannot contain all characters of a name.
    'x-ms-client-principal-name': encodeHeader(userNameOf(claims)),
    'x-ms-client-principal-idp': 'aad',
  }
}

/** Returns the headers with the tokens of a user. */
export function toTokenHeaders(tokens: PlatformTokens): Record<string, string> {
  return {
    'x-ms-token-aad-id-token': tokens.idToken,
    'x-ms-token-aad-access-token': tokens.accessToken,
    'x-ms-token-aad-expires-on': toExpiresOn(tokens.expiresAt),
    ...(tokens.refreshToken !== undefined && {
      'x-ms-token-aad-refresh-token': tokens.refreshToken,
    }),
  }
}

/** Returns the content of `/.auth/me`. */
export function toMe(tokens: PlatformTokens): object[] {
  return [
    {
      access_token: tokens.accessToken,
      expires_on: toExpiresOn(tokens.expiresAt),
      id_token: tokens.idToken,
      provider_name: 'aad',
      ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
      user_claims: toPairs(tokens.claims),
      user_id: userNameOf(tokens.claims),
    },
  ]
}

/** Returns a time in the format of .NET, which writes seven digits after the second. */
function toExpiresOn(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '0000Z')
}

function userNameOf(claims: Claims): string {
  return textOf(claims['preferred_username'] ?? claims['email'] ?? claims['name'] ?? claims['sub'])
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function encodeHeader(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? value : encodeURIComponent(value)
}
