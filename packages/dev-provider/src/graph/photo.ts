import type { ProviderResponse } from '../protocol/http.js'
import type { UserCall } from './call.js'
import { GraphError } from './errors.js'

/** A drawing of a person, 96 by 96 pixels. */
const AVATAR =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAGAAAABgCAMAAADVRocKAAAABlBMVEUfX0////8ubT/iAAAAu0lEQVR4nO3WSw6AIBAEUbn/pV2aqMD8ygTsPkC9lTLHoWmapmnaamvX4DxBtOfofqnw2i8UOv0yodsvEgb9EmHYrxBoYNLPCwLS/awg4AfA+t/BBsD67wH/ZPKPPn+28IcXfzryxy9/vt8IIq9p2hb78k9XjcAvWjdfQwzzeWKaTxKmfkIw9qOCOR8kXP2A4Oz7BRpw951CoO8SQn2PQAPBvl2ggXDfKtBAom8TaCDVtwgC4P5cELAfcAINtgoRf9rFEgAAAABJRU5ErkJggg=='

/** Handles `/me/photo/$value`, the drawing or the image in the configuration. */
export function readPhoto({ account }: UserCall): ProviderResponse {
  const { photo = false, username } = account.user
  if (photo === false) {
    throw new GraphError(404, {
      code: 'ImageNotFound',
      message:
        "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
      remedy: `Set photo of ${username} in the configuration.`,
    })
  }
  const [head = '', data = ''] = (photo === true ? AVATAR : photo).split(',')
  return {
    status: 200,
    headers: { 'content-type': head.slice(5, head.indexOf(';')), 'cache-control': 'no-store' },
    body: Buffer.from(data, 'base64'),
  }
}
