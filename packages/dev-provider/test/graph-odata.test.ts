import { expect, test } from './support/graph.js'

const ALL = { scopes: ['User.Read.All', 'Group.Read.All'] }
const MAIL = { scopes: ['Mail.Read'] }

const names = (body: { readonly value?: readonly Readonly<Record<string, unknown>>[] }) =>
  body.value?.map(({ givenName, subject, displayName }) => givenName ?? subject ?? displayName)

test('$select returns only these properties, in the spelling of Graph', async ({ call }) => {
  const { body } = await call('/me?$select=DISPLAYNAME,companyName')

  expect(body).toEqual({
    '@odata.context':
      'https://graph.microsoft.com/v1.0/$metadata#users(DISPLAYNAME,companyName)/$entity',
    displayName: 'Alex Rivera',
    companyName: null,
  })
})

test('$select of an unknown property is 400', async ({ call }) => {
  const message =
    "Parsing OData Select and Expand failed: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'."

  expect(await call('/me?$select=shoeSize')).toMatchObject({
    status: 400,
    body: { error: { code: 'BadRequest', message } },
  })
  expect((await call("/users?$select=shoeSize&$filter=surname eq 'Nobody'", ALL)).status).toBe(400)
})

test('pages of the directory follow each other until the last', async ({ call }) => {
  const found: unknown[] = []
  let link: string | undefined = '/groups?$top=100&$select=id'
  let pages = 0
  while (link !== undefined) {
    const { body } = await call(link, ALL)
    pages++
    found.push(...(body.value ?? []).map(({ id }) => id))
    link = body['@odata.nextLink']
    if (link !== undefined) expect(link).toMatch(/\?\$top=100&\$select=id&\$skiptoken=\w+$/)
  }

  expect(pages).toBe(3)
  expect(new Set(found).size).toBe(252)
})

test('pages of a mailbox have ten messages', async ({ call }) => {
  const { body } = await call('/me/messages?$select=subject', MAIL)
  const next = await call(body['@odata.nextLink'] ?? '', MAIL)

  expect(body.value).toHaveLength(10)
  expect(body['@odata.nextLink']).toMatch(/\?\$select=subject&\$skiptoken=\w+$/)
  expect(next.body.value).toHaveLength(2)
  expect(next.body).not.toHaveProperty('@odata.nextLink')
})

test.for([
  ["surname eq 'Chen'", ['Robin']],
  ["surname eq 'chen'", ['Robin']],
  ["userType eq 'Guest'", ['Kim']],
  ["id eq 'b0b00000-0000-4000-8000-000000000012'", ['Robin']],
  ["displayName eq 'O''Neil'", []],
] as const)('$filter=%s', async ([filter, expected], { call }) => {
  const { status, body } = await call(`/users?$filter=${encodeURIComponent(filter)}`, ALL)

  expect(status).toBe(200)
  expect(names(body)).toEqual(expected)
})

test.for([
  'displayName',
  'displayName eq',
  "displayName eq 'a' 'b'",
  "displayName eq 'a",
  "(displayName eq 'a')",
  "'a' eq displayName",
  "displayName eq 'a' and surname eq 'b'",
  'accountEnabled eq true',
  "from/emailAddress/address eq 'a'",
  "displayName eq 'a' or displayName eq 'b'",
  "not displayName eq 'a'",
  "displayName ne 'a'",
  "startswith(displayName,'a')",
  "displayName in ('a')",
  "proxyAddresses/any(p:p eq 'a')",
])('$filter=%s is 501, and says what is supported', async (filter, { call }) => {
  expect(await call(`/users?$filter=${encodeURIComponent(filter)}`, ALL)).toMatchObject({
    status: 501,
    body: {
      error: { code: 'NotImplemented', message: expect.stringContaining("property eq 'value'") },
    },
  })
})

test('$filter of an unknown property is 400', async ({ call }) => {
  const message = expect.stringMatching(/^Could not find a property named 'shoeSize'/)

  expect(await call("/users?$filter=shoeSize eq 'a'", ALL)).toMatchObject({
    status: 400,
    body: { error: { message } },
  })
})

test.for([
  '$orderby=displayName',
  '$search="displayName:rob"',
  '$count=true',
  '$skip=1',
  '$expand=manager',
  '$apply=x',
])('%s is 501, and says what is supported', async (option, { call }) => {
  const [name = ''] = option.split('=')
  const message = `does not support ${name}. It supports $select, $filter, $top, $skiptoken.`

  expect(await call(`/users?${option}`, ALL)).toMatchObject({
    status: 501,
    body: { error: { code: 'NotImplemented', message: expect.stringContaining(message) } },
  })
})

test.for([
  ['/users?$top=0', 'Request_UnsupportedQuery'],
  ['/users?$top=1000', 'Request_UnsupportedQuery'],
  ['/users?$top=ten', 'BadRequest'],
  ['/users?$skiptoken=eA', 'Directory_ExpiredPageToken'],
  ['/users?$top=1&$top=2', 'BadRequest'],
] as const)('%s is 400 %s', async ([path, code], { call }) => {
  expect(await call(path, ALL)).toMatchObject({ status: 400, body: { error: { code } } })
})
