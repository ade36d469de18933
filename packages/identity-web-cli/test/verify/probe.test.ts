import { expect, test } from '../support/fixtures.js'
import { verifyWithPerson } from './person.js'
const GRAPH = 'https://graph.microsoft.com'

test('create', async ({ provider, folder, write }) => {
  provider.reset()
  write(
    'token',
    await provider.accessToken({ api: GRAPH, as: 'sam', scopes: ['Application.ReadWrite.All'] }),
  )
  const run = await verifyWithPerson({
    folder,
    args: ['--create', '--yes', '--token-file', 'token', '--graph', provider.graph],
  })
  console.log(run.out, run.error, run.state)
  expect(run.code).toBe(0)
})
test('acrs', async ({ provider, folder, write, variables }) => {
  write(
    'api.env',
    `IDENTITY_AUTHORITY=${provider.authority()}\nIDENTITY_CLIENT_ID=${provider.api.clientId}\nIDENTITY_CLIENT_SECRET=dev-api-secret-not-for-production\n`,
  )
  const { IDENTITY_REDIRECT_URI: _uri, ...env } = variables
  const run = await verifyWithPerson({
    folder,
    env,
    args: [
      '--acrs',
      'c1',
      '--scope',
      'api://todos.contoso.example/Todos.Read',
      '--api-env',
      'api.env',
    ],
  })
  console.log(run.out, run.error)
  expect(run.code).toBe(0)
})
for (const kind of ['oidc', 'b2c', 'adfs', 'external'] as const) {
  test(kind, async ({ provider, folder, variables }) => {
    const { IDENTITY_REDIRECT_URI: _uri, IDENTITY_AUTHORITY: _a, ...common } = variables
    const env = {
      oidc: { IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority },
      adfs: { IDENTITY_AUTHORITY: provider.adfsAuthority },
      external: { IDENTITY_AUTHORITY: provider.externalIdAuthority },
      b2c: { IDENTITY_AUTHORITY: provider.b2cAuthority() },
    }[kind]
    const as = { oidc: 'alex', adfs: 'alex', external: 'nora', b2c: 'mia' }[kind]
    const run = await verifyWithPerson({ folder, env: { ...common, ...env }, person: { as } })
    console.log(run.out, run.error)
    expect(run.code).toBe(0)
  })
}
