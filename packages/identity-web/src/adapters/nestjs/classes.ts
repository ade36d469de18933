// Auth, ApiAuth and McpAuth for Nest.
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  AuthBase,
  McpAuthBase,
  sendErrorResponse,
  toEnvironment,
  type CreateCore,
  type SendsApiResponse,
  type SendsAuthResponse,
} from '../../classes/index.ts'
import { SERVER } from '../../host-traits.ts'
import { createMcpApi, type McpAuthOptions } from '../../mcp/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import { createWebAuth, type AuthOptions } from '../../web/index.ts'
import { configurationError } from '../../errors.ts'
import { HOST, type NestJs } from './host.ts'

/**
 * Signs users in to a Nest application on Express or Fastify, keeps their sessions and gets their tokens.
 *
 * {@link IdentityModule} creates it and mounts its routes, so inject it into controllers.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims. TypeScript does not know this type where Nest
 *   injects the object, so the default is the `user` of `Register`, or else `unknown`.
 * @public
 */
export class Auth<User = RegisteredUser>
  extends AuthBase<User, NestJs>
  implements SendsAuthResponse<NestJs>
{
  /**
   * Prepares sign-in. {@link IdentityModule} calls the constructor, so inject the object instead.
   *
   * It does not throw, because {@link IdentityModule} checks the options.
   * @param options - Missing options are read from environment variables. If you omit `options`, every use of the
   *   object throws an error.
   * @example constructor(private readonly auth: Auth) {}
   */
  constructor(options?: AuthOptions<User>) {
    super(coreOf('auth', createWebAuth<User>, options), HOST)
  }

  readonly sendResponse: SendsAuthResponse<NestJs>['sendResponse'] = (...args) =>
    sendErrorResponse(HOST, args, this)
}

/**
 * Protects a web API in a Nest application with access tokens, and calls other APIs for its users.
 *
 * {@link IdentityModule} creates it and mounts the route that describes the API (RFC 9728), so inject it into providers.
 * @public
 */
export class ApiAuth<Issuer extends string = string>
  extends ApiAuthBase<NestJs, Issuer>
  implements SendsApiResponse<NestJs>
{
  /**
   * Protects an API. {@link IdentityModule} calls the constructor, so inject the object instead.
   *
   * It does not throw, because {@link IdentityModule} checks the options.
   * @param options - Missing options are read from environment variables. If you omit `options`, every use of the
   *   object throws an error.
   * @example constructor(private readonly api: ApiAuth) {}
   */
  constructor(options?: ApiAuthOptions<Issuer>) {
    super(coreOf('api', createWebApi, options), HOST)
  }

  readonly sendResponse: SendsApiResponse<NestJs>['sendResponse'] = (...args) =>
    sendErrorResponse(HOST, args, this)
}

/**
 * Protects an MCP server in a Nest application with access tokens.
 *
 * {@link IdentityModule} creates it from the option `mcp` and mounts the route for the metadata (RFC 9728), so inject it into
 * providers.
 * @beta
 */
export class McpAuth<Issuer extends string = string>
  extends McpAuthBase<NestJs, Issuer>
  implements SendsApiResponse<NestJs>
{
  /**
   * Protects an MCP server. {@link IdentityModule} calls the constructor, so inject the object instead.
   *
   * It does not throw, because {@link IdentityModule} checks the options.
   * @param options - Missing options are read from environment variables. If you omit `options`, every use of the
   *   object throws an error.
   * @example constructor(private readonly mcp: McpAuth) {}
   */
  constructor(options?: McpAuthOptions<Issuer>) {
    super(coreOf('mcp', createMcpApi, options), HOST)
  }

  readonly sendResponse: SendsApiResponse<NestJs>['sendResponse'] = (...args) =>
    sendErrorResponse(HOST, args, this)
}

function coreOf<Options, Core>(
  option: 'auth' | 'api' | 'mcp',
  create: CreateCore<Options, Core>,
  options: Options | undefined,
): Core | (() => never) {
  if (options !== undefined) return create(options, toEnvironment(), SERVER)
  return () => {
    throw configurationError(
      `The option ${option} of IdentityModule is not configured. Set IdentityModule.forRoot({ ${option}: {} }). Missing options are read from environment variables.`,
    )
  }
}
