import { createIssuingAuthority, type IssuingAuthority } from '../authority/index.ts'
import {
  createClientTokens,
  createOAuthClient,
  createUserAssertions,
  type ClientTokens,
  type OAuthClient,
  type UserAssertions,
} from '../client/index.ts'
import { createAudiences } from './token/audience.ts'
import type { ResolvedApiOptions } from './options/resolve-options.ts'
import { createLongRunning, type LongRunning } from './long-running.ts'
import type { TokenRules } from './token/issuers.ts'

/** Everything that a configured `ApiAuth` works with, made once. */
export interface ApiRuntime extends TokenRules {
  readonly options: ResolvedApiOptions
  readonly client: OAuthClient
  readonly userAssertions: UserAssertions
  readonly clientTokens: ClientTokens
  readonly longRunning: LongRunning
  /** Where the API describes itself (RFC 9728). */
  readonly metadataUrl: string | undefined
}

export function createApiRuntime(options: ResolvedApiOptions): ApiRuntime {
  const clock = options.now ?? Date.now
  const now = (): number => Math.floor(clock() / 1000)
  const { authority, clientId, credential, capabilities, resource } = options
  const transport = { fetch: options.fetch, timeout: options.timeout }
  const client = createOAuthClient(authority, {
    clientId,
    credential,
    capabilities,
    transport,
    now,
  })
  const toIssuing = (of: typeof authority): IssuingAuthority =>
    createIssuingAuthority(of, transport, now)
  const userAssertions = createUserAssertions(client)
  return {
    options,
    client,
    kind: authority.kind,
    issuers: {
      main: client.issuing,
      version1: authority.version1 && toIssuing(authority.version1),
      // Nobody is signed in by the flow that edits profiles: it may ask for less than a sign-in.
      userFlows: [options.userFlows.reset_password].filter((of) => of !== undefined).map(toIssuing),
    },
    audiences: createAudiences(options),
    userAssertions,
    clientTokens: createClientTokens(client),
    longRunning: createLongRunning(options, client, userAssertions),
    metadataUrl: resource && metadataUrl(resource),
    now,
  }
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3.1 | RFC 9728, section 3.1}: before the resource's own path. */
function metadataUrl({ origin, pathname }: URL): string {
  return `${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`
}
