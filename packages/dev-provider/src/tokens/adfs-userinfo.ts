import { verifyBearer } from './bearer.js'
import { ADFS_USERINFO } from '../profiles/adfs-profile.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'

/**
 * Handles `/adfs/userinfo`. AD FS only returns `sub` there. Its ID tokens contain the other claims.
 */
export async function adfsUserinfo(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  const result = await verifyBearer(context, request, [ADFS_USERINFO])
  if (result.kind === 'valid') return toJson({ sub: result.claims.sub })
  const response = toJson({ error: 'invalid_token' }, 401, { 'www-authenticate': 'Bearer' })
  return {
    ...response,
    error: {
      code: 'invalid_token',
      message: 'The access token is missing or not valid for the userinfo endpoint.',
      remedy: `Send an access token for ${ADFS_USERINFO} in the header "Authorization: Bearer <token>". Request this token without the parameter resource.`,
    },
  }
}
