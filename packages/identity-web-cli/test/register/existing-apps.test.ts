// `register --name` must not change an app registration of somebody else.
import { describe, expect, test as base, type Json } from '../support/graph-fixtures.js'

const test = base
  /** Creates an app registration as another program does. @returns Its client ID. */
  .extend('createApp', ({ provider, token }) => async (app: Json): Promise<string> => {
    const response = await fetch(`${provider.graph}/applications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(app),
    })
    const { appId } = (await response.json()) as { appId: string }
    return appId
  })

describe('an app registration with the same name', () => {
  test.for([[[]], [['--dry-run']]] as const)(
    'that register did not create needs --app-id %j',
    async ([args], { createApp, cli, ok, readApp }) => {
      const appId = await createApp({ displayName: 'Shop', tags: ['team-a'] })
      const before = await readApp(appId)
      const { code, error, out } = await cli('register --name Shop --env .env', ...args)

      expect([code, out]).toEqual([2, ''])
      expect(error).toContain(`"Shop" (client ID ${appId}, created on `)
      expect(error).toMatch(/created on 20\d\d-\d\d-\d\d\) was not created by this command/)
      expect(error).toContain(`add --app-id ${appId}`)
      expect(error).toContain('another --name')
      expect(await readApp(appId)).toEqual(before)

      await ok('register --role Admin --no-credential --app-id', appId)
      expect(await readApp(appId)).toMatchObject({
        tags: ['team-a'],
        appRoles: [{ value: 'Admin' }],
      })
    },
  )

  test('of another kind needs --app-id', async ({ registerShop, ok, cli, readApp }) => {
    const { IDENTITY_CLIENT_ID: appId = '' } = await registerShop()
    const before = await readApp(appId)
    const api = 'register --api --name Shop'
    const { code, error } = await cli(api)

    expect(code).toBe(2)
    expect(error).toMatch(/\) is a web app and not an API, .*add --app-id/)
    expect(await readApp(appId)).toEqual(before)

    await ok(api, '--app-id', appId, '--scope', 'Orders.Read')
    expect(await readApp(appId)).toMatchObject({ tags: ['identity-web-cli:web'] })
  })

  test('gets the service principal that it lacks', async ({ createApp, ok, getGraph }) => {
    const appId = await createApp({ displayName: 'Shop' })
    const register = `register --no-credential --app-id ${appId}`
    const path = `/servicePrincipals(appId='${appId}')`

    expect(await ok(register, '--dry-run')).toContain('+ service principal')
    expect((await getGraph(path)).status).toBe(404)
    expect(await ok(register)).toContain('+ service principal')
    expect((await getGraph(path)).status).toBe(200)
    expect(await ok(register)).not.toContain('+ service principal')
  })
})
