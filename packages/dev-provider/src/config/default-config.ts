import { CONSUMERS_TENANT_ID, type DevProviderConfig } from './config.js'

const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
const TODO_API = 'api://todos.contoso.example'

/**
 * Two organisations, six accounts, a web app and an API: enough for a first evening.
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
    { id: FABRIKAM, name: 'Fabrikam', domains: ['fabrikam.onmicrosoft.com'] },
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
      roles: ['Todos.Approver', 'Todos.Reader'],
      groups: ['90000000-0000-4000-8000-000000000021', '90000000-0000-4000-8000-000000000022'],
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
  ],
  apps: [
    {
      clientId: '11111111-2222-4333-8444-555555555555',
      name: 'My web app',
      clientSecret: 'dev-secret-not-for-production',
      redirectUris: 'loopback',
      publicClientFlows: true,
      permissions: ['User.Read', `${TODO_API}/Todos.Read`],
      appPermissions: [`${TODO_API}/Todos.Read.All`],
    },
    {
      clientId: '22222222-3333-4444-8555-666666666666',
      name: 'Todo API',
      clientSecret: 'dev-api-secret-not-for-production',
      redirectUris: 'loopback',
      idUri: TODO_API,
      scopes: [
        { value: 'Todos.Read', description: 'Read your to-do list' },
        { value: 'Todos.ReadWrite', description: 'Read and change your to-do list' },
      ],
      appRoles: ['Todos.Read.All'],
    },
  ],
}
