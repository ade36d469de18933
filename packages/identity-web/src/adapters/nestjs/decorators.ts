// The decorators of routes, such as `@LoginRequired()`.
import { SetMetadata, UseGuards, applyDecorators } from '@nestjs/common'
import type { AuthorizationRequirement } from '../../api/index.ts'
import { configurationError } from '../../errors.ts'
import {
  authorizationArguments,
  loginArguments,
  mcpArguments,
  sessionOrBearerArguments,
} from '../../classes/index.ts'
import type { McpRequirement } from '../../mcp/index.ts'
import type { EitherRequirement } from '../../session-or-bearer/index.ts'
import type { LoginRequirement } from '../../web/index.ts'
import {
  ACCESS,
  AUTHORIZATION,
  LOGIN,
  MCP,
  PUBLIC,
  SESSION_OR_BEARER,
  declaredBy,
  type Access,
} from './access.ts'
import { ApiGuard, EitherGuard, LoginGuard, McpGuard } from './guards.ts'

/**
 * A decorator of a method or a controller. A controller's decorator applies to all methods that do not have a decorator.
 * @public
 */
export type RouteDecorator = ClassDecorator & MethodDecorator

/**
 * Guards routes for signed-in users, and redirects other visitors to the provider, which sends them back to the requested page
 * after the sign-in.
 *
 * The decorator adds {@link LoginGuard}. A method's decorator replaces its controller's decorator. A signed-in user who lacks
 * a role, a group or a claim gets a page with the status 403, and a script gets JSON.
 * @param requirement - The users who may see the route, the scopes of an access token, and the requirements for their
 *   sign-in.
 * @throws IdentityError `configuration` for invalid values, and if the same route has another decorator of this library.
 * @example NestJS `@LoginRequired({ roles: ['Admin'] }) list(@IdentityContext() { user }: LoginContext) { … }`
 * @public
 */
export function LoginRequired(...given: [] | [requirement: LoginRequirement]): RouteDecorator {
  return declare({ ...LOGIN, given }, loginArguments, LoginGuard)
}

/**
 * Guards API routes, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access token.
 *
 * The decorator adds {@link ApiGuard}. A method's decorator replaces its controller's decorator.
 * @param requirement - The requirements for a user's token, and the app permissions that an application's token needs. Without
 *   a requirement, any user's token with a scope of this API is sufficient.
 * @throws IdentityError `configuration` for invalid values, and if the same route has another decorator of this library.
 * @example NestJS `@AuthorizationRequired({ scopes: ['Todos.Read'] }) list(@IdentityContext() { user }: UserContext) { … }`
 * @public
 */
export function AuthorizationRequired(
  ...given: [] | [requirement: AuthorizationRequirement]
): RouteDecorator {
  return declare({ ...AUTHORIZATION, given }, authorizationArguments, ApiGuard)
}

/**
 * Guards the endpoint of an MCP server. Callers without a valid access token get a 401 or 403 response with
 * `WWW-Authenticate`, from which MCP clients find out how to sign in.
 *
 * The decorator adds {@link McpGuard}, which checks the headers `Host` and `Origin` first. The guard sets the property `auth`
 * of the Node.js request, which the official SDK reads.
 * @param requirement - The requirements for a user's token, and the app permissions that an application's token needs. Without
 *   a requirement, a user's token needs the scopes of the option `scopes`.
 * @throws IdentityError `configuration` for invalid values, and if the same route has another decorator of this library.
 * @example NestJS `@All('mcp') @McpRequired() handle(@Req() req: Request, @Res() res: Response) { return toNodeHandler(handler)(req, res, req.body) }`
 * @public
 */
export function McpRequired(...given: [] | [requirement: McpRequirement]): RouteDecorator {
  return declare({ ...MCP, given }, mcpArguments, McpGuard)
}

/**
 * Guards routes that accept a session or an access token, so that your pages and API clients can call the same routes.
 *
 * The decorator adds {@link EitherGuard}. With the scheme `Bearer`, only the token can authenticate a request.
 * @param requirement - The requirement for users, and the requirements that apply only to sessions or only to access tokens.
 * @throws IdentityError `configuration` for invalid values, and if the same route has another decorator of this library.
 * @example NestJS `@EitherRequired({ roles: ['Editor'] }) list(@IdentityContext() context: EitherContext<Claims>) { … }`
 * @public
 */
export function EitherRequired(...given: [] | [requirement: EitherRequirement]): RouteDecorator {
  return declare({ ...SESSION_OR_BEARER, given }, sessionOrBearerArguments, EitherGuard)
}

/**
 * Allows unauthenticated visitors on a route, even if a guard protects the whole application or the controller.
 *
 * If a controller extends a class with `@Public()`, the controller itself is not public. The application does not start if
 * `@UseGuards()` adds one of this library's guards to the same method or controller.
 * @throws IdentityError `configuration` if the same route has another decorator of this library.
 * @example NestJS `@Controller('about') @Public() export class AboutController {}`
 * @public
 */
export function Public(...given: []): RouteDecorator {
  return declare({ ...PUBLIC, given })
}

/** @param check - Checks the decorator's arguments. */
function declare(
  access: Access,
  check?: (given: readonly unknown[]) => unknown,
  ...guards: Parameters<typeof UseGuards>
): RouteDecorator {
  const { name, given } = access
  // Without parentheses, TypeScript calls the decorator with a class or a method.
  if (given.length > 1 || typeof given[0] === 'function') {
    throw configurationError(
      `The decorator @${name} was used without parentheses. Write @${name}() instead of @${name}.`,
    )
  }
  check?.(given)
  return applyDecorators(assertAlone(name), SetMetadata(ACCESS, access), UseGuards(...guards))
}

/** Rejects a second decorator, because the requirement of one of the two would be lost. */
function assertAlone(name: string) {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const declared = (descriptor?.value ?? target) as object
    const before = declaredBy(declared)
    // A controller may override the decorator of the class that it extends.
    if (before === undefined || before === declaredBy(Object.getPrototypeOf(declared) as object))
      return
    const place = key === undefined ? 'controller' : `method ${String(key)}`
    throw configurationError(
      `The ${place} has two decorators of identity-web, and one of them is @${name}(). Remove one of the two decorators. To allow users and API clients, use @EitherRequired().`,
    )
  }
}
