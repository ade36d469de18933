// The guards, such as `LoginGuard` and `ApiGuard`.
import { Inject, Injectable, type Type } from '@nestjs/common'
import type { AuthorizationContext } from '../../api/index.ts'
import { configurationError } from '../../errors.ts'
import {
  authorizationGuard,
  loginGuard,
  oncePer,
  sessionOrBearerGuard,
} from '../../classes/index.ts'
import type { SessionOrBearerContext } from '../../session-or-bearer/index.ts'
import type { LoginContext } from '../../web/index.ts'
import { AccessGuard, registerGuard } from './access-guard.ts'
import { AUTHORIZATION, LOGIN, MCP, SESSION_OR_BEARER, type Access } from './access.ts'
import { ApiAuth, Auth, McpAuth } from './classes.ts'

// Several instances of a guard share these, so that a global guard and that of the route authenticate a request once.
const loginGuards = oncePer((auth: Auth) =>
  oncePer(({ given }: Access) => loginGuard(real(auth, Auth, 'LoginGuard'), given)),
)
const apiGuards = oncePer((api: ApiAuth) =>
  oncePer(({ given }: Access) => authorizationGuard(real(api, ApiAuth, 'ApiGuard'), given)),
)
const mcpGuards = oncePer((mcp: McpAuth) =>
  oncePer(({ given }: Access) => authorizationGuard(real(mcp, McpAuth, 'McpGuard'), given)),
)
const eitherGuards = oncePer((given: Auth) =>
  oncePer((givenApi: ApiAuth) => {
    const auth = real(given, Auth, 'EitherGuard')
    const api = real(givenApi, ApiAuth, 'EitherGuard')
    return oncePer((access: Access) => sessionOrBearerGuard({ auth, api }, access.given))
  }),
)

/**
 * Guards routes for signed-in users. The decorator {@link LoginRequired} adds this guard.
 *
 * You can also add the guard to a controller, or to the whole application, so that it guards all routes that do not have
 * another decorator.
 * @public
 */
export class LoginGuard extends AccessGuard<LoginContext<unknown>> {
  /**
   * Creates the guard. Nest calls the constructor, which does not throw.
   * @param auth - The `Auth` of the `IdentityModule` that the controller's module imports.
   * @example NestJS `@Module({ providers: [{ provide: APP_GUARD, useExisting: LoginGuard }] }) export class AppModule {}`
   */
  constructor(auth: Auth) {
    super(LOGIN, (access) => loginGuards(auth)(access))
  }
}

/**
 * Guards API routes. The decorator {@link AuthorizationRequired} adds this guard, which accepts any user's token with a scope
 * of this API if you use it without the decorator.
 * @public
 */
export class ApiGuard extends AccessGuard<AuthorizationContext> {
  /**
   * Creates the guard. Nest calls the constructor, which does not throw.
   * @param api - The `ApiAuth` of the `IdentityModule` that the controller's module imports.
   * @example NestJS `@Controller('todos') @UseGuards(ApiGuard) export class TodosController {}`
   */
  constructor(api: ApiAuth) {
    super(AUTHORIZATION, (access) => apiGuards(api)(access))
  }
}

/**
 * Guards the endpoint of an MCP server. The decorator {@link McpRequired} adds this guard, which requires the scopes of the
 * option `scopes` if you use it without the decorator.
 * @public
 */
export class McpGuard extends AccessGuard<AuthorizationContext> {
  /**
   * Creates the guard. Nest calls the constructor, which does not throw.
   * @param mcp - The `McpAuth` of the `IdentityModule` that the controller's module imports.
   * @example NestJS `@Controller('mcp') @UseGuards(McpGuard) export class McpController {}`
   */
  constructor(mcp: McpAuth) {
    super(MCP, (access) => mcpGuards(mcp)(access))
  }
}

/**
 * Guards routes that accept a session or an access token. The decorator {@link EitherRequired} adds this guard.
 *
 * @public
 */
export class EitherGuard extends AccessGuard<SessionOrBearerContext<unknown>> {
  /**
   * Creates the guard. Nest calls the constructor, which does not throw.
   * @param auth - The `Auth` of the `IdentityModule` that the controller's module imports.
   * @param api - The same module's `ApiAuth`.
   * @example NestJS `@Controller('todos') @UseGuards(EitherGuard) export class TodosController {}`
   */
  constructor(auth: Auth, api: ApiAuth) {
    super(SESSION_OR_BEARER, (access) => eitherGuards(auth)(api)(access))
  }
}

declareGuard(LoginGuard, LOGIN, [Auth])
declareGuard(ApiGuard, AUTHORIZATION, [ApiAuth])
declareGuard(McpGuard, MCP, [McpAuth])
declareGuard(EitherGuard, SESSION_OR_BEARER, [Auth, ApiAuth])

// Calls instead of decorators, which need metadata that only some compilers write.
function declareGuard(guard: Type, { audience }: Access, parameters: readonly Type[]): void {
  Injectable()(guard)
  registerGuard(guard, audience)
  for (const [index, type] of parameters.entries()) Inject(type)(guard, undefined, index)
}

/**
 * Returns the object, but throws if a test replaced `Auth` or `ApiAuth` with an object that cannot authenticate requests.
 */
function real<T extends object>(given: T, type: Type, guard: string): T {
  if (given instanceof type) return given
  throw configurationError(
    `${guard} works only with the ${type.name} that IdentityModule provides. If your test overrides ${type.name}, override the guard too, for example with overrideGuard(${guard}).`,
  )
}
