import type { Authority } from '../../authority/index.ts'
import {
  createClientTokens,
  createOAuthClient,
  createUserTokens,
  type ClientTokens,
  type OAuthClient,
  type UserTokens,
} from '../../client/index.ts'
import { createSealer, type Sealer } from '../../sealing/index.ts'
import type { Logouts, SessionStrategy } from '../../session/index.ts'
import type { Environment } from '../../settings/provider-options.ts'
import { toPaths, type Paths } from '../options/paths.ts'
import type { UserFlow } from '../../settings/resolve-authority.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import { createDevicePacer, type DevicePacer } from './device-pacer.ts'
import { createSessions } from './sessions.ts'
import { createTransactions, type Transactions } from './transaction.ts'

/** A client of the one authority, or of one user flow of Azure AD B2C, with the tokens it got. */
export interface TokenClient {
  readonly client: OAuthClient
  readonly userTokens: UserTokens
}

/** Everything that a configured `Auth` works with, made once. */
export interface WebRuntime<User> {
  readonly options: ResolvedOptions<User>
  /** The application's own origin, by `redirectUri`; `undefined` where users sign in by the device code flow. */
  readonly origin: string | undefined
  /** What the application's own paths are read against. */
  readonly base: string
  readonly paths: Paths
  readonly client: OAuthClient
  readonly sessions: SessionStrategy
  /** Where ends of sessions are noted; `undefined` without a store. */
  readonly logouts: Logouts | undefined
  readonly transactions: Transactions
  /** Seals what a login URL asks for, so that nobody else can compose one. */
  readonly loginRequests: Sealer
  /** Seals the `state` of sign-outs, to know them when the user comes back. */
  readonly signOuts: Sealer
  /** What a session goes on with: the client of the user flow that signed its user in; the authority's own without one. */
  clientOf(userFlow: string | undefined): TokenClient
  readonly clientTokens: ClientTokens
  readonly devicePacer: DevicePacer
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
  const { clientId, authority, session, credential, capabilities } = options
  const transport = { fetch: options.fetch, timeout: options.timeout }
  const toTokenClient = (of: Authority): TokenClient => {
    const client = createOAuthClient(of, { clientId, credential, capabilities, transport, now })
    return { client, userTokens: createUserTokens(client) }
  }
  const main = toTokenClient(authority)
  const userFlows = new Map<string, TokenClient>(
    Object.entries(options.userFlows).map(([name, of]) => [name, toTokenClient(of)]),
  )
  const { client } = main
  const owner = `${clientId} ${authority.url}`
  const origin = options.redirectUri === undefined ? undefined : new URL(options.redirectUri).origin
  return {
    options,
    origin,
    base: origin ?? 'http://localhost',
    paths: toPaths(options.redirectUri),
    client,
    clientOf: (name) => (name === undefined ? main : (userFlows.get(name) ?? main)),
    ...createSessions(options, owner, now),
    transactions: createTransactions(options, now),
    loginRequests: createSealer(session.secrets, `login request ${owner}`),
    signOuts: createSealer(session.secrets, `sign-out ${owner}`),
    clientTokens: createClientTokens(client),
    devicePacer: createDevicePacer(clock),
    production: environment['NODE_ENV'] === 'production',
    now,
  }
}

/** Whether a user flow of Azure AD B2C is configured. */
export function hasUserFlow<User>({ options }: WebRuntime<User>, name: UserFlow): boolean {
  return options.userFlows[name] !== undefined
}
