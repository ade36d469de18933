import type { ProviderContext } from '../state/context.js'
import { toJson, type ProviderReply, type ProviderRequest } from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'

// Entra lets browsers read both documents and caches keep them.
const PUBLIC_HEADERS = {
  'access-control-allow-origin': '*',
  'cache-control': 'max-age=86400, private',
  pragma: '',
}

/** `/.well-known/openid-configuration` of an issuer, with `v2.0` before it or without. */
export function metadata(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): ProviderReply {
  const { metadata: own } = (request.endpoint === 'metadataV1' && profile.v1) || profile
  const document = structuredClone(own) as Record<string, unknown>
  const sent = context.tamper.metadata?.(document, request.tenant) ?? document
  return toJson(sent, 200, PUBLIC_HEADERS)
}

/** The key document of an issuer. */
export function keys(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): ProviderReply {
  const published = context.keys.published()
  const own = published.filter(({ use }) => profile.keyUses.includes(use))
  const source = (request.endpoint === 'keysV1' && profile.v1) || profile
  const document = { keys: own.map((key) => source.toJwk(key)) }
  return toJson(context.tamper.jwks?.(document) ?? document, 200, PUBLIC_HEADERS)
}
