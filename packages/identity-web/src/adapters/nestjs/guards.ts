import { Inject, Injectable } from '@nestjs/common'
import type { AuthorizationContext } from '../../api/index.ts'
import { IdentityError } from '../../errors.ts'
import {
  authorizationGuard,
  loginGuard,
  oncePer,
  sessionOrBearerGuard,
} from '../../members/index.ts'
import type { SessionOrBearerContext } from '../../session-or-bearer/index.ts'
import type { LoginContext } from '../../web/index.ts'
import { AccessGuard, registerGuard } from './access-guard.ts'
import type { Access } from './access.ts'
import { ApiAuth } from './api-auth.ts'
import { Auth } from './auth.ts'

const LOGIN: Access = { audience: 'login', given: [] }
const AUTHORIZATION: Access = { audience: 'authorization', given: [] }
const EITHER: Access = { audience: 'either', given: [] }

// Several instances of a guard share these, so that a global guard and that of the route authenticate a request once.
const loginGuards = oncePer((auth: Auth) => {
  assertReal(auth, Auth, 'LoginGuard')
  return oncePer(({ given }: Access) => loginGuard(auth, given))
})
const apiGuards = oncePer((api: ApiAuth) => {
  assertReal(api, ApiAuth, 'ApiGuard')
  return oncePer(({ given }: Access) => authorizationGuard(api, given))
})
const eitherGuards = oncePer((auth: Auth) => {
  assertReal(auth, Auth, 'EitherGuard')
  return oncePer((api: ApiAuth) => {
    assertReal(api, ApiAuth, 'EitherGuard')
    return oncePer(({ given }: Access) => sessionOrBearerGuard({ auth, api }, given))
  })
})

/**
 * Guards routes of signed-in users. {@link LoginRequired} adds it.
 *
 * You can also add it to a controller, or to the whole application. It then guards all routes that do not have another
 * decorator.
 * @public
 */
export class LoginGuard extends AccessGuard<LoginContext<unknown>> {
  /**
   * Creates the guard. Nest calls it. It does not throw.
   * @param auth - The `Auth` of the `IdentityModule` that the controller's module imports.
   * @example NestJS `@Module({ providers: [{ provide: APP_GUARD, useExisting: LoginGuard }] }) export class AppModule {}`
   */
  constructor(auth: Auth) {
    super(LOGIN, (access) => loginGuards(auth)(access))
  }
}

/**
 * Guards routes of an API. {@link AuthorizationRequired} adds it. Without the decorator, the guard accepts any
 * user's token with a scope of this API.
 * @public
 */
export class ApiGuard extends AccessGuard<AuthorizationContext> {
  /**
   * Creates the guard. Nest calls it. It does not throw.
   * @param api - The `ApiAuth` of the `IdentityModule` that the controller's module imports.
   * @example NestJS `@Controller('todos') @UseGuards(ApiGuard) export class TodosController {}`
   */
  constructor(api: ApiAuth) {
    super(AUTHORIZATION, (access) => apiGuards(api)(access))
  }
}

/** Guards routes that accept a session or an access token. {@link EitherRequired} adds it. @public */
export class EitherGuard extends AccessGuard<SessionOrBearerContext<unknown>> {
  /**
   * Creates the guard. Nest calls it. It does not throw.
   * @param auth - The `Auth` of the `IdentityModule` that the controller's module imports.
   * @param api - The `ApiAuth` of the same module.
   * @example NestJS `@Controller('todos') @UseGuards(EitherGuard) export class TodosController {}`
   */
  constructor(auth: Auth, api: ApiAuth) {
    super(EITHER, (access) => eitherGuards(auth)(api)(access))
  }
}

// Calls instead of decorators, which need metadata that only some compilers write.
for (const [guard, { audience }] of [
  [LoginGuard, LOGIN],
  [ApiGuard, AUTHORIZATION],
  [EitherGuard, EITHER],
] as const) {
  Injectable()(guard)
  registerGuard(guard, audience)
}
Inject(Auth)(LoginGuard, undefined, 0)
Inject(ApiAuth)(ApiGuard, undefined, 0)
Inject(Auth)(EitherGuard, undefined, 0)
Inject(ApiAuth)(EitherGuard, undefined, 1)

/** Rejects all requests if a test replaces `Auth` or `ApiAuth` with an object that cannot authenticate them. */
function assertReal(given: object, type: typeof Auth | typeof ApiAuth, guard: string): void {
  if (given instanceof type) return
  throw new IdentityError(
    'configuration',
    `${guard} works only with the ${type.name} that IdentityModule provides. If your test overrides ${type.name}, override the guard too, for example with overrideGuard(${guard}).`,
  )
}
