import {
  ConfigurableModuleBuilder,
  Inject,
  Module,
  type ConfigurableModuleAsyncOptions,
  type DynamicModule,
  type NestModule,
  type OnModuleInit,
} from '@nestjs/common'
import { APP_INTERCEPTOR, HttpAdapterHost, ModulesContainer } from '@nestjs/core'
import type { ApiAuthOptions } from '../../api/index.ts'
import { IdentityError } from '../../errors.ts'
import type { AuthOptions, Claims } from '../../web/index.ts'
import { ApiAuthBase } from '../base/api-auth.ts'
import { AuthBase } from '../base/auth.ts'
import { ApiAuth } from './api-auth.ts'
import { Auth } from './auth.ts'
import { checkRoutes } from './check-routes.ts'
import { mount } from './connection.ts'
import { ApiGuard, EitherGuard, LoginGuard } from './guards.ts'
import { StepUpInterceptor } from './step-up.ts'

/**
 * What the module provides: sign-in for users, protection of an API, or both.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export interface IdentityModuleOptions<User = Claims> {
  /** Of {@link Auth}; `{}` where the environment has them all. */
  readonly auth?: AuthOptions<User> | undefined
  /** Of {@link ApiAuth}; `{}` where the environment has them all. */
  readonly api?: ApiAuthOptions | undefined
}

/** What makes the options: for `forRootAsync({ useClass })` and `useExisting`. @public */
export interface IdentityOptionsFactory {
  /** @returns The options. */
  createIdentityOptions(): IdentityModuleOptions<any> | Promise<IdentityModuleOptions<any>>
}

/** How far the module reaches. @public */
export interface IdentityModuleScope {
  /** Whether all modules see the guards and `Auth` without an import. @defaultValue `false` */
  readonly isGlobal?: boolean | undefined
}

/** Where the options come from, when they are known only at start. @public */
export type IdentityModuleAsyncOptions = ConfigurableModuleAsyncOptions<
  IdentityModuleOptions<any>,
  'createIdentityOptions'
> &
  IdentityModuleScope

const { ConfigurableModuleClass: Configurable, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<IdentityModuleOptions<any>>({ moduleName: 'Identity' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createIdentityOptions')
    .setExtras<IdentityModuleScope>({ isGlobal: false }, (module, { isGlobal = false }) => ({
      ...module,
      global: isGlobal,
    }))
    .build()

/**
 * Sign-in, sessions and tokens, and the protection of an API, for a Nest application on Express or Fastify.
 *
 * It provides {@link Auth}, {@link ApiAuth} and the guards to the modules that import it, and mounts the routes of
 * sign-in at the paths that follow from `redirectUri`, whatever global prefix, guards or versions the application has.
 *
 * @example
 * ```ts
 * @Module({
 *   imports: [
 *     IdentityModule.forRoot({
 *       isGlobal: true,
 *       auth: {
 *         authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
 *         clientId: '11111111-2222-3333-4444-555555555555',
 *         clientCredential: process.env.IDENTITY_CLIENT_SECRET,
 *         redirectUri: 'http://localhost:5000/redirect',
 *       },
 *     }),
 *   ],
 * })
 * export class AppModule {}
 * ```
 * @public
 */
export class IdentityModule implements NestModule, OnModuleInit {
  readonly #host: HttpAdapterHost
  readonly #modules: ModulesContainer
  readonly #auth: Auth<unknown>
  readonly #api: ApiAuth
  readonly #options: IdentityModuleOptions<unknown>

  /**
   * Nest calls it.
   *
   * @throws {@link IdentityError} `configuration` for options with neither `auth` nor `api`.
   */
  constructor(
    options: IdentityModuleOptions<unknown>,
    auth: Auth<unknown>,
    api: ApiAuth,
    host: HttpAdapterHost,
    modules: ModulesContainer,
  ) {
    if (options.auth === undefined && options.api === undefined) throw nothingGiven()
    this.#options = options
    this.#auth = auth
    this.#api = api
    this.#host = host
    this.#modules = modules
  }

  /**
   * Makes the module from options that are there.
   *
   * @typeParam User - What `onLogin` returns; the ID token's claims without it.
   * @param options - Of sign-in, of the API, or of both. Options not given are read from the environment. Their faults
   *   don't throw: they are logged at start and shown on the login page.
   * @returns A module to import: once, with `isGlobal`, or wherever guards are used.
   *
   * @example Everything from the environment
   * ```ts
   * @Module({ imports: [IdentityModule.forRoot({ isGlobal: true, auth: {}, api: {} })] })
   * export class AppModule {}
   * ```
   */
  static forRoot<User = Claims>(
    options: IdentityModuleOptions<User> & IdentityModuleScope,
  ): DynamicModule {
    return { ...Configurable.forRoot(options), module: this }
  }

  /**
   * Makes the module from options that other providers know.
   *
   * @param options - With `useFactory` and `inject`, or with a class that has `createIdentityOptions()` (`useClass`,
   *   `useExisting`); `imports` are the modules of what is injected.
   * @returns A module to import: once, with `isGlobal`, or wherever guards are used.
   *
   * @example
   * ```ts
   * @Module({
   *   imports: [
   *     IdentityModule.forRootAsync({
   *       isGlobal: true,
   *       imports: [ConfigModule],
   *       inject: [ConfigService],
   *       useFactory: (config: ConfigService) => ({
   *         auth: { clientCredential: config.getOrThrow('SECRET'), redirectUri: config.getOrThrow('REDIRECT_URI') },
   *       }),
   *     }),
   *   ],
   * })
   * export class AppModule {}
   * ```
   */
  static forRootAsync(options: IdentityModuleAsyncOptions): DynamicModule {
    return { ...Configurable.forRootAsync(options), module: this }
  }

  /** Mounts the routes. Nest calls it before it declares those of controllers. */
  configure(): void {
    const { auth, api } = this.#options
    // A test may have put something of its own in the place of either.
    const web = auth && this.#auth instanceof Auth ? AuthBase.web(this.#auth) : undefined
    const webApi = api && this.#api instanceof ApiAuth ? ApiAuthBase.api(this.#api) : undefined
    mount(
      this.#host.httpAdapter,
      (url, method) => web?.route(url, method) ?? webApi?.route(url, method),
    )
  }

  /**
   * Finds the faults of routes. Nest calls it when all controllers are there.
   *
   * @throws {@link IdentityError} `configuration` for a requirement that makes no sense.
   */
  onModuleInit(): void {
    checkRoutes(this.#modules)
  }
}

Module({
  providers: [
    {
      provide: Auth,
      useFactory: ({ auth }: IdentityModuleOptions<unknown>) => new Auth(auth),
      inject: [MODULE_OPTIONS_TOKEN],
    },
    {
      provide: ApiAuth,
      useFactory: ({ api }: IdentityModuleOptions<unknown>) => new ApiAuth(api),
      inject: [MODULE_OPTIONS_TOKEN],
    },
    LoginGuard,
    ApiGuard,
    EitherGuard,
    { provide: APP_INTERCEPTOR, useClass: StepUpInterceptor },
  ],
  exports: [Auth, ApiAuth, LoginGuard, ApiGuard, EitherGuard],
})(IdentityModule)
const NEEDS = [MODULE_OPTIONS_TOKEN, Auth, ApiAuth, HttpAdapterHost, ModulesContainer]
NEEDS.forEach((token, index) => Inject(token)(IdentityModule, undefined, index))

function nothingGiven(): IdentityError {
  return new IdentityError(
    'configuration',
    'IdentityModule was given neither auth nor api. Set IdentityModule.forRoot({ auth: {} }) for sign-in, { api: {} } for an API, or both.',
  )
}
