import type { Authority } from '../../authority/index.ts'
import { createUserTokens, type OAuthClient, type UserTokens } from '../../client/index.ts'
import type { UserFlow } from '../../settings/resolve-authority.ts'

/** The client of one authority, with the tokens that users got through it. */
export interface TokenClient {
  readonly client: OAuthClient
  readonly userTokens: UserTokens
}

/** The client of the authority, and one for each user flow of Azure AD B2C. */
export interface TokenClients {
  readonly main: TokenClient
  /** Whether this user flow of Azure AD B2C is configured. */
  has(userFlow: UserFlow): boolean
  /** Returns the client of the user flow that signed a user in, or the main client if it was not a special one. */
  of(userFlow: string | undefined): TokenClient
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
  const main = toTokenClient(authority)
  const byUserFlow = new Map<string, TokenClient>(
    Object.entries(userFlows).map(([name, of]) => [name, toTokenClient(of)]),
  )
  return {
    main,
    has: (userFlow) => byUserFlow.has(userFlow),
    of: (userFlow) => (userFlow === undefined ? main : (byUserFlow.get(userFlow) ?? main)),
  }
}

interface ClientAuthorities {
  readonly authority: Authority
  readonly userFlows: Readonly<Partial<Record<UserFlow, Authority>>>
}
