import { describe, expect, test as base, type Json } from '../support/graph-fixtures.js'

/** The scope of a token of the Azure CLI. */
const AZURE_CLI = ['Directory.AccessAsUser.All']
const SCOPES = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
]
const API = 'register --api --name Expenses --env api.env'
const EXPENSES = `${API} --app-permission Expenses.Read.All --permission User.Read --secret --scope Expenses.Read`

const test = base
  /** Writes the token of an administrator, or of a user who is not one. */
  .extend(
    'useToken',
    ({ provider, write, token: _token }) =>
      async (as: 'sam' | 'alex', scopes: readonly string[] = AZURE_CLI): Promise<void> => {
        const api = 'https://graph.microsoft.com'
        write('token', `${await provider.accessToken({ api, as, scopes })}\n`)
      },
  )
  /** Registers the API. @returns Its client ID. */
  .extend('registerApi', ({ ok, readEnv }) => async (): Promise<string> => {
    await ok(EXPENSES)
    return readEnv('api.env')['IDENTITY_CLIENT_ID'] ?? ''
  })
  /** Requests a token with the settings of a file. */
  .extend(
    'requestToken',
    ({ provider, readEnv }) =>
      async (file: string, form: Readonly<Record<string, string>>): Promise<Json> => {
        const env = readEnv(file)
        const response = await fetch(`${provider.authority()}/oauth2/v2.0/token`, {
          method: 'POST',
          body: new URLSearchParams({
            client_id: env['IDENTITY_CLIENT_ID'] ?? '',
            client_secret: env['IDENTITY_CLIENT_SECRET'] ?? '',
            ...form,
          }),
        })
        return (await response.json()) as Json
      },
  )

function rolesOf({ access_token: token }: Json): unknown {
  const [, body = ''] = String(token).split('.')
  return (JSON.parse(Buffer.from(body, 'base64url').toString()) as Json)['roles']
}

describe('a daemon', () => {
  test('has no redirect URI, and gets app permissions from an administrator', async ({
    useToken,
    registerApi,
    ok,
    readApp,
    readEnv,
    requestToken,
  }) => {
    await useToken('sam', SCOPES)
    const api = await registerApi()
    const permission = `--permission api://${api}/expenses.read.all`
    const register = `register --daemon --name Nightly --env daemon.env ${permission}`

    const out = await ok(register)
    expect(out).toContain('"Nightly" (daemon)')
    expect(out).toContain('+ app permission Expenses.Read.All of Expenses')
    expect(out).toContain('An administrator must consent to Expenses.Read.All.')
    const env = readEnv('daemon.env')
    expect(env).not.toHaveProperty('IDENTITY_REDIRECT_URI')
    expect(await readApp(env['IDENTITY_CLIENT_ID'])).toMatchObject({
      web: { redirectUris: [] },
      requiredResourceAccess: [{ resourceAppId: api, resourceAccess: [{ type: 'Role' }] }],
    })
    const form = { grant_type: 'client_credentials', scope: `api://${api}/.default` }
    expect(rolesOf(await requestToken('daemon.env', form))).toBeUndefined()

    const consent = `${register} --admin-consent`
    const line = '+ admin consent for Expenses.Read.All of Expenses'
    expect(await ok(consent, '--dry-run')).toContain(line)
    expect(rolesOf(await requestToken('daemon.env', form))).toBeUndefined()
    expect(await ok(consent)).toContain(line)
    expect(rolesOf(await requestToken('daemon.env', form))).toEqual(['Expenses.Read.All'])
    expect(await ok(consent)).toContain('Everything is as it should be.')
    expect(await ok(consent, '--dry-run')).toContain('Everything is as it should be.')
  })
})

describe('an API', () => {
  test('calls Microsoft Graph for its users after the consent of an administrator', async ({
    provider,
    useToken,
    registerApi,
    ok,
    requestToken,
  }) => {
    await useToken('sam')
    const api = await registerApi()
    const form = async () => ({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      scope: 'https://graph.microsoft.com/User.Read',
      assertion: await provider.accessToken({ api, as: 'alex', scopes: ['Expenses.Read'] }),
    })
    expect(await requestToken('api.env', await form())).toMatchObject({ error_codes: [65001] })

    await ok(EXPENSES, '--admin-consent')
    expect(await requestToken('api.env', await form())).toHaveProperty('access_token')

    const more = await ok(API, '--permission', 'Mail.Read', '--admin-consent')
    expect(more).toContain('+ permission Mail.Read of Microsoft Graph')
    expect(more).toContain('+ admin consent for Mail.Read of Microsoft Graph')
    expect(await requestToken('api.env', await form())).toHaveProperty('access_token')
  })
})

describe('a web app', () => {
  test('lists scopes of an API beside those of Microsoft Graph', async ({
    useToken,
    registerApi,
    ok,
    readApp,
    readEnv,
  }) => {
    await useToken('sam')
    const api = await registerApi()
    const web = 'register --name Web --env web.env --permission User.Read'
    const out = await ok(web, '--permission', `${api}/Expenses.Read`)

    expect(out).toContain('+ permission Expenses.Read of Expenses')
    expect(out).not.toContain('An administrator must consent')
    const app = await readApp(readEnv('web.env')['IDENTITY_CLIENT_ID'])
    expect(app['requiredResourceAccess']).toHaveLength(2)
  })

  test('keeps its settings when the user may not consent', async ({ useToken, cli, readEnv }) => {
    await useToken('alex')
    const { code, error } = await cli(
      'register --name Web --permission User.Read --admin-consent --env .env',
    )

    expect(code).toBe(1)
    expect(error).toContain('Ask an administrator to run the command')
    expect(readEnv()['IDENTITY_CLIENT_SECRET']).toBeDefined()
  })
})

const MISTAKES: readonly (readonly [args: string, message: RegExp])[] = [
  ['--name A --permission Nothing.Read', /is not a scope of Microsoft Graph/],
  ['--name A --daemon --permission Calendars.ReadBasic', /It is a scope.*Remove --daemon/],
  ['--name A --permission Calendars.ReadBasic.All', /It is an app permission.*Add --daemon/],
  ['--name A --permission api://todos/Todos.Read', /Write api:\/\/<client ID of the API>\/Todos/],
  ['--name A --admin-consent', /Add --permission/],
  ['--name A --daemon --api', /--daemon is for an app without users/],
  ['--name A --daemon --url http://localhost:3000', /A daemon has no users/],
  ['--name A --daemon --scope A.Read', /Register the API with --api/],
  ['--name A --permission User.Read --admin-consent --bicep a', /Remove --admin-consent/],
  [
    '--name A --permission api://todos/Todos.Read --bicep a',
    /Write api:\/\/<client ID of the API>/,
  ],
  ["--name A --permission User'Read --az-script a", /is not the name of a permission/],
]

test.for(MISTAKES)('rejects %s', async ([args, message], { cli }) => {
  const { code, error } = await cli(`register ${args}`)
  expect(error).toMatch(message)
  expect(code).toBe(2)
})

test('doctor names what users cannot grant in the settings and in the registration', async ({
  ok,
}) => {
  await ok('register --name Shop --env .env --permission Tasks.Read --permission Contacts.Read')
  const out = await ok('doctor --only consent')

  expect(out).toContain(
    'warning  consent  By the default policy of Microsoft, users cannot grant Tasks.Read.',
  )
})
