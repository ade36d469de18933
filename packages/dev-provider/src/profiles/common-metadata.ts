import type { Endpoints } from './issuer-profile.js'

/** Returns the members that the metadata of all issuers share. JSON omits missing endpoints. */
export function commonMetadata(issuer: string, endpoints: Endpoints): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    jwks_uri: endpoints.jwks,
    userinfo_endpoint: endpoints.userinfo,
    end_session_endpoint: endpoints.endSession,
    device_authorization_endpoint: endpoints.device?.authorization,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}
