// The requirements of tools, checked before the server runs.
import { readMembers, refusedKind } from '../own.ts'
import {
  checkAuthorization,
  AUTHORIZATION_OPTIONS,
  checkAuthorizationRequirement,
  consentText,
  recordCaller,
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
        recordCaller(checked, context)
        const scopes = scopesOf(called, context)
        return new Rejected(await bearerResponses.toResponse(checked, scopes, http))
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
 * @returns A copy of the requirement and those of the tools.
 * @throws IdentityError `configuration`.
 */
export function checkMcpRequirement(given: unknown): McpRequirement {
  const [requirement, tools] = withoutMember(given, 'tools')
  const checked = checkAuthorizationRequirement(requirement)
  if (tools === undefined) return checked
  const [value] = tools
  const kind = refusedKind(value)
  if (kind !== undefined) {
    throw configurationError(
      `tools must be an object with the requirement of each tool, but received ${kind}. Example: authorizationRequired({ tools: { close_office: { scopes: ['Office.Manage'] } } }).`,
    )
  }
  const copies = readMembers(value as Record<string, ToolRequirement>)
  for (const [name, tool] of Object.entries(copies)) {
    copies[name] = forTool(name, () => checkToolValues(tool))
  }
  return Object.assign(checked, { tools: copies })
}

/** @returns A copy of the requirement, with the scopes as a list. */
function checkToolValues(given: unknown): ToolRequirement {
  const [requirement, scopes] = withoutMember(given, 'onBehalfOf')
  const checked = checkAuthorizationRequirement(requirement)
  if (scopes === undefined) return checked
  const onBehalfOf = isScopes(scopes[0]) ? parseScopes(scopes[0]) : []
  if (onBehalfOf.length > 0) return Object.assign(checked, { onBehalfOf })
  throw configurationError(
    "onBehalfOf must contain scopes of another API, for example ['Mail.Read']. If the tool does not call another API, remove onBehalfOf.",
  )
}

/** Separates a member that only MCP servers have from a requirement. A value without members stays as it is. */
function withoutMember(
  given: unknown,
  name: string,
): readonly [requirement: unknown, member: readonly [value: unknown] | undefined] {
  if (refusedKind(given) !== undefined) return [given, undefined]
  const copy = readMembers(given as Record<string, unknown>, [...AUTHORIZATION_OPTIONS, name])
  if (!(name in copy)) return [copy, undefined]
  const { [name]: value } = copy
  // The copy of an object of a class is marked, for the messages.
  delete copy[name]
  return [copy, [value]]
}

function checkTool(
  { advertise, requirementRules, rules }: ToolServices & { readonly rules: ScopeRules },
  name: string,
  tool: ToolRequirement,
): CheckedTool {
  return forTool(name, () => {
    const { onBehalfOf = [], ...rest } = checkToolValues(tool)
    const requirement = toRequirement(requirementRules, withScopeCheck(rest, rules))
    advertise(requirement)
    return { requirement, onBehalfOf: parseScopes(onBehalfOf) }
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
