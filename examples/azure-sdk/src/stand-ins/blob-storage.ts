import type { Caller } from './check-token.ts'
import type { Reply, ServiceKind } from './service.ts'

/** The App ID URI of Blob Storage. */
export const STORAGE = 'https://storage.azure.com'

/** The names of containers, with the names and contents of their blobs. */
export type Containers = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * A stand-in of Blob Storage, which lists containers and blobs, and downloads blobs.
 *
 * @param containersOf - Returns what a caller may read.
 * @see {@link https://learn.microsoft.com/rest/api/storageservices/list-containers2}
 */
export const blobStorage = (containersOf: (caller: Caller) => Containers): ServiceKind => ({
  host: 'contoso.blob.localhost',
  // This service separates the parameters with spaces, and does not quote the values.
  challenge: (authorizationUri, audience) =>
    `authorization_uri=${authorizationUri}/oauth2/authorize resource_id=${audience}`,
  respond({ caller, url: { pathname, searchParams } }) {
    const containers = containersOf(caller)
    const [container = '', ...path] = pathname.slice(1).split('/')
    const isList = searchParams.get('comp') === 'list'
    if (container === '' && isList) return list('Container', Object.keys(containers))
    const blobs = containers[container]
    if (blobs === undefined) return denied
    if (isList) return list('Blob', Object.keys(blobs))
    const properties = { etag: '"1"', 'last-modified': MODIFIED }
    if (searchParams.get('restype') === 'container') return { status: 200, headers: properties }
    const body = blobs[path.join('/')]
    return body === undefined
      ? denied
      : { status: 200, headers: { ...properties, 'content-type': 'text/plain' }, body }
  },
})

const MODIFIED = 'Mon, 30 Nov 2026 08:00:00 GMT'

function list(kind: 'Container' | 'Blob', names: readonly string[]): Reply {
  const properties = `<Properties><Last-Modified>${MODIFIED}</Last-Modified><Etag>"1"</Etag></Properties>`
  const entries = names.map((name) => `<${kind}><Name>${name}</Name>${properties}</${kind}>`)
  const lists = `<${kind}s>${entries.join('')}</${kind}s><NextMarker/>`
  return xml(200, `<EnumerationResults>${lists}</EnumerationResults>`)
}

const xml = (status: number, content: string, more = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/xml', ...more },
  body: `<?xml version="1.0" encoding="utf-8"?>${content}`,
})

const CODE = 'AuthorizationPermissionMismatch'
const denied = xml(403, `<Error><Code>${CODE}</Code></Error>`, { 'x-ms-error-code': CODE })
