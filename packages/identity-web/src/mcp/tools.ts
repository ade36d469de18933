import { ownMembers, isObject } from '../own.ts'
import {
  checkAuthorization,
  checkAuthorizationRequirement,
  consentText,
  recordIssuer,
  toRequirement,
  type ApiServices,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type Requirement,
} from '../api/index.ts'
import { parseScopes } from '../client/index.ts'
import { configurationError, IdentityError } from '../errors.ts'
import type { HttpContext } from '../http-context.ts'
import { quote } from '../text.ts'
import { Allowed, Rejected, type Verdict } from '../verdict.ts'
import { isScopes } from '../options/checks.ts'
import {
  MAX_BODY_BYTES,
  readToolCalls,
  toBadMessageResponse,
  toToolErrorResponse,
  TOO_LARGE,
  UNREADABLE,
} from './messages.ts'
import type { ScopeRules } from '../options/resolve-mcp.ts'
import { withScopeCheck } from './scopes.ts'

/**
 * One tool's requirement, in addition to the endpoint's requirement.
 *
 * @example A tool for administrators that changes files of the user
 * ```ts
 * const tool: ToolRequirement = { scopes: ['Files.Write'], roles: ['Admin'], onBehalfOf: ['Files.ReadWrite'] }
 * ```
 * @public
 */
export interface ToolRequirement<
  Issuer extends string = string,
> extends AuthorizationRequirement<Issuer> {
  /**
   * Scopes of another API, such as Microsoft Graph, as a list or a space-separated string. The guard gets the token
   * before the tool runs, so that the client gets a 401 response if the user must consent or sign in again. The tool
   * then uses the same token.
   *
   * @defaultValue not set, so the tool requests its tokens itself, and an error becomes the tool's result
   * @example app.all('/mcp', mcp.authorizationRequired({ tools: { my_mail: { onBehalfOf: ['Mail.Read'] } } }), serve)
   */
  readonly onBehalfOf?: string | readonly string[]
}

/**
 * An MCP endpoint's requirement, with the properties that an `ApiAuth` route has, and the tools' requirements.
 *
 * @example
 * ```ts
 * app.all('/mcp', mcp.authorizationRequired({ tools: { close_office: { scopes: ['Office.Manage'] } } }), serve)
 * ```
 * @public
 */
export interface McpRequirement<
  Issuer extends string = string,
> extends AuthorizationRequirement<Issuer> {
  /**
   * The tools' requirements, by name. A call to such a tool must meet this requirement and the endpoint's. The guard
   * reads the request body. If a call does not meet the requirement, the guard responds with 403 and the scopes, and
   * your server does not get the call. A tool that is not in `tools` has only the endpoint's requirement.
   *
   * @defaultValue `{}`, and the guard does not read bodies
   * @example app.all('/mcp', mcp.authorizationRequired({ tools: { close_office: { scopes: ['Office.Manage'] } } }), serve)
   */
  readonly tools?: Readonly<Record<string, ToolRequirement<Issuer>>>
}

/** Decides whether a request's caller meets the requirements of the tools that it calls. */
export type ToolCheck = (
  http: HttpContext,
  context: AuthorizationContext,
) => Promise<Verdict<AuthorizationContext>>

interface CheckedTool {
  readonly requirement: Requirement
  readonly onBehalfOf: readonly string[]
}

type ToolServices = Pick<ApiServices, 'advertise' | 'bearerResponses' | 'requirementRules'>

/**
 * Creates the check for the tools that a request calls.
 *
 * @param endpoint - The full names of the scopes that the endpoint needs, which a challenge repeats.
 * @throws IdentityError `configuration` for a wrong requirement, when the route is declared.
 */
export function createToolCheck(
  services: ToolServices & { readonly rules: ScopeRules },
  tools: Readonly<Record<string, ToolRequirement>>,
  endpoint: Requirement['fullScopes'],
): ToolCheck {
  const { bearerResponses } = services
  // A map, because a tool can have the same name as a property that every object has.
  const known = new Map(
    Object.entries(tools).map(([name, tool]) => [name, checkTool(services, name, tool)] as const),
  )

  return async (http, context) => {
    if (http.method !== 'POST') return new Allowed(context)
    if (http.readJson === undefined) throw new TypeError('The host cannot read bodies.')
    const body = await http.readJson(MAX_BODY_BYTES)
    if ('failure' in body) {
      return new Rejected(toBadMessageResponse(body.failure === 413 ? TOO_LARGE : UNREADABLE))
    }
    const names = readToolCalls(body.json, (name) => http.header(name))
    if ('code' in names) return new Rejected(toBadMessageResponse(names))
    const called = names.flatMap((name) => known.get(name) ?? [])
    for (const { requirement } of called) {
      // oxlint-disable-next-line no-await-in-loop -- The first error ends the request.
      const checked = await checkAuthorization(requirement, context)
      if (!Allowed.is(checked)) {
        recordIssuer(checked, context.issuer)
        return new Rejected(await bearerResponses.toResponse(checked, scopesOf(called, context)))
      }
    }
    try {
      for (const { onBehalfOf } of called) {
        // oxlint-disable-next-line no-await-in-loop -- The first error ends the request.
        if (onBehalfOf.length > 0) await context.getTokenOnBehalfOf(onBehalfOf)
      }
    } catch (error) {
      // The guard turns other errors into challenges.
      const text = IdentityError.is(error) ? consentText(error) : undefined
      if (text === undefined) throw error
      return new Rejected(toToolErrorResponse(body.json, text))
    }
    return new Allowed(context)
  }

  /**
   * Returns the challenge's scopes: all that the operation needs, because some clients request only these. The list is
   * empty for an application, which cannot request scopes.
   */
  function scopesOf(
    called: readonly CheckedTool[],
    { issuer, user }: AuthorizationContext,
  ): string[] {
    if (user === undefined) return []
    const all = [endpoint, ...called.map(({ requirement }) => requirement.fullScopes)]
    return [...new Set(all.flatMap((scopes) => scopes.get(issuer) ?? []))]
  }
}

/**
 * Checks an endpoint's requirement. The check does not need the options of `McpAuth`.
 *
 * @throws IdentityError `configuration`.
 */
export function checkMcpRequirement(given: unknown): void {
  const { tools, ...requirement } = ownMembers(Object(given) as McpRequirement)
  // A value that is not an object has no properties to separate.
  checkAuthorizationRequirement(typeof given === 'object' && given !== null ? requirement : given)
  if (tools === undefined && !Object.hasOwn(Object(given) as object, 'tools')) return
  if (!isObject(tools)) {
    throw configurationError(
      "tools must be an object with the requirement of each tool, for example authorizationRequired({ tools: { close_office: { scopes: ['Office.Manage'] } } }).",
    )
  }
  for (const [name, tool] of Object.entries(tools)) forTool(name, () => checkToolValues(tool))
}

function checkToolValues(given: unknown): readonly string[] {
  if (!isObject(given)) return (checkAuthorizationRequirement(given), [])
  const { onBehalfOf, ...requirement } = given
  checkAuthorizationRequirement(requirement)
  if (!Object.hasOwn(given, 'onBehalfOf')) return []
  const scopes = isScopes(onBehalfOf) ? parseScopes(onBehalfOf) : []
  if (scopes.length > 0) return scopes
  throw configurationError(
    "onBehalfOf must contain scopes of another API, for example ['Mail.Read']. If the tool does not call another API, remove onBehalfOf.",
  )
}

function checkTool(
  { advertise, requirementRules, rules }: ToolServices & { readonly rules: ScopeRules },
  name: string,
  tool: ToolRequirement,
): CheckedTool {
  return forTool(name, () => {
    const onBehalfOf = checkToolValues(tool)
    const { onBehalfOf: _scopes, ...rest } = tool
    const requirement = toRequirement(requirementRules, withScopeCheck(rest, rules))
    advertise(requirement)
    return { requirement, onBehalfOf }
  })
}

/** Runs a function, and adds the tool's name to its errors about the requirement. */
function forTool<Result>(name: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    throw configurationError(
      `The requirement of the tool ${quote(name)} is wrong. ${error.message}`,
    )
  }
}
