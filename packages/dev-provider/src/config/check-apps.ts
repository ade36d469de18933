import type { Report } from './check-shape.js'
import { isGuid, isNonEmptyString, isObject } from './value-checks.js'

/** Checks the API of an app. The types of the values may be wrong. */
export function checkApi(app: Readonly<Record<string, unknown>>, at: string, report: Report): void {
  const { scopes, appRoles, accessTokenVersion, idUri, otherIdUris, authorizedClients } = app
  listOf(scopes).forEach((scope, index) => {
    if (!isObject(scope) || !isNonEmptyString(scope['value']))
      report(`${at}.scopes[${index}].value`, 'must be a non-empty string, for example Todos.Read')
  })
  if ((scopes ?? appRoles ?? accessTokenVersion) && !isNonEmptyString(idUri)) {
    report(`${at}.idUri`, 'is required for an API. Set it, for example to api://todos')
  }
  if (otherIdUris !== undefined && !isNonEmptyString(idUri)) {
    report(`${at}.otherIdUris`, 'requires idUri. Set idUri to the first App ID URI')
  }
  listOf(authorizedClients).forEach((client, index) => {
    if (!isObject(client) || !isGuid(client['clientId']))
      report(`${at}.authorizedClients[${index}].clientId`, 'must be a GUID')
  })
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
