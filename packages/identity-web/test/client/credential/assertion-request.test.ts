import { expect, test } from 'vitest'
import type { ClientAuth } from 'openid-client'
import { microsoftAuthority } from '../../../src/authority/recognize.ts'
import { createOAuthClient } from '../../../src/client/create-oauth-client.ts'
import type { ClientAssertionRequest } from '../../../src/client/index.ts'
import { apply, ASSERTION_REQUEST, CLIENT } from './request.ts'

/** The argument of an application's assertion function, when it requests a token of an authority. */
async function requestAt(authority: string): Promise<ClientAssertionRequest | undefined> {
  let received: ClientAssertionRequest | undefined
  const client = createOAuthClient(microsoftAuthority(authority), {
    clientId: CLIENT,
    credential: (request) => {
      received = request
      return 'a.b.c'
    },
    capabilities: [],
    transport: { fetch, timeoutSeconds: 1 },
    now: () => 0,
  })
  await client.authentication?.run((authenticate: ClientAuth) => apply(authenticate))
  return received
}

test('an assertion function receives the client ID, the token endpoint and the tenant', async () => {
  expect(await requestAt('https://login.microsoftonline.com/contoso.onmicrosoft.com')).toEqual({
    ...ASSERTION_REQUEST,
    tenantId: 'contoso.onmicrosoft.com',
  })
})

test('an assertion function does not receive a tenant if the authority stands for many tenants', async () => {
  for (const tenant of ['common', 'organizations', 'consumers']) {
    // oxlint-disable-next-line no-await-in-loop
    const request = await requestAt(`https://login.microsoftonline.com/${tenant}`)
    expect(request).toEqual(ASSERTION_REQUEST)
  }
})
