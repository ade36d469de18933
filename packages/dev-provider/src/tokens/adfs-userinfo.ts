import { verifyBearer } from './bearer.js'
import { ADFS_USERINFO } from '../profiles/adfs-profile.js'
import { toJson, type ProviderReply, type ProviderRequest } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'

/** `/adfs/userinfo`. AD FS says nothing there but `sub`; all other claims are in its ID tokens. */
export async function adfsUserinfo(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderReply> {
  const result = await verifyBearer(context, request, [ADFS_USERINFO])
  if (result.kind === 'valid') return toJson({ sub: result.claims.sub })
  return toJson({ error: 'invalid_token' }, 401, { 'www-authenticate': 'Bearer' })
}
