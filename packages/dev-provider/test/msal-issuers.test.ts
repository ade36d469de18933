import type { ConfidentialClientApplication } from '@azure/msal-node'
import { createPkce, REDIRECT_URI } from './support/flow.js'
import { createMsalClient } from './support/msal-network.js'
import { describe, expect, test as base } from './support/fixtures.js'

const TODOS = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'
const GUID = 'c1a00000-0000-4000-8000-000000000003'

const test = base
  .extend('providerOptions', { tls: true })
  .extend('createClient', ({ provider }) => (authority: string, ...knownAuthorities: string[]) => {
    return createMsalClient(provider, {
      clientSecret: provider.app.clientSecret ?? '',
      authority,
      knownAuthorities: [new URL(provider.origin).host, ...knownAuthorities],
    })
  })
  .extend(
    'signIn',
    ({ provider }) =>
      async (client: ConfidentialClientApplication, as: string, scopes: string[]) => {
        const { verifier, challenge } = createPkce()
        const url = await client.getAuthCodeUrl({
          scopes,
          redirectUri: REDIRECT_URI,
          codeChallenge: challenge,
          codeChallengeMethod: 'S256',
          nonce: 'nonce-1',
        })
        const reply = await provider.signIn(url, { as })
        return client.acquireTokenByCode({
          code: reply.url.searchParams.get('code') ?? '',
          scopes,
          redirectUri: REDIRECT_URI,
          codeVerifier: verifier,
          nonce: 'nonce-1',
        })
      },
  )
  .extend(
    'refresh',
    ({ signIn }) =>
      async (
        client: ConfidentialClientApplication,
        { account }: Awaited<ReturnType<typeof signIn>>,
        scopes: string[],
        forceRefresh: boolean,
      ) => {
        if (account === null) throw new Error('no account')
        return client.acquireTokenSilent({ account, scopes, forceRefresh })
      },
  )

describe('MSAL Node at External ID', () => {
  test('signs in and refreshes', async ({ createClient, provider, signIn, refresh }) => {
    const client = createClient(provider.authority(GUID))
    const result = await signIn(client, 'nora', ['User.Read'])

    expect(result.account?.username).toBe('nora@customer.example')
    expect(result.tenantId).toBe(GUID)
    expect((await refresh(client, result, ['User.Read'], false)).fromCache).toBe(true)
    const forced = await refresh(client, result, ['User.Read'], true)
    expect(forced.fromCache).toBe(false)
    expect(forced.accessToken).not.toBe(result.accessToken)
  })

  // https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/8592
  test('accepts a domain name only when knownAuthorities contains the host of the issuer', async ({
    createClient,
    provider,
    signIn,
  }) => {
    const rejected = createClient(provider.externalIdAuthority)
    await expect(signIn(rejected, 'theo', ['User.Read'])).rejects.toMatchObject({
      errorCode: 'endpoints_resolution_error',
    })

    const client = createClient(provider.externalIdAuthority, `${GUID}.ciamlogin.com`)
    expect((await signIn(client, 'theo', ['User.Read'])).account?.name).toBe('Theo Brandt')
  })
})

describe('MSAL Node at Azure AD B2C', () => {
  test('signs in for an API and refreshes', async ({ createClient, provider, signIn, refresh }) => {
    const client = createClient(provider.b2cAuthority())
    const result = await signIn(client, 'mia', [TODOS])

    expect(result.account?.name).toBe('Mia Santos')
    // MSAL 16 stores the address in `emails` only in its cache.
    expect(result.account?.username).toBe('')
    expect(result.account?.homeAccountId).toContain('-b2c_1_susi.')
    expect(result.scopes).toContain(TODOS)
    expect((await refresh(client, result, [TODOS], false)).fromCache).toBe(true)
    const forced = await refresh(client, result, [TODOS], true)
    expect(forced.fromCache).toBe(false)
    expect(forced.expiresOn?.getTime()).toBeGreaterThan(Date.now())
  })

  test('signs in without an access token', async ({ createClient, provider, signIn }) => {
    const client = createClient(provider.b2cAuthority())
    const result = await signIn(client, 'mia', [])

    expect(result.idTokenClaims).toMatchObject({ tfp: 'B2C_1_susi', nonce: 'nonce-1' })
    expect(result.accessToken).toBe('')
  })

  test('accepts the client ID as a scope', async ({ createClient, provider, signIn, refresh }) => {
    const client = createClient(provider.b2cAuthority())
    const { clientId } = provider.app
    const result = await signIn(client, 'mia', [clientId])

    expect(result.accessToken).not.toBe('')
    expect((await refresh(client, result, [clientId], true)).accessToken).not.toBe('')
  })
})

test('MSAL Node signs in at AD FS and refreshes', async ({
  createClient,
  provider,
  signIn,
  refresh,
}) => {
  const client = createClient(provider.adfsAuthority)
  const result = await signIn(client, 'alex', ['openid'])

  expect(result.account?.username).toBe('alex@contoso.onmicrosoft.com')
  expect((await refresh(client, result, ['openid'], true)).accessToken).not.toBe('')
})
