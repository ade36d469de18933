import {
  createIssuingAuthority,
  type Authority,
  type IssuingAuthority,
  type Transport,
} from '../authority/index.ts'
import {
  createApis,
  createClientTokens,
  createNamedApis,
  createOAuthClient,
  createUserAssertions,
  hintFor,
  type ClientTokens,
  type OAuthClient,
} from '../client/index.ts'
import { failureOf, type EventEmitter } from '../event-emitter.ts'
import { createExpiryWarnings } from '../client/expiring-certificates.ts'
import type { CallOnBehalf } from './guard/context.ts'
import { createAuthenticateToken, type AuthenticateToken } from './guard/authenticate.ts'
import { createBearerResponses, type BearerResponses } from './guard/bearer-responses.ts'
import { createCallerGroups, type CallerGroups } from './guard/groups.ts'
import type { RequirementRules } from './guard/requirement.ts'
import { createLongRunning, type LongRunning } from './long-running.ts'
import type { ResolvedApiOptions } from '../options/resolve-api.ts'
import { createAudiences, type Audiences } from './token/rules.ts'

/** All services that the guards and routes of a configured `ApiAuth` use. Each guard or route needs some of them. */
export interface ApiServices {
  readonly audiences: Audiences
  readonly authenticateToken: AuthenticateToken
  readonly bearerResponses: BearerResponses
  readonly client: OAuthClient
  readonly events: EventEmitter
  readonly clientTokens: ClientTokens
  readonly groups: CallerGroups
  readonly longRunning: LongRunning
  /** The URL of the API's metadata (RFC 9728). */
  readonly metadataUrl: URL | undefined
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  readonly requirementRules: RequirementRules
  readonly resource: URL | undefined
  /** The full names of the scopes in the metadata. `undefined` for those of the routes. */
  readonly advertisedScopes: readonly string[] | undefined
  /** The authorization servers in the metadata. `undefined` for the issuers of the authority. */
  readonly authorizationServers: readonly string[] | undefined
  /** Whether the metadata is also served at the root of the origin. */
  readonly isAtRoot: boolean
}

export function createApiServices(options: ResolvedApiOptions, events: EventEmitter): ApiServices {
  const { allowedClients, authority, clientId, credential, extended, fetch, owner, resource } =
    options
  const clock = options.now ?? Date.now
  const now = (): number => Math.floor(clock() / 1000)
  const { timeoutSeconds, clockToleranceSeconds } = options
  const transport: Transport = {
    fetch,
    timeoutSeconds,
    clockToleranceSeconds,
    hintOf: hintFor,
  }
  const client = createOAuthClient(authority, {
    clientId,
    credential,
    secretMethod: options.secretMethod,
    capabilities: options.capabilities,
    onCertificate: createExpiryWarnings(events, now),
    transport,
    now,
  })
  const toIssuing = (of: Authority): IssuingAuthority => createIssuingAuthority(of, transport, now)
  const apis = createApis(options.apis, authority, client.traits.prefixedScopes)
  const audiences = createAudiences(options)
  const shared = options.tokenCache?.connect({ events, now, clockToleranceSeconds })
  const userAssertions = createUserAssertions(client, owner, shared)
  const longRunning = createLongRunning(
    options.longRunning,
    {
      client,
      owner,
      onLostStore: (error) =>
        events.emit('store.unavailable', { level: 'error', ...failureOf(error) }),
    },
    userAssertions,
  )
  const metadataUrl = resource && toMetadataUrl(resource)
  return {
    audiences,
    authenticateToken: createAuthenticateToken({
      owner,
      allowedClients,
      cacheEntries: options.cacheEntries,
      impliedScopes: extended.impliedScopes,
      rules: {
        kind: authority.kind,
        issuers: {
          main: client.issuing,
          version1: authority.version1 && toIssuing(authority.version1),
          // The flow that edits profiles is not a sign-in and may require less of the user.
          userFlows: [options.userFlows.reset_password]
            .filter((of) => of !== undefined)
            .map(toIssuing),
        },
        audiences,
        now,
        clock: client.issuing.clock,
      },
      calls: {
        apis,
        client,
        events,
        fetch,
        longRunning,
        now,
        namedApis: createNamedApis(apis, async (call: CallOnBehalf, api, { path, init }) =>
          call(api.requested, apis.toUrlOf(api, path), init),
        ),
        userAssertions,
      },
    }),
    bearerResponses: createBearerResponses({ audiences, client, events, metadataUrl }),
    client,
    events,
    clientTokens: createClientTokens(client, shared),
    groups: createCallerGroups(authority),
    longRunning,
    metadataUrl,
    now,
    requirementRules: {
      owner,
      scopeNames: audiences,
      kind: authority.kind,
      hasAllowedClients: allowedClients !== undefined,
      hasCredential: credential !== undefined,
    },
    resource,
    advertisedScopes: extended.advertisedScopes?.map(audiences.toFullScope),
    authorizationServers: extended.authorizationServers,
    isAtRoot: extended.isAtRoot ?? false,
  }
}

/**
 * Returns the URL of the API's metadata. The well-known path comes before the API's own path.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3.1 | RFC 9728, section 3.1}
 */
function toMetadataUrl({ origin, pathname }: URL): URL {
  const path = pathname === '/' ? '' : pathname
  return new URL(`${origin}/.well-known/oauth-protected-resource${path}`)
}
