import { rejectErrors } from '../authentication/index.ts'
import { parseScopes } from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import { prepareCredential, logProblems } from '../settings/log-problems.ts'
import type { Environment } from '../settings/provider-options.ts'
import { toTokenResult } from '../tokens.ts'
import { createApiServices, type ApiServices } from './create-services.ts'
import { isClientError } from './guard/client-error.ts'
import { authenticateBearer, withToken } from './guard/connection.ts'
import { createAuthorizationGuard, type AuthorizationGuard } from './guard/guard.ts'
import { toRequirement, type AuthorizationRequirement } from './guard/requirement.ts'
import { misconfiguredWebApi } from './misconfigured.ts'
import type { ApiAuthOptions } from './options/options.ts'
import { resolveApiOptions } from './options/resolve-options.ts'
import { createMetadataRoute } from './resource-metadata.ts'
import type { WebApi } from './web-api.ts'

/**
 * Creates the protection of a web API.
 *
 * Wrong options do not throw. The problems are logged once, and every guarded route responds with them.
 */
export function createWebApi(options: ApiAuthOptions, environment: Environment): WebApi {
  const { resolved, problems } = resolveApiOptions(options, environment)
  const logger = logProblems(options.logger, { problems })
  if (resolved === undefined) return misconfiguredWebApi(problems)
  const services = createApiServices(resolved)
  prepareCredential(services.client, logger)
  return buildWebApi(services)
}

function buildWebApi(services: ApiServices): WebApi {
  const { audiences, bearerResponses, clientTokens, longRunning, now } = services
  const scopesOfRoutes = new Set<string>()

  const guard = (given: AuthorizationRequirement | undefined): AuthorizationGuard => {
    const requirement = toRequirement(audiences, given)
    for (const scope of requirement.fullScopes) scopesOfRoutes.add(scope)
    return createAuthorizationGuard(services, requirement)
  }

  return {
    guard,

    authenticate: (http, { requirement, onClose }) =>
      rejectErrors(async () => {
        const { token, ...required } = requirement
        return authenticateBearer({
          http: 'token' in requirement ? withToken(http, { token }) : http,
          guard: guard(required),
          now,
          onClose,
        })
      }),

    async toResponse({ error, scopes }) {
      if (!IdentityError.is(error)) throw error
      const { fullScopes } = toRequirement(audiences, scopes === undefined ? {} : { scopes })
      return error.code === 'login_required'
        ? bearerResponses.unauthorized(fullScopes, false)
        : bearerResponses.toResponse(error, fullScopes)
    },

    route: createMetadataRoute(services, scopesOfRoutes),

    challenge: (given) => bearerResponses.challenge(toRequirement(audiences, given).fullScopes),

    respondToClientError: (error) =>
      isClientError(error) ? bearerResponses.toResponse(error) : undefined,

    async getTokenForClient(scopes) {
      return toTokenResult(await clientTokens(parseScopes(scopes)), now())
    },

    async getTokenInLongRunningProcess(key, scopes) {
      return toTokenResult(await longRunning.getToken(key, scopes), now())
    },

    stopLongRunningProcess: (key) => longRunning.stop(key),
  }
}
