import { Auth } from 'identity-web/next'

// Everything about sign-in comes from the environment: IDENTITY_AUTHORITY (or IDENTITY_OIDC_AUTHORITY, IDENTITY_B2C_…),
// IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI, IDENTITY_SESSION_SECRET. See README.md.
// No scopes at sign-in: the consent to IDENTITY_SCOPE is asked for at /call_api, where it is needed.
export const auth = new Auth({ scopes: [] })
