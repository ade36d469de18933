import { createIssuingAuthority } from '../authority/index.ts'
import {
  createClientTokens,
  createUserTokens,
  type ClientTokens,
  type OAuthClient,
  type UserTokens,
} from '../client/index.ts'
import {
  createCookieStrategy,
  createSealer,
  type Sealer,
  type SessionStrategy,
} from '../session/index.ts'
import type { Environment } from './options.ts'
import type { ResolvedOptions } from './resolve-options.ts'
import { toPaths, type Paths } from './paths.ts'
import { createTransactions, type Transactions } from './transaction.ts'

/** Everything that a configured `Auth` works with, made once. */
export interface WebRuntime<User> {
  readonly options: ResolvedOptions<User>
  /** The application's own origin, by `redirectUri`. */
  readonly origin: string
  readonly paths: Paths
  readonly client: OAuthClient
  readonly sessions: SessionStrategy
  readonly transactions: Transactions
  /** Seals what a login URL asks for, so that nobody else can compose one. */
  readonly loginRequests: Sealer
  readonly userTokens: UserTokens
  readonly clientTokens: ClientTokens
  readonly production: boolean
  /** Unix time in seconds. */
  readonly now: () => number
}

export function createRuntime<User>(
  options: ResolvedOptions<User>,
  environment: Environment,
): WebRuntime<User> {
  const clock = options.now ?? Date.now
  const now = (): number => Math.floor(clock() / 1000)
  const { clientId, clientSecret, authority, session } = options
  const client: OAuthClient = {
    issuing: createIssuingAuthority(
      authority,
      { fetch: options.fetch, timeout: options.timeout },
      now,
    ),
    clientId,
    clientSecret,
  }
  return {
    options,
    origin: new URL(options.redirectUri).origin,
    paths: toPaths(options.redirectUri),
    client,
    sessions: createCookieStrategy({
      secrets: session.secrets,
      owner: `${clientId} ${authority.url}`,
      name: session.cookieName,
      attributes: session.attributes,
      lifetimes: session.lifetimes,
      now,
    }),
    transactions: createTransactions(options, now),
    loginRequests: createSealer(session.secrets, `login request ${clientId} ${authority.url}`),
    userTokens: createUserTokens(client),
    clientTokens: createClientTokens(client),
    production: environment['NODE_ENV'] === 'production',
    now,
  }
}
