import { authorizeUrl, getTokens } from './support/flow.js'
import { describe, expect, GRAPH, test } from './support/graph.js'

const ALL_USERS = { scopes: ['User.Read.All'] }
const DIRECTORY = { scopes: ['Directory.Read.All'] }
const APPROVERS = '90000000-0000-4000-8000-000000000021'

describe('users', () => {
  test('/me contains the properties of the configuration', async ({ call }) => {
    expect((await call('/me')).body).toEqual({
      '@odata.context': `${GRAPH}/v1.0/$metadata#users/$entity`,
      businessPhones: [],
      displayName: 'Alex Rivera',
      givenName: 'Alex',
      jobTitle: 'Product designer',
      mail: 'alex@contoso.onmicrosoft.com',
      mobilePhone: '+1 555 0111',
      officeLocation: 'Building 1/118',
      preferredLanguage: 'en-US',
      surname: 'Rivera',
      userPrincipalName: 'alex@contoso.onmicrosoft.com',
      id: 'a1e00000-0000-4000-8000-000000000011',
    })
  })

  test('/beta returns the same, with its own context', async ({ provider, call }) => {
    const { body } = await call(`${provider.origin}/beta/me`)

    expect(body).toMatchObject({
      '@odata.context': `${GRAPH}/beta/$metadata#users/$entity`,
      displayName: 'Alex Rivera',
    })
  })

  test('/users lists the tenant with its guests, and no other tenant', async ({ call }) => {
    const { body } = await call('/users', ALL_USERS)

    expect(body.value?.map(({ userPrincipalName }) => userPrincipalName)).toEqual([
      'alex@contoso.onmicrosoft.com',
      'robin@contoso.onmicrosoft.com',
      'sam@contoso.onmicrosoft.com',
      'kim_fabrikam.onmicrosoft.com#EXT#@contoso.onmicrosoft.com',
      'morgan@contoso.onmicrosoft.com',
    ])
  })

  test.for([
    'robin@contoso.onmicrosoft.com',
    'ROBIN@contoso.onmicrosoft.com',
    'b0b00000-0000-4000-8000-000000000012',
  ])('/users/%s returns the user', async (name, { call }) => {
    const robin = { displayName: 'Robin Chen' }

    expect((await call(`/users/${name}`, ALL_USERS)).body).toMatchObject(robin)
    expect((await call(`/users('${name}')`, ALL_USERS)).body).toMatchObject(robin)
    expect((await call(`/users/${encodeURIComponent(name)}`, ALL_USERS)).body).toMatchObject(robin)
  })

  test('a user of another tenant does not exist', async ({ call }) => {
    const { status, body } = await call('/users/jo@fabrikam.onmicrosoft.com', ALL_USERS)

    expect(status).toBe(404)
    expect(body.error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message:
        "Resource 'jo@fabrikam.onmicrosoft.com' does not exist or one of its queried reference-property objects are not present.",
    })
  })

  test('User.ReadBasic.All hides the other properties of other users', async ({ call }) => {
    const sender = { scopes: ['User.Read', 'User.ReadBasic.All'] }
    const { body } = await call('/users', sender)
    const [alex, robin] = body.value ?? []

    expect(alex).toMatchObject({ displayName: 'Alex Rivera', jobTitle: 'Product designer' })
    expect(robin).toMatchObject({ displayName: 'Robin Chen', jobTitle: null, mobilePhone: null })
  })
})

describe('groups', () => {
  test('memberOf names the groups for a caller that can read them', async ({ call }) => {
    const sender = { as: 'robin', scopes: ['GroupMember.Read.All'] }

    expect((await call('/me/memberOf', sender)).body.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.group', displayName: 'Todo Approvers' },
      { displayName: 'Product Team' },
    ])
    expect((await call('/me/transitiveMemberOf/microsoft.graph.group', sender)).body).toMatchObject(
      { '@odata.context': `${GRAPH}/v1.0/$metadata#groups`, value: [{ id: APPROVERS }, {}] },
    )
  })

  test('memberOf without a permission for groups contains only their IDs', async ({ call }) => {
    const { body } = await call('/me/memberOf', { as: 'robin' })

    expect(body.value?.[0]).toMatchObject({ id: APPROVERS, displayName: null })
  })

  test('a group by its ID', async ({ call }) => {
    const sender = { scopes: ['GroupMember.Read.All'] }
    const url = `/groups/${APPROVERS}`

    expect((await call(url, sender)).body).toMatchObject({
      displayName: 'Todo Approvers',
      securityEnabled: true,
      groupTypes: [],
    })
  })

  test('a group that does not exist is 404, and a name is 400', async ({ call }) => {
    const other = '90000000-0000-4000-8000-0000000000ff'

    expect((await call(`/groups/${other}`, DIRECTORY)).status).toBe(404)
    expect(await call('/groups/staff', DIRECTORY)).toMatchObject({
      status: 400,
      body: { error: { message: "Invalid object identifier 'staff'." } },
    })
  })

  test('/groups contains groups without a name', async ({ call }) => {
    const { body } = await call('/groups?$top=999', DIRECTORY)

    expect(body.value).toHaveLength(252)
  })
})

describe('apps', () => {
  test('/applications contains the apps of the tenant, without secrets', async ({
    provider,
    call,
  }) => {
    const { body } = await call('/applications', { scopes: ['Application.Read.All'] })
    const names = body.value?.map(({ displayName }) => displayName)

    expect(names).toEqual(['My web app', 'Todo API'])
    expect(JSON.stringify(body)).not.toContain(provider.app.clientSecret)
    expect(body.value?.[1]).toMatchObject({
      identifierUris: ['api://todos.contoso.example'],
      api: { oauth2PermissionScopes: [{ value: 'Todos.Read' }, { value: 'Todos.ReadWrite' }] },
      appRoles: [{ value: 'Todos.Read.All' }],
    })
  })

  test('an app has an object ID, and its client ID is an alternate key', async ({
    provider,
    call,
  }) => {
    const { clientId, name } = provider.app
    const { body } = await call(`/applications(appId='${clientId}')`, DIRECTORY)

    expect(body).toMatchObject({ displayName: name, appId: clientId })
    expect(body['id']).not.toBe(clientId)
    expect((await call(`/applications/${String(body['id'])}`, DIRECTORY)).body).toEqual(body)
    expect((await call(`/applications/${clientId}`, DIRECTORY)).status).toBe(404)
  })

  test('service principals include Microsoft Graph', async ({ provider, call }) => {
    const graph = "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')"
    const app = `/servicePrincipals(appId='${provider.app.clientId}')`

    expect((await call(graph, DIRECTORY)).body).toMatchObject({
      displayName: 'Microsoft Graph',
      oauth2PermissionScopes: expect.arrayContaining([
        expect.objectContaining({ value: 'User.Read', type: 'User' }),
        expect.objectContaining({ value: 'User.Read.All', type: 'Admin' }),
      ]),
    })
    const { body: assignments } = await call(`${app}/appRoleAssignments`, DIRECTORY)
    const { body: api } = await call(
      `/servicePrincipals(appId='${provider.api.clientId}')`,
      DIRECTORY,
    )
    expect(assignments.value).toMatchObject([
      { principalDisplayName: 'My web app', resourceDisplayName: 'Todo API' },
    ])
    expect(assignments.value?.[0]?.['resourceId']).toBe(api['id'])
    expect(api['appRoles']).toMatchObject([{ id: assignments.value?.[0]?.['appRoleId'] }])
  })

  test('the consents of users and administrators appear as grants', async ({ provider, call }) => {
    await getTokens(provider, { scope: 'openid User.Read Mail.Read' }, { as: 'alex' })
    const url = new URL(`${provider.authority()}/adminconsent`)
    const { redirect_uri: redirectUri } = Object.fromEntries(authorizeUrl(provider).searchParams)
    url.searchParams.set('client_id', provider.app.clientId)
    url.searchParams.set('redirect_uri', redirectUri ?? '')
    await provider.signIn(url, { as: 'sam' })
    const app = `/servicePrincipals(appId='${provider.app.clientId}')`
    const { body: principal } = await call(app, DIRECTORY)
    const { body } = await call(`${app}/oauth2PermissionGrants`, DIRECTORY)

    expect(body.value).toMatchObject([
      {
        clientId: principal['id'],
        consentType: 'Principal',
        principalId: provider.user('alex').oid,
        scope: 'User.Read Mail.Read',
      },
      { consentType: 'AllPrincipals', principalId: null, scope: 'User.Read' },
      { consentType: 'AllPrincipals', scope: 'Todos.Read' },
    ])
  })
})
