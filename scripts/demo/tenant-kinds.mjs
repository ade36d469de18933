/** The settings of the identity provider for an example, by the kind of tenant. */
export const TENANT_KINDS = {
  'entra-id': {
    settings: (provider) => ({ IDENTITY_AUTHORITY: `${provider}/common` }),
  },
  'external-id': {
    settings: (provider) => ({
      IDENTITY_AUTHORITY: `${provider}/contosocustomers.onmicrosoft.com`,
    }),
  },
  'azure-ad-b2c': {
    settings: (provider) => ({
      IDENTITY_B2C_TENANT_NAME: 'fabrikamb2c',
      IDENTITY_B2C_CUSTOM_DOMAIN: provider,
      IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: 'B2C_1_susi',
      IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: 'B2C_1_edit',
      IDENTITY_B2C_RESET_PASSWORD_USER_FLOW: 'B2C_1_reset',
      // Users of B2C cannot call Graph.
      IDENTITY_SCOPE: '',
      IDENTITY_ENDPOINT: '',
    }),
  },
  'ad-fs': {
    settings: (provider) => ({
      IDENTITY_AUTHORITY: `${provider}/adfs`,
      IDENTITY_SCOPE: '',
      IDENTITY_ENDPOINT: '',
    }),
  },
  oidc: {
    settings: (provider) => ({
      IDENTITY_OIDC_AUTHORITY: `${provider}/oidc`,
      IDENTITY_SCOPE: '',
      IDENTITY_ENDPOINT: `${provider}/oidc/userinfo`,
    }),
  },
  'device-code': {
    settings: (provider) => ({
      IDENTITY_AUTHORITY: `${provider}/common`,
      IDENTITY_REDIRECT_URI: '',
      // The example reads this variable, the library does not.
      FLOW: 'device-code',
    }),
    next: 'follow the page with the code',
  },
}
