import { checkCredentials } from './check-credentials.js'
import type { Report } from './check-shape.js'
import type { AppConfig } from './config.js'
import { isGuid, isNonEmptyString, isObject, isStringList, isWebUri } from './value-checks.js'

/** Checks an app's values, whose types may be wrong. */
export function checkApp(app: AppConfig, at: string, report: Report): void {
  if (!isGuid(app.clientId)) {
    report(`${at}.clientId`, 'must be a GUID, for example 44444444-5555-4666-8777-888888888888')
  }
  if (!isNonEmptyString(app.name)) report(`${at}.name`, 'must be a non-empty string')
  if (app.clientSecret !== undefined && !isNonEmptyString(app.clientSecret)) {
    report(`${at}.clientSecret`, 'must be a non-empty string. Omit it for a public client')
  }
  checkCredentials(app, (key, problem) => report(`${at}.${key}`, problem))
  checkUris(app, at, report)
  const scopes: unknown = app.scopes ?? []
  if (Array.isArray(scopes)) {
    scopes.forEach((scope: unknown, index) => {
      if (!isObject(scope) || !isNonEmptyString(scope['value']))
        report(`${at}.scopes[${index}].value`, 'must be a non-empty string, for example Todos.Read')
    })
  }
  if ((app.scopes ?? app.appRoles ?? app.accessTokenVersion) && !isNonEmptyString(app.idUri)) {
    report(`${at}.idUri`, 'is required for an API. Set it, for example to api://todos')
  }
  if (app.otherIdUris !== undefined && !isNonEmptyString(app.idUri)) {
    report(`${at}.otherIdUris`, 'requires idUri. Set idUri to the first App ID URI')
  }
  const clients: unknown = app.authorizedClients ?? []
  if (Array.isArray(clients)) {
    clients.forEach((client: unknown, index) => {
      if (!isObject(client) || !isGuid(client['clientId']))
        report(`${at}.authorizedClients[${index}].clientId`, 'must be a GUID')
    })
  }
  if (![undefined, 1, 2].includes(app.accessTokenVersion)) {
    report(`${at}.accessTokenVersion`, 'must be 1 or 2')
  }
  if (![undefined, 'idUri', 'clientId'].includes(app.v1Audience)) {
    report(`${at}.v1Audience`, "must be 'idUri' or 'clientId'")
  }
}

function checkUris(app: AppConfig, at: string, report: Report): void {
  const uris = app.redirectUris
  const valid =
    uris === 'loopback' || (isStringList(uris) && uris.every((uri) => URL.canParse(uri)))
  if (!valid) {
    report(
      `${at}.redirectUris`,
      "must be 'loopback' or a list of absolute URIs, for example http://localhost:3000/redirect",
    )
  }
  if (app.frontChannelLogoutUri !== undefined && !isWebUri(app.frontChannelLogoutUri)) {
    report(`${at}.frontChannelLogoutUri`, 'must be an http or https URI')
  }
  const backChannel = app.backChannelLogoutUri
  // Back-Channel Logout 1.0, section 2.2 forbids a fragment.
  if (backChannel !== undefined && (!isWebUri(backChannel) || backChannel.includes('#'))) {
    report(`${at}.backChannelLogoutUri`, 'must be an http or https URI without a fragment')
  }
}
