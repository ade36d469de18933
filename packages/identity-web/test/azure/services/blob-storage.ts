import type { Caller } from './check-token.ts'
import type { Reply, ServiceKind } from './service.ts'

/** The App ID URI of Blob Storage. */
export const STORAGE = 'https://storage.azure.com'

/**
 * A stand-in of Blob Storage. Each user has a container with the user's object ID as its name, and its only blob `me.txt`
 * contains the name of the user.
 *
 * @see {@link https://learn.microsoft.com/rest/api/storageservices/list-containers2}
 */
export const blobStorage: ServiceKind = {
  host: 'contoso.blob.localhost',
  // This service separates the parameters with spaces, and does not quote the values.
  challenge: (authorizationUri, audience) =>
    `authorization_uri=${authorizationUri}/oauth2/authorize resource_id=${audience}`,
  respond: ({ caller, url: { pathname, searchParams } }) => {
    const own = containerOf(caller)
    if (searchParams.get('comp') === 'list') {
      return pathname === '/'
        ? xml(`<Containers><Container><Name>${own}</Name>${PROPERTIES}</Container></Containers>`)
        : pathname === `/${own}`
          ? xml(`<Blobs><Blob><Name>me.txt</Name>${PROPERTIES}</Blob></Blobs>`)
          : denied
    }
    return pathname === `/${own}/me.txt`
      ? { status: 200, headers: { 'content-type': 'text/plain', etag: '"1"' }, body: caller.name }
      : denied
  },
}

const PROPERTIES =
  '<Properties><Last-Modified>Mon, 30 Nov 2026 08:00:00 GMT</Last-Modified><Etag>"1"</Etag></Properties>'

const containerOf = ({ claims }: Caller): string => String(claims['oid'])

const xml = (content: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="utf-8"?><EnumerationResults>${content}<NextMarker/></EnumerationResults>`,
})

const denied: Reply = {
  status: 403,
  headers: {
    'content-type': 'application/xml',
    'x-ms-error-code': 'AuthorizationPermissionMismatch',
  },
  body: '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthorizationPermissionMismatch</Code></Error>',
}
