import type { DevProviderConfig } from './config/config.js'

/**
 * The settings that you copy into an API's configuration.
 *
 * @example Configure an API with the Todo API of the provider
 * ```ts
 * const { clientId, clientSecret } = provider.api
 * ```
 */
export interface ApiSettings {
  /** The API's client ID, which version 2 access tokens contain as `aud`. */
  readonly clientId: string
  /** The API's secret, for the on-behalf-of grant. Empty when the API has no secret. */
  readonly clientSecret: string
  /** The App ID URI, for example `api://todos.contoso.example`. */
  readonly idUri: string
  /** The API's scopes with its prefix, in the form that clients request them. */
  readonly scopes: readonly string[]
  /** The app permissions that the API offers, without prefix. */
  readonly appRoles: readonly string[]
}

/**
 * Returns the settings for the first app that is an API.
 *
 * @throws TypeError when no app in the configuration has an `idUri`.
 */
export function describeApi(config: DevProviderConfig): ApiSettings {
  const app = config.apps.find(({ idUri }) => idUri !== undefined)
  if (app?.idUri === undefined)
    throw new TypeError('The configuration has no API. Add an app with an idUri to apps.')
  const { clientId, clientSecret = '', idUri, scopes = [], appRoles = [] } = app
  return {
    clientId,
    clientSecret,
    idUri,
    scopes: scopes.map(({ value }) => `${idUri}/${value}`),
    appRoles,
  }
}
