const B2C_API = 'https://fabrikamb2c.onmicrosoft.com/todos'

const b2c = (provider) => ({
  IDENTITY_B2C_TENANT_NAME: 'fabrikamb2c',
  IDENTITY_B2C_CUSTOM_DOMAIN: provider,
  IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: 'B2C_1_susi',
  IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: 'B2C_1_edit',
  IDENTITY_B2C_RESET_PASSWORD_USER_FLOW: 'B2C_1_reset',
})
const adFs = (provider) => ({ IDENTITY_AUTHORITY: `${provider}/adfs` })

/**
 * The settings of the identity provider for an example, by the kind of tenant. Users of Azure AD B2C and AD FS cannot call
 * Microsoft Graph. There, the example calls the to-do API, which `api` describes.
 */
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
    settings: b2c,
    api: {
      scope: `${B2C_API}/Todos.Read`,
      settings: (provider) => ({
        ...b2c(provider),
        IDENTITY_CLIENT_ID: '33333333-4444-4555-8666-777777777777',
        IDENTITY_CLIENT_SECRET: '',
        IDENTITY_AUDIENCE: B2C_API,
      }),
    },
  },
  'ad-fs': {
    settings: adFs,
    api: { scope: 'api://todos.contoso.example/Todos.Read', settings: adFs },
  },
  oidc: {
    settings: (provider) => ({
      IDENTITY_OIDC_AUTHORITY: `${provider}/oidc`,
      IDENTITY_SCOPE: 'profile',
      API_URL: `${provider}/oidc/userinfo`,
    }),
  },
  'device-code': {
    settings: (provider) => ({
      IDENTITY_AUTHORITY: `${provider}/common`,
      IDENTITY_REDIRECT_URI: '',
      // The example reads this variable, the library does not.
      SIGN_IN: 'device-code',
    }),
    next: 'follow the page with the code',
  },
  devices: {
    settings: (provider) => ({
      IDENTITY_AUTHORITY: `${provider}/common`,
      // The example reads this variable, the library does not.
      SESSION_STORE: 'memory',
    }),
  },
}
