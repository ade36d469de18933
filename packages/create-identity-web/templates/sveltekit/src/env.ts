import { defineEnvVars } from '@sveltejs/kit/env'

// identity-web checks the settings. They may be missing while SvelteKit builds.
const setting = { schema: (value?: string) => value }

export const variables = defineEnvVars({
  // #region entra-id external-id ad-fs
  IDENTITY_AUTHORITY: setting,
  // #endregion entra-id external-id ad-fs
  // #region oidc
  IDENTITY_OIDC_AUTHORITY: setting,
  // #endregion oidc
  // #region azure-ad-b2c
  IDENTITY_B2C_TENANT_NAME: setting,
  IDENTITY_B2C_CUSTOM_DOMAIN: setting,
  IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: setting,
  IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: setting,
  // #endregion azure-ad-b2c
  IDENTITY_CLIENT_ID: setting,
  IDENTITY_CLIENT_SECRET: setting,
  IDENTITY_CLIENT_SECRET_EXPIRES: setting,
  IDENTITY_REDIRECT_URI: setting,
  IDENTITY_SESSION_SECRET: setting,
  // #region redis
  REDIS_URL: setting,
  // #endregion redis
  // #region postgres
  DATABASE_URL: setting,
  // #endregion postgres
})
