import {
  createExtendedApi,
  type ApiServices,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type WebApi,
} from '../api/index.ts'
import type { HostTraits } from '../host-traits.ts'
import type { Environment } from '../settings/provider-options.ts'
import { createToMcpContext, type AuthInfo, type McpContext } from './auth-info.ts'
import { createConnectionRules } from './connection.ts'
import type { McpAuthOptions } from './options.ts'
import { MCP_NAMES, resolveMcpOptions, type McpSettings } from './resolve-options.ts'
import { withDefaultScopes } from './scopes.ts'

/** The protection of an MCP server, without a framework. Each adapter's `McpAuth` calls it. */
export interface McpApi extends WebApi {
  /** The services and the settings. `undefined` if the options have problems. */
  readonly mcp: McpServices | undefined
  /**
   * Verifies a token that arrived in another way than in a guarded request.
   *
   * @throws IdentityError for a token that is not valid or does not meet the requirement.
   */
  verify(token: string, requirement?: AuthorizationRequirement): Promise<AuthInfo>
}

/** The services of a configured MCP server. */
export interface McpServices {
  readonly settings: McpSettings
  readonly services: ApiServices
  readonly metadataUrl: URL
  toMcpContext(context: AuthorizationContext): McpContext
}

/** Creates the protection of an MCP server. Wrong options do not throw, see `fatalProblems`. */
export function createMcpApi(
  options: McpAuthOptions,
  variables: Environment,
  host?: HostTraits,
): McpApi {
  let settings: McpSettings | undefined
  return createExtendedApi<McpApi>(
    {
      owner: 'McpAuth',
      names: MCP_NAMES,
      resolve(given) {
        const findings = resolveMcpOptions(given)
        settings = findings.settings
        return findings
      },
      build: (api, services) =>
        services === undefined || settings === undefined || services.metadataUrl === undefined
          ? withVerify(api, undefined)
          : buildMcpApi(api, { settings, services, metadataUrl: services.metadataUrl }),
    },
    { options, variables, host },
  )
}

function buildMcpApi(api: WebApi, given: Omit<McpServices, 'toMcpContext'>): McpApi {
  const { metadataUrl, services, settings } = given
  const { resource } = settings
  const rules = createConnectionRules(settings, services.events)
  const toMcpContext = createToMcpContext({
    resource,
    resourceMetadataUrl: metadataUrl.href,
    toFullScope: services.audiences.toFullScope,
  })
  const guarded: WebApi = {
    ...api,

    guard(requirement) {
      const guard = api.guard(withDefaultScopes(requirement ?? {}, settings))
      return (http, handler) => {
        const response = rules.check(http)
        return response ?? guard(http, (context) => handler(toMcpContext(context)))
      }
    },

    authenticate: (http, { requirement, ...connection }) =>
      api.authenticate(http, {
        ...connection,
        requirement: withDefaultScopes(requirement, settings),
      }),

    route(url, method) {
      if (method === 'OPTIONS' && url.split('?', 1)[0] === resource.pathname) {
        return async (request) => rules.preflight(request)
      }
      return api.route(url, method)
    },
  }
  return withVerify(guarded, { ...given, toMcpContext })
}

/** A request that has only a token. */
const NO_REQUEST = {
  method: 'POST',
  url: '/',
  header: () => undefined,
  isResponseSent: true,
  setCookies: () => false,
  noStore: () => undefined,
}

function withVerify(api: WebApi, mcp: McpServices | undefined): McpApi {
  return {
    ...api,
    mcp,
    async verify(token, requirement = {}) {
      const result = await api.authenticate(NO_REQUEST, { requirement: { ...requirement, token } })
      if (!result.ok) throw result.error
      if (mcp === undefined) throw new TypeError('The options have problems.')
      return mcp.toMcpContext(result.context).authInfo
    },
  }
}
