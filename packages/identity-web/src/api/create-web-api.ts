import { parseScopes } from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import { prepareCredential, tellAtStart } from '../settings/at-start.ts'
import type { Environment } from '../settings/provider-options.ts'
import { toTokenResult } from '../tokens.ts'
import { createAdmit } from './guard/admission.ts'
import { answerError, bearerChallenge } from './guard/answer.ts'
import { guard } from './guard/guard.ts'
import { isForClient } from './guard/relay.ts'
import { toRequirement } from './guard/requirement.ts'
import type { ApiAuthOptions } from './options/options.ts'
import { resolveApiOptions } from './options/resolve-options.ts'
import { answerResourceMetadata } from './resource-metadata.ts'
import { createApiRuntime, type ApiRuntime } from './runtime.ts'
import type { Audiences } from './token/audience.ts'
import type { WebApi } from './web-api.ts'

/**
 * Makes an API's protection ready. Faults of the configuration don't throw: they are logged once, and every guarded
 * route answers with them.
 */
export function createWebApi(options: ApiAuthOptions, environment: Environment): WebApi {
  const { resolved, problems } = resolveApiOptions(options, environment)
  const logger = tellAtStart(options.logger, { problems })
  if (resolved === undefined) return unconfigured(problems)
  const runtime = createApiRuntime(resolved)
  prepareCredential(runtime.client, logger)
  return configured(runtime)
}

function configured(runtime: ApiRuntime): WebApi {
  const { audiences, metadataUrl, longRunning, now } = runtime
  const metadataPath = metadataUrl && new URL(metadataUrl).pathname
  const admit = createAdmit(runtime)
  const scopes = new Set<string>()
  return {
    guard(asked) {
      const requirement = toRequirement(audiences, asked)
      for (const scope of requirement.askable) scopes.add(scope)
      return (http, handler) => guard(runtime, http, { admit, requirement, handler })
    },

    route(url, method) {
      if (method !== 'GET' && method !== 'HEAD') return undefined
      return url.split('?', 1)[0] === metadataPath
        ? () => answerResourceMetadata(runtime, scopes)
        : undefined
    },

    challenge: (asked) => bearerChallenge(runtime, toRequirement(audiences, asked).askable),

    relay: (error) => (isForClient(error) ? answerError(runtime, error) : undefined),

    async getTokenForClient(asked) {
      return toTokenResult(await runtime.clientTokens(parseScopes(asked)), now())
    },

    async getTokenInLongRunningProcess(key, asked) {
      return toTokenResult(await longRunning.getToken(key, asked), now())
    },

    stopLongRunningProcess: (key) => longRunning.stop(key),
  }
}

const NO_AUDIENCES: Pick<Audiences, 'toName' | 'toAskable'> = {
  toName: (scope) => scope,
  toAskable: (scope) => scope,
}

/** Stands in for an `ApiAuth` whose configuration has faults: nothing is let in. */
function unconfigured(problems: readonly string[]): WebApi {
  const refuse = async (): Promise<never> => {
    throw new IdentityError('configuration', problems.join(' '))
  }
  return {
    guard(requirement) {
      // Faults of the routes show at once, and not only when those of the options are gone.
      toRequirement(NO_AUDIENCES, requirement)
      return () =>
        Response.json(
          { error: 'configuration', problems },
          { status: 500, headers: { 'cache-control': 'no-store' } },
        )
    },
    route: () => undefined,
    challenge: () => 'Bearer',
    relay: () => undefined,
    getTokenForClient: refuse,
    getTokenInLongRunningProcess: refuse,
    stopLongRunningProcess: refuse,
  }
}
