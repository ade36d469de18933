import {
  isGuid,
  isListOf,
  isNonEmptyString,
  isObject,
  isStringList,
} from '../../config/value-checks.js'
import { applicationType } from '../directory/entity-types.js'
import { badRequest } from '../errors.js'
import { findProperty, type Entity } from '../odata/entity.js'
import { invalidValue, type ApplicationChange } from './application-change.js'
import { checkIdentifierUris } from './check-identifier-uris.js'
import { checkPermissions } from './check-permissions.js'

const READ_ONLY = [
  'id',
  'appId',
  'createdDateTime',
  'deletedDateTime',
  'publisherDomain',
  'applicationTemplateId',
]
const AUDIENCES = [
  'AzureADMyOrg',
  'AzureADMultipleOrgs',
  'AzureADandPersonalMicrosoftAccount',
  'PersonalMicrosoftAccount',
]
const PLATFORMS = ['web', 'spa', 'publicClient'] as const
const COMPLEX = [...PLATFORMS, 'api', 'info', 'optionalClaims']

/**
 * Checks a change of an app registration with the rules of Entra ID.
 *
 * @throws GraphError for a property that Entra ID does not accept.
 */
export function checkApplication(change: ApplicationChange): void {
  const { body, after } = change
  for (const name of Object.keys(body)) checkName(name)
  if (!isNonEmptyString(after['displayName'])) {
    throw badRequest("A value is required for property 'displayName' of resource 'Application'.")
  }
  for (const name of COMPLEX) {
    const value = body[name]
    if (value !== undefined && value !== null && !isObject(value)) throw invalidValue(name)
  }
  checkLists(body)
  if (!AUDIENCES.includes(String(after['signInAudience']))) throw invalidValue('signInAudience')
  checkTokenVersion(after)
  for (const platform of PLATFORMS) checkRedirectUris(body[platform], platform)
  checkLogoutUrl(body['web'])
  checkTags(body['tags'])
  checkResourceAccess(body['requiredResourceAccess'])
  checkPermissions(change)
  checkIdentifierUris(change)
}

/**
 * Checks that the properties with lists contain lists, because the other checks treat every other value as an empty
 * list.
 */
function checkLists({ api, appRoles, optionalClaims }: Entity): void {
  const { oauth2PermissionScopes } = isObject(api) ? api : {}
  const { idToken, accessToken, saml2Token } = isObject(optionalClaims) ? optionalClaims : {}
  const lists = {
    appRoles,
    'api.oauth2PermissionScopes': oauth2PermissionScopes,
    'optionalClaims.idToken': idToken,
    'optionalClaims.accessToken': accessToken,
    'optionalClaims.saml2Token': saml2Token,
  }
  for (const [name, value] of Object.entries(lists)) {
    if (value !== undefined && !isListOf(value, isObject)) throw invalidValue(name)
  }
}

/** Checks the version of access tokens. Apps for personal accounts must use version 2. */
function checkTokenVersion({ signInAudience, api }: Entity): void {
  const isPersonal = /personal/i.test(String(signInAudience))
  if (!isPersonal || (isObject(api) && api['requestedAccessTokenVersion'] === 2)) return
  throw badRequest(
    'Application must accept Access Token Version 2.',
    undefined,
    'Set api.requestedAccessTokenVersion to 2, because signInAudience allows personal accounts.',
  )
}

function checkName(name: string): void {
  if (name.startsWith('@')) return
  if (findProperty(applicationType, name) !== name) {
    throw badRequest(`Invalid property '${name}'.`)
  }
  if (READ_ONLY.includes(name)) {
    throw badRequest(`Property '${name}' is read-only and cannot be set.`)
  }
  if (name === 'passwordCredentials') {
    throw badRequest(
      "Property 'passwordCredentials' is read-only and cannot be set.",
      undefined,
      'Create a secret with POST /applications/{id}/addPassword.',
    )
  }
}

function checkRedirectUris(platform: unknown, name: string): void {
  const uris = isObject(platform) ? platform['redirectUris'] : undefined
  if (uris === undefined) return
  const property = `${name}.redirectUris`
  if (!isStringList(uris)) throw invalidValue(property)
  if (new Set(uris).size < uris.length) {
    throw badRequest(`The property '${property}' contains duplicate values.`)
  }
  const wrong = uris.find((uri) => !isRedirectUri(uri, name === 'publicClient'))
  if (wrong === undefined) return
  throw invalidValue(
    property,
    `The redirect URI ${wrong} must be an https URL, or an http URL of localhost, without a fragment.`,
  )
}

function isRedirectUri(uri: string, isNative: boolean): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname, hash } = new URL(uri)
  if (hash !== '') return false
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback)) return true
  return isNative && !/^(?:https?|javascript|data|file|blob):$/.test(protocol)
}

function checkLogoutUrl(web: unknown): void {
  const url = isObject(web) ? web['logoutUrl'] : undefined
  if (url === undefined || url === null) return
  const isValid = isNonEmptyString(url) && url.length <= 255 && isRedirectUri(url, false)
  if (!isValid) throw invalidValue('web.logoutUrl')
}

function checkTags(tags: unknown): void {
  if (tags === undefined) return
  const isValid =
    isStringList(tags) &&
    tags.every((tag) => tag.length <= 256 && !/\s/.test(tag)) &&
    new Set(tags).size === tags.length
  if (isValid) return
  throw invalidValue(
    'tags',
    'A tag must have 1 to 256 characters without spaces, and must occur only once.',
  )
}

function checkResourceAccess(value: unknown): void {
  if (value === undefined) return
  const isAccess = (entry: unknown): boolean =>
    isObject(entry) && isGuid(entry['id']) && ['Scope', 'Role'].includes(String(entry['type']))
  const isResource = (entry: unknown): boolean =>
    isObject(entry) && isGuid(entry['resourceAppId']) && isListOf(entry['resourceAccess'], isAccess)
  if (!isListOf(value, isResource)) throw invalidValue('requiredResourceAccess')
}
