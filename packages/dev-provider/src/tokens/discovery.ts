import type { ProviderContext } from '../state/context.js'
import { toJson, type ProviderReply, type ProviderRequest } from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'

// Entra lets browsers read both documents and caches keep them.
const PUBLIC_HEADERS = {
  'access-control-allow-origin': '*',
  'cache-control': 'max-age=86400, private',
  pragma: '',
}

/** `/.well-known/openid-configuration` of an issuer. */
export function metadata(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): ProviderReply {
  const document = structuredClone(profile.metadata) as Record<string, unknown>
  const sent = context.tamper.metadata?.(document, request.tenant) ?? document
  return toJson(sent, 200, PUBLIC_HEADERS)
}

/** The key document of an issuer. */
export function keys(
  context: ProviderContext,
  _request: ProviderRequest,
  profile: IssuerProfile,
): ProviderReply {
  const published = context.keys.published()
  const own = published.filter(({ use }) => profile.keyUses.includes(use))
  const document = { keys: own.map((key) => profile.toJwk(key)) }
  return toJson(context.tamper.jwks?.(document) ?? document, 200, PUBLIC_HEADERS)
}
