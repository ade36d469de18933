import type { DevProviderConfig } from './config/config.js'
import type { Behaviour } from './controls/behaviour.js'

/**
 * The contents of the file for `identity-web-dev --config`.
 *
 * @example
 * ```json
 * {
 *   "$schema": "./node_modules/identity-web-dev/config.schema.json",
 *   "extends": "default",
 *   "users": [{ "username": "alex@contoso.onmicrosoft.com", "roles": ["Todos.Admin"] }]
 * }
 * ```
 */
export interface DevProviderConfigFile extends Partial<DevProviderConfig> {
  /** This file's schema, which editors use to complete and check it. */
  readonly $schema?: string
  /**
   * With `default`, the lists in this file change the default configuration. An entry with the same key as a default entry
   * changes the properties of that default entry, and the other entries are added. Without `extends`, each list replaces the
   * default list.
   */
  readonly extends?: 'default'
  /** The switches at the start. A missing switch keeps its default. */
  readonly behaviour?: Partial<Behaviour>
  /** The port to listen on, or 0 for any free port. The default is 5100. */
  readonly port?: number
  /** The host to listen on. The default is `localhost`. Use `0.0.0.0` in a container. */
  readonly host?: string
  /**
   * The other host names, with or without a port, that requests can have in their `Host` header, for example
   * `idp.localhost`.
   */
  readonly allowHosts?: readonly string[]
  /** The origin of all URLs and issuers, for example `http://idp.localhost:5100`. */
  readonly origin?: string
  /** Set `true` to make the provider use https. */
  readonly https?: boolean
}
