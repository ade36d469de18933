// `IdentityModule`, with its options and `forRootAsync`.
import {
  ConfigurableModuleBuilder,
  Inject,
  Module,
  type ConfigurableModuleAsyncOptions,
  type DynamicModule,
  type NestModule,
  type OnModuleInit,
  type Provider,
  type Type,
} from '@nestjs/common'
import { APP_INTERCEPTOR, HttpAdapterHost, ModuleRef, ModulesContainer } from '@nestjs/core'
import type { ApiAuthOptions } from '../../api/index.ts'
import { configurationError } from '../../errors.ts'
import type { McpAuthOptions } from '../../mcp/index.ts'
import { apiOf, assertApart, assertCanStart, webOf } from '../../classes/index.ts'
import type { AuthOptions, Claims } from '../../web/index.ts'
import { checkFields, checkRoutes } from './check-routes.ts'
import { configOf, globalPrefixOf, mount } from './request-state.ts'
import { ApiGuard, EitherGuard, LoginGuard, McpGuard } from './guards.ts'
import { StepUpInterceptor, preferFilter } from './step-up.ts'
import { ApiAuth, Auth, McpAuth } from './classes.ts'

/** The options for sign-in, an API, an MCP server, or several of them. @public */
export interface IdentityModuleOptions<User = Claims> {
  /**
   * The {@link Auth} options, or `{}` if you set them all as environment variables.
   *
   * @defaultValue no sign-in
   * @example IdentityModule.forRoot({ auth: { clientId: '11111111-2222-3333-4444-555555555555' } })
   */
  readonly auth?: AuthOptions<User> | undefined
  /**
   * The {@link ApiAuth} options, or `{}` if you set them all as environment variables.
   *
   * @defaultValue no API
   * @example IdentityModule.forRoot({ api: { audience: 'api://todos.contoso.com' } })
   */
  readonly api?: ApiAuthOptions | undefined
  /**
   * The {@link McpAuth} options, or `{}` if you set them all as environment variables.
   *
   * @defaultValue no MCP server
   * @example IdentityModule.forRoot({ mcp: { resource: 'https://tools.contoso.com/mcp' } })
   */
  readonly mcp?: McpAuthOptions | undefined
}

/** Creates the options, for `forRootAsync({ useClass })` and `useExisting`. @public */
export interface IdentityOptionsFactory {
  /**
   * Returns the options. Nest calls it.
   * @throws Errors that you throw, in which case Nest does not start.
   * @example NestJS
   * ```ts
   * createIdentityOptions() {
   *   return { auth: { redirectUri: this.config.getOrThrow('REDIRECT_URI') } }
   * }
   * ```
   */
  createIdentityOptions(): IdentityModuleOptions<any> | Promise<IdentityModuleOptions<any>>
}

/** The option that decides which modules can use the guards and `Auth`. @public */
export interface IdentityModuleScope {
  /** `true` if all modules can use the guards and `Auth` without importing this module. @defaultValue `false` */
  readonly isGlobal?: boolean | undefined
}

/** The source of options that are not known before the application starts. @public */
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
 * Provides {@link Auth}, {@link ApiAuth} and the guards for a Nest application on Express or Fastify.
 *
 * It mounts the sign-in routes in the directory of `redirectUri`. The application's global prefixes, guards and versions do
 * not affect these routes.
 * @public
 */
export class IdentityModule implements NestModule, OnModuleInit {
  readonly #options: IdentityModuleOptions<unknown>
  readonly #providers: ModuleRef

  /**
   * Creates the module. Nest calls the constructor, so import {@link IdentityModule.forRoot} instead.
   * @param options - The options for sign-in, an API, or both.
   * @param providers - The reference that finds the module's other providers.
   * @throws IdentityError `configuration` if both `auth` and `api` are missing.
   * @example NestJS `@Module({ imports: [IdentityModule.forRoot({ auth: {} })] }) export class AppModule {}`
   */
  constructor(options: IdentityModuleOptions<unknown>, providers: ModuleRef) {
    if (options.auth === undefined && options.api === undefined && options.mcp === undefined) {
      throw configurationError(
        'The options auth and api of IdentityModule are not configured. For sign-in, set IdentityModule.forRoot({ auth: {} }). For an API, set { api: {} }. You can set both. For an MCP server, set { mcp: {} }.',
      )
    }
    this.#options = options
    this.#providers = providers
  }

  /**
   * Creates the module from the options that you pass. It does not throw, but in production, an application with wrong options
   * does not start, unless `strictStart` is `false`.
   * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
   * @param options - The options for sign-in, an API, or both. Missing options are read from environment variables.
   * @returns A module. Import it once with `isGlobal`, or into every module with guards.
   * @example NestJS `@Module({ imports: [IdentityModule.forRoot({ auth: { redirectUri }, isGlobal: true })] }) export class AppModule {}`
   */
  static forRoot<User = Claims>(
    options: IdentityModuleOptions<User> & IdentityModuleScope,
  ): DynamicModule {
    return { ...Configurable.forRoot(options), module: this }
  }

  /**
   * Creates the module from options that depend on other providers. It does not throw.
   * @param options - `useFactory` with `inject`, or `useClass` or `useExisting` with a class that has
   *   `createIdentityOptions()`. `imports` contains the modules of the injected providers.
   * @returns A module. Import it once with `isGlobal`, or into every module with guards.
   * @example NestJS
   * ```ts
   * IdentityModule.forRootAsync({
   *   isGlobal: true,
   *   imports: [ConfigModule],
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({ auth: { redirectUri: config.getOrThrow('REDIRECT_URI') } }),
   * })
   * ```
   */
  static forRootAsync(options: IdentityModuleAsyncOptions): DynamicModule {
    return { ...Configurable.forRootAsync(options), module: this }
  }

  /**
   * Mounts the routes. Nest calls this method before it adds the routes of controllers.
   * @throws IdentityError `configuration` in production, if the options of `Auth`, `ApiAuth` or `McpAuth` have
   *   problems.
   * @example await app.init()
   */
  configure(): void {
    // A test may have replaced one of the providers.
    const auth: unknown = this.#providers.get(Auth)
    const api: unknown = this.#providers.get(ApiAuth)
    const web = this.#options.auth && auth instanceof Auth ? webOf(auth) : undefined
    const mcp: unknown = this.#providers.get(McpAuth)
    const webApi = this.#options.api && api instanceof ApiAuth ? apiOf(api) : undefined
    const mcpApi = this.#options.mcp && mcp instanceof McpAuth ? apiOf(mcp) : undefined
    assertCanStart(...[web, webApi, mcpApi].filter((owner) => owner !== undefined))
    const { httpAdapter } = this.#providers.get(HttpAdapterHost, { strict: false })
    assertApart(web?.footprint, httpAdapter)
    const prefix = globalPrefixOf(this.#providers)
    // The routes are mounted at the root, so the prefix of the controllers does not restrict them.
    if (prefix !== undefined) web?.location.learn(prefix, { homePath: prefix, seesAll: true })
    const config = configOf(this.#providers)
    if (config !== undefined) {
      const modules = this.#providers.get(ModulesContainer, { strict: false })
      preferFilter({ config, adapter: httpAdapter }, modules)
    }
    mount(
      httpAdapter,
      (url, method) =>
        web?.route(url, method) ?? webApi?.route(url, method) ?? mcpApi?.route(url, method),
    )
  }

  /**
   * Checks the declarations of all routes. Nest calls this method after it has created the controllers.
   * @throws IdentityError `configuration` for an invalid requirement, for a decorator that would switch off a guard on the same
   *   method or controller, and for a guard on a GraphQL field that would not run.
   * @example await app.init()
   */
  onModuleInit(): void {
    const modules = this.#providers.get(ModulesContainer, { strict: false })
    checkRoutes(modules)
    checkFields(modules)
  }
}

function provide(
  type: Type,
  create: (options: IdentityModuleOptions<unknown>) => object,
): Provider {
  return { provide: type, useFactory: create, inject: [MODULE_OPTIONS_TOKEN] }
}

Module({
  providers: [
    provide(Auth, ({ auth }) => new Auth(auth)),
    provide(ApiAuth, ({ api }) => new ApiAuth(api)),
    provide(McpAuth, ({ mcp }) => new McpAuth(mcp)),
    LoginGuard,
    ApiGuard,
    EitherGuard,
    McpGuard,
    { provide: APP_INTERCEPTOR, useClass: StepUpInterceptor },
  ],
  exports: [Auth, ApiAuth, McpAuth, LoginGuard, ApiGuard, EitherGuard, McpGuard],
})(IdentityModule)
Inject(MODULE_OPTIONS_TOKEN)(IdentityModule, undefined, 0)
Inject(ModuleRef)(IdentityModule, undefined, 1)
