// The members of McpAuth, with their documentation.
import { readMembers } from '../own.ts'
import type { AuthorizationRequirement, UserContext } from '../api/index.ts'
import {
  checkMcpRequirement,
  contextOfTool,
  createScopeChallenge,
  isToolExtra,
  requireScopes,
  toSdkError,
  type AuthInfo,
  type McpApi,
  type McpContext,
  type McpRequirement,
  type ScopeChallengeHandler,
  type SdkErrorClasses,
  type ToolExtra,
} from '../mcp/index.ts'
import { rawRequestOf } from './any-request.ts'
import { ApiAuth } from './api-auth.ts'
import type { Calls, ResponseHost } from './calls.ts'
import { assertParentheses, readArguments, type GuardArguments } from './guards.ts'
import { apiOf, ContextPlace } from './identity.ts'
import type { OfIssuer } from './signatures.ts'

/**
 * Verifies tokens for the official SDK, and has the shape of the SDK's `OAuthTokenVerifier`.
 * @public
 */
export interface McpVerifier {
  /**
   * Verifies a token.
   * @param token - The access token, without `Bearer`.
   * @returns The caller.
   * @throws An error that the SDK responds to with 401, 403 or 400. If the provider does not respond, an
   *   {@link IdentityError} that the SDK responds to with 500.
   * @example app.use('/mcp', requireBearerAuth({ verifier: mcp.verifier }))
   */
  verifyAccessToken(token: string): Promise<AuthInfo>
}

/** The options for `mcp.verifierFor`. @public */
export interface McpVerifierOptions {
  /**
   * The error classes of version 1 of the SDK: the module `@modelcontextprotocol/sdk/server/auth/errors.js`.
   *
   * @defaultValue errors of version 2
   * @example mcp.verifierFor({ errors: await import('@modelcontextprotocol/sdk/server/auth/errors.js') })
   */
  readonly errors?: SdkErrorClasses | undefined
  /**
   * The requirement, as for `authorizationRequired`.
   *
   * @defaultValue the scopes of the option `scopes`
   * @example mcp.verifierFor({ requirement: { scopes: ['Tools.Use'], appPermissions: ['Tools.Use.All'] } })
   */
  readonly requirement?: AuthorizationRequirement | undefined
}

/**
 * The members that `McpAuth` has in every framework.
 * @typeParam C - The arguments with which the framework passes a request on.
 * @typeParam Issuer - The names in the option `issuers`, or `string` without this option.
 */
export abstract class McpAuth<C extends Calls = Calls, Issuer extends string = any> extends ApiAuth<
  C,
  Issuer
> {
  /** @param mcp - The core, or a function that returns it if the settings depend on a request's environment. */
  constructor(mcp: McpApi | ((request?: unknown) => McpApi), host: ResponseHost) {
    const place = new ContextPlace<McpContext>()
    super(mcp, host, {
      checkRequirement: checkMcpRequirement,
      read: (request) => place.read(request),
      store(request, context) {
        place.store(request, context)
        setAuth(request, context as McpContext)
      },
    })
  }

  /**
   * Returns the caller's context. Call it in a tool of the official SDK, or in a function that gets a guarded route's request.
   * @param request - The last argument of a tool (`extra` in version 1, `ctx` in version 2), or the request as the handler of
   *   the guarded route receives it.
   * @returns The user's or the application's context, with `authInfo`.
   * @throws IdentityError `configuration` if no guard of `McpAuth` has accepted an access token for this request.
   * @example
   * ```ts
   * server.registerTool('my_mail', { description: 'Lists your mail.' }, async (ctx) => {
   *   const { fetch } = mcp.contextOf(ctx)
   *   const response = await fetch('/me/messages', { scopes: ['Mail.Read'] })
   *   return { content: [{ type: 'text', text: await response.text() }] }
   * })
   * ```
   */
  override contextOf(request: C['guarded'] | ToolExtra): McpContext & OfIssuer<Issuer> {
    const context = isToolExtra(request as object)
      ? contextOfTool(request as ToolExtra)
      : super.contextOf(request)
    return context as McpContext & OfIssuer<Issuer>
  }

  /**
   * Makes the `scopeChallenge` function for a tool, a resource or a prompt of the official SDK, version 2.1 and later. If the
   * caller does not meet the requirement, the tool does not run. Instead, the client gets a 403 response with all required
   * scopes, so that it can ask the user to consent to them.
   *
   * Unlike the SDK's `requireScopes`, this function applies `scopeImplies`, and accepts roles and app permissions. It also
   * rejects a request that has not passed a guard, and logs that the guard is missing.
   * @param requirement - The scopes, as a list or a space-separated string, or a requirement as for `authorizationRequired`.
   * @returns The function.
   * @throws IdentityError `configuration` for an invalid requirement.
   * @example
   * ```ts
   * const scopeChallenge = mcp.scopeChallenge(['Office.Manage'])
   * server.registerTool('close_office', { description: 'Closes the office.', scopeChallenge }, close)
   * ```
   */
  scopeChallenge(
    requirement: string | readonly string[] | AuthorizationRequirement<Issuer>,
  ): ScopeChallengeHandler {
    return createScopeChallenge(
      typeof requirement === 'string' || Array.isArray(requirement)
        ? { scopes: requirement as string | readonly string[] }
        : (requirement as AuthorizationRequirement),
      () => mcpOf(this).mcp,
    )
  }

  /**
   * Checks the caller's scopes in a tool. The SDK sends the error as the tool's result, so the client does not ask the user
   * for the scopes. To let the client ask the user, use `scopeChallenge()` instead, or the `tools` of
   * `authorizationRequired`.
   * @param extra - The tool's last argument: `extra` in version 1 of the SDK, or `ctx` in version 2.
   * @param scopes - The scopes, all of which are required, as a list or a space-separated string.
   * @returns The user's context.
   * @throws IdentityError `insufficient_scope` with the scopes that the client must request, also for an app-only token.
   * @example
   * ```ts
   * server.registerTool('close_office', { description: 'Closes the office.' }, async (extra) => {
   *   const { user } = mcp.requireScopes(extra, ['Office.Manage'])
   *   return close(user)
   * })
   * ```
   */
  requireScopes(
    extra: ToolExtra,
    scopes: string | readonly string[],
  ): McpContext & UserContext & OfIssuer<Issuer> {
    return requireScopes(extra, scopes) as McpContext & UserContext & OfIssuer<Issuer>
  }

  /**
   * Verifies tokens for the official SDK, version 2, if you use its `requireBearerAuth` instead of `authorizationRequired()`.
   * However, the SDK does not check `Host` and `Origin`.
   */
  readonly verifier: McpVerifier = this.verifierFor()

  /**
   * Makes a verifier with another requirement, or for version 1 of the official SDK. It does not throw.
   * @param options - The error classes for version 1, and the requirement.
   * @returns The verifier.
   * @example
   * ```ts
   * import * as errors from '@modelcontextprotocol/sdk/server/auth/errors.js'
   *
   * app.use('/mcp', requireBearerAuth({ verifier: mcp.verifierFor({ errors }) }))
   * ```
   */
  verifierFor(options: McpVerifierOptions = {}): McpVerifier {
    const { errors, requirement } = readMembers(options, ['errors', 'requirement'])
    return {
      verifyAccessToken: async (token) => {
        try {
          return await mcpOf(this).verify(token, requirement)
        } catch (error) {
          throw toSdkError(error, errors)
        }
      },
    }
  }
}

/** Reads the arguments of an `McpAuth` guard. @throws IdentityError `configuration`. */
export function mcpArguments(given: readonly unknown[]): GuardArguments<McpRequirement> {
  assertParentheses('authorizationRequired', given)
  return readArguments(given, checkMcpRequirement)
}

/** Returns the protection of an `McpAuth` without its framework. */
function mcpOf(mcp: McpAuth<any>): McpApi {
  return apiOf(mcp) as McpApi
}

/** Sets a request's `auth`, where the SDK and mcp-handler read it. */
function setAuth(request: object, { authInfo }: McpContext): void {
  const raw = rawRequestOf(request)
  if (raw !== undefined) (raw as { auth?: AuthInfo }).auth = authInfo
}
