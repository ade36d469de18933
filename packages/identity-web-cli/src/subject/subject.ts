import type {
  ApiAuthOptions,
  AuthOptions,
  ConfigurationProblem,
  McpAuthOptions,
} from 'identity-web/fetch'
import type { GivenVariables } from './read-variables.js'

/** The kinds of application. */
export type AppKind = 'web' | 'api' | 'mcp'

/** The options of an `Auth`, an `ApiAuth` or an `McpAuth`. Environment variables add the options that are missing. */
export type Options = Partial<AuthOptions<unknown> & ApiAuthOptions & McpAuthOptions>

/**
 * The members of `Auth`, `ApiAuth` and `McpAuth` that the checks use. The object can come from another copy of the
 * library.
 */
export interface AppObject {
  readonly problems: readonly ConfigurationProblem[]
  ready(): Promise<void>
  getTokenForClient(scopes: string): Promise<{ readonly accessToken: string }>
  close(): void
  /** Responds with the metadata of an MCP server. Only `McpAuth` of `identity-web/fetch` has this method. */
  handle?(request: Request): Promise<Response | undefined>
}

/** The application that is checked. */
export interface Subject {
  readonly kind: AppKind
  readonly options: Options
  readonly variables: GivenVariables
  /** The object that the configuration file exports. */
  readonly object: AppObject | undefined
}

/** Returns the kind of an application, by its options and variables. */
export function kindOf(
  options: Options,
  { all }: GivenVariables,
  object: AppObject | undefined,
): AppKind {
  if (options.resource !== undefined) return 'mcp'
  if (object !== undefined) {
    if ('verifierFor' in object) return 'mcp'
    return 'paths' in object ? 'web' : 'api'
  }
  if (options.issuers !== undefined) return 'api'
  const hasUsers = options.redirectUri ?? all['IDENTITY_REDIRECT_URI'] ?? options.signIn
  return hasUsers === undefined && options.audience !== undefined ? 'api' : 'web'
}
