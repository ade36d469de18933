import { isObject, isStringList } from '../../config/value-checks.js'
import { idUrisOf } from '../../profiles/resources.js'
import { badRequest, GraphError } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { invalidValue, type ApplicationChange } from './application-change.js'

/**
 * Checks the App ID URIs that a change adds (identifier-uri-restrictions).
 *
 * @throws GraphError for a URI that Entra ID does not accept, or that another app has.
 */
export function checkIdentifierUris(change: ApplicationChange): void {
  const { config, before, body, after } = change
  const uris = body['identifierUris']
  if (uris === undefined) return
  if (!isStringList(uris)) throw invalidValue('identifierUris')
  const known = isStringList(before['identifierUris']) ? before['identifierUris'] : []
  const added = uris.filter((uri) => !known.includes(uri))
  for (const uri of added) checkUri(uri, change)
  const others = config.apps.filter(({ clientId }) => clientId !== after['appId'])
  const taken = new Set(others.flatMap(idUrisOf).map((uri) => uri.toLowerCase()))
  const isRepeated = new Set(uris.map((uri) => uri.toLowerCase())).size < uris.length
  if (!isRepeated && !uris.some((uri) => taken.has(uri.toLowerCase()))) return
  throw badRequest(
    'Another object with the same value for property identifierUris already exists.',
    undefined,
    'Use an App ID URI that no other app registration has.',
  )
}

function checkUri(uri: string, { before, after, config, tenantId }: ApplicationChange): void {
  if (!URL.canParse(uri) || uri.endsWith('/') || uri.includes('#')) {
    throw invalidValue('identifierUris', `${uri} must be a URI without a slash at its end.`)
  }
  const tenant = config.tenants.find(({ id }) => id.toLowerCase() === tenantId.toLowerCase())
  const { hostname } = new URL(uri)
  const domains = tenant?.domains ?? []
  const isVerified = domains.some((name) => hostname === name || hostname.endsWith(`.${name}`))
  const isOwn = [tenantId, String(after['appId'])].some((id) => uri.toLowerCase().includes(id))
  // The version that the registration has already. Entra ID rejects both changes in one request.
  if (isVerified || isOwn || tokenVersionOf(before) === 2) return
  if (/^https?:/.test(uri)) {
    throw new GraphError(400, {
      code: 'HostNameNotOnVerifiedDomain',
      message: `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`,
      remedy: 'Set api.requestedAccessTokenVersion to 2 first, in a request before this one.',
    })
  }
  throw badRequest(
    `Failed to add identifier URI ${uri}. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization. See https://aka.ms/identifier-uri-addition-error for more information on this error.`,
    undefined,
    `Use api://${String(after['appId'])}, or set api.requestedAccessTokenVersion to 2 first.`,
  )
}

function tokenVersionOf({ api }: Entity): unknown {
  return isObject(api) ? api['requestedAccessTokenVersion'] : undefined
}
