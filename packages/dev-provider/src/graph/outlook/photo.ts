import { createHash } from 'node:crypto'
import type { ProviderResponse } from '../../protocol/http.js'
import { pathParam, type UserCall } from '../call.js'
import { GraphError } from '../errors.js'
import { odataContext, toGraphJson } from '../odata/respond.js'
import { drawAvatar } from './avatar.js'

interface Photo {
  readonly mediaType: string
  readonly bytes: Buffer
}

const DEFAULT_SIZE = 240
const SIZES = [48, 64, 96, 120, 240, 360, 432, 504, 648]

/** Handles `/me/photo`, the description of the photo. */
export function readPhotoMetadata(call: UserCall): ProviderResponse {
  const size = requestedSize(call)
  const { mediaType, bytes } = requirePhoto(call, size)
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 40)
  const { oid } = call.account
  return toGraphJson({
    '@odata.context': odataContext(call, `users('${oid}')/photo/$entity`),
    '@odata.mediaContentType': mediaType,
    '@odata.mediaEtag': `W/"${etag}"`,
    id: `${size}X${size}`,
    height: size,
    width: size,
  })
}

/** Handles `/me/photo/$value` and `/me/photos/{size}/$value`, the image. */
export function readPhoto(call: UserCall): ProviderResponse {
  const { mediaType, bytes } = requirePhoto(call, requestedSize(call))
  return {
    status: 200,
    headers: { 'content-type': mediaType, 'cache-control': 'no-store' },
    body: bytes,
  }
}

function requestedSize(call: UserCall): number {
  const asked = pathParam(call, 'size')
  const size = SIZES.find((entry) => `${entry}x${entry}` === asked.toLowerCase())
  if (asked !== '' && size === undefined) {
    throw imageNotFound(
      `Use one of the sizes ${SIZES.map((entry) => `${entry}x${entry}`).join(', ')}.`,
    )
  }
  return size ?? DEFAULT_SIZE
}

/** Returns the photo. An image in the configuration has the same size in every response. */
function requirePhoto({ account }: UserCall, size: number): Photo {
  const { photo = false, username } = account.user
  if (typeof photo === 'string') {
    const [head = '', data = ''] = photo.split(',')
    return { mediaType: head.slice(5, head.indexOf(';')), bytes: Buffer.from(data, 'base64') }
  }
  if (!photo) throw imageNotFound(`Set photo of ${username} in the configuration.`)
  return { mediaType: 'image/png', bytes: drawAvatar(size) }
}

function imageNotFound(remedy: string): GraphError {
  return new GraphError(404, {
    code: 'ImageNotFound',
    message:
      "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
    remedy,
  })
}
