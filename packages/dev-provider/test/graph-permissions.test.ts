import { describe, expect, GRAPH, post, test } from './support/graph.js'
import { defaultConfig } from '../src/index.js'
import { authorizeUrl, getTokens } from './support/flow.js'

const ROBIN = '/users/b0b00000-0000-4000-8000-000000000012'
const EMPTY_GROUPS = post({ groupIds: [] })
const GROUP = '/groups/90000000-0000-4000-8000-000000000021'
const MAIL = post({
  message: { subject: 's', toRecipients: [{ emailAddress: { address: 'a@b.example' } }] },
})

/** A path, scopes that allow it, scopes that do not, and the same for app permissions. */
type Row = readonly [
  path: string,
  allowed: readonly string[],
  denied: readonly string[],
  init?: RequestInit,
]

const DELEGATED: readonly Row[] = [
  [
    '/me',
    ['User.Read', 'User.ReadWrite', 'User.ReadBasic.All', 'Directory.Read.All'],
    ['Mail.Read'],
  ],
  [ROBIN, ['User.ReadBasic.All', 'User.Read.All'], ['User.Read', 'User.ReadWrite']],
  ['/users', ['User.ReadBasic.All', 'Directory.Read.All'], ['User.Read', 'Group.Read.All']],
  ['/me/memberOf', ['User.Read', 'GroupMember.Read.All'], ['Mail.Read']],
  [`${ROBIN}/memberOf`, ['GroupMember.Read.All', 'Group.Read.All'], ['User.Read']],
  ['/me/checkMemberGroups', ['User.Read', 'GroupMember.Read.All'], ['Mail.Read'], EMPTY_GROUPS],
  [`${ROBIN}/checkMemberGroups`, ['GroupMember.Read.All'], ['User.Read'], EMPTY_GROUPS],
  ['/me/photo/$value', ['User.Read', 'ProfilePhoto.Read.All'], ['Mail.Read']],
  [`${ROBIN}/photo/$value`, ['User.ReadBasic.All', 'ProfilePhoto.Read.All'], ['User.Read']],
  ['/me/messages', ['Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite'], ['User.Read', 'Mail.Send']],
  [`${ROBIN}/messages`, [], ['Mail.Read', 'Mail.ReadWrite']],
  ['/me/mailFolders/inbox/messages', ['Mail.Read'], ['Calendars.Read']],
  ['/me/sendMail', ['Mail.Send'], ['Mail.ReadWrite'], MAIL],
  [`${ROBIN}/sendMail`, [], ['Mail.Send'], MAIL],
  ['/me/events', ['Calendars.ReadBasic', 'Calendars.Read', 'Calendars.ReadWrite'], ['Mail.Read']],
  [`${ROBIN}/events`, [], ['Calendars.Read']],
  ['/groups', ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'], ['User.Read.All']],
  [GROUP, ['GroupMember.Read.All'], ['User.Read']],
  ['/applications', ['Application.Read.All', 'Directory.Read.All'], ['User.Read.All']],
  ['/servicePrincipals', ['Application.Read.All'], ['User.Read']],
]

const APP_ONLY: readonly Row[] = [
  [
    ROBIN,
    ['User.Read.All', 'User.ReadBasic.All', 'Directory.Read.All'],
    ['User.Read', 'Mail.Read'],
  ],
  ['/users', ['User.Read.All'], ['Group.Read.All']],
  [`${ROBIN}/memberOf`, ['GroupMember.Read.All'], ['Mail.Read']],
  [`${ROBIN}/messages`, ['Mail.ReadBasic.All', 'Mail.Read'], ['User.Read.All', 'Mail.ReadBasic']],
  [`${ROBIN}/sendMail`, ['Mail.Send'], ['Mail.Read'], MAIL],
  [`${ROBIN}/events`, ['Calendars.Read'], ['Mail.Read']],
  ['/groups', ['Group.Read.All'], ['User.Read.All']],
  ['/applications', ['Application.Read.All'], ['User.Read.All']],
]

describe('scopes', () => {
  test.for(DELEGATED)('%s needs one of %j, and %j are not enough', async (row, { call }) => {
    const [path, allowed, denied, init] = row
    for (const scope of allowed) {
      expect((await call(path, { scopes: [scope] }, init)).status, scope).toBeLessThan(300)
    }
    for (const scope of denied) {
      expect((await call(path, { scopes: [scope] }, init)).status, scope).toBe(403)
    }
  })

  test('the object ID and the user name of the signed-in user are their own data', async ({
    provider,
    call,
  }) => {
    const { oid, username } = provider.user('alex')

    expect((await call(`/users/${oid}`)).status).toBe(200)
    expect((await call(`/users/${username}/messages`, { scopes: ['Mail.Read'] })).status).toBe(200)
  })

  test('the mailbox has its own error', async ({ call }) => {
    const mail = await call('/me/messages')
    const users = await call('/users')

    expect(mail.body.error).toMatchObject({
      code: 'ErrorAccessDenied',
      message: 'Access is denied. Check credentials and try again.',
    })
    expect(users.body.error).toMatchObject({
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    })
  })

  test('Mail.ReadBasic hides the content of messages', async ({ call }) => {
    const mail = await call('/me/messages?$select=body,subject', { scopes: ['Mail.ReadBasic'] })

    expect(mail.body.value?.[0]).toEqual({ id: expect.any(String), subject: expect.any(String) })
  })
})

describe('app permissions', () => {
  test.for(APP_ONLY)('%s needs one of %j, and %j are not enough', async (row, { call }) => {
    const [path, allowed, denied, init] = row
    for (const role of allowed) {
      expect((await call(path, { roles: [role] }, init)).status, role).toBeLessThan(300)
    }
    for (const role of denied) {
      expect((await call(path, { roles: [role] }, init)).status, role).toBe(403)
    }
  })

  test('/me needs a user', async ({ call }) => {
    expect(await call('/me', { roles: ['User.Read.All'] })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'BadRequest',
          message: '/me request is only valid with delegated authentication flow.',
        },
      },
    })
  })
})

describe('consent', () => {
  test.for([
    ['User.Read', 'alex', '/me'],
    ['User.ReadBasic.All', 'alex', '/users'],
    ['Mail.Read', 'alex', '/me/messages'],
    ['GroupMember.Read.All', 'sam', '/groups'],
    ['Application.Read.All', 'sam', '/applications'],
  ] as const)('%s with the consent of %s allows %s', async ([scope, as, path], { provider }) => {
    const tokens = await getTokens(provider, { scope: `openid ${scope}` }, { as })
    const headers = { authorization: `Bearer ${tokens.access_token}` }

    expect((await fetch(`${provider.graph}${path}`, { headers })).status).toBe(200)
  })

  test('a user who is not an administrator cannot consent to GroupMember.Read.All', async ({
    provider,
  }) => {
    await expect(
      getTokens(provider, { scope: 'openid GroupMember.Read.All' }, { as: 'alex' }),
    ).rejects.toThrow()
  })
})

describe('personal accounts', () => {
  test('have a mailbox and a profile, and no directory', async ({ provider, call }) => {
    const token = async (scopes: string[]) =>
      provider.accessToken({ as: 'charlie', authority: 'consumers', api: GRAPH, scopes })
    const get = async (path: string, scopes: string[]) =>
      fetch(`${provider.graph}${path}`, {
        headers: { authorization: `Bearer ${await token(scopes)}` },
      })
    const users = await get('/users', ['User.ReadBasic.All'])

    expect((await get('/me', ['User.Read'])).status).toBe(200)
    expect((await get('/me/messages', ['Mail.Read'])).status).toBe(200)
    expect(users.status).toBe(400)
    expect(await users.json()).toMatchObject({
      error: { message: expect.stringMatching(/^This API is not supported for MSA accounts/) },
    })
    expect((await call('/users', { scopes: ['User.ReadBasic.All'] })).status).toBe(200)
  })
})

test('a new configuration forgets the consents of users and apps that it removes', async ({
  call,
  provider,
}) => {
  const [app, ...apps] = defaultConfig.apps
  const other = { ...app!, clientId: '44444444-5555-4666-8777-888888888888', name: 'Other' }
  const grants = async (): Promise<unknown> => {
    const sender = { scopes: ['Directory.Read.All'] }
    const grantsOf = async ({ clientId }: { readonly clientId: string }) => {
      const path = `/servicePrincipals(appId='${clientId}')/oauth2PermissionGrants`
      return (await call(path, sender)).body.value?.length ?? 0
    }
    return (await grantsOf(app!)) + (await grantsOf(other))
  }
  provider.configure({ apps: [app!, ...apps, other] })
  await provider.signIn(authorizeUrl(provider, { scope: 'User.Read' }), { as: 'alex' })
  await provider.signIn(authorizeUrl(provider, { scope: 'User.Read' }), { as: 'robin' })
  const ofOther = { scope: 'User.Read', client_id: other.clientId }
  await provider.signIn(authorizeUrl(provider, ofOther), { as: 'alex' })
  expect(await grants()).toBe(3)

  provider.configure({})
  expect(await grants()).toBe(2)
  const { users } = defaultConfig
  provider.configure({ users: users.filter(({ givenName }) => givenName !== 'Robin') })
  expect(await grants()).toBe(1)
  provider.configure({ apps: [app!, ...apps, other] })
  expect(await grants()).toBe(1)
})
