import { defineEnvVars } from '@sveltejs/kit/env'

// identity-web checks the settings. They may be missing while SvelteKit builds.
const setting = { schema: (value?: string) => value }

export const variables = defineEnvVars({
  IDENTITY_AUTHORITY: setting,
  IDENTITY_CLIENT_ID: setting,
  IDENTITY_CLIENT_SECRET: setting,
  IDENTITY_CLIENT_SECRET_EXPIRES: setting,
  IDENTITY_REDIRECT_URI: setting,
  IDENTITY_SESSION_SECRET: setting,
})
