// Checks scopes inside a tool, and asks for more.
import { getOrCreate } from '../caches.ts'
import {
  checkAuthorization,
  checkAuthorizationRequirement,
  consentText,
  recordScopes,
  toDescription,
  toRequirement,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type Requirement,
} from '../api/index.ts'
import { IdentityError, configurationError } from '../errors.ts'
import { wrapTokenSource } from '../tokens.ts'
import { type McpContext, callerOf, type Accepted, type ConfiguredServer } from './auth-info.ts'
import { withDefaultScopes, withScopeCheck } from './scopes.ts'
import { Allowed } from '../verdict.ts'

/**
 * The scopes that a client must request, in the shape that the official SDK expects since version 2.1.
 *
 * @public
 */
export interface ScopeChallenge {
  /** All scopes that the operation needs, as clients request them. */
  scopes: readonly [string, ...string[]]
  /** The reason. */
  errorDescription?: string
}

/**
 * A function for `scopeChallenge` in a tool, a resource or a prompt of the official SDK, which calls it before the tool
 * runs.
 *
 * @public
 */
export type ScopeChallengeHandler = (request: {
  /**
   * The caller, which the guard has passed to the SDK.
   *
   * @defaultValue `undefined` without a guard
   */
  readonly authInfo?: object | undefined
}) => Promise<ScopeChallenge | undefined>

/**
 * The last argument that the official SDK passes to a tool: `extra` in version 1, or `ctx` in version 2.
 *
 * @public
 */
export interface ToolExtra {
  /**
   * The caller, in version 1.
   *
   * @defaultValue `undefined` in version 2
   */
  readonly authInfo?: object | undefined
  /**
   * The HTTP request, in version 2.
   *
   * @defaultValue `undefined` in version 1
   */
  readonly http?:
    | {
        /**
         * The caller.
         *
         * @defaultValue `undefined` without a guard
         */
        readonly authInfo?: object | undefined
      }
    | undefined
}

/** A tool's requirement at one server, and its challenge's scopes. */
interface ServerRequirement {
  readonly requirement: Requirement
  /** Returns the scopes for a caller, as the token's issuer spells them. */
  scopesOf(caller: Partial<AuthorizationContext>): ScopeChallenge['scopes']
}

// Applications with a fetch handler make their tools again for each request.
const reported = new WeakSet<ConfiguredServer>()

/**
 * Creates the function for the SDK's `scopeChallenge`.
 *
 * @param ownServer - Returns the server of the `McpAuth`, or `undefined` if its options have problems.
 * @throws IdentityError `configuration` for a wrong requirement.
 */
export function createScopeChallenge(
  given: AuthorizationRequirement,
  ownServer: () => ConfiguredServer | undefined,
): ScopeChallengeHandler {
  const required = checkAuthorizationRequirement(given)
  // A server has another configuration in each of a worker's environments.
  const known = new WeakMap<ConfiguredServer, ServerRequirement>()
  const requirementAt = (server: ConfiguredServer): ServerRequirement =>
    getOrCreate(known, server, () => toServerRequirement(server, required))
  // Clients read the scopes in the metadata before they call a tool.
  try {
    const own = ownServer()
    if (own !== undefined) requirementAt(own)
  } catch {
    // Without the request's environment, the options may be unknown. Each call throws the error of a wrong requirement.
  }

  /**
   * Logs that the guard is missing, and returns the challenge. If it threw an error, the SDK would send a 500 response
   * without a message, and would not log the error.
   */
  function challengeWithoutGuard(server: ConfiguredServer): ScopeChallenge {
    if (!reported.has(server)) {
      reported.add(server)
      server.services.events.emit('configuration.invalid', {
        level: 'error',
        message: `scopeChallenge() rejected a call. ${WITHOUT_GUARD}`,
        option: 'scopeChallenge',
      })
    }
    return {
      scopes: requirementAt(server).scopesOf({}),
      errorDescription: 'The server has not accepted an access token for this request.',
    }
  }

  return async ({ authInfo }) => {
    const caller = callerOf(authInfo)
    if (caller === undefined) {
      const own = ownServer()
      if (own === undefined) throw configurationError(WITHOUT_GUARD)
      return challengeWithoutGuard(own)
    }
    const { context, server } = caller
    const { requirement, scopesOf } = requirementAt(server)
    const checked = await checkAuthorization(requirement, context)
    return Allowed.is(checked)
      ? undefined
      : { scopes: scopesOf(context), errorDescription: toDescription(checked.message) }
  }
}

/**
 * Checks the scopes of a tool's caller.
 *
 * The function is synchronous, so that a missing `await` cannot open the tool.
 *
 * @throws IdentityError `insufficient_scope`.
 */
export function requireScopes(extra: ToolExtra, scopes: string | readonly string[]): McpContext {
  const { context, server } = assertCaller(authInfoOf(extra))
  const { requirement, scopesOf } = toServerRequirement(server, { scopes })
  const checked = checkAuthorization(requirement, context)
  if (Allowed.is(checked)) return toToolContext(context)
  // Only groups and claims are checked with a promise, but the requirement does not contain any.
  const reason = IdentityError.is(checked) ? checked.message : 'The access token was not checked.'
  const all = scopesOf(context)
  const error = new IdentityError(
    'insufficient_scope',
    `${reason} To call this tool, the client must request a token with ${all.join(' ')}.`,
  )
  throw recordScopes(error, all)
}

export function contextOfTool(extra: ToolExtra): McpContext {
  return toToolContext(assertCaller(authInfoOf(extra)).context)
}

/**
 * Returns whether a value is a tool's last argument: `extra` in version 1, or `ctx` in version 2. Without a guard, the
 * argument does not contain a caller.
 */
export function isToolExtra(value: object): value is ToolExtra {
  return authInfoOf(value) !== undefined || 'sendNotification' in value || 'mcpReq' in value
}

function authInfoOf({ authInfo, http }: ToolExtra): object | undefined {
  return authInfo ?? http?.authInfo
}

/** Throws if the caller is missing, because the SDK also runs tools without a guard, but a tool must not run then. */
function assertCaller(authInfo: object | undefined): Accepted {
  const caller = callerOf(authInfo)
  if (caller !== undefined) return caller
  throw configurationError(WITHOUT_GUARD)
}

const WITHOUT_GUARD =
  'The tool did not receive a caller, because a guard of McpAuth has not accepted a token for this request. Guard the endpoint with mcp.authorizationRequired(), and pass authInfo to the SDK, for example handler.fetch(request, { authInfo }).'

function toServerRequirement(
  { services, settings }: ConfiguredServer,
  given: AuthorizationRequirement,
): ServerRequirement {
  const { advertise, issuerOf, requirementRules } = services
  const requirement = toRequirement(requirementRules, withScopeCheck(given, settings))
  advertise(requirement)
  const endpoint = toRequirement(requirementRules, withDefaultScopes({}, settings)).fullScopes
  return {
    requirement,
    scopesOf({ app, issuer, scopes = [] }) {
      const { toFullScope } = issuerOf(issuer).audiences
      const required = [endpoint, requirement.fullScopes].flatMap((of) => of.get(issuer) ?? [])
      // The SDK requires a scope, also if only a role is missing. A user's client would add `.default` to its other scopes,
      // and Entra ID then rejects each later sign-in. An application requests only `.default`.
      const [first = app === undefined ? 'openid' : toFullScope('.default'), ...rest] = new Set(
        required.length > 0 ? required : scopes.map(toFullScope),
      )
      return [first, ...rest]
    },
  }
}

// Requests with the same token share their context.
const known = new WeakMap<McpContext, McpContext>()

/**
 * Returns the context for a tool. The SDK sends an error's message as the tool's result. If a call to another API
 * fails, the message therefore tells the user what to do, and does not contain text from the provider.
 */
function toToolContext(context: McpContext): McpContext {
  return getOrCreate(known, context, () => withToolErrors(context))
}

function withToolErrors(context: McpContext): McpContext {
  const { api, fetch, getTokenOnBehalfOf, startLongRunningProcess } = context
  return Object.freeze({
    ...context,
    fetch: forTool(fetch),
    getTokenOnBehalfOf: forTool(getTokenOnBehalfOf),
    startLongRunningProcess: forTool(startLongRunningProcess),
    ...wrapTokenSource(context, forTool),
    api: new Proxy(api, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        return isNamedApi(value) ? { fetch: forTool(value.fetch) } : value
      },
    }),
  })
}

type Call = (...args: never[]) => Promise<unknown>

function isNamedApi(value: unknown): value is { readonly fetch: Call } {
  return typeof value === 'object' && value !== null && 'fetch' in value
}

function forTool<Called extends Call>(call: Called): Called {
  return (async (...args) => {
    try {
      return await call(...args)
    } catch (error) {
      throw IdentityError.is(error) ? toToolError(error) : error
    }
  }) as Called
}

function toToolError(error: IdentityError): IdentityError {
  const message = messageFor(error)
  if (message === undefined) return error
  const { claimsRequest, code } = error
  return new IdentityError(code, message, { cause: error, claimsRequest })
}

/**
 * Returns the message for the user, or `undefined` if a developer must fix the error, whose own message then says what
 * to change.
 */
function messageFor(error: IdentityError): string | undefined {
  if (error.code === 'configuration') return undefined
  if (error.code !== 'interaction_required') {
    return error.status === 503
      ? 'The server cannot reach the sign-in service at the moment. Repeat the call later.'
      : 'The server could not get access to another API. The log of the server contains the reason.'
  }
  if (error.claimsRequest !== undefined) {
    return 'Another API requires that the user signs in again, for example with a second factor. Sign in again in the MCP client, and repeat the call.'
  }
  return (
    consentText(error) ??
    'The user must sign in again in the MCP client before this server can call another API on behalf of the user.'
  )
}
