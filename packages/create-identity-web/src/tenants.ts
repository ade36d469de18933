/** A kind of tenant, and what differs in its projects. */
export interface Tenant {
  readonly title: string
  readonly hint: string
  /** The value of `--env-for` of the development provider. */
  readonly envFor: string
  /** The variables that name the provider, with an example value. */
  readonly issuer: Readonly<Record<string, string>>
  /** The authority of the development provider, as an expression in a test. */
  readonly authority: string
  /** The account of the tests, and the name that the page shows. */
  readonly account: { readonly as: string; readonly name: string; readonly shown: string }
  /** The variables that are not required, with an example value. */
  readonly optional?: Readonly<Record<string, string>>
  /** The page that calls an API with the access token of the user: Microsoft Graph, or UserInfo of the provider. */
  readonly api?: 'graph' | 'user-info'
  /** How to register an application. `<redirect URI>` stands for the redirect URI of the project. */
  readonly steps: readonly string[]
  /** The guide of identity-web about this kind of tenant. */
  readonly guide: string
}

const ALEX = { as: 'alex', name: 'Alex Rivera', shown: 'Alex Rivera' }

const ENTRA_STEPS = [
  'Open **App registrations**, and choose **New registration**.',
  'Under **Redirect URI**, choose the platform **Web**, and enter `<redirect URI>`.',
  'Under **Authentication**, add the redirect URI `http://localhost:3000/`. Users return to it after the sign-out.',
  'Under **Certificates & secrets**, choose **New client secret**. Copy its _value_ now, because you can see it only once.',
  'From **Overview**, copy the **Application (client) ID** and the **Directory (tenant) ID**.',
]

/** A value of `--tenant`. */
export type TenantName = 'entra-id' | 'external-id' | 'azure-ad-b2c' | 'ad-fs' | 'oidc'

/** The kinds of tenants, in the order of the question. */
export const TENANTS: Readonly<Record<TenantName, Tenant>> = {
  'entra-id': {
    title: 'Microsoft Entra ID',
    hint: 'work and school accounts',
    envFor: 'entra',
    issuer: { IDENTITY_AUTHORITY: 'https://login.microsoftonline.com/<tenant ID>' },
    authority: 'provider.authority()',
    account: ALEX,
    api: 'graph',
    steps: ['Open the [Entra admin center](https://entra.microsoft.com).', ...ENTRA_STEPS],
    guide: 'Microsoft Entra ID',
  },
  'external-id': {
    title: 'Microsoft Entra External ID',
    hint: 'customers who create their own accounts',
    envFor: 'external-id',
    issuer: { IDENTITY_AUTHORITY: 'https://<tenant>.ciamlogin.com' },
    authority: 'provider.externalIdAuthority',
    account: { as: 'nora', name: 'Nora Lind', shown: 'Nora Lind' },
    api: 'graph',
    steps: [
      'Open the [Entra admin center](https://entra.microsoft.com), and switch to your external tenant.',
      ...ENTRA_STEPS,
      'Under **External Identities** and **User flows**, create a user flow, and add the application to it.',
    ],
    guide: 'External ID',
  },
  'azure-ad-b2c': {
    title: 'Azure AD B2C',
    hint: 'for tenants that you have already',
    envFor: 'b2c',
    issuer: {
      IDENTITY_B2C_TENANT_NAME: '<the first part of the domain, for example fabrikamb2c>',
      IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: 'B2C_1_<name of the user flow>',
    },
    authority: '',
    account: { as: 'mia', name: 'Mia Santos', shown: 'Mia Santos' },
    optional: { IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: 'B2C_1_<name of the user flow>' },
    steps: [
      'Open the [Azure portal](https://portal.azure.com), switch to your B2C tenant, and open **Azure AD B2C**.',
      ...ENTRA_STEPS,
      'Under **User flows**, copy the name of your flow for sign-up and sign-in. If you have a flow for profile editing, copy its name too.',
    ],
    guide: 'Azure AD B2C',
  },
  'ad-fs': {
    title: 'AD FS',
    hint: 'Active Directory Federation Services',
    envFor: 'adfs',
    issuer: { IDENTITY_AUTHORITY: 'https://<host of AD FS>/adfs' },
    authority: 'provider.adfsAuthority',
    // AD FS sends the user name only.
    account: { ...ALEX, shown: 'alex@contoso.onmicrosoft.com' },
    steps: [
      'In AD FS Management, open **Application Groups**, and choose **Add Application Group**.',
      'Choose **Server application accessing a web API**.',
      'Enter the redirect URIs `<redirect URI>` and `http://localhost:3000/`, and copy the client identifier.',
      'Choose **Generate a shared secret**, and copy it now, because you can see it only once.',
      'Use the client identifier as the identifier of the web API, and allow the scope `openid`.',
    ],
    guide: 'AD FS',
  },
  oidc: {
    title: 'Another OpenID Connect provider',
    hint: 'for example Keycloak, Auth0 or Okta',
    envFor: 'oidc',
    issuer: { IDENTITY_OIDC_AUTHORITY: 'https://<issuer of the provider>' },
    authority: 'provider.oidcAuthority',
    account: ALEX,
    api: 'user-info',
    steps: [
      'Register a web application with a client secret, for the authorization code flow.',
      'Enter the redirect URI `<redirect URI>`, and `http://localhost:3000/` as the URL after the sign-out.',
      'Copy the client ID, the client secret, and the issuer of the provider.',
    ],
    guide: 'OpenID Connect',
  },
}
