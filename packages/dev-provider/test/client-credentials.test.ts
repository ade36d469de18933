import { claimsOf, requestToken, TODO_API } from './support/flow.js'
import { expect, test as base } from './support/fixtures.js'

const test = base.extend(
  'ask',
  ({ provider }) =>
    (scope: string, tenant?: string) =>
      requestToken(provider, { grant_type: 'client_credentials', scope }, tenant),
)

test('an app gets a token with its roles and without claims of a user', async ({
  ask,
  provider,
}) => {
  const { status, body } = await ask(`${TODO_API}/.default`)
  const claims = claimsOf(body.access_token)

  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['token_type', 'expires_in', 'ext_expires_in', 'access_token'])
  expect(claims).toMatchObject({
    aud: provider.config.apps[1]!.clientId,
    azp: provider.app.clientId,
    roles: ['Todos.Read.All'],
    tid: provider.config.tenants[0]!.id,
    iss: `${provider.authority()}/v2.0`,
  })
  expect(claims['oid']).toBe(claims['sub'])
  expect(claims).not.toHaveProperty('scp')
})

test('an app without roles gets a token without roles', async ({ ask }) => {
  const { body } = await ask('https://graph.microsoft.com/.default')

  expect(claimsOf(body.access_token)).not.toHaveProperty('roles')
})

test.for(['common', 'consumers'])('%s rejects the grant', async (tenant, { ask }) => {
  const { body } = await ask(`${TODO_API}/.default`, tenant)

  expect(body).toMatchObject({ error: 'invalid_request', error_codes: [9001023] })
})

test('organizations does not have a tenant', async ({ ask }) => {
  expect((await ask(`${TODO_API}/.default`, 'organizations')).body).toMatchObject({
    error_codes: [50059],
  })
})

test.for([
  ['a single scope', `${TODO_API}/Todos.Read`, 1002012],
  ['a scope without an API', 'openid', 1002012],
  ['two APIs', `${TODO_API}/.default https://graph.microsoft.com/.default`, 70011],
  ['an unknown API', 'api://nobody/.default', 500011],
  ['a missing scope', '', 900144],
] as const)('%s is rejected', async ([_name, scope, code], { ask }) => {
  expect((await ask(scope)).body).toMatchObject({ error_codes: [code] })
})
