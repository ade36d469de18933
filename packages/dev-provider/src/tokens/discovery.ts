import { changesOf, deviates } from '../controls/deviations.js'
import type { ProviderContext } from '../state/context.js'
import { toJson, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'

// Entra ID allows browsers to read both documents, and caches to store them.
export const PUBLIC_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, OPTIONS',
  'cache-control': 'max-age=86400, private',
  pragma: '',
}

/** Returns `/.well-known/openid-configuration` of an issuer, with or without `v2.0` before it. */
export function metadata(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): ProviderResponse {
  const { metadata: selected } = (request.endpoint === 'metadataV1' && profile.v1) || profile
  const document = changesOf(context, 'metadata').reduce(
    (changed, change) => change(changed),
    structuredClone(selected) as Record<string, unknown>,
  )
  if (profile.kind === 'entra' && context.behaviour.pkceInMetadata) {
    document['code_challenge_methods_supported'] = ['S256']
  }
  const sent = context.tamper.metadata?.(document, request.tenant) ?? document
  return toJson(sent, 200, PUBLIC_HEADERS)
}

/** Returns the key document of an issuer. */
export async function keys(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): Promise<ProviderResponse> {
  const published = deviates(context, 'keys-missing') ? [] : await context.keys.published()
  const selected = published.filter(({ use }) => profile.keyUses.includes(use))
  const source = (request.endpoint === 'keysV1' && profile.v1) || profile
  const document = { keys: selected.map((key) => source.toJwk(key)) }
  return toJson(context.tamper.jwks?.(document) ?? document, 200, PUBLIC_HEADERS)
}
