import { request } from 'node:https'
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDevProvider, type DevProvider } from '../src/index.js'
import { createPkce, REDIRECT_URI, TODO_API } from './support/flow.js'

let provider: DevProvider

beforeAll(async () => {
  provider = await startDevProvider({ tls: true })
})

afterAll(() => provider.close())

/** MSAL refuses authorities without https, so it gets real TLS and one certificate more to trust. */
function createNetwork(ca: string | undefined): INetworkModule {
  const send = <T>(
    method: string,
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> =>
    new Promise((resolve, reject) => {
      const outgoing = request(url, { method, ca, headers: options.headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const body = JSON.parse(Buffer.concat(chunks).toString()) as T
          const headers = Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          )
          resolve({ headers, body, status: response.statusCode ?? 0 })
        })
      })
      outgoing.on('error', reject).end(options.body)
    })
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  }
}

function createClient(tenant?: string): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId: provider.app.clientId,
      clientSecret: provider.app.clientSecret ?? '',
      authority: provider.authority(tenant),
      knownAuthorities: [new URL(provider.origin).host],
    },
    system: { networkClient: createNetwork(provider.certificate) },
  })
}

async function signIn(client: ConfidentialClientApplication, as: string) {
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
}

test.each([
  ['a tenant', undefined],
  ['common', 'common'],
  ['organizations', 'organizations'],
])('MSAL Node signs a user in at %s', async (_name, tenant) => {
  const result = await signIn(createClient(tenant), 'alex')

  const alex = provider.user('alex')
  expect(result.account?.username).toBe(alex.username)
  expect(result.account?.homeAccountId).toBe(`${alex.oid}.${alex.tenant}`)
  expect(result.scopes).toContain('User.Read')
  expect((result.idTokenClaims as { nonce?: string }).nonce).toBe('nonce-1')
})

test('MSAL Node gets a second resource and refreshes without the user', async () => {
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

test('MSAL Node reads a revoked user as a need for interaction', async () => {
  const client = createClient()
  const { account } = await signIn(client, 'robin')
  if (account === null) throw new Error('no account')
  provider.revokeUser('robin')

  await expect(
    client.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true }),
  ).rejects.toMatchObject({ name: 'InteractionRequiredAuthError', subError: 'bad_token' })
})

test('MSAL Node gets a token for the app itself', async () => {
  const result = await createClient().acquireTokenByClientCredential({
    scopes: [`${TODO_API}/.default`],
  })

  expect(result?.accessToken).toBeTruthy()
})
