// The provider of users: its client, tokens, user flows.
import type { Authority, Transport } from '../../authority/index.ts'
import {
  createOAuthClient,
  createUserTokens,
  hintFor,
  type Apis,
  type ApplicationTokens,
  type OAuthClient,
  type UserTokens,
} from '../../client/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import type { ResolvedOptions } from '../../options/resolve-auth.ts'
import type { SignInParameters } from '../../options/sign-in-parameters.ts'
import type { LatestTokens } from '../../session/index.ts'
import type { Purposes, Transactions } from './transaction.ts'

/** The client of one authority, with the tokens that users got through it. */
export interface TokenClient {
  readonly client: OAuthClient
  readonly userTokens: UserTokens
}

/** The values of a sign-in that its start does not set. */
export interface SignInDefaults {
  readonly scopes: readonly string[]
  readonly parameters: SignInParameters
  readonly responseMode: 'query' | 'form_post' | undefined
  /** The groups of routes that may have to be looked up at Microsoft Graph. Each declared route adds its groups. */
  readonly namedGroups: ReadonlySet<string>
}

/**
 * The mode of UserInfo: a sign-in reads it never (`false`), always (`true`), or if the ID token lacks granted claims
 * (`'auto'`).
 */
export type UserInfoMode = boolean | 'auto'

/** A provider at which users sign in, with the client that is registered there and its tokens. */
export interface Provider extends TokenClient {
  /** The clients of the other user flows of Azure AD B2C. The client that signs users in is not in the map. */
  readonly byUserFlow: ReadonlyMap<string | undefined, TokenClient>
  /** The key of lists of sessions and of revocation markers: the client and the authority. */
  readonly owner: string
  readonly purposes: Purposes
  readonly apis: Apis
  /** The tokens of the application itself. */
  readonly clientTokens: ApplicationTokens
  readonly transactions: Transactions
  readonly signInDefaults: SignInDefaults
  readonly userInfo: UserInfoMode
  /** The groups that routes name. */
  readonly namedGroups: Set<string>
}

/** Returns the client of the user flow with which the user signed in. */
export function clientOf(
  provider: Pick<Provider, keyof TokenClient | 'byUserFlow'>,
  { userFlow }: { readonly userFlow?: string | undefined },
): TokenClient {
  return provider.byUserFlow.get(userFlow) ?? provider
}

/** Creates the clients of a provider. Behind a platform, users also get their tokens from the platform. */
export function createClients(
  options: ResolvedOptions<any>,
  { events, now }: { readonly events: EventEmitter; readonly now: () => number },
): Pick<Provider, keyof TokenClient | 'byUserFlow'> {
  const { clientId, credential, secretMethod, assertionAudience, capabilities } = options
  const { fetch, timeoutSeconds, clockToleranceSeconds, site } = options
  const transport: Transport = { fetch, timeoutSeconds, clockToleranceSeconds, hintOf: hintFor }
  // All clients of the provider share it, so that they do not repeat the warning.
  const expiryWarnings = { events, now, sent: new Map() }
  const settings = { clientId, credential, secretMethod, assertionAudience, capabilities }
  const clientAt = (authority: Authority): TokenClient => {
    const client = createOAuthClient(authority, { ...settings, expiryWarnings, transport, now })
    return { client, userTokens: createUserTokens(client) }
  }
  const { client, userTokens } = clientAt(options.authority)
  return {
    client,
    userTokens:
      site.signIn.kind === 'platform'
        ? site.signIn.platform.createUserTokens(client, userTokens)
        : userTokens,
    byUserFlow: new Map(
      Object.entries(options.userFlows).map(([name, of]) => [name, clientAt(of)] as const),
    ),
  }
}

/** Creates the function that returns the newest tokens of a session, from the memory of the client that refreshes it. */
export function createLatestTokens(provider: Provider): LatestTokens {
  return ({ id, claims, userFlow }, tokens) =>
    clientOf(provider, { userFlow }).userTokens.latestState({ id, user: claims, tokens }).tokens
}
