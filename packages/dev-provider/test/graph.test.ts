import { startDevProvider, type DevProvider } from '../src/index.js'
import { claimsOf, getTokens, requestToken, TODO_API } from './support/flow.js'
import type { Clock } from './support/clock.js'
import { expect, test as base } from './support/fixtures.js'

const test = base
  .extend(
    'call',
    ({ provider }) =>
      (token: string | undefined, url = provider.graphMe) =>
        fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  )
  .extend(
    'askMembers',
    ({ provider }) =>
      (token: string | undefined, path = 'me', init: RequestInit = {}) =>
        fetch(`${provider.graph}/${path}/getMemberObjects`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ securityEnabledOnly: false }),
          ...init,
        }),
  )

test('/me returns the profile', async ({ provider, call }) => {
  const tokens = await getTokens(provider, { scope: 'openid User.Read' }, { as: 'robin' })
  const robin = provider.user('robin')

  expect(await (await call(tokens.access_token)).json()).toMatchObject({
    id: robin.oid,
    displayName: robin.name,
    mail: robin.email,
    userPrincipalName: robin.username,
    givenName: robin.givenName,
    surname: robin.surname,
    jobTitle: robin.jobTitle,
  })
})

test('/me of a guest has the object ID of the guest', async ({ provider, call }) => {
  const tokens = await getTokens(provider, { scope: 'openid User.Read' }, { as: 'kim' })

  expect(await (await call(tokens.access_token)).json()).toMatchObject({
    id: provider.user('kim').guestOf?.[0]?.oid,
  })
})

// The clock of a simulated provider can be wrong, but the provider has only one.
test.for([7200, -7200])(
  '/me judges the times of a token by a clock that is %s seconds ahead, as its issuer does',
  async (clockOffsetSeconds, { provider, call, clock }) => {
    provider.behave({ clockOffsetSeconds })
    const { access_token: token } = await getTokens(provider, { scope: 'openid User.Read' })
    expect((await call(token)).status).toBe(200)

    clock.advance(3601)
    expect((await call(token)).status).toBe(401)
  },
)

test('a token without User.Read is 403', async ({ provider, call }) => {
  const tokens = await getTokens(provider, { scope: 'openid Mail.Read' })
  const response = await call(tokens.access_token)

  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ error: { code: 'Authorization_RequestDenied' } })
})

test.for([
  [
    'an expired token',
    async (token: string, _at: DevProvider, clock: Clock) => (clock.advance(3601), token),
  ],
  ['a changed token', async (token: string) => `${token.slice(0, -8)}AAAAAAAA`],
  ['a value that is not a JWT', async () => 'opaque'],
  [
    'a token of a removed key',
    async (token: string, at: DevProvider) => (await at.rollKeys({ keepOld: false }), token),
  ],
] as const)('%s returns 401', async ([_name, change], { provider, call, clock }) => {
  const tokens = await getTokens(provider, { scope: 'openid User.Read' })

  expect((await call(await change(tokens.access_token ?? '', provider, clock))).status).toBe(401)
})

test('tokens for other audiences return 401', async ({ provider, call }) => {
  const tokens = await getTokens(provider, { scope: `openid ${TODO_API}/Todos.Read` })

  expect((await call(tokens.id_token)).status).toBe(401)
  expect((await call(tokens.access_token)).status).toBe(401)
  expect((await call(tokens.access_token, `${provider.origin}/oidc/userinfo`)).status).toBe(401)
})

test('userinfo returns sub, name and email', async ({ provider, call }) => {
  const tokens = await getTokens(provider)
  const response = await call(tokens.access_token, `${provider.origin}/oidc/userinfo`)
  const alex = provider.user('alex')

  expect(await response.json()).toMatchObject({
    sub: expect.any(String),
    name: alex.name,
    email: alex.email,
  })
})

interface MemberPage {
  readonly '@odata.context': string
  readonly '@odata.nextLink'?: string
  readonly value: readonly string[]
}

test('getMemberObjects returns all groups of an overage claim, 100 per page', async ({
  provider,
  askMembers,
  call,
}) => {
  const morgan = provider.user('morgan')
  const tokens = await getTokens(provider, { scope: 'openid profile User.Read' }, { as: 'morgan' })
  const idToken = claimsOf(tokens.id_token)
  const found: string[] = []
  let response = await askMembers(tokens.access_token, `users/${String(idToken['oid'])}`)
  let page = (await response.json()) as MemberPage
  found.push(...page.value)
  while (page['@odata.nextLink'] !== undefined) {
    expect(page.value).toHaveLength(100)
    response = await call(tokens.access_token, page['@odata.nextLink'])
    page = (await response.json()) as MemberPage
    found.push(...page.value)
  }

  expect(idToken).not.toHaveProperty('groups')
  expect(idToken).toMatchObject({ _claim_names: { groups: 'src1' } })
  expect(page['@odata.context']).toBe(
    'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)',
  )
  expect(found).toEqual(morgan.groups)
  expect(new Set(found).size).toBe(250)
})

test('getMemberObjects of me returns one page for few groups, and an empty one without groups', async ({
  provider,
  askMembers,
}) => {
  const robin = await getTokens(provider, { scope: 'openid User.Read' }, { as: 'robin' })
  const alex = await getTokens(provider, { scope: 'openid User.ReadBasic.All' }, { as: 'alex' })
  const page = (await (await askMembers(robin.access_token)).json()) as MemberPage

  expect(page.value).toEqual(provider.user('robin').groups)
  expect(page).not.toHaveProperty('@odata.nextLink')
  expect(await (await askMembers(alex.access_token)).json()).toMatchObject({ value: [] })
})

test('getMemberObjects rejects other users, other permissions and a missing token', async ({
  provider,
  askMembers,
}) => {
  const robin = await getTokens(provider, { scope: 'openid User.Read' }, { as: 'robin' })
  const mail = await getTokens(provider, { scope: 'openid Mail.Read' }, { as: 'alex' })
  const other = `users/${provider.user('alex').oid}`

  expect((await askMembers(robin.access_token, other)).status).toBe(403)
  expect((await askMembers(mail.access_token)).status).toBe(403)
  expect((await askMembers('nonsense')).status).toBe(401)
})

test('getMemberObjects accepts JSON only by POST', async ({ provider, askMembers }) => {
  const { access_token: token } = await getTokens(provider, { scope: 'openid User.Read' })
  const headers = { authorization: `Bearer ${token}` }

  expect((await askMembers(token, 'me', { body: '{}' })).status).toBe(400)
  expect((await askMembers(token, 'me', { body: '{' })).status).toBe(400)
  expect((await askMembers(token, 'me', { headers })).status).toBe(400)
  expect((await fetch(`${provider.graph}/me/getMemberObjects`, { headers })).status).toBe(400)
  const wrongPage = `${provider.graph}/me/getMemberObjects?$skiptoken=eA`
  expect((await fetch(wrongPage, { headers })).status).toBe(400)
})

const checkGroups = (
  provider: DevProvider,
  token: string | undefined,
  groupIds: unknown,
): Promise<Response> =>
  fetch(`${provider.graph}/me/checkMemberGroups`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ groupIds }),
  })

test('checkMemberGroups returns those of the given groups that the user belongs to', async ({
  provider,
}) => {
  const { access_token: token } = await getTokens(
    provider,
    { scope: 'openid User.Read' },
    { as: 'morgan' },
  )
  const [first = '', second = ''] = provider.user('morgan').groups ?? []
  const other = '90000000-0000-4000-8000-0000000000ff'

  const found = await (
    await checkGroups(provider, token, [second.toUpperCase(), other, first])
  ).json()

  expect(found).toEqual({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)',
    value: [first, second],
  })
  expect(await (await checkGroups(provider, token, [other])).json()).toMatchObject({ value: [] })
})

test.for([
  ['21 groups', Array.from({ length: 21 }, () => '90000000-0000-4000-8000-000000000021')],
  ['a name', ['Staff']],
  ['a string', '90000000-0000-4000-8000-000000000021'],
  ['nothing', undefined],
] as const)('checkMemberGroups rejects %s', async ([, groupIds], { provider }) => {
  const { access_token: token } = await getTokens(provider, { scope: 'openid User.Read' })

  expect((await checkGroups(provider, token, groupIds)).status).toBe(400)
})

test('checkMemberGroups rejects other permissions and a missing token', async ({ provider }) => {
  const mail = await getTokens(provider, { scope: 'openid Mail.Read' }, { as: 'alex' })

  expect((await checkGroups(provider, mail.access_token, [])).status).toBe(403)
  expect((await checkGroups(provider, 'nonsense', [])).status).toBe(401)
})

test('an app-only token with an app permission can read groups', async ({ provider }) => {
  const [app, ...apps] = provider.config.apps
  const appPermissions = ['https://graph.microsoft.com/GroupMember.Read.All']
  const other = await startDevProvider({ config: { apps: [{ ...app!, appPermissions }, ...apps] } })
  const { body } = await requestToken(other, {
    grant_type: 'client_credentials',
    scope: 'https://graph.microsoft.com/.default',
  })
  const url = `${other.graph}/users/${other.user('robin').oid}/getMemberObjects`
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${body.access_token}`, 'content-type': 'application/json' },
    body: '{"securityEnabledOnly":true}',
  })

  expect(await response.json()).toMatchObject({ value: other.user('robin').groups })
  await other.close()
})

test('a fault of Graph affects getMemberObjects too', async ({ provider, askMembers }) => {
  provider.behave({ faults: { graph: { kind: 'status', status: 503, times: 1 } } })

  expect((await askMembers('any')).status).toBe(503)
  expect((await askMembers('any')).status).toBe(401)
})
