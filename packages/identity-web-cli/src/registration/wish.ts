/** A scope that an API offers. */
export interface WishedScope {
  readonly value: string
  readonly description: string
}

/** The values that an app registration should have. Everything else in it stays as it is. */
export interface Wish {
  readonly kind: 'web' | 'daemon' | 'api' | 'mcp'
  /** The name. `undefined` keeps the name of an app that exists. */
  readonly name: string | undefined
  /** The accounts that can sign in. `undefined` keeps the setting. A new app is then for one tenant. */
  readonly audience: string | undefined
  readonly redirectUris: readonly string[]
  /** The redirect URIs of a new app. An app that exists does not get them. */
  readonly newRedirectUris: readonly string[]
  readonly signOutUrl: string | undefined
  /** The Application ID URIs. `{appId}` stands for the client ID. */
  readonly identifierUris: readonly string[]
  readonly scopes: readonly WishedScope[]
  /** The roles of users and groups. */
  readonly roles: readonly string[]
  /** The roles of apps that act without a user. */
  readonly appPermissions: readonly string[]
  readonly idTokenClaims: readonly string[]
  readonly accessTokenClaims: readonly string[]
  /** `true` if access tokens for this app have version 2. */
  readonly hasVersion2: boolean
  /** The client IDs of clients whose users see no consent page. */
  readonly clients: readonly string[]
  /** The permissions at other APIs that the app lists. For a daemon, these are app permissions. */
  readonly permissions: readonly string[]
  /** More tags of a new app. */
  readonly tags?: readonly string[]
}

/** The values of an app that has nothing yet. */
export const EMPTY_WISH: Omit<Wish, 'kind' | 'name' | 'audience'> = {
  redirectUris: [],
  newRedirectUris: [],
  signOutUrl: undefined,
  identifierUris: [],
  scopes: [],
  roles: [],
  appPermissions: [],
  idTokenClaims: [],
  accessTokenClaims: [],
  hasVersion2: false,
  clients: [],
  permissions: [],
}

/** The account types, by the value of `--accounts`. */
export const ACCOUNTS: Readonly<Record<string, string>> = {
  tenant: 'AzureADMyOrg',
  organizations: 'AzureADMultipleOrgs',
  all: 'AzureADandPersonalMicrosoftAccount',
}

/** Returns the text for users of a wish's kind. */
export function describeKind({ kind }: Pick<Wish, 'kind'>): string {
  return { web: 'web app', daemon: 'daemon', api: 'API', mcp: 'MCP server' }[kind]
}
