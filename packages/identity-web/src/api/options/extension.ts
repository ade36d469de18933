import type { AppEnvironment } from '../../settings/environment.ts'
import type { FailedCheck, OptionInfo } from '../../settings/problems.ts'
import type { ResolvedProvider } from '../../settings/resolve-provider.ts'
import type { ApiAuthOptions } from './options.ts'

/** The changes of a class that has more options than `ApiAuth`, such as `McpAuth`. */
export interface OptionsExtension {
  /** The class, as messages name it. */
  readonly owner: string
  /** The additional options. */
  readonly names?: Readonly<Record<string, OptionInfo>>
  /** Checks the additional options, and resolves them. */
  resolve?(options: GivenOptions): ExtensionFindings
}

/** The options with the values of the environment variables, and the provider if its options are valid. */
export interface GivenOptions {
  readonly given: ApiAuthOptions
  readonly provider: ResolvedProvider | undefined
  readonly environment: AppEnvironment
}

/** The results of the checks of the additional options. */
export interface ExtensionFindings {
  readonly problems: readonly FailedCheck[]
  readonly warnings: readonly string[]
  readonly resolved: ResolvedExtension
}

/** The changes of an extension to the services of the API. */
export interface ResolvedExtension {
  /** The prefix of scopes, with a slash at the end. `undefined` for that of the audience. */
  readonly scopePrefix?: string | undefined
  /** The scopes that each scope contains, directly or through other scopes. */
  readonly impliedScopes?: ReadonlyMap<string, readonly string[]> | undefined
  /** The scopes in the metadata. `undefined` for those of the routes. */
  readonly advertisedScopes?: readonly string[] | undefined
  /** The authorization servers in the metadata. `undefined` for the issuers of the authority. */
  readonly authorizationServers?: readonly string[] | undefined
  /** Whether the metadata is also served at the root of the origin. */
  readonly isAtRoot?: boolean | undefined
}

/** `ApiAuth` itself. */
export const API_AUTH: OptionsExtension = { owner: 'ApiAuth' }
