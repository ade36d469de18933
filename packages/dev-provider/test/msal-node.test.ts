import {
  type ConfidentialClientApplication,
  ManagedIdentityApplication,
  PublicClientApplication,
} from '@azure/msal-node'
import { createClientCertificate, defaultConfig } from '../src/index.js'
import { claimsOf, createPkce, REDIRECT_URI, TODO_API } from './support/flow.js'
import { createMsalClient, createNetwork } from './support/msal-network.js'
import { expect, test as base, vi } from './support/fixtures.js'

const certificate = createClientCertificate()
const [registered, ...apps] = defaultConfig.apps

const test = base
  .extend('providerOptions', {
    tls: true,
    config: { apps: [{ ...registered!, certificates: [certificate.cert] }, ...apps] },
  })
  .extend('createClient', ({ provider }) => (tenant?: string): ConfidentialClientApplication => {
    const { clientSecret = '' } = provider.app
    return createMsalClient(provider, { clientSecret, authority: provider.authority(tenant) })
  })
  .extend('signIn', ({ provider }) => async (client: ConfidentialClientApplication, as: string) => {
    const { verifier, challenge } = createPkce()
    const url = await client.getAuthCodeUrl({
      scopes: ['User.Read'],
      extraScopesToConsent: [`${TODO_API}/Todos.Read`],
      redirectUri: REDIRECT_URI,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      nonce: 'nonce-1',
      state: 'state-1',
    })
    const reply = await provider.signIn(url, { as })
    expect(reply.url.searchParams.get('state')).toBe('state-1')
    return client.acquireTokenByCode({
      code: reply.url.searchParams.get('code') ?? '',
      scopes: ['User.Read'],
      redirectUri: REDIRECT_URI,
      codeVerifier: verifier,
      nonce: 'nonce-1',
    })
  })

test.for([
  ['a tenant', undefined],
  ['common', 'common'],
  ['organizations', 'organizations'],
] as const)(
  'MSAL Node signs a user in at %s',
  async ([_name, tenant], { signIn, createClient, provider }) => {
    const result = await signIn(createClient(tenant), 'alex')

    const alex = provider.user('alex')
    expect(result.account?.username).toBe(alex.username)
    expect(result.account?.homeAccountId).toBe(`${alex.oid}.${alex.tenant}`)
    expect(result.scopes).toContain('User.Read')
    expect((result.idTokenClaims as { nonce?: string }).nonce).toBe('nonce-1')
  },
)

test('MSAL Node gets a second resource and refreshes without the user', async ({
  createClient,
  signIn,
}) => {
  const client = createClient()
  const { account, accessToken } = await signIn(client, 'alex')
  if (account === null) throw new Error('no account')

  const again = await client.acquireTokenSilent({ account, scopes: ['User.Read'] })
  expect(again.fromCache).toBe(true)
  expect(again.accessToken).toBe(accessToken)

  const todos = await client.acquireTokenSilent({ account, scopes: [`${TODO_API}/Todos.Read`] })
  expect(todos.fromCache).toBe(false)
  expect(todos.scopes).toContain(`${TODO_API}/Todos.Read`)

  const forced = await client.acquireTokenSilent({
    account,
    scopes: ['User.Read'],
    forceRefresh: true,
  })
  expect(forced.fromCache).toBe(false)
  expect(forced.accessToken).not.toBe(accessToken)
})

test('MSAL Node treats a revoked user as a required interaction', async ({
  createClient,
  signIn,
  provider,
}) => {
  const client = createClient()
  const { account } = await signIn(client, 'robin')
  if (account === null) throw new Error('no account')
  provider.revokeUser('robin')

  await expect(
    client.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true }),
  ).rejects.toMatchObject({ name: 'InteractionRequiredAuthError', subError: 'bad_token' })
})

test('MSAL Node gets an app-only token', async ({ createClient }) => {
  const result = await createClient().acquireTokenByClientCredential({
    scopes: [`${TODO_API}/.default`],
  })

  expect(result?.accessToken).toBeTruthy()
})

test('MSAL Node authenticates with a certificate', async ({ signIn, provider }) => {
  const { thumbprintSha256, key: privateKey } = certificate
  const client = createMsalClient(provider, { clientCertificate: { thumbprintSha256, privateKey } })
  const app = await client.acquireTokenByClientCredential({ scopes: [`${TODO_API}/.default`] })
  const user = await signIn(client, 'alex')

  expect(claimsOf(app?.accessToken)['azpacr']).toBe('2')
  expect(user.account?.username).toBe(provider.user('alex').username)
})

test('MSAL Node authenticates with a federated token', async ({ provider }) => {
  const client = createMsalClient(provider, { clientAssertion: await provider.workloadToken() })
  const result = await client.acquireTokenByClientCredential({ scopes: [`${TODO_API}/.default`] })

  expect(claimsOf(result?.accessToken)['azpacr']).toBe('2')
})

test('MSAL Node signs in a user on a device', async ({ provider }) => {
  provider.behave({ deviceIntervalSeconds: 1 })
  const client = new PublicClientApplication({
    auth: {
      clientId: provider.app.clientId,
      authority: provider.authority(),
      knownAuthorities: [new URL(provider.origin).host],
    },
    system: { networkClient: createNetwork(provider.certificate) },
  })
  let answered: Promise<unknown> | undefined
  const result = await client.acquireTokenByDeviceCode({
    scopes: ['User.Read'],
    deviceCodeCallback: ({ verificationUri, userCode }) => {
      answered = provider.answerDevice(verificationUri, userCode, { as: 'robin' })
    },
  })
  await answered

  expect(result?.account?.username).toBe(provider.user('robin').username)
})

test('MSAL Node uses the managed identity of App Service', async ({ provider }) => {
  const { appServiceEndpoint, header, subject } = provider.managedIdentity
  vi.stubEnv('IDENTITY_ENDPOINT', appServiceEndpoint)
  vi.stubEnv('IDENTITY_HEADER', header)
  const client = new ManagedIdentityApplication({
    system: { networkClient: createNetwork(provider.certificate) },
  })
  const { accessToken } = await client.acquireToken({ resource: 'api://AzureADTokenExchange' })
  vi.unstubAllEnvs()

  expect(claimsOf(accessToken)['sub']).toBe(subject)
})
