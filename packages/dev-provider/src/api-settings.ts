import type { DevProviderConfig } from './config/config.js'

/** What the configuration of an API needs to know. */
export interface ApiSettings {
  readonly clientId: string
  /** Its secret, with which it acts on behalf of its users; empty when it has none. */
  readonly clientSecret: string
  /** The App ID URI, for example `api://todos.contoso.example`. */
  readonly idUri: string
  /** Its scopes with the prefix, as clients ask for them. */
  readonly scopes: readonly string[]
  readonly appRoles: readonly string[]
}

/** Describes the first app that is an API. */
export function describeApi(config: DevProviderConfig): ApiSettings {
  const app = config.apps.find(({ idUri }) => idUri !== undefined)
  if (app?.idUri === undefined) throw new TypeError('The configuration has no API.')
  const { clientId, clientSecret = '', idUri, scopes = [], appRoles = [] } = app
  return {
    clientId,
    clientSecret,
    idUri,
    scopes: scopes.map(({ value }) => `${idUri}/${value}`),
    appRoles,
  }
}
