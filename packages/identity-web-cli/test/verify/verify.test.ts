import { expect, test } from '../support/fixtures.js'
import { verifyWithPerson } from './person.js'

const SCOPE = 'api://todos.contoso.example/Todos.Read'

test('Entra ID of the development provider passes every check that applies', async ({
  provider,
  folder,
  write,
  variables,
}) => {
  write(
    'api.env',
    `IDENTITY_AUTHORITY=${provider.authority()}
IDENTITY_CLIENT_ID=${provider.api.clientId}
IDENTITY_CLIENT_SECRET=dev-api-secret-not-for-production
`,
  )
  const { IDENTITY_REDIRECT_URI: _uri, ...env } = variables
  const run = await verifyWithPerson({
    folder,
    env,
    args: ['--scope', SCOPE, '--api-env', 'api.env'],
  })
  console.log(run.out, run.error)
  expect(run.code).toBe(0)
})
