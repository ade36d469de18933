import { Inject, Injectable } from '@nestjs/common'
import type { AuthorizationContext } from '../../api/index.ts'
import { IdentityError } from '../../errors.ts'
import type { LoginContext } from '../../web/index.ts'
import { eitherGuard, type AnyContext } from '../base/either.ts'
import { authorizationGuard, guardOnce, loginGuard } from '../base/guards.ts'
import { AccessGuard } from './access-guard.ts'
import type { Access } from './access.ts'
import { ApiAuth } from './api-auth.ts'
import { Auth } from './auth.ts'

const LOGIN: Access = { audience: 'login', given: [] }
const AUTHORIZATION: Access = { audience: 'authorization', given: [] }
const EITHER: Access = { audience: 'either', given: [{}] }

// Not each guard's own: one that stands globally and one of the route are two, but judge alike and so only once.
const byLogin = guardOnce((auth: Auth<unknown>) => {
  assertReal(auth, Auth, 'LoginGuard')
  return guardOnce(({ given }: Access) => loginGuard(auth, given).guard)
})
const byToken = guardOnce((api: ApiAuth) => {
  assertReal(api, ApiAuth, 'ApiGuard')
  return guardOnce(({ given }: Access) => authorizationGuard(api, given).guard)
})
const byEither = guardOnce((auth: Auth<unknown>) => {
  assertReal(auth, Auth, 'EitherGuard')
  return guardOnce((api: ApiAuth) => {
    assertReal(api, ApiAuth, 'EitherGuard')
    return guardOnce(({ given }: Access) => eitherGuard({ auth, api }, given).guard)
  })
})

/**
 * Lets signed-in users in, and brings others to the provider and back. Scripts are answered 401 with the login URL.
 *
 * {@link LoginRequired} brings it along. By itself it is for `@UseGuards(LoginGuard)`, and for all routes of an
 * application, but those that are `@Public()` or say whom they are for.
 *
 * @example For all routes, replaceable in a test
 * ```ts
 * @Module({
 *   imports: [IdentityModule.forRoot({ auth: {} })],
 *   providers: [{ provide: APP_GUARD, useExisting: LoginGuard }],
 * })
 * export class AppModule {}
 * ```
 * @public
 */
export class LoginGuard extends AccessGuard<LoginContext<unknown>> {
  /** @param auth - Of the `IdentityModule` that the controller's module sees. */
  constructor(auth: Auth<unknown>) {
    super({
      own: LOGIN,
      guardOf: (access) => byLogin(auth)(access),
      keep: (request, context) => (request.auth = context),
    })
  }
}

/**
 * Lets callers with a good access token in, and answers others as clients of APIs expect it: 401 and 403 with
 * `WWW-Authenticate`.
 *
 * {@link AuthorizationRequired} brings it along. By itself it takes any token for this API with a scope or a role.
 *
 * @example
 * ```ts
 * @Controller('todos')
 * @UseGuards(ApiGuard)
 * export class TodosController {}
 * ```
 * @public
 */
export class ApiGuard extends AccessGuard<AuthorizationContext> {
  /** @param api - Of the `IdentityModule` that the controller's module sees. */
  constructor(api: ApiAuth) {
    super({
      own: AUTHORIZATION,
      guardOf: (access) => byToken(api)(access),
      keep: (request, context) => (request.authorization = context),
    })
  }
}

/**
 * Lets in whoever has a session or an access token. A request with an `Authorization` header is judged by that alone:
 * no cookie helps a token that is refused.
 *
 * {@link EitherRequired} brings it along.
 *
 * @example
 * ```ts
 * @Controller('todos')
 * @UseGuards(EitherGuard)
 * export class TodosController {}
 * ```
 * @public
 */
export class EitherGuard extends AccessGuard<AnyContext<unknown>> {
  /**
   * @param auth - Of the `IdentityModule` that the controller's module sees.
   * @param api - Of the same.
   */
  constructor(auth: Auth<unknown>, api: ApiAuth) {
    super({
      own: EITHER,
      guardOf: (access) => byEither(auth)(api)(access),
      keep(request, context) {
        if ('token' in context) request.authorization = context
        else request.auth = context
      },
    })
  }
}

// By calls: decorators would need the metadata that only some compilers write.
for (const guard of [LoginGuard, ApiGuard, EitherGuard]) Injectable()(guard)
Inject(Auth)(LoginGuard, undefined, 0)
Inject(ApiAuth)(ApiGuard, undefined, 0)
Inject(Auth)(EitherGuard, undefined, 0)
Inject(ApiAuth)(EitherGuard, undefined, 1)

/** A test may put something else in the place of `Auth`, which then lets nobody in. */
function assertReal(given: object, type: typeof Auth | typeof ApiAuth, guard: string): void {
  if (given instanceof type) return
  throw new IdentityError(
    'configuration',
    `${guard} needs the ${type.name} of IdentityModule. Where a test overrides that, let it override ${guard} as well, for example overrideGuard(${guard}).`,
  )
}
