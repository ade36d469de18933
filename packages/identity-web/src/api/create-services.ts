// Creates the services of an API, for each of its issuers.
import { createIssuingAuthority, type Authority } from '../authority/index.ts'
import {
  createApis,
  applicationTokens,
  createNamedApis,
  createOAuthClient,
  createUserAssertions,
  hintFor,
  type ApplicationTokens,
  type SharedTokens,
} from '../client/index.ts'
import { eventsAbout, type EventEmitter } from '../event-emitter.ts'
import type { CallOnBehalf, CallServices } from './guard/context.ts'
import { createAuthenticateToken, type AuthenticateToken } from './guard/authenticate.ts'
import { createBearerResponses, type BearerResponses } from './guard/bearer-responses.ts'
import { createCallerGroups, type CallerGroups } from './guard/groups.ts'
import type { Requirement, RequirementRules } from './guard/requirement.ts'
import type { LongRunning, Processes, ProcessSettings } from './long-running.ts'
import { configurationError, type IdentityError } from '../errors.ts'
import { loadLater } from '../load-later.ts'
import { withKeyvErrors } from '../store.ts'
import type {
  ResolvedApiOptions,
  ResolvedExtension,
  ResolvedIssuer,
} from '../options/resolve-api.ts'
import { createAudiences, type TokenRules } from './token/rules.ts'

/** An issuer whose tokens an API accepts, with the services for its callers and for the events about it. */
export interface ApiIssuer extends TokenRules, CallServices {
  readonly clientTokens: ApplicationTokens
  readonly groups: CallerGroups
}

/** All services for the guards and routes of a configured `ApiAuth`, although each needs only some of them. */
export interface ApiServices {
  readonly authenticateToken: AuthenticateToken
  readonly bearerResponses: BearerResponses
  readonly events: EventEmitter
  readonly issuers: readonly [ApiIssuer, ...ApiIssuer[]]
  /** Returns the issuer with this name, or the first issuer if this name does not exist. */
  issuerOf(name: string | undefined): ApiIssuer
  /** Adds a requirement's scopes to the metadata. */
  advertise(requirement: Pick<Requirement, 'fullScopes'>): void
  /** The scopes in the metadata. Routes may add scopes later. */
  readonly advertisedScopes: ReadonlySet<string>
  /** The issuers in the metadata. The clients of an MCP server use only the first. */
  readonly advertisedIssuers: readonly ApiIssuer[]
  /** The API's metadata URL (RFC 9728). */
  readonly metadataUrl: URL | undefined
  /** Loads the long-running processes. Not set if their store is not configured. */
  readonly processes: LoadProcesses | undefined
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  readonly requirementRules: RequirementRules
  readonly resource: URL | undefined
  /** The changes that an extension, such as `McpAuth`, makes to the metadata. */
  readonly extended: ResolvedExtension
}

export function createApiServices(options: ResolvedApiOptions, events: EventEmitter): ApiServices {
  const { errorBody, extended, longRunning, owner, resource } = options
  const clock = options.now ?? Date.now
  const now = (): number => Math.floor(clock() / 1000)
  const [first, ...others] = options.issuers
  const { clockToleranceSeconds } = first
  const shared = options.tokenCache?.connect({ events, now, clockToleranceSeconds })
  const processes = longRunning && processesOf({ ...longRunning, events, owner })
  const create = (issuer: ResolvedIssuer): ApiIssuer =>
    createApiIssuer(issuer, options, { events, now, processes, shared })
  const issuers = [create(first), ...others.map(create)] as const
  const issuerOf = (name: string | undefined): ApiIssuer =>
    issuers.find((issuer) => issuer.options.name === name) ?? issuers[0]
  const metadataUrl = resource && toMetadataUrl(resource)
  const advertisedIssuers = extended.isForMcp === true ? [issuers[0]] : issuers
  const advertisedScopes = new Set(extended.advertisedScopes?.map(issuers[0].audiences.toFullScope))
  return {
    advertise({ fullScopes }) {
      if (extended.advertisesRoutes === false) return
      for (const { issuer } of advertisedIssuers)
        for (const scope of fullScopes.get(issuer) ?? []) advertisedScopes.add(scope)
    },
    advertisedIssuers,
    advertisedScopes,
    authenticateToken: createAuthenticateToken({
      issuers,
      cacheEntries: first.cacheEntries,
      impliedScopes: extended.impliedScopes,
      now,
    }),
    bearerResponses: createBearerResponses({
      ...extended,
      events,
      issuerOf,
      metadataUrl,
      errorBody,
    }),
    events,
    issuers,
    issuerOf,
    metadataUrl,
    now,
    processes,
    requirementRules: { owner, issuers },
    resource,
    extended,
  }
}

/** The services that all issuers of an API share. */
interface SharedServices extends Pick<ApiServices, 'events' | 'now' | 'processes'> {
  readonly shared: SharedTokens | undefined
}

function createApiIssuer(
  options: ResolvedIssuer,
  { extended, owner }: ResolvedApiOptions,
  { events: ofApi, now, processes, shared }: SharedServices,
): ApiIssuer {
  const { authority, fetch, name, place, timeoutSeconds, clockToleranceSeconds } = options
  const transport = { fetch, timeoutSeconds, clockToleranceSeconds, hintOf: hintFor }
  const { clientId, credential, secretMethod, assertionAudience, capabilities } = options
  const events = eventsAbout({ issuer: name, clientId }, ofApi)
  const expiryWarnings = { events, now, sent: new Map() }
  const chosen = { secretMethod, assertionAudience, capabilities }
  const settings = { clientId, credential, ...chosen, expiryWarnings }
  const client = createOAuthClient(authority, { ...settings, transport, now })
  const toIssuing = (of: Authority) => createIssuingAuthority(of, transport, now)
  const apis = createApis(options.apis, authority, client.traits.prefixedScopes)
  const userAssertions = createUserAssertions(client, place.places('clientCredential'), shared)
  const longRunning = async (): Promise<LongRunning> => {
    if (processes === undefined) throw missingStore(owner)
    return (await processes()).of({ client, name, userAssertions })
  }
  const namedApis = createNamedApis(apis, async (call: CallOnBehalf, api, { path, init }) =>
    call(api.requested, apis.toUrlOf(api, path), init),
  )
  const calls = { apis, client, events, fetch, longRunning, now, namedApis, userAssertions }
  return {
    ...calls,
    issuer: name,
    options,
    clientTokens: applicationTokens(client, shared),
    groups: createCallerGroups(authority),
    issuers: {
      main: client.issuing,
      version1: authority.version1 && toIssuing(authority.version1),
      // The flow that edits profiles is not a sign-in and may require less of the user.
      userFlows: [options.userFlows.reset_password].filter((of) => of !== undefined).map(toIssuing),
    },
    audiences: createAudiences(options, extended),
    clock: client.issuing.clock,
  }
}

type LoadProcesses = () => Promise<Processes>

function processesOf({ store, ...settings }: ProcessSettings): LoadProcesses {
  const loadLongRunning = loadLater('a long-running process', () => import('./long-running.ts'))
  let processes: Processes | undefined
  const load: LoadProcesses = async () => {
    const { createProcesses } = await loadLongRunning()
    // Another request may have created them in the meantime.
    processes ??= createProcesses({ ...settings, store: reporting })
    return processes
  }
  // Before the code is loaded, because a Keyv 6 without a listener would end the server.
  const reporting = withKeyvErrors(store, (cause) => {
    load().then(
      ({ reportFailure }) => reportFailure(cause),
      () => undefined,
    )
  })
  return load
}

function missingStore(owner: string): IdentityError {
  return configurationError(
    `longRunning is not configured. Set ${owner}({ longRunning: { store, secret } }), for example longRunning: { store: new Map() } in development.`,
  )
}

/**
 * Returns the API's metadata URL, in which the well-known path comes before the API's own path.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-3.1 | RFC 9728, section 3.1}
 */
function toMetadataUrl({ origin, pathname }: URL): URL {
  const path = pathname === '/' ? '' : pathname
  return new URL(`${origin}/.well-known/oauth-protected-resource${path}`)
}
