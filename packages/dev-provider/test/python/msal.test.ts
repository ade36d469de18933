import type { DevProvider, SignInOptions } from '../../src/index.js'
import { claimsOf, REDIRECT_URI, TODO_API } from '../support/flow.js'
import { describe, expect, test as base } from './fixtures.js'
import { hasPythonPackages, startPython } from './python.js'

type Json = Record<string, unknown>

const SUSI = 'fabrikamb2c.onmicrosoft.com/B2C_1_susi'
const B2C_SCOPE = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'

const test = base
  /** Creates an application of MSAL Python. Returns a function that calls its methods. */
  .extend('createApp', ({ provider, pythonEnv }, { onCleanup }) => {
    const programs: { stop(): void }[] = []
    onCleanup(() => {
      for (const program of programs) program.stop()
    })
    return async (settings: Json) => {
      const program = startPython('msal_client.py', pythonEnv)
      programs.push(program)
      const ask = async (message: Json): Promise<Json> => {
        const { result, error } = await program.ask(message)
        if (typeof error === 'string') throw new Error(error)
        return result as Json
      }
      const { clientId, clientSecret } = provider.app
      await ask({ client_id: clientId, client_credential: clientSecret, ...settings })
      return (method: string, args: Json = {}) => ask({ method, args })
    }
  })

type App = (method: string, args?: Json) => Promise<Json>

/** Signs in as the documentation of MSAL Python shows it. */
async function signIn(
  provider: DevProvider,
  app: App,
  { scopes = [], ...options }: SignInOptions & { readonly scopes?: readonly string[] },
): Promise<Json> {
  const flow = await app('initiate_auth_code_flow', { scopes, redirect_uri: REDIRECT_URI })
  const { url } = await provider.signIn(String(flow['auth_uri']), options)
  return app('acquire_token_by_auth_code_flow', {
    auth_code_flow: flow,
    auth_response: Object.fromEntries(url.searchParams),
  })
}

async function firstAccount(app: App): Promise<unknown> {
  const [account] = (await app('get_accounts')) as unknown as Json[]
  return account
}

describe.skipIf(!hasPythonPackages('msal'))('MSAL Python', () => {
  test('rejects http, so the provider needs --https', async ({ createApp }) => {
    await expect(createApp({ authority: 'http://localhost:5100/common' })).rejects.toThrow(
      /should consist of an https url/,
    )
  })

  test.for([
    ['a tenant', 'contoso.onmicrosoft.com', 'alex'],
    ['common', 'common', 'kim'],
    ['organizations', 'organizations', 'sam'],
    ['consumers', 'consumers', 'charlie'],
    ['External ID', 'contosocustomers.onmicrosoft.com', 'nora'],
  ] as const)(
    'signs in and refreshes at %s',
    async ([_name, tenant, as], { provider, createApp }) => {
      const app = await createApp({ authority: provider.authority(tenant) })
      const tokens = await signIn(provider, app, { as })
      const account = await firstAccount(app)
      const args = { scopes: [], account, force_refresh: true }
      const refreshed = await app('acquire_token_silent_with_error', args)

      expect(tokens['id_token_claims']).toMatchObject({
        preferred_username: provider.user(as).username,
        oid: provider.user(as).oid,
      })
      expect(account).toMatchObject({ username: provider.user(as).username })
      expect(refreshed['access_token']).toBeTruthy()
      expect(refreshed['token_source']).toBe('identity_provider')
    },
  )

  test('asks for consent when it needs another scope', async ({ provider, createApp }) => {
    const app = await createApp({ authority: provider.authority() })
    await signIn(provider, app, {})
    const account = await firstAccount(app)
    const scopes = [`${TODO_API}/Todos.Read`]
    const before = await app('acquire_token_silent_with_error', { scopes, account })
    const consented = await signIn(provider, app, { scopes })
    const after = await app('acquire_token_silent_with_error', { scopes, account })

    expect(before).toMatchObject({ error: 'invalid_grant', suberror: 'consent_required' })
    expect(consented['scope']).toBe(scopes[0])
    expect(claimsOf(after['access_token'] as string)).toMatchObject({ scp: 'Todos.Read' })
    expect(after['token_source']).toBe('cache')
  })

  test('reports a declined consent', async ({ provider, createApp }) => {
    const app = await createApp({ authority: provider.authority() })

    expect(await signIn(provider, app, { consent: false })).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringContaining('AADSTS65004'),
    })
  })

  test('gets app-only tokens, and reports a wrong secret', async ({ provider, createApp }) => {
    const authority = provider.authority()
    const scopes = [`${TODO_API}/.default`]
    const app = await createApp({ authority })
    const stranger = await createApp({ authority, client_credential: 'wrong' })
    const token = await app('acquire_token_for_client', { scopes })

    expect(claimsOf(token['access_token'] as string)).toMatchObject({ roles: ['Todos.Read.All'] })
    expect(await stranger('acquire_token_for_client', { scopes })).toMatchObject({
      error: 'invalid_client',
      error_codes: [7000215],
    })
  })

  test('acts on behalf of a user', async ({ provider, createApp }) => {
    const { clientId, clientSecret } = provider.api
    const authority = provider.authority()
    const app = await createApp({ authority, client_id: clientId, client_credential: clientSecret })
    const token = await app('acquire_token_on_behalf_of', {
      user_assertion: await provider.accessToken({ as: 'robin' }),
      scopes: ['User.Read'],
    })

    expect(claimsOf(token['access_token'] as string)).toMatchObject({
      aud: 'https://graph.microsoft.com',
      oid: provider.user('robin').oid,
    })
  })

  test('signs in with a device code', async ({ provider, createApp }) => {
    provider.behave({ deviceIntervalSeconds: 0 })
    const app = await createApp({ authority: provider.authority(), client_credential: null })
    const flow = await app('initiate_device_flow', { scopes: ['User.Read'] })
    await provider.answerDevice(String(flow['verification_uri']), String(flow['user_code']), {
      as: 'robin',
    })
    const tokens = await app('acquire_token_by_device_flow', { flow })

    expect(tokens['id_token_claims']).toMatchObject({ name: 'Robin Chen' })
  })

  test('signs in and requests an API at Azure AD B2C', async ({ provider, createApp }) => {
    const app = await createApp({ authority: provider.authority(SUSI) })
    const tokens = await signIn(provider, app, { as: 'mia', scopes: [B2C_SCOPE] })
    const account = await firstAccount(app)
    const scopes = [B2C_SCOPE]
    const args = { scopes, account, force_refresh: true }

    expect(tokens['id_token_claims']).toMatchObject({ name: 'Mia Santos', tfp: 'B2C_1_susi' })
    const refreshed = await app('acquire_token_silent_with_error', args)
    expect(claimsOf(refreshed['access_token'] as string)).toMatchObject({ scp: 'Todos.Read' })
  })

  test.for([
    ['authority', '/adfs'],
    ['oidc_authority', '/adfs'],
    ['oidc_authority', '/oidc'],
  ] as const)(
    'signs in and refreshes with %s at %s',
    async ([setting, path], { provider, createApp }) => {
      const app = await createApp({ [setting]: `${provider.origin}${path}` })
      const tokens = await signIn(provider, app, { as: 'alex' })
      const account = await firstAccount(app)
      const args = { scopes: [], account, force_refresh: true }

      expect(tokens).toHaveProperty('id_token_claims')
      expect(await app('acquire_token_silent_with_error', args)).toHaveProperty('access_token')
    },
  )
})
