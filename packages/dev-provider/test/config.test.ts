import { describe, expect, test } from 'vitest'
import { groupName } from '../src/config/groups.js'
import { resolveConfig } from '../src/config/resolve-config.js'
import { defaultConfig, startDevProvider, type DevProviderConfig } from '../src/index.js'

const reject = (config: unknown) =>
  startDevProvider({ config: config as Partial<DevProviderConfig> })

describe('configuration', () => {
  test('a list replaces the default list, and the other lists stay', async () => {
    const [user] = defaultConfig.users
    const provider = await startDevProvider({ config: { users: [{ ...user!, name: 'Only One' }] } })

    expect(provider.config.users.map((entry) => entry.name)).toEqual(['Only One'])
    expect(provider.config.apps).toEqual(defaultConfig.apps)
    await provider.close()
  })

  test('later changes of the caller’s object have no effect', async () => {
    const users = structuredClone(defaultConfig.users) as unknown as { name: string }[]
    const provider = await startDevProvider({ config: { users: users as never } })
    users[0]!.name = 'Changed'

    expect(provider.config.users[0]?.name).toBe('Alex Rivera')
    await provider.close()
  })

  test('one error lists all problems with their settings', async () => {
    const [user] = defaultConfig.users
    const [app] = defaultConfig.apps

    await expect(
      reject({
        users: [{ ...user, oid: 'x', tenant: 'nowhere' }],
        apps: [{ ...app, clientId: 'y', redirectUris: ['not a uri'] }],
      }),
    ).rejects.toThrow(
      /users\[0\]\.oid must be a GUID[\s\S]*users\[0\]\.tenant[\s\S]*apps\[0\]\.clientId[\s\S]*apps\[0\]\.redirectUris/,
    )
  })

  test.each([
    ['a value that is not an object', []],
    ['an unknown setting', { usres: [] }],
    ['an empty list', { users: [] }],
    ['a list of strings', { users: ['alex'] }],
    ['a value that is not a list', { apps: {} }],
    ['a duplicate user', { users: [defaultConfig.users[0], defaultConfig.users[0]] }],
    ['an API without a URI', { apps: [{ ...defaultConfig.apps[1], idUri: undefined }] }],
    ['an invalid domain', { tenants: [{ ...defaultConfig.tenants[0], domains: ['x/y'] }] }],
    ['roles that are not a list', { users: [{ ...defaultConfig.users[0], roles: { a: 1 } }] }],
  ])('%s is rejected', async (_name, config) => {
    await expect(reject(config)).rejects.toThrow(TypeError)
  })

  test('an unknown kind of tenant is rejected, and policies of other kinds', async () => {
    const [entra, , , b2c] = defaultConfig.tenants

    await expect(
      reject({
        tenants: [
          { ...entra, kind: 'b2b', consentPolicy: 'Microsoft' },
          { ...b2c, kind: 'external-id' },
        ],
      }),
    ).rejects.toThrow(
      /tenants\[0\]\.kind must be[\s\S]*tenants\[0\]\.consentPolicy must be 'microsoft' or 'all'[\s\S]*tenants\[1\]\.userFlows is only allowed/,
    )
  })

  test('an Azure AD B2C tenant needs three policies, and all problems are listed', async () => {
    const b2c = defaultConfig.tenants[3]!
    const userFlows = {
      signUpSignIn: 'susi',
      editProfile: 'B2C_1_edit',
      resetPassword: 'b2c_1_EDIT',
    }

    await expect(reject({ tenants: [{ ...b2c, userFlows }] })).rejects.toThrow(
      /userFlows\.signUpSignIn must be the name[\s\S]*userFlows must contain three different policies/,
    )
    await expect(reject({ tenants: [{ ...b2c, userFlows: undefined }] })).rejects.toThrow(
      /tenants\[0\]\.userFlows must be an object with signUpSignIn, editProfile, resetPassword/,
    )
  })

  test('a group needs a GUID and a name, and its object ID must be unique', async () => {
    const group = { id: '90000000-0000-4000-8000-000000000051', name: 'Staff' }

    await expect(
      reject({ groups: [{ ...group, id: 'staff', description: 1 }, { id: group.id }] }),
    ).rejects.toThrow(
      /groups\[0\]\.description must be a string[\s\S]*groups\[0\]\.id must be a GUID[\s\S]*groups\[1\]\.name is missing/,
    )
    await expect(reject({ groups: [group, group] })).rejects.toThrow(
      /groups\[1\]\.id must be unique/,
    )
  })

  test('problems of groups and of graph are listed together', async () => {
    await expect(reject({ groups: [{ id: 'x', name: 'X' }], graph: { me: {} } })).rejects.toThrow(
      /graph\["me"\] must be a path[\s\S]*groups\[0\]\.id must be a GUID/,
    )
  })

  test('the list of groups can be empty, and names the others', () => {
    expect(resolveConfig({ groups: [] }).groups).toEqual([])
    expect(groupName(resolveConfig(), '90000000-0000-4000-8000-000000000021')).toBe(
      'Todo Approvers',
    )
    expect(groupName(resolveConfig({ groups: [] }), 'any')).toBe('any')
  })

  test.for([
    ['mobilePhone', ''],
    ['department', null],
    ['photo', 'photo.png'],
    ['photo', 'data:image/svg+xml;base64,AAAA'],
    ['photo', 1],
  ] as const)('users[0].%s: %o is rejected', async ([key, value]) => {
    await expect(reject({ users: [{ ...defaultConfig.users[0], [key]: value }] })).rejects.toThrow(
      `users[0].${key} must be`,
    )
  })

  test.for([
    [[], /graph must be an object/],
    [{ '/me/drive': [] }, /graph\["\/me\/drive"\] must be an object\. Use \$body/],
    [{ 'me/drive': {} }, /graph\["me\/drive"\] must be a path/],
    [{ '/me?$top=1': {} }, /must be a path without a query/],
    [{ 'FETCH /me': {} }, /must be a path/],
    [{ '/v1.0/me': {} }, /must not contain the version\. Write \/me/],
    [{ 'POST /beta/me': {} }, /must not contain the version/],
    [{ '/me': { $status: 99 } }, /\$status that is not valid\. Use a number/],
    [{ '/me': { $status: '200' } }, /\$status/],
    [{ '/me': { $scopes: 'Files.Read' } }, /\$scopes that are not valid\. Use a list/],
    [{ '/me': { $headers: { a: 1 } } }, /\$headers that are not valid/],
    [{ '/me': { $stauts: 1 } }, /contains \$stauts, which is not a setting/],
    [{ '/me': { $body: 1, value: [] } }, /contains both \$body and value/],
  ] as const)('graph: %o is rejected', async ([graph, message]) => {
    await expect(reject({ graph })).rejects.toThrow(message)
  })

  test('a host that is not loopback is rejected', async () => {
    await expect(startDevProvider({ host: '0.0.0.0' })).rejects.toThrow(/not a loopback host/)
  })

  test('an unknown user is an error', async () => {
    const provider = await startDevProvider()

    expect(() => provider.user('nobody')).toThrow(/alex@contoso/)
    expect(provider.user('ROBIN').name).toBe('Robin Chen')
    await provider.close()
  })
})
