import type { AuthorizationRequirement } from '../api/index.ts'
import {
  toSdkError,
  type AuthInfo,
  type McpApi,
  type McpContext,
  type RegistrationReport,
  type SdkErrorClasses,
} from '../mcp/index.ts'
import { rawRequestOf } from './any-request.ts'
import { apiOf, ApiAuthBase } from './api-auth.ts'
import type { Calls, ResponseHost } from './calls.ts'
import { ContextPlace } from './identity.ts'

/**
 * Verifies tokens for the official SDK, in the shape of its `OAuthTokenVerifier`.
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

/** The options of `mcp.verifierFor`. @public */
export interface McpVerifierOptions {
  /**
   * The classes of errors of version 1 of the SDK: the module `@modelcontextprotocol/sdk/server/auth/errors.js`.
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
 */
export abstract class McpAuthBase<C extends Calls = Calls> extends ApiAuthBase<C> {
  /** @param mcp - The core, or a function that returns it if the settings depend on the environment of a request. */
  constructor(mcp: McpApi | ((request?: unknown) => McpApi), host: ResponseHost<C>) {
    const place = new ContextPlace<McpContext>()
    super(mcp, host, {
      read: (request) => place.read(request),
      store(request, context) {
        place.store(request, context)
        setAuth(request, context as McpContext)
      },
    })
  }

  /**
   * Returns the context that a guard of this `McpAuth` has stored on the request. Use it in functions that receive the
   * request but not the context.
   * @param request - The request, as the handler of the guarded route receives it.
   * @returns The context of the user or the application, with `authInfo`.
   * @throws IdentityError `configuration` if no guard of this `McpAuth` has accepted an access token for this request.
   * @example const { user, authInfo } = mcp.contextOf(req)
   */
  override contextOf(request: C['guarded']): McpContext {
    return super.contextOf(request) as McpContext
  }

  /**
   * Checks the app registration of the server at Entra ID, and returns what you have to change. It sends one or two requests
   * for an app-only token with the credential of the server. The report contains no token and no secret.
   *
   * Call it from a script or a test, not for each request and not at the start of a server. Without the option
   * `clientCredential`, the report lists what you have to check yourself.
   * @returns The checks, and a text with the commands of Azure CLI and a Bicep file.
   * @throws IdentityError `configuration` if the options have problems.
   * @example Every framework: Express, Fastify, Koa, Hono, NestJS, Next.js, fetch
   * ```ts
   * const report = await mcp.checkRegistration()
   * console.log(report.text)
   * process.exitCode = report.ok ? 0 : 1
   * ```
   */
  checkRegistration(): Promise<RegistrationReport> {
    return mcpOf(this).checkRegistration()
  }

  /**
   * Verifies tokens for the official SDK, version 2, if you use its `requireBearerAuth` in place of
   * {@link McpAuthBase.authorizationRequired}. The SDK does not check `Host` and `Origin`.
   */
  readonly verifier: McpVerifier = this.verifierFor()

  /**
   * Makes a verifier with another requirement, or for version 1 of the official SDK. It does not throw.
   * @param options - The classes of errors of version 1, and the requirement.
   * @returns The verifier.
   * @example
   * ```ts
   * import * as errors from '@modelcontextprotocol/sdk/server/auth/errors.js'
   *
   * app.use('/mcp', requireBearerAuth({ verifier: mcp.verifierFor({ errors }) }))
   * ```
   */
  verifierFor({ errors, requirement }: McpVerifierOptions = {}): McpVerifier {
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

/** Returns the protection of an `McpAuth` without its framework. */
function mcpOf(mcp: McpAuthBase<any>): McpApi {
  return apiOf(mcp) as McpApi
}

/** Sets `auth` of a request of Node.js, where the SDK reads it. Handlers of a `Request` pass `authInfo` on themselves. */
function setAuth(request: object, { authInfo }: McpContext): void {
  const raw = rawRequestOf(request)
  if (raw !== undefined && !(raw instanceof Request)) (raw as { auth?: AuthInfo }).auth = authInfo
}
