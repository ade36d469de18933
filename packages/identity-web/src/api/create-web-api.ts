// Connects options, guards and routes of an API.
import { toCarried, unwrapped } from '../carried-errors.ts'
import { readOptions } from '../options/rows.ts'
import { createRejectErrors } from '../authentication/index.ts'
import { parseScopes, scopesToCall } from '../client/index.ts'
import { configurationError, IdentityError } from '../errors.ts'
import { prepareCredential, startEvents } from '../options/start-events.ts'
import type { HostTraits, Environment } from '../host-traits.ts'
import { toTokenResult } from '../tokens.ts'
import { createApiServices, type ApiIssuer, type ApiServices } from './create-services.ts'
import { atIssuer, recordedIssuer } from './token/rules.ts'
import { assertOnlyOne } from './token/select-issuer.ts'
import { recordedScopes } from './guard/bearer-responses.ts'
import { isClientError } from './guard/on-behalf-of-errors.ts'
import { authenticateBearer, withToken } from './guard/connection.ts'
import { createAuthorizationGuard, type AuthorizationGuard } from './guard/guard.ts'
import { namesOf, toRequirement, type AuthorizationRequirement } from './guard/requirement.ts'
import { misconfiguredWebApi } from './misconfigured.ts'
import { resolveApiOptions, type OptionsExtension } from '../options/resolve-api.ts'
import { API_AUTH, type ApiAuthOptions } from '../options/api-options.ts'
import type { LongRunning } from './long-running.ts'
import { createMetadataRoute, thoseThatRespond } from './metadata.ts'
import type { WebApi } from './web-api.ts'

/** A class that protects an API and has more options or members than `ApiAuth`. */
export interface ApiExtension<Core extends WebApi> extends OptionsExtension {
  /**
   * Adds the class's members.
   * @param services - `undefined` if the options have problems.
   */
  build(api: WebApi, services: ApiServices | undefined): Core
}

/**
 * Creates the protection of a web API. Wrong options do not throw here.
 *
 * In production, `fatalProblems` prevents a server with wrong options from starting.
 */
export function createWebApi(
  options: ApiAuthOptions,
  variables: Environment,
  host?: HostTraits,
): WebApi {
  return createExtendedApi({ table: API_AUTH, build: (api) => api }, { options, variables, host })
}

interface ApiArguments {
  readonly options: ApiAuthOptions
  readonly variables: Environment
  readonly host?: HostTraits | undefined
}

/** Creates an API's protection for a class with more options or members than `ApiAuth`. */
export function createExtendedApi<Core extends WebApi>(
  extension: ApiExtension<Core>,
  { options: written, variables, host }: ApiArguments,
): Core {
  const given = readOptions(written, extension.table.rows)
  host?.adapt?.(given)
  const resolution = resolveApiOptions(given, variables, extension)
  const start = startEvents(given, resolution, { variables, host })
  if (resolution.resolved === undefined)
    return extension.build(misconfiguredWebApi(start), undefined)
  const services = createApiServices(resolution.resolved, start.events)
  if (!start.isUnsettled)
    for (const issuer of services.issuers) prepareCredential(issuer.client, issuer.events)
  return extension.build(buildWebApi(services), services)
}

function buildWebApi(services: ApiServices): WebApi {
  const { bearerResponses, events, issuerOf, issuers, now, requirementRules } = services
  const rejectErrors = createRejectErrors(events)
  const metadata = createMetadataRoute(services)

  // A key starts with the issuer's name, if the API has several.
  const issuerOfKey = (key: unknown): ApiIssuer => {
    if (typeof key === 'string') return issuerOf(/^\w+(?=\.)/.exec(key)?.[0])
    throw configurationError(
      'The key of a long-running process must be the string that context.startLongRunningProcess() returned. Check that your job stores the key and reads it again.',
    )
  }

  const issuerNamed = (name: string | undefined, caller: string): ApiIssuer => {
    const issuer = issuerOf(name)
    const { name: found } = issuer.options
    if (found === name || (name === undefined && issuers.length === 1)) return issuer
    throw configurationError(
      `${caller} requires a name from the option issuers (${namesOf(issuers)}) in its second argument, for example { issuer: '${found ?? 'workforce'}' }.`,
    )
  }

  const guard = (given: AuthorizationRequirement | undefined): AuthorizationGuard => {
    const requirement = toRequirement(requirementRules, given)
    services.advertise(requirement)
    return createAuthorizationGuard(services, requirement)
  }

  return {
    problems: [],

    fatalProblems: [],

    async ready() {
      await Promise.all([
        thoseThatRespond(issuers.map(({ client }) => client.issuing.ready())),
        ...issuers.map(({ client }) => client.authentication?.prepare()),
        services.processes?.().then(({ checkStore }) => checkStore()),
      ])
      for (const issuer of issuers) assertOnlyOne(issuer, issuers)
    },

    close() {
      metadata.close()
      events.close()
    },

    guard,

    authenticate: (http, { requirement, onClose }) =>
      rejectErrors(async () => {
        const { token, ...required } = requirement
        return authenticateBearer({
          http: Object.hasOwn(requirement, 'token') ? withToken(http, { token }) : http,
          guard: guard(required),
          now,
          onClose,
        })
      }),

    async toResponse({ error: thrown, scopes, defaultScopes = [] }) {
      const error = unwrapped(thrown)
      if (!IdentityError.is(error)) throw thrown
      const named = scopes ?? (defaultScopes.length === 0 ? undefined : defaultScopes)
      const fullScopes =
        (scopes === undefined ? recordedScopes(error) : undefined) ??
        toRequirement(
          requirementRules,
          named === undefined ? {} : { scopes: named },
          // A token that was rejected does not say which issuer its client uses.
        ).fullScopes.get(error.code === 'invalid_token' ? undefined : recordedIssuer(error))
      return error.code === 'login_required'
        ? bearerResponses.unauthorized(fullScopes, false)
        : bearerResponses.toResponse(error, fullScopes)
    },

    route: metadata.route,

    challenge: (given) =>
      bearerResponses.challenge(toRequirement(requirementRules, given).fullScopes.get(undefined)),

    respondToClientError(thrown) {
      const error = unwrapped(thrown)
      return isClientError(error) ? bearerResponses.toResponse(error) : undefined
    },

    testAccess() {
      const accessOf = ({ options: { name, authority, clientId, audience } }: ApiIssuer) => ({
        name,
        authority: authority.url,
        clientId,
        audience,
      })
      return { ...accessOf(issuers[0]), issuers: issuers.map(accessOf) }
    },

    async getTokenForClient(scopes, name) {
      const { clientTokens } = issuerNamed(name, 'getTokenForClient()')
      return toTokenResult(await clientTokens.getToken({ scopes: parseScopes(scopes) }), now())
    },

    tokenSource({ issuer: name, longRunningKey: key }) {
      if (key === undefined) return issuerNamed(name, 'azureCredential()').clientTokens
      const { client, issuer, longRunning } = issuerOfKey(key)
      // `toResponse` sends the user to the process's provider.
      const inProcess = async <T>(task: (processes: LongRunning) => Promise<T>): Promise<T> =>
        atIssuer(issuer, async () => {
          try {
            return await task(await longRunning())
          } catch (error) {
            throw IdentityError.is(error) ? toCarried(error, key) : error
          }
        })
      return {
        kind: 'process',
        client,
        tenant: async () => inProcess((processes) => processes.tenantOf(key)),
        getToken: async (...request) =>
          inProcess((processes) => processes.getToken(key, ...request)),
      }
    },

    async getTokenInLongRunningProcess(key, scopes) {
      const { client, issuer, longRunning } = issuerOfKey(key)
      const requested = scopesToCall(scopes, client.traits.prefixedScopes)
      const token = await atIssuer(issuer, async () =>
        (await longRunning()).getToken(key, requested),
      )
      return toTokenResult(token, now())
    },

    stopLongRunningProcess: async (key) => (await issuerOfKey(key).longRunning()).stop(key),
  }
}
