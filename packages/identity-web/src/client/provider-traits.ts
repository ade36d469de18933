import type { AuthorityKind } from '../authority/index.ts'

/** What requests to a kind of authority have that requests to another have not. */
export interface ProviderTraits {
  /** The prefix of a scope names its API, and a token is for one API. */
  readonly prefixedScopes: boolean
  /** Which scopes of OpenID Connect a sign-in asks for: these, or those that the metadata lists. */
  readonly signInScopes: readonly string[] | 'listed'
  /** There is no access token, which OAuth asks for, unless an API's scope or the client id is asked for. */
  readonly clientIdScope: boolean
  /** Understands the `claims` parameter with client capabilities. */
  readonly capabilities: boolean
  /** Knows `prompt=select_account`. */
  readonly accountPicker: boolean
  /** How certificates sign. */
  readonly certificateAlgorithm: 'PS256' | 'RS256'
  /** Gives an API tokens of other APIs on behalf of its users. */
  readonly onBehalfOf: boolean
  /** Sign-out needs the ID token as a hint: without one it asks, or goes wherever the URL says. */
  readonly idTokenHint: boolean
}

const ENTRA: ProviderTraits = {
  prefixedScopes: true,
  signInScopes: ['openid', 'profile', 'email', 'offline_access'],
  clientIdScope: false,
  capabilities: true,
  accountPicker: true,
  certificateAlgorithm: 'PS256',
  onBehalfOf: true,
  idTokenHint: false,
}

const TRAITS: Readonly<Record<AuthorityKind, ProviderTraits>> = {
  entra: ENTRA,
  'external-id': ENTRA,
  // MicrosoftDocs/azure-docs#90863 for the client id; a scope that B2C doesn't know is refused (AADB2C90117).
  b2c: {
    ...ENTRA,
    signInScopes: ['openid', 'profile', 'offline_access'],
    clientIdScope: true,
    capabilities: false,
    accountPicker: false,
    // Said of B2C by Microsoft's documentation of its access tokens.
    onBehalfOf: false,
    idTokenHint: true,
  },
  adfs: {
    ...ENTRA,
    signInScopes: 'listed',
    capabilities: false,
    accountPicker: false,
    certificateAlgorithm: 'RS256',
    idTokenHint: true,
  },
  oidc: {
    prefixedScopes: false,
    signInScopes: 'listed',
    clientIdScope: false,
    capabilities: false,
    accountPicker: false,
    certificateAlgorithm: 'RS256',
    onBehalfOf: false,
    idTokenHint: true,
  },
}

/** Returns the traits of a kind of authority. */
export function traitsOf(kind: AuthorityKind): ProviderTraits {
  return TRAITS[kind]
}
