import type { Authority } from '../../authority/index.ts'
import { createUserTokens, type OAuthClient, type UserTokens } from '../../client/index.ts'
import type { LatestTokens } from '../../session/index.ts'
import type { UserFlow } from '../../options/resolve-authority.ts'

/** The client of one authority, with the tokens that users got through it. */
export interface TokenClient {
  readonly client: OAuthClient
  readonly userTokens: UserTokens
}

/** The clients of an application. */
export interface TokenClients {
  readonly main: TokenClient
  /** The clients of the other user flows of Azure AD B2C. The main client, which signs users in, is not in the map. */
  readonly byUserFlow: ReadonlyMap<string | undefined, TokenClient>
}

/** Returns the client of the user flow with which the user signed in. */
export function clientOf(
  { main, byUserFlow }: TokenClients,
  { userFlow }: { readonly userFlow?: string | undefined },
): TokenClient {
  return byUserFlow.get(userFlow) ?? main
}

/** The authorities of an application. */
export interface ClientAuthorities {
  readonly authority: Authority
  readonly userFlows: Readonly<Partial<Record<UserFlow, Authority>>>
}

/** @param create - Creates the client of an authority. */
export function createTokenClients(
  { authority, userFlows }: ClientAuthorities,
  create: (authority: Authority) => OAuthClient,
): TokenClients {
  const toTokenClient = (of: Authority): TokenClient => {
    const client = create(of)
    return { client, userTokens: createUserTokens(client) }
  }
  return {
    main: toTokenClient(authority),
    byUserFlow: new Map(
      Object.entries(userFlows).map(([name, of]) => [name, toTokenClient(of)] as const),
    ),
  }
}

/** Creates the function that returns the newest tokens of a session, from the memory of the client that refreshes it. */
export function createLatestTokens({ main, byUserFlow }: TokenClients): LatestTokens {
  return ({ id, claims, userFlow }, tokens) => {
    const { userTokens } = byUserFlow.get(userFlow) ?? main
    return userTokens.latestState({ id, user: claims, tokens }).tokens
  }
}
