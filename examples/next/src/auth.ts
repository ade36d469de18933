import { Auth } from 'identity-web/next'

// The environment contains all settings of the sign-in: IDENTITY_AUTHORITY (or IDENTITY_OIDC_AUTHORITY, IDENTITY_B2C_…),
// IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI, IDENTITY_SESSION_SECRET. See README.md.
// The sign-in does not request scopes. The page /call_api requests the consent to IDENTITY_SCOPE when it is needed.
export const auth = new Auth({ scopes: [] })
