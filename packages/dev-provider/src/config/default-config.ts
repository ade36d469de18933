import { CONSUMERS_TENANT_ID, type DevProviderConfig, type ScopeConfig } from './config.js'
import { defaultGroups } from './default-groups.js'
import { simulatedIdentities } from './simulated-identities.js'

const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
const CUSTOMERS = 'c1a00000-0000-4000-8000-000000000003'
const FABRIKAM_B2C = 'b2c00000-0000-4000-8000-000000000004'
const TODO_API = 'api://todos.contoso.example'
const todoScopes: readonly ScopeConfig[] = [
  { value: 'Todos.Read', description: 'Read your to-do list' },
  { value: 'Todos.ReadWrite', description: 'Read and change your to-do list' },
]

/**
 * The default configuration, with four tenants, eleven users, a web app and two APIs.
 *
 * @example Add a user to the defaults
 * ```ts
 * const provider = await startDevProvider({
 *   config: { users: [...defaultConfig.users, myUser] },
 * })
 * ```
 */
export const defaultConfig: DevProviderConfig = {
  tenants: [
    { id: CONTOSO, name: 'Contoso', domains: ['contoso.onmicrosoft.com', 'contoso.example'] },
    {
      id: FABRIKAM,
      name: 'Fabrikam',
      domains: ['fabrikam.onmicrosoft.com'],
      consentPolicy: 'microsoft',
    },
    {
      kind: 'external-id',
      id: CUSTOMERS,
      name: 'Contoso Customers',
      domains: ['contosocustomers.onmicrosoft.com'],
    },
    {
      kind: 'b2c',
      id: FABRIKAM_B2C,
      name: 'Fabrikam B2C',
      domains: ['fabrikamb2c.onmicrosoft.com'],
      userFlows: {
        signUpSignIn: 'B2C_1_susi',
        editProfile: 'B2C_1_edit',
        resetPassword: 'B2C_1_reset',
      },
    },
  ],
  users: [
    {
      username: 'alex@contoso.onmicrosoft.com',
      name: 'Alex Rivera',
      givenName: 'Alex',
      surname: 'Rivera',
      oid: 'a1e00000-0000-4000-8000-000000000011',
      tenant: CONTOSO,
      email: 'alex@contoso.onmicrosoft.com',
      jobTitle: 'Product designer',
      department: 'Design',
      officeLocation: 'Building 1/118',
      mobilePhone: '+1 555 0111',
      preferredLanguage: 'en-US',
      photo: true,
    },
    {
      username: 'robin@contoso.onmicrosoft.com',
      name: 'Robin Chen',
      givenName: 'Robin',
      surname: 'Chen',
      oid: 'b0b00000-0000-4000-8000-000000000012',
      tenant: CONTOSO,
      email: 'robin@contoso.onmicrosoft.com',
      jobTitle: 'Team lead',
      department: 'Product',
      officeLocation: 'Building 1/120',
      mobilePhone: '+1 555 0112',
      preferredLanguage: 'en-US',
      photo: true,
      roles: ['Todos.Approver', 'Todos.Reader'],
      groups: defaultGroups.map(({ id }) => id),
    },
    {
      username: 'sam@contoso.onmicrosoft.com',
      name: 'Sam Okafor',
      givenName: 'Sam',
      surname: 'Okafor',
      oid: '5a000000-0000-4000-8000-000000000013',
      tenant: CONTOSO,
      email: 'sam@contoso.onmicrosoft.com',
      jobTitle: 'Administrator',
      department: 'IT',
      officeLocation: 'Building 2/210',
      photo: true,
      roles: ['Todos.Admin'],
      admin: true,
    },
    {
      username: 'kim@fabrikam.onmicrosoft.com',
      name: 'Kim Larsen',
      givenName: 'Kim',
      surname: 'Larsen',
      oid: 'f1000000-0000-4000-8000-000000000014',
      tenant: FABRIKAM,
      email: 'kim@fabrikam.onmicrosoft.com',
      jobTitle: 'Consultant',
      guestOf: [{ tenant: CONTOSO, oid: '9e500000-0000-4000-8000-000000000014' }],
    },
    {
      username: 'jo@fabrikam.onmicrosoft.com',
      name: 'Jo Tanaka',
      givenName: 'Jo',
      surname: 'Tanaka',
      oid: 'f2000000-0000-4000-8000-000000000015',
      tenant: FABRIKAM,
      email: 'jo@fabrikam.onmicrosoft.com',
      jobTitle: 'Engineer',
    },
    {
      username: 'charlie@personal.example',
      name: 'Charlie Novak',
      givenName: 'Charlie',
      surname: 'Novak',
      oid: '00000000-0000-0000-c0de-0000000000c4',
      tenant: CONSUMERS_TENANT_ID,
      email: 'charlie@personal.example',
    },
    {
      username: 'morgan@contoso.onmicrosoft.com',
      name: 'Morgan Diaz',
      givenName: 'Morgan',
      surname: 'Diaz',
      oid: '30f00000-0000-4000-8000-000000000016',
      tenant: CONTOSO,
      email: 'morgan@contoso.onmicrosoft.com',
      jobTitle: 'Project coordinator',
      department: 'Product',
      // More than 200 groups, so that tokens contain a link to the groups instead of a list.
      groups: Array.from(
        { length: 250 },
        (_, index) => `90000000-0000-4000-8000-${String(1000 + index).padStart(12, '0')}`,
      ),
    },
    {
      username: 'nora@customer.example',
      name: 'Nora Lind',
      givenName: 'Nora',
      surname: 'Lind',
      oid: 'c0a00000-0000-4000-8000-000000000031',
      tenant: CUSTOMERS,
      email: 'nora@customer.example',
    },
    {
      username: 'theo@customer.example',
      name: 'Theo Brandt',
      givenName: 'Theo',
      surname: 'Brandt',
      oid: 'c0a00000-0000-4000-8000-000000000032',
      tenant: CUSTOMERS,
      email: 'theo@customer.example',
    },
    {
      username: 'mia@shopper.example',
      name: 'Mia Santos',
      givenName: 'Mia',
      surname: 'Santos',
      oid: 'b2a00000-0000-4000-8000-000000000041',
      tenant: FABRIKAM_B2C,
      email: 'mia@shopper.example',
    },
    {
      username: 'lee@shopper.example',
      name: 'Lee Park',
      givenName: 'Lee',
      surname: 'Park',
      oid: 'b2a00000-0000-4000-8000-000000000042',
      tenant: FABRIKAM_B2C,
      email: 'lee@shopper.example',
    },
  ],
  apps: [
    {
      clientId: '11111111-2222-4333-8444-555555555555',
      name: 'My web app',
      clientSecret: 'dev-secret-not-for-production',
      redirectUris: 'loopback',
      publicClientFlows: true,
      federatedCredentials: [
        { issuer: '{origin}/workload', subject: simulatedIdentities.serviceAccount },
        { issuer: `{origin}/${CONTOSO}/v2.0`, subject: simulatedIdentities.managedIdentityOid },
      ],
      permissions: ['User.Read', `${TODO_API}/Todos.Read`],
      appPermissions: [`${TODO_API}/Todos.Read.All`],
    },
    {
      clientId: '22222222-3333-4444-8555-666666666666',
      name: 'Todo API',
      clientSecret: 'dev-api-secret-not-for-production',
      redirectUris: 'loopback',
      idUri: TODO_API,
      scopes: todoScopes,
      appRoles: ['Todos.Read.All'],
      // With `acrs`, the API can request a step-up. `xms_cc` shows which clients can handle the
      // request.
      optionalClaims: ['acct', 'acrs', 'email', 'login_hint', 'roles', 'sid', 'xms_cc'],
      permissions: ['User.Read'],
      // The API can call Graph for its users without a consent page, because an API cannot show a
      // page.
      preauthorized: ['User.Read'],
    },
    {
      clientId: '33333333-4444-4555-8666-777777777777',
      name: 'Fabrikam todo API',
      redirectUris: 'loopback',
      tenants: [FABRIKAM_B2C],
      idUri: 'https://fabrikamb2c.onmicrosoft.com/todos',
      scopes: todoScopes,
    },
  ],
  groups: defaultGroups,
}
