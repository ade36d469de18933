// Extends the protection of an API for an MCP server.
import { readMembers } from '../own.ts'
import {
  AUTHORIZATION_OPTIONS,
  createExtendedApi,
  toRequirement,
  type ApiServices,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type WebApi,
} from '../api/index.ts'
import { toRejection } from '../authentication/index.ts'
import type { HostTraits, Environment } from '../host-traits.ts'
import type { GuardResponse, HttpContext } from '../http-context.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import { Allowed, Rejected, unknownVerdict } from '../verdict.ts'
import {
  createToMcpContext,
  type AuthInfo,
  type ConfiguredServer,
  type McpContext,
} from './auth-info.ts'
import { createHeaderRules } from './origins.ts'
import { MCP_AUTH, type McpAuthOptions } from '../options/mcp-options.ts'
import { createMetadataMirror } from './metadata-mirror.ts'
import { resolveMcpOptions, type McpSettings } from '../options/resolve-mcp.ts'
import { withDefaultScopes } from './scopes.ts'
import { checkMcpRequirement, createToolCheck, type McpRequirement } from './tools.ts'

/** The protection of an MCP server, without a framework. Each adapter's `McpAuth` calls it. */
export interface McpApi extends WebApi {
  /** The services and the settings, or `undefined` if the options have problems. */
  readonly mcp: McpServices | undefined
  /**
   * Verifies a token that arrived in another way than in a guarded request.
   *
   * @throws IdentityError for a token that is not valid or does not meet the requirement.
   */
  verify(token: string, requirement?: AuthorizationRequirement): Promise<AuthInfo>
}

export interface McpServices extends ConfiguredServer {
  toMcpContext(context: AuthorizationContext): McpContext
}

/** Creates an MCP server's protection. Wrong options do not throw, see `fatalProblems`. */
export function createMcpApi(
  options: McpAuthOptions,
  variables: Environment,
  host?: HostTraits,
): McpApi {
  let settings: McpSettings | undefined
  return createExtendedApi<McpApi>(
    {
      table: MCP_AUTH,
      resolve(given, report) {
        const resolved = resolveMcpOptions(given, report)
        settings = resolved.settings
        return resolved
      },
      build: (api, services) =>
        services === undefined || settings === undefined || services.metadataUrl === undefined
          ? withVerify(withoutTools(api), undefined)
          : buildMcpApi(api, { settings, services, metadataUrl: services.metadataUrl }),
    },
    { options, variables, host },
  )
}

function buildMcpApi(api: WebApi, server: ConfiguredServer): McpApi {
  const { services, settings } = server
  const { resource } = settings
  const rules = createHeaderRules(settings, services.events)
  const toMcpContext = createToMcpContext(server)
  const mirror = settings.mirrorMetadata ? createMetadataMirror(services, resource) : undefined
  const guarded: WebApi = {
    ...api,

    guard(given: McpRequirement = {}) {
      const { tools, ...requirement } = checkMcpRequirement(given)
      const required = withDefaultScopes(requirement, settings)
      const guard = api.guard(required)
      const checkTools =
        tools &&
        createToolCheck(
          { ...services, rules: settings },
          tools,
          toRequirement(services.requirementRules, required).fullScopes,
        )
      return (http, handler) => {
        const rejected = rules.check(http)
        if (rejected !== true) return rejected
        const serve = (context: AuthorizationContext): MaybePromise<GuardResponse> => {
          http.endStreamAt?.({ endsAt: streamEndOf(services, http, context), now: services.now })
          return handler(toMcpContext(context))
        }
        return checkTools === undefined
          ? guard(http, serve)
          : guard(http, async (context) => {
              const decision = await checkTools(http, context)
              if (Allowed.is(decision)) return serve(decision.context)
              if (Rejected.is(decision)) return decision.response
              throw unknownVerdict()
            })
      }
    },

    async authenticate(http, { requirement, ...connection }) {
      const rejected = rules.reject(http)
      if (rejected !== true) return toRejection(rejected)
      return api.authenticate(http, {
        ...connection,
        requirement: withDefaultScopes(requirement, settings),
      })
    },

    toResponse: (failed) => api.toResponse({ defaultScopes: settings.scopes, ...failed }),

    route(url, method) {
      const mirrored = mirror?.(url, method)
      if (mirrored !== undefined) return mirrored
      if (method === 'OPTIONS' && url.split('?', 1)[0] === resource.pathname) {
        return async (request) => rules.preflight(request)
      }
      return api.route(url, method)
    },
  }
  return withVerify(guarded, { ...server, toMcpContext })
}

/** A request that has only a token. */
const NO_REQUEST = {
  method: 'POST',
  url: '',
  header: () => undefined,
  isResponseSent: true,
  setCookies: () => false,
  noStore: () => undefined,
}

/** Returns an API whose guards do not read bodies, because with wrong options, a guard rejects every request anyway. */
function withoutTools(api: WebApi): WebApi {
  return {
    ...api,
    guard(given: McpRequirement = {}) {
      const { tools: _tools, ...requirement } = checkMcpRequirement(given)
      return api.guard(requirement)
    },
  }
}

function withVerify(api: WebApi, mcp: McpServices | undefined): McpApi {
  return {
    ...api,
    mcp,
    async verify(token, requirement = {}) {
      const given = readMembers(requirement, AUTHORIZATION_OPTIONS)
      const result = await api.authenticate(NO_REQUEST, { requirement: { ...given, token } })
      if (!result.ok) throw result.error
      if (mcp === undefined) throw new TypeError('The options have problems.')
      return mcp.toMcpContext(result.context).authInfo
    },
  }
}

/** The minimum time that a tool has for its result, in seconds. */
const CALL_SECONDS = 300

/**
 * Returns the time at which a request's stream ends: when its token expires.
 *
 * A stream must not end before the result of a tool that has already run, because the client would repeat the call. The
 * SDK starts a stream before it runs a tool, so a call can last longer than its token. If a token is accepted after its
 * expiry because the clocks differ, its streams stay open until the token is rejected.
 */
function streamEndOf(
  { issuers, now }: Pick<ApiServices, 'issuers' | 'now'>,
  http: Pick<HttpContext, 'header' | 'method'>,
  { claims: { exp } }: AuthorizationContext,
): number {
  const current = now()
  const end = current < exp ? exp : exp + issuers[0].clock().tolerance
  return isCall(http) ? Math.max(end, current + CALL_SECONDS) : end
}

/**
 * Returns whether a request is a call. Other requests open a subscription's stream, which does not end and does not
 * respond to a call.
 */
function isCall(http: Pick<HttpContext, 'header' | 'method'>): boolean {
  return http.method === 'POST' && http.header('mcp-method') !== 'subscriptions/listen'
}
