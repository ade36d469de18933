import { Auth } from 'identity-web/fetch'

// The settings are variables: IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI and
// IDENTITY_SESSION_SECRET.
export const auth = new Auth()
